"""Positions against a slow definition that reads the records one by one, on invented lives of a contact."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import InteractionKind, Kind
from models.graph import AccountGraph
from models.records import Body
from queries.positions.finding import position_trail, positions
from queries.rules import DEFAULT_RULES
from tests.positions import both, grown, promise
from tests.tie_records import TODAY, ago, event, graph, knows

RULES = DEFAULT_RULES.positions
Record = tuple[Kind, Body]


DAYS = st.integers(-5, 800)
WHO = {"members": st.sampled_from([["ann"], ["bob"], ["ann", "bob"], []])}
EVENTS = st.builds(
    lambda kind, day, mood, members, contacts, closed: ("event", kind, day, mood, members, contacts, closed),
    st.sampled_from(["meal", "event", "call", "visit", "demo", "training", "complaint", "email"]),
    DAYS,
    st.integers(-2, 2),
    WHO["members"],
    st.sampled_from([["cai"], ["cai", "dai"], ["dai"]]),
    st.one_of(st.none(), st.integers(0, 60)),
)
TESTS = st.builds(
    lambda day, p, i, member: ("test", day, p, i, member),
    DAYS,
    st.integers(0, 24),
    st.integers(0, 24),
    st.sampled_from(["ann", "bob"]),
)
PROMISES = st.builds(
    lambda due, done: ("promise", due, done), st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS)
)
HANDS = st.builds(
    lambda p, i, since, until, member: ("hand", p, i, since, until, member),
    st.one_of(st.none(), st.integers(0, 100)),
    st.one_of(st.none(), st.integers(0, 100)),
    st.integers(300, 800),
    st.one_of(st.none(), st.integers(-5, 299)),
    st.sampled_from(["ann", "bob"]),
)
LIVES = st.lists(st.one_of(EVENTS, TESTS, PROMISES, HANDS), max_size=10)


def recorded(life: list[Any]) -> list[Record]:
    found: list[Record] = []
    for n, (what, *given_) in enumerate(life):
        match what:
            case "event":
                kind, day, mood, members, contacts, closed = given_
                record = event(f"r{n}", kind, ago(day), "mutual", mood, members, contacts)
                if kind == "complaint" and closed is not None:
                    record[1]["resolved_on"] = (ago(day) + timedelta(days=closed)).isoformat()
            case "test":
                record = both(f"r{n}", ago(given_[0]), given_[1], given_[2], member=given_[3])
            case "promise":
                record = promise(f"r{n}", *(None if day is None else ago(day) for day in given_))
            case _:
                p, i, since, until, member = given_
                days = {
                    "since": ago(since).isoformat(),
                    "until": until is not None and ago(until).isoformat(),
                }
                fields = {**days, "personal": p, "institutional": i, "until": days["until"] or None}
                record = knows(f"r{n}", member, **fields)
        found.append(record)
    return found


def interaction_moves(row: Any, side: str, member: str | None) -> dict[tuple[str, date], float]:
    """What one interaction gives Cai's interest, by kind and day."""
    kind, day, mood, members, contacts, closed = row
    kinds: Mapping[InteractionKind, float] = getattr(RULES, side)
    found = {}
    if "cai" not in contacts or (side == "personal" and member not in members):
        return found
    if kind in set(kinds):
        worth = next(points for each, points in kinds.items() if each == kind)
        found[kind, ago(day)] = (
            worth * (1 if kind == "complaint" else RULES.mood[mood]) / math.sqrt(len(contacts))
        )
    if side == "institutional" and kind == "complaint" and closed is not None and closed <= 30:
        found["closing", ago(day) + timedelta(days=closed)] = 8 / math.sqrt(len(contacts))
    return found


def promise_move(due: int | None, done: int | None) -> tuple[date, float] | None:
    if done is not None and (due is None or done >= due):  # days back: done no later than due
        return ago(done), 8.0
    return None if due is None else (ago(due) + timedelta(days=1), -6.0)


def moves(life: list[Any], side: str, member: str | None) -> list[tuple[date, float]]:
    best: dict[tuple[str, date], float] = {}
    promises = []
    for what, *row in life:
        if what == "event":
            for key, worth in interaction_moves(row, side, member).items():
                best[key] = max(best.get(key, -math.inf), worth)
        elif what == "promise" and side == "institutional":
            promises.append(promise_move(*row))
    return [*((day, worth) for (_, day), worth in best.items()), *filter(None, promises)]


def by_hand(life: list[Any], side: str, member: str | None, on: date) -> float | None:
    for what, *row in life:
        if what == "hand" and row[4] == member:
            value = row[0] if side == "personal" else row[1]
            holds = ago(row[2]) <= on and (row[3] is None or on < ago(row[3]))
            if value is not None and holds:
                return float(value)
    return None


def view(life: list[Any], side: str, member: str | None, on: date) -> float | None:
    hand = by_hand(life, side, member, on)
    if hand is not None:
        return hand
    tests = [row for row in life if row[0] == "test" and row[4] == member and ago(row[1]) <= on]
    last = max((ago(row[1]) for row in tests), default=None)
    if last is None and member is not None and side == "institutional":
        return None
    base = 0.0
    if last is not None:
        points = [row for row in tests if ago(row[1]) == last][-1][2 if side == "personal" else 3]
        base = 100 * points / 24 * 2 ** (-(on - last).days / getattr(RULES, f"{side}_half_life_days"))
    passed = [
        (day, worth) for day, worth in moves(life, side, member) if day <= on and (last is None or day > last)
    ]
    return grown(math.fsum(worth * 2 ** (-(on - day).days / 365) for day, worth in passed), base)


def slow(life: list[Any], side: str, on: date) -> float:
    """The interest of Cai on a day, by the page and nothing else."""
    views = [value for who in ("ann", "bob") if (value := view(life, side, who, on)) is not None]
    return max(views) if views else view(life, side, None, on) or 0.0


@given(LIVES)
def test_interests_are_the_slow_definition_at_every_point_of_the_trail(life: list[Any]) -> None:
    whole: AccountGraph = graph(*recorded(life))
    found = position_trail(whole, "cai", on=TODAY)
    for point in found.items:
        assert point.personal == pytest.approx(slow(life, "personal", point.on), abs=1e-6)
        assert point.institutional == pytest.approx(slow(life, "institutional", point.on), abs=1e-6)
        then = position_trail(whole, "cai", on=point.on).items[-1]
        assert then == point, "computed as of then, whatever came later"
    for total, lines in (
        (found.contact.personal, found.contact.personal_evidence),
        (found.contact.institutional, found.contact.institutional_evidence),
    ):
        assert math.fsum(line.points or 0 for line in lines) == pytest.approx(total, abs=1e-6)
    listed = [item for item in positions(whole, on=TODAY).items if item.contact_id == "cai"]
    assert [item.model_dump(exclude={"personal_evidence", "institutional_evidence"}) for item in listed] in (
        [],
        [found.contact.model_dump(exclude={"personal_evidence", "institutional_evidence"})],
    )


@given(LIVES)
def test_a_good_contact_more_never_lowers_an_interest(life: list[Any]) -> None:
    before = position_trail(graph(*recorded(life)), "cai", on=TODAY).contact
    more = [
        event("more", "meal", TODAY, sentiment=1),
        event("visit", "visit", TODAY),
        promise("kept", TODAY, TODAY),
    ]
    after = position_trail(graph(*recorded(life), *more), "cai", on=TODAY).contact
    assert after.personal >= before.personal - 1e-6
    assert after.institutional >= before.institutional - 1e-6
