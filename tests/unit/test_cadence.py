"""Overdue contacts and the weekly list: solved by hand and against slow definitions."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cadence import Matter
from models.enums import EdgeKind, Level, NodeKind
from models.findings.cadence import ConfirmList, Overdue
from queries.cadence.confirm import confirm_list
from queries.cadence.overdue import overdue
from queries.chains.best import decision_chains
from queries.influence.ranking import influence_scores, rank_influencers
from queries.strength.table import tie_strengths
from tests.deals import TODAY, Deal
from tests.tie_records import Records, ago, event, graph, knows, people

A = people(tier="A")


def late(*records: Any, on: date = TODAY, base: Records | None = None) -> dict[str, Overdue]:
    found = overdue(graph(*records, base=A if base is None else base), on=on).items
    assert [row.rank for row in found] == list(range(1, len(found) + 1))
    return {row.contact_id: row for row in found}


def test_overdue_is_what_the_rhythm_does_not_allow() -> None:
    row = late(event("m", "meeting", ago(30), contacts=["eve"]))["eve"]
    assert (row.days, row.cadence_days, row.overdue_days) == (30, 21, 9)
    assert (row.last_contact, row.due) == (ago(30), ago(9))
    assert (row.member_id, row.name) == ("ann", "eve")
    assert "eve" not in late(event("m", "meeting", ago(21), contacts=["eve"])), "due today is not late"


def test_anybody_of_ours_may_have_met_them() -> None:
    old = event("m", "meeting", ago(90), contacts=["eve"])
    new = event("n", "call", ago(5), members=["bob"], contacts=["eve"])
    assert "eve" in late(old)
    assert "eve" not in late(old, new)


def test_a_letter_without_an_answer_is_no_contact() -> None:
    row = late(event("e", "email", ago(1), "ours", contacts=["eve"]))["eve"]
    assert (row.last_contact, row.days, row.overdue_days, row.due) == (None, None, None, None)
    answered = event("a", "email", TODAY, "theirs", contacts=["eve"])
    assert "eve" not in late(event("e", "email", ago(1), "ours", contacts=["eve"]), answered)


def test_whom_we_know_only_by_name_is_asked_of_with_the_tie_as_evidence() -> None:
    row = late(knows("k", contact="eve"))["eve"]
    assert [(line.kind, line.id, line.points) for line in row.evidence] == [("knows", "k", 10)]


def test_who_has_left_is_restricted_or_a_mere_seat_is_not_asked_of() -> None:
    meeting = event("m", "meeting", ago(90), contacts=["cai", "dai", "eve"])
    assert set(late(meeting)) == {"cai", "dai", "eve"}
    assert set(late(meeting, base=people(tier="A", left="eve"))) == {"cai", "dai"}
    assert set(late(meeting, base=people(tier="A", restricted="dai"))) == {"cai", "eve"}
    seat = Deal().opportunity("line").contact("who", Level.DECISION, placeholder=True).plays("who", "line")
    assert overdue(seat.graph(), on=TODAY).items == []


def crowd() -> Deal:
    """A boss with twenty people of no influence to speak of."""
    account = Deal().opportunity("line").contact("boss", Level.DECISION)
    for n in range(20):
        account.contact(f"p{n:02}", Level.OPERATIONAL).reports(f"p{n:02}", "boss")
    return account


def asked_of(account: Deal) -> list[str]:
    return [row.contact_id for row in overdue(account.graph(), on=TODAY).items]


def test_of_strangers_only_those_who_matter_are_asked_of() -> None:
    assert asked_of(crowd()) == ["boss"]
    assert asked_of(crowd().plays("p07", "line", "user")) == ["boss", "p07"]
    assert asked_of(crowd().member("mia").edge(EdgeKind.KNOWS, "mia", "p03")) == ["boss", "p03"]
    assert asked_of(crowd().opportunity("lost", status="lost").plays("p07", "lost", "user")) == ["boss"]


def test_the_most_influential_come_first_then_who_waits_longest() -> None:
    account = crowd().plays("p03", "line", "user").plays("p05", "line", "user").plays("p09", "line", "user")
    for id_, days in (("p03", 60), ("p05", 90)):
        at = f"{ago(days)}T09:00:00Z"
        account.member(f"m-{id_}")
        account._node(  # a call of one of ours
            NodeKind.INTERACTION, f"c-{id_}", at=at, kind="call", member_ids=[f"m-{id_}"], contact_ids=[id_]
        )
    assert asked_of(account) == ["boss", "p09"], "tier unset: 135 days"
    rows = overdue(account.graph(), on=TODAY + timedelta(days=100)).items
    assert [row.contact_id for row in rows] == ["boss", "p09", "p05", "p03"]


DAYS = st.lists(st.tuples(st.sampled_from(["cai", "dai", "eve"]), st.integers(-20, 120)), max_size=6)


@given(DAYS, st.sampled_from(["A", "B", "C", None]))
def test_overdue_is_the_slow_definition(met: list[tuple[str, int]], tier: str | None) -> None:
    records = [event(f"m{n}", "call", ago(days), contacts=[who]) for n, (who, days) in enumerate(met)]
    found = late(*records, base=people(tier=tier))
    factor = {"A": 1.0, "B": 1.5, "C": 3.0, None: 3.0}[tier]
    for who, rhythm in (("cai", 45), ("dai", 60), ("eve", 21)):
        past = [days for whom, days in met if whom == who and days >= 0]
        wait = -(-rhythm * factor // 1)
        assert (who in found) == (not past or min(past) > wait)
        if who in found and past:
            assert (found[who].days, found[who].overdue_days) == (min(past), min(past) - wait)


# The weekly list


def board() -> Deal:
    """Mia knows Cai with 82, who reports to Ben, who decides; their Rex courts Ben."""
    account = Deal().member("mia").contact("ben", Level.DECISION).contact("cai", Level.OPERATIONAL)
    return account.knows("mia", "cai", 4).reports("cai", "ben").rival("rex").courts("rex", "ben", 50)


def week(account: Deal, on: date = TODAY) -> ConfirmList:
    return confirm_list(account.graph(), on=on)


def test_what_hangs_on_cards_and_ties() -> None:
    account = board()
    ranking = {row.contact_id: row for row in rank_influencers(account.graph(), on=TODAY).items}
    over_line = sum(source.points for source in ranking["ben"].parts.sources)
    found = {row.id: (row.weight, row.because) for row in week(account).items}
    assert found["ben"] == (100, Matter.INFLUENCE)
    assert found["cai"] == (ranking["cai"].score, Matter.INFLUENCE)
    assert found["courts-rex-ben"] == (50, Matter.CLOSENESS)
    chain = 100 * 0.82 * 0.8
    assert over_line < chain
    assert found["reports_to-cai-ben"] == (pytest.approx(chain), Matter.CHAIN)
    assert found["knows-mia-cai"] == (pytest.approx(chain), Matter.CHAIN)
    assert [row.weight for row in week(account).items] == sorted(
        (row[0] for row in found.values()), reverse=True
    )


def test_ends_have_ids_and_names() -> None:
    rows = {row.id: row for row in week(board()).items}
    card, tie = rows["ben"], rows["courts-rex-ben"]
    assert (card.kind, card.source_id, card.source, card.target_id, card.target) == (
        "contact", None, None, "ben", "Ben",
    )  # fmt: skip
    assert (tie.kind, tie.source_id, tie.source, tie.target_id, tie.target) == (
        "courts", "rex", "Rex", "ben", "Ben",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("confirmed", "days"), [(None, None), (ago(91), 91), (ago(90), 0), (TODAY, 0), (ago(-1), None)]
)
def test_stale_is_what_nobody_confirmed_for_ninety_days(confirmed: date | None, days: int | None) -> None:
    account = Deal().contact("ben", Level.DECISION, confirmed_on=confirmed and confirmed.isoformat())
    rows = week(account).items
    assert [row.days for row in rows] == ([] if days == 0 else [days])


def test_two_way_contact_confirms_a_tie_of_ours() -> None:
    account = board()._node(
        NodeKind.INTERACTION,
        "call",
        at=f"{ago(80)}T09:00:00Z",
        kind="call",
        member_ids=["mia"],
        contact_ids=["cai"],
    )
    assert "knows-mia-cai" not in {row.id for row in week(account).items}
    later = {row.id: row for row in week(account, TODAY + timedelta(days=11)).items}
    assert later["knows-mia-cai"].days == 91
    account.edge(EdgeKind.KNOWS, "mia", "cai", id="second", confirmed_on=ago(-30).isoformat())
    found = {row.id for row in week(account).items}
    assert not found & {"knows-mia-cai", "second"}, "to be confirmed one day, and spoken with lately"


def test_ten_records_and_five_people_and_nobody_who_does_not_count() -> None:
    account = crowd().member("mia")
    for n in range(20):
        account.edge(EdgeKind.KNOWS, "mia", f"p{n:02}")
    account.contact("gone", Level.DECISION, status="left").reports("gone", "boss")
    account.contact("shy", Level.DECISION, restricted=True).edge(EdgeKind.KNOWS, "mia", "shy")
    found = week(account)
    assert len(found.items) == 10
    assert len(found.drawn) == 5
    named = {row.target_id for row in found.items} | {row.contact_id for row in found.drawn}
    assert not named & {"gone", "shy"}


def test_nothing_to_confirm() -> None:
    empty = week(Deal())
    assert (empty.items, empty.drawn, empty.week) == ([], [], "2025-W24")
    assert week(Deal(), date(2024, 12, 30)).week == "2025-W01"


def pool(people: int) -> Deal:
    account = Deal().member("mia")
    for n in range(people):
        account.contact(f"p{n:02}").edge(EdgeKind.KNOWS, "mia", f"p{n:02}")
    return account


def drawn(account: Deal, on: date = TODAY) -> list[str]:
    return [row.contact_id for row in week(account, on).drawn]


def test_the_draw_is_the_same_all_week_and_another_one_the_next() -> None:
    monday = date(2025, 6, 9)
    same = {tuple(drawn(pool(20), monday + timedelta(days=day))) for day in range(7)}
    assert len(same) == 1
    assert drawn(pool(20), monday + timedelta(days=7)) not in [list(each) for each in same]


def test_who_was_assessed_lately_is_not_drawn() -> None:
    account = pool(3).assessed("mia", "p01", 2)
    assert sorted(drawn(account)) == ["p00", "p02"]
    assert [
        (row.contact_id, row.assessed_on)
        for row in week(account, TODAY + timedelta(days=91)).drawn
        if row.assessed_on
    ] == [("p01", TODAY)]


@given(st.integers(5, 15), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_newcomer_moves_nobody_elses_lot(people: int, day: date) -> None:
    before, after = drawn(pool(people), day), drawn(pool(people + 1), day)
    left = [id_ for id_ in after if id_ != f"p{people:02}"]
    assert left == before[: len(left)]


WEIGHTS = st.lists(
    st.tuples(st.sampled_from(list(permutations("abcd", 2))), st.floats(0.1, 1)).map(
        lambda tie: (*tie[0], tie[1])
    ),
    max_size=5,
    unique_by=lambda tie: tie[:2],
)


@given(WEIGHTS, st.dictionaries(st.sampled_from("abcd"), st.integers(0, 4)))
def test_weights_are_the_slow_definition(ties: list[tuple[str, str, float]], known: dict[str, int]) -> None:
    account = Deal().member("mia")
    for id_, level in zip("abcd", (*Level, Level.DECISION), strict=True):
        account.contact(id_, level)
    for source, target, weight in ties:
        account.influences(source, target, weight)
    for id_, answer in known.items():
        account.knows("mia", id_, answer)
    whole = account.graph()
    score = dict(zip("abcd", influence_scores(whole, on=TODAY).score.tolist(), strict=True))
    strength = {tie.contact_id: tie.strength for tie in tie_strengths(whole, on=TODAY).items}
    slow = dict(score)
    slow |= {f"knows-mia-{id_}": strength[id_] * score[id_] / 100 for id_ in known}
    slow |= {f"influences-{source}-{target}": 0.0 for source, target, _ in ties}
    for row in rank_influencers(whole, on=TODAY).items:
        for line in row.evidence:
            slow[line.id] = line.points or 0.0
    for chain in decision_chains(whole, on=TODAY, k=1).items:
        for step in chain.steps:
            worth = chain.probability * score[chain.target_id]
            slow[step.edge_id] = max(slow[step.edge_id], worth)
    best = sorted((weight for weight in slow.values() if weight > 0), reverse=True)[:10]
    found = week(account).items
    assert [row.weight for row in found] == pytest.approx(best, rel=1e-6)
    assert {row.id: row.weight for row in found} == pytest.approx(
        {row.id: slow[row.id] for row in found}, rel=1e-6
    )
