"""What would reach a wanted grade: each way is checked by letting it happen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import Grade
from models.findings.strength import StrengthGoal, TieStrength, WayThere
from queries.strength.goals import WEEK
from queries.strength.table import tie_strengths
from tests.tie_records import TODAY, Records, ago, event, graph, knows, monthly, questionnaire, tie

GRADES = list(Grade)


def goal(*records: Any) -> StrengthGoal:
    found = tie(*records).goal
    assert found is not None
    return found


def happened(records: Records, way: WayThere, contact: str, fewer: int = 0) -> TieStrength:
    """The tie after a way, or one that is shorter by so many acts or points."""
    if way.least_points is not None:
        rated = questionnaire("z-way", TODAY, way.least_points - fewer, contact=contact)
        acts: Records = [rated]
    else:
        acts = [
            event(f"way-{place}", way.kind, TODAY + timedelta(days=1 + WEEK * place), contacts=[contact])
            for place in range(way.acts - fewer)
        ]
    on = way.on - timedelta(days=WEEK * fewer if way.least_points is None else 0)
    return tie_strengths(graph(*records, *acts), on=on, contact_id=contact).items[0]


events = st.lists(
    st.tuples(
        st.sampled_from(["meeting", "call", "email", "complaint", "message"]),
        st.integers(0, 500),
        st.sampled_from(["ours", "theirs", "mutual"]),
        st.sampled_from([-2, 0, 1]),
    ),
    max_size=6,
)


@given(
    events,
    st.none() | st.tuples(st.integers(0, 600), st.integers(0, 48)),
    st.sampled_from(GRADES),
    st.sampled_from(["cai", "dai"]),
)
def test_every_way_reaches_the_grade_when_it_happens_and_none_shorter_does(
    passed: list[tuple[str, int, str, int]],
    asked: tuple[int, int] | None,
    target: Grade,
    contact: str,
) -> None:
    records: Records = [knows("k", contact=contact, target_grade=target)]
    records += [
        event(f"e{place}", kind, ago(days), direction, sentiment, contacts=[contact])
        for place, (kind, days, direction, sentiment) in enumerate(passed)
    ]
    if asked:
        records.append(questionnaire("q", ago(asked[0]), asked[1], contact=contact))
    now = tie_strengths(graph(*records), on=TODAY, contact_id=contact).items[0]
    assert now.goal is not None
    assert now.goal.target_grade == target
    assert now.goal.reached == (GRADES.index(now.grade) >= GRADES.index(target))
    assert [way.acts for way in now.goal.ways] == sorted(way.acts for way in now.goal.ways)
    for way in now.goal.ways:
        then = happened(records, way, contact)
        assert (then.grade, then.strength) == (way.grade, pytest.approx(way.strength, abs=1e-6))
        assert GRADES.index(then.grade) >= GRADES.index(target)
        if (way.least_points or way.acts - 1) > 0:
            assert GRADES.index(happened(records, way, contact, fewer=1).grade) < GRADES.index(target)


def test_a_stranger_becomes_familiar_by_one_meeting_or_call() -> None:
    found = goal(knows("k", target_grade="familiar"))
    assert [(way.kind, way.acts) for way in found.ways] == [("assessment", 1), ("meeting", 1), ("call", 1)]


def test_contact_alone_makes_nobody_an_ally() -> None:
    assert [way.kind for way in goal(knows("k", target_grade="ally"), *monthly(24)).ways] == ["assessment"]


def test_trusted_by_contact_alone_takes_its_ninety_days() -> None:
    ways = {way.kind: way for way in goal(knows("k", target_grade="trusted")).ways}
    assert ways["meeting"].acts == 14  # the first and the last are thirteen weeks apart
    assert (ways["meeting"].on - TODAY).days == 1 + 13 * WEEK


def test_a_quarrel_is_not_met_away_by_a_questionnaire() -> None:
    sour = [event(f"s{week}", "meeting", ago(7 * week), sentiment=-2) for week in range(12)]
    found = goal(knows("k", target_grade="trusted"), *sour)
    assert "assessment" not in [way.kind for way in found.ways]


def test_the_calendar_ends_before_the_next_meeting() -> None:
    [found] = tie_strengths(graph(knows("k", target_grade="familiar")), on=date.max).items
    assert found.goal is not None
    assert [way.kind for way in found.goal.ways] == ["assessment"]


def test_what_is_reached_needs_no_way_and_what_is_not_wanted_has_no_goal() -> None:
    assert goal(knows("k", target_grade="stranger")) == StrengthGoal(
        target_grade=Grade.STRANGER, reached=True, ways=[]
    )
    assert tie(knows("k")).goal is None
