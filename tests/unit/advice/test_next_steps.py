"""What is suggested: by whom, until when, under which id, and what has been made of it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.enums import NodeKind
from models.findings.warnings import Warned
from models.nodes import Action
from queries.advice.answer import advice
from tests.advised import Account, back, fired
from tests.deals import TODAY


def warned(account: Account, on: date = TODAY) -> Warned:
    (item,) = fired(account, "veto", on)
    return item


def opposed() -> Account:
    account = Account().member("mia", "max").opportunity("line").contact("ana")
    return account.plays("ana", "line", "approver", attitude=-2)


def test_who_knows_the_contact_best_does_it_else_the_owner() -> None:
    def who(account: Account) -> str | None:
        suggested = warned(account).suggested
        assert suggested is not None
        return suggested.member_id

    assert who(opposed()) is None
    assert who(opposed().serves("max", "owner")) == "max"
    assert who(opposed().serves("max", "owner").knows("mia", "ana", 1)) == "max", "22 points are no tie"
    assert who(opposed().serves("max", "owner").knows("mia", "ana", 2)) == "mia"


def test_a_suggestion_is_a_valid_action_that_names_its_rule() -> None:
    suggested = warned(opposed()).suggested
    assert suggested is not None
    action = Action.model_validate_json(suggested.model_dump_json())
    assert (action.from_rule, action.due) == ("veto", date(2025, 6, 18))
    assert warned(opposed(), date.max).suggested is not None, "no day beyond the calendar"


def test_the_id_stays_while_evidence_changes_and_differs_between_purchases() -> None:
    def ids(account: Account) -> list[str]:
        return [item.suggested.id for item in fired(account, "veto") if item.suggested]

    before = ids(opposed())
    account = opposed().plays("ana", "line", "user", id="second")
    assert ids(account) == before
    two = ids(account.opportunity("more").plays("ana", "more", "approver", attitude=-1))
    assert (len(two), len(set(two)), set(before) < set(two)) == (2, 2, True)


def test_an_action_that_was_made_takes_the_place_of_the_suggestion() -> None:
    suggested = warned(opposed()).suggested
    assert suggested is not None
    made = opposed().action(suggested.id, due=back(-3), from_rule="veto")
    item = warned(made)
    assert item.suggested is None
    assert item.action is not None
    assert (item.action.id, item.action.done_on) == (suggested.id, None)
    done = opposed().action(suggested.id, done_on=back(0))
    again = warned(done)
    assert again.action is not None
    assert again.suggested is not None
    assert (again.action.id, again.suggested.id) == (suggested.id, f"{suggested.id}.2")
    assert warned(done, date(2025, 6, 14)).suggested is None, "not done yet that day"
    third = warned(done.action(f"{suggested.id}.2", done_on=back(0))).suggested
    assert third is not None
    assert third.id == f"{suggested.id}.3"


def test_an_action_made_by_hand_counts_if_it_names_the_same() -> None:
    named = {"from_rule": "veto", "contact_id": "ana", "opportunity_id": "line"}
    item = warned(opposed().action("mine", **named))
    assert item.action is not None
    assert (item.action.id, item.suggested) == ("mine", None)
    for other in ({"from_rule": "attitude-unknown"}, {"contact_id": None}, {"opportunity_id": None}):
        assert warned(opposed().action("mine", **{**named, **other})).action is None


def test_an_action_about_who_objected_does_not_say_what() -> None:
    account = opposed().contact("ben", restricted=True)
    account.action("late", due=back(9), text="Send Ben the file", contact_id="ben")
    (item,) = fired(account, "action-overdue")
    assert "Ben" not in item.text
    assert "not to be named" in item.text


def test_an_overdue_action_is_its_own() -> None:
    (item,) = fired(opposed().action("late", due=back(9), from_rule="veto"), "action-overdue")
    assert item.suggested is None
    assert item.action is not None
    assert item.action.id == "late"


def test_next_steps_lapse_with_a_lost_purchase_and_promises_do_not() -> None:
    account = Account().opportunity("line", status="lost")
    account.action("step", due=back(9), opportunity_id="line")
    account.action("word", due=back(8), opportunity_id="line", kind="promise")
    assert [item.evidence[0].id for item in fired(account, "action-overdue")] == ["word"]


@given(st.permutations(range(6)))
def test_advice_does_not_depend_on_the_order_of_records(order: list[int]) -> None:
    def account(numbers: list[int]) -> str:
        built = Account().tier("A").member("mia").opportunity("line", step="design")
        for number in numbers:
            id_ = f"c{number}"
            built.contact(id_, restricted=number == 5).plays(id_, "line", "approver", attitude=number % 3 - 2)
            built.met("mia", id_, 20 * number + 1)
        head, *rest = built.records
        keyed = sorted(rest, key=lambda row: (row[0] is not NodeKind.CONTACT, order[len(row[1]) % 6]))
        built.records = [head, *keyed]
        return advice(built.graph(), on=TODAY).model_dump_json()

    assert account(order) == account(sorted(order))
