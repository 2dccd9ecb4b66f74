"""Somebody's week: solved by hand, and what must hold whatever the account."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.enums import EdgeKind, Level, TeamRole
from models.findings.warnings import Severity
from models.findings.week import Week, WeekItem
from models.week import Duty
from queries.advice.answer import advice
from queries.cadence.overdue import overdue
from queries.rules import DEFAULT_RULES
from queries.week.account import account_week
from queries.week.answer import week
from tests.advised import Account, back, dossier
from tests.deals import TODAY


def asked(*accounts: Account, member: str = "mia", **more: Any) -> Week:
    on = more.pop("on", TODAY)
    found = [account_week(account.graph(), member, on=on, **more) for account in accounts]
    return week(found, member, member.title(), on=on)


def lines(found: Week, duty: Duty) -> list[WeekItem]:
    return [row for row in found.items if row.duty is duty]


def team(**ids: str) -> Account:
    """Mia owns the account; Max knows Dan, who decides, since yesterday."""
    account = Account(**ids).tier("A").member("mia", "max").serves("mia", "owner").serves("max", "support")
    return (
        account.opportunity("line")
        .contact("dan", Level.DECISION)
        .plays("dan", "line", "decision_maker")
        .met("max", "dan", 1)
    )


def test_promises_are_the_members_own_late_ones_first() -> None:
    account = team().contact("eve", Level.OPERATIONAL).met("max", "eve", 1)
    account.action("soon", member_id="mia", due=back(-2), contact_id="dan")
    account.action("late", member_id="mia", due=back(9), contact_id="eve", opportunity_id="line")
    account.action("far", member_id="mia", due=back(-8)).action("his", member_id="max", due=back(3))
    account.action("done", member_id="mia", due=back(3), done_on=back(1))
    account.action("then", member_id="mia", due=back(0), done_on=back(-1))
    found = lines(asked(account), Duty.PROMISE)
    assert [row.evidence[0].id for row in found] == ["late", "soon", "then"]
    assert [row.days_late for row in found] == [9, -2, 0]
    assert [row.urgency for row in found] == [Severity.HIGH, Severity.MEDIUM, Severity.MEDIUM]
    assert [(row.contact_id, row.opportunity_id) for row in found[:2]] == [("eve", "line"), ("dan", None)]
    assert found[0].text == "Next step: Late"
    assert [row.evidence[0].id for row in lines(asked(account, member="max"), Duty.PROMISE)] == ["his"]


def test_what_has_nobody_is_the_owners_and_without_owner_everybodys() -> None:
    account = team().action("nobodys", due=back(1))
    assert len(lines(asked(account), Duty.PROMISE)) == 1
    assert lines(asked(account, member="max"), Duty.PROMISE) == []
    orphan = Account().member("mia", "max").serves("mia", "support").serves("max", "expert")
    orphan.action("nobodys", due=back(1))
    for member in ("mia", "max"):
        assert len(lines(asked(orphan, member=member), Duty.PROMISE)) == 1


def test_what_is_of_who_is_not_in_the_team_is_the_owners() -> None:
    account = team().member("zoe").contact("eve", Level.MANAGEMENT).met("zoe", "eve", 30)
    account.action("hers", member_id="zoe", due=back(1))
    found = asked(account)
    assert [row.evidence[0].id for row in lines(found, Duty.PROMISE)] == ["hers"]
    assert [row.contact_id for row in lines(found, Duty.CONTACT)] == ["eve"]
    for duty in (Duty.PROMISE, Duty.CONTACT):
        assert lines(asked(account, member="max"), duty) == []
        assert len(lines(asked(account, member="zoe"), duty)) == 1, "asked for on a file"
    former = account.edge(EdgeKind.SERVES, "zoe", "acme", id="then", role="expert", until=back(5))
    assert len(lines(asked(former), Duty.CONTACT)) == 1


def test_contacts_are_of_who_knows_them_best() -> None:
    account = team().contact("eve", Level.MANAGEMENT).met("max", "eve", 18).contact("kim", Level.MANAGEMENT)
    account.met("max", "kim", 13)
    (eve,) = lines(asked(account, member="max"), Duty.CONTACT)
    assert (eve.contact_id, eve.days_late, eve.urgency) == ("eve", -3, Severity.LOW)
    assert lines(asked(account), Duty.CONTACT) == []
    late = lines(asked(account, member="max", on=date(2025, 6, 20)), Duty.CONTACT)
    assert [(row.contact_id, row.days_late) for row in late] == [("eve", 2), ("kim", -3)]


def test_a_late_contact_is_told_once() -> None:
    account = team().contact("eve", Level.DECISION).plays("eve", "line").met("mia", "eve", 80)
    found = asked(account)
    assert [row.contact_id for row in lines(found, Duty.CONTACT)] == ["eve"]
    assert "contact-overdue" in {row.rule for row in advice(account.graph(), on=TODAY).items}
    assert "contact-overdue" not in {row.rule for row in found.items}


def test_windows_and_cooling_ties_are_duties_of_their_own() -> None:
    planned = [{"stage": "deliver", "planned_on": back(-18)}]
    account = team().opportunity("first", step="install", status="won", milestones=planned)
    account.contact("eve", Level.MANAGEMENT).often("max", "eve", 400, 150).plays("eve", "line")
    found = asked(account, member="max")
    (window,) = lines(found, Duty.WINDOW)
    assert (window.rule, window.due, window.days_late) == ("window-closing", date(2025, 7, 3), -18)
    assert window.suggested is not None
    (cool,) = lines(found, Duty.WARM_UP)
    assert (cool.rule, cool.contact_id) == ("tie-cooling", "eve")


def test_an_open_action_takes_the_place_of_its_advice() -> None:
    account = team().met("mia", "dan", 40, kind="complaint", direction="theirs")
    told = next(row for row in asked(account, member="max").items if row.rule == "complaint-open")
    assert told.suggested is not None
    made = told.suggested.model_dump(mode="json", exclude={"account_id", "id"})
    account.action(told.suggested.id, **made)
    after = asked(account, member="max")
    assert "complaint-open" not in {row.rule for row in after.items}
    assert [row.evidence[0].id for row in lines(after, Duty.PROMISE)] == [told.suggested.id]


def test_who_objected_is_in_no_line() -> None:
    account = team().contact("eve", Level.DECISION, restricted=True).plays("eve", "line")
    account.action("secret", member_id="mia", due=back(1), contact_id="eve", text="Lunch with Eve")
    found = asked(account)
    (promise,) = lines(found, Duty.PROMISE)
    assert promise.contact_id is None
    assert "Eve" not in found.model_dump_json()


def test_dossiers_speak_to_who_has_the_right() -> None:
    trip = {"city": "上海", "since": back(-2), "until": back(-3)}
    account = team().staff(id="max2", city="上海").serves("max2", "sponsor")
    papers = [dossier("dan", itinerary=[trip])]
    told = [row for row in asked(account, member="max2", dossiers=papers).items if row.rule == "same-city"]
    assert [row.contact_id for row in told] == ["dan"]
    found = asked(account, member="max2")
    assert "same-city" not in {row.rule for row in found.items}
    assert "same-city" in found.accounts[0].silent
    assert asked(account, member="max2", dossiers=[]).accounts[0].silent == []


def test_accounts_stand_beside_each_other_with_provenance_of_their_own() -> None:
    other = Account(account_id="bolt").member("mia").serves("mia", "sponsor")
    other.action("b", member_id="mia", due=back(1))
    found = asked(team().action("a", member_id="mia", due=back(1)), other)
    assert [(row.account_id, row.roles) for row in found.accounts] == [
        ("acme", [TeamRole.OWNER]),
        ("bolt", [TeamRole.SPONSOR]),
    ]
    assert [row.account_id for row in lines(found, Duty.PROMISE)] == ["acme", "bolt"]
    assert [row.rank for row in found.items] == list(range(1, len(found.items) + 1))
    assert (found.week, found.until) == ("2025-W24", date(2025, 6, 22))


def test_ten_cards_over_all_accounts() -> None:
    many = [Account(account_id=name).member("mia").serves("mia", "owner") for name in ("acme", "bolt")]
    for account in many:
        for n in range(8):
            account.contact(f"{account.account_id}-{n}", Level.MANAGEMENT)
    found = lines(asked(*many), Duty.CONFIRM)
    assert len(found) == DEFAULT_RULES.cadence.stale_records
    assert all(row.due == TODAY for row in found), "15 June 2025 is a Sunday"


def test_both_languages() -> None:
    account = team().contact("eve", Level.MANAGEMENT).met("mia", "eve", 30).action("x", due=back(1))
    chinese = asked(account, lang="zh")
    assert lines(chinese, Duty.PROMISE)[0].text == "下一步：X"
    assert lines(chinese, Duty.CONTACT)[0].text == "Eve：上次双向往来在 30 天前，正常间隔为 21 天。"
    english = asked(account)
    assert [row.model_copy(update={"text": "", "suggested": None}) for row in english.items] == [
        row.model_copy(update={"text": "", "suggested": None}) for row in chinese.items
    ]


PEOPLE = [f"p{n}" for n in range(5)]
MEETINGS = st.lists(st.tuples(st.sampled_from(["mia", "max"]), st.sampled_from(PEOPLE), st.integers(0, 200)))
ACTIONS = st.lists(st.tuples(st.sampled_from([None, "mia", "max"]), st.integers(-20, 20)), max_size=6)


@given(meetings=MEETINGS, actions=ACTIONS, levels=st.lists(st.sampled_from(Level), min_size=5, max_size=5))
def test_everything_is_somebodys_and_nothing_is_two_peoples(
    meetings: list[tuple[str, str, int]], actions: list[tuple[str | None, int]], levels: list[Level]
) -> None:
    account = Account().tier("A").member("mia", "max").serves("mia", "owner").serves("max", "support")
    for id_, level in zip(PEOPLE, levels, strict=True):
        account.contact(id_, level)
    for member, contact, ago in sorted(set(meetings)):
        account.met(member, contact, ago)
    for n, (member, ago) in enumerate(actions):
        account.action(f"a{n}", member_id=member, due=back(ago))
    weeks = {member: asked(account, member=member) for member in ("mia", "max")}
    shown = {
        member: [
            (row.duty, row.rule, row.evidence[0].id) for row in found.items if row.duty is not Duty.CONFIRM
        ]
        for member, found in weeks.items()
    }
    assert not set(shown["mia"]) & set(shown["max"])
    promised = {row.evidence[0].id for found in weeks.values() for row in lines(found, Duty.PROMISE)}
    assert promised == {f"a{n}" for n, (_, ago) in enumerate(actions) if ago >= -7}
    late = {row.contact_id for row in overdue(account.graph(), on=TODAY).items}
    told = {row.contact_id for found in weeks.values() for row in found.items}
    assert late <= told
    for found in weeks.values():
        order = [(list(Severity).index(row.urgency), list(Duty).index(row.duty)) for row in found.items]
        assert order == sorted(order)
