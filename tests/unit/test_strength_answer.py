"""Relationship strength as an answer: what stands beside the number, handovers, choice and order of ties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.columns import NO_DAY
from models.enums import Grade, Kind
from models.faults import InvalidInput
from models.findings.strength import Strengths
from models.records import Body
from queries.rules import DEFAULT_RULES
from queries.strength.table import strength_table, tie_strengths
from tests.tie_records import (
    TODAY,
    ago,
    event,
    graph,
    knows,
    monthly,
    people,
    questionnaire,
    tie,
)

# Self-assessment, trend, cadence


def test_own_guess_stands_beside_and_a_wide_gap_is_flagged() -> None:
    met = event("a", "meeting", TODAY)
    found = tie(met, knows("k", self_strength=80))
    assert found.strength == tie(met).strength
    assert found.self_strength == 80
    assert found.disagreement == pytest.approx(80 - found.strength, abs=1e-6)
    assert tie(met, knows("k", self_strength=20)).disagreement is None
    assert tie(met, knows("k", self_strength=10)).disagreement == pytest.approx(10 - found.strength, abs=1e-6)
    assert tie(met, knows("k")).self_strength is None


def test_of_parallel_ties_the_first_guess_counts() -> None:
    ties = knows("k1"), knows("k2", self_strength=30), knows("k3", self_strength=60)
    assert tie(*ties).self_strength == 30


def test_trend_compares_with_the_points_of_then() -> None:
    records = monthly(60)
    later = TODAY + timedelta(days=90)
    now, month_ago, then = (tie(*records, on=later - timedelta(days=d)) for d in (0, 30, 90))
    assert now.trend.d30 == pytest.approx(now.strength - month_ago.strength, abs=1e-6)
    assert now.trend.d90 == pytest.approx(now.strength - then.strength, abs=1e-6)
    assert now.cooling
    assert not then.cooling


def test_a_new_tie_rises_from_the_stranger() -> None:
    found = tie(event("a", "meeting", TODAY))
    assert found.trend.d90 == found.trend.d30 == pytest.approx(found.strength - 10, abs=1e-6)


@pytest.mark.parametrize(
    ("tier", "contact", "days"),
    [
        ("A", "dai", 60),
        ("A", "eve", 21),
        ("A", "cai", 45),
        ("B", "eve", 32),
        ("C", "dai", 180),
        (None, "eve", 63),
    ],
)
def test_next_contact_is_due_a_cadence_after_the_last(tier: str | None, contact: str, days: int) -> None:
    found = tie(event("a", "call", ago(5), contacts=(contact,)), base=people(tier=tier))
    assert found.last_contact == ago(5)
    assert found.next_due == ago(5) + timedelta(days=days)


def test_nothing_is_due_without_two_way_contact_or_with_who_has_left() -> None:
    assert tie(event("a", "email", TODAY, "ours")).next_due is None
    assert tie(event("a", "call", TODAY), base=people(left="cai")).next_due is None


# Handover


def handover(day: date) -> tuple[Kind, Body]:
    return knows("k", "bob", handed_over_from={"member_id": "ann", "on": day.isoformat()})


def test_half_of_the_old_depth_carries_over_for_180_days() -> None:
    past = [*monthly(40, last=ago(20)), questionnaire("q", ago(30), 48)]
    for age, carried in ((0, True), (179, True), (180, False), (-1, False)):
        held = graph(*past, handover(ago(age)))
        ours = tie_strengths(held, on=TODAY, member_id="bob").items[0]
        theirs = tie_strengths(held, on=TODAY, member_id="ann").items[0]
        assert ours.depth == (pytest.approx(theirs.depth / 2, abs=1e-6) if carried else 10)


def test_a_handover_never_takes_from_a_deeper_tie() -> None:
    deep = questionnaire("q", ago(30), 48, member="bob")
    assert tie(deep, handover(ago(3)), event("a", "call", ago(9))).depth == tie(deep).depth


def test_of_two_handovers_the_deeper_one_carries() -> None:
    handed = [
        knows(f"k{place}", "bob", handed_over_from={"member_id": former, "on": TODAY.isoformat()})
        for place, former in enumerate(("bob", "ann", "bob"))
    ]
    held = graph(questionnaire("q", ago(30), 48), *handed)
    found = tie_strengths(held, on=TODAY, member_id="bob", contact_id="cai").items[0]
    assert found.depth > 40
    assert [line.id for line in found.contributions if line.kind == "knows"] == ["k1"]


# The answer as a whole


def answer() -> Strengths:
    return tie_strengths(
        graph(
            event("a", "meeting", ago(2), members=("ann", "bob"), contacts=("cai", "eve")),
            event("b", "email", ago(1), "ours", members=("bob",), contacts=("dai",)),
            knows("k", "ann", "dai"),
        ),
        on=TODAY,
    )


def test_ties_come_strongest_first_then_by_contact_and_member() -> None:
    order = [(item.member_id, item.contact_id) for item in answer().items]
    assert order == [
        ("ann", "cai"),
        ("bob", "cai"),
        ("ann", "eve"),
        ("bob", "eve"),
        ("bob", "dai"),
        ("ann", "dai"),
    ]
    points = [item.strength for item in answer().items]
    assert points == sorted(points, reverse=True)


def test_a_tie_nothing_is_known_of_has_the_strangers_points() -> None:
    last = answer().items[-1]
    assert (last.strength, last.grade, last.confidence) == (10, Grade.STRANGER, 0)
    assert [(line.kind, line.points, line.without) for line in last.contributions] == [("prior", 10, 0)]


def test_lines_come_heaviest_first_then_by_kind_and_id() -> None:
    found = tie(
        event("b", "complaint", TODAY),
        event("a", "complaint", TODAY),
        event("m", "meeting", TODAY),
        questionnaire("q", ago(9), 2),
    )
    assert [line.id for line in found.contributions] == ["m", "prior", "q", "a", "b"]


def test_who_is_named_twice_took_part_once() -> None:
    once = tie(event("a", "complaint", TODAY), event("m", "meeting", TODAY, sentiment=2))
    body = event("a", "complaint", TODAY, members=("ann", "ann"), contacts=("cai", "cai"))
    assert tie(body, event("m", "meeting", TODAY, sentiment=2)) == once


def test_ties_can_be_chosen() -> None:
    held = graph(
        event("a", "meeting", ago(2), members=("ann", "bob"), contacts=("cai", "eve")),
        event("b", "call", TODAY, members=("bob",), contacts=("cai",)),
    )
    best = tie_strengths(held, on=TODAY, best_per_contact=True).items
    assert [(item.member_id, item.contact_id) for item in best] == [("bob", "cai"), ("ann", "eve")]
    assert len(tie_strengths(held, on=TODAY, limit=3).items) == 3
    assert [i.contact_id for i in tie_strengths(held, on=TODAY, member_id="ann").items] == ["cai", "eve"]
    with pytest.raises(InvalidInput, match="/contact_id"):
        tie_strengths(held, on=TODAY, contact_id="nobody")
    (only,) = tie_strengths(held, on=TODAY, member_id="bob", contact_id="eve").items
    assert only in tie_strengths(held, on=TODAY).items


def test_the_answer_says_what_it_was_made_from() -> None:
    said = answer().provenance
    assert (said.algorithm, said.version, said.rules_version) == ("strength", "1", DEFAULT_RULES.version)
    assert (said.account_sequence, said.firm_sequence, said.on) == (0, 0, TODAY)
    assert said.parameters == {
        "member_id": None,
        "contact_id": None,
        "best_per_contact": False,
        "limit": None,
    }


def test_an_empty_account_has_no_ties() -> None:
    held = graph(base=people()[:1])
    assert tie_strengths(held, on=TODAY).items == []
    assert len(strength_table(held, on=TODAY)) == 0


def test_a_knows_tie_counts_while_it_holds() -> None:
    held = graph(knows("k", until=ago(10).isoformat()))
    assert tie_strengths(held, on=TODAY).items == []
    assert len(tie_strengths(held, on=ago(11)).items) == 1


def test_the_first_and_the_last_day_of_the_calendar_have_an_answer() -> None:
    held = graph(event("a", "meeting", TODAY), knows("k"))
    assert tie_strengths(held, on=date.min).items[0].trend.d90 == 0
    last = tie_strengths(held, on=date.max).items[0]
    assert last.strength == pytest.approx(10, abs=1e-6)


def test_the_table_says_the_same_as_the_findings() -> None:
    held = graph(*monthly(8), event("m", "email", TODAY, "ours", contacts=("dai",)), knows("k", "bob", "eve"))
    table = strength_table(held, on=TODAY)
    found = {(item.member_id, item.contact_id): item for item in tie_strengths(held, on=TODAY).items}
    assert len(table) == len(found) == 3
    for row, (member, contact) in enumerate(zip(table.member, table.contact, strict=True)):
        item = found[("ann", "bob")[member], ("cai", "dai", "eve")[contact]]
        assert table.strength[row] == pytest.approx(item.strength)
        assert list(Grade)[table.grade[row]] is item.grade
        assert (table.last_two_way[row] == NO_DAY) == (item.last_contact is None)
    assert strength_table(held, on=TODAY) is table
    with pytest.raises(ValueError, match="read-only"):
        table.strength[0] = 100
