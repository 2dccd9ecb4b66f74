"""One tie over time, at month ends."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.faults import InvalidInput
from models.findings.strength import StrengthTrail
from queries.strength.table import tie_strengths
from queries.strength.trail import strength_over_time
from tests.tie_records import TODAY, Records, event, graph, knows, monthly, questionnaire


def trail(*records: tuple, months: int = 24, on: date = TODAY) -> StrengthTrail:  # type: ignore[type-arg]
    return strength_over_time(graph(*records), "ann", "cai", on=on, months=months)


def test_points_are_the_ends_of_months_and_the_day_itself() -> None:
    found = trail(event("m", "meeting", date(2025, 3, 10)), months=6).items
    assert [point.on for point in found] == [
        date(2025, 3, 31),
        date(2025, 4, 30),
        date(2025, 5, 31),
        date(2025, 6, 15),
    ]


def test_over_the_turn_of_a_year_and_a_leap_day() -> None:
    found = trail(event("m", "meeting", date(2023, 12, 1)), months=3, on=date(2024, 3, 1)).items
    assert [point.on for point in found] == [
        date(2023, 12, 31),
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 1),
    ]


@given(st.integers(1, 12), st.integers(1, 30))
def test_every_point_is_the_strength_of_that_day(meetings: int, months: int) -> None:
    records: Records = [*monthly(meetings), questionnaire("q", date(2025, 2, 1), 30)]
    account = graph(*records)
    found = strength_over_time(account, "ann", "cai", on=TODAY, months=months)
    assert found.items[-1].on == TODAY
    for point in found.items:
        [tie] = tie_strengths(account, on=point.on).items
        assert (point.strength, point.depth, point.warmth, point.grade) == (
            tie.strength,
            tie.depth,
            tie.warmth,
            tie.grade,
        )


def test_silence_shows_as_a_fall_to_depth() -> None:
    found = trail(*monthly(12, last=date(2024, 12, 15)), months=6).items
    strengths = [point.strength for point in found]
    assert strengths == sorted(strengths, reverse=True)
    assert all(point.strength >= point.depth for point in found)


def test_a_tie_has_points_from_the_day_it_holds() -> None:
    found = trail(knows("k", since="2025-05-01"), months=6).items
    assert [point.on for point in found] == [date(2025, 5, 31), TODAY]


def test_a_pair_nothing_is_known_of_has_none() -> None:
    assert strength_over_time(graph(), "bob", "cai", on=date(2000, 1, 1)).items == []
    with pytest.raises(InvalidInput, match="/contact_id"):
        strength_over_time(graph(), "ann", "nobody", on=TODAY)


@pytest.mark.parametrize("on", [date(1, 1, 1), date(1, 3, 31), date(9999, 12, 31)])
def test_the_calendar_has_ends(on: date) -> None:
    assert trail(on=on, months=120).items == []
