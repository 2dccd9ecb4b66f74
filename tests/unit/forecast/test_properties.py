"""What is always true of settled opinions, on generated rooms, and the dense solution they must equal."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.at_hand import graph_of
from models.enums import Attitude, EdgeKind, NodeKind
from models.kinds import Kind
from models.records import Body
from queries.forecast.forecast import Room, forecast, room_of
from tests.invented import Invented
from tests.rankings import DAY
from tests.unit.test_influence_properties import accounts

attitudes = st.none() | st.sampled_from([int(word) for word in Attitude])


@st.composite
def rooms(draw: st.DrawFn, quarrels: bool = True) -> Invented:
    """The accounts of the ranking's tests, with attitudes entered for some."""
    account = draw(accounts())
    kept: list[tuple[Kind, Body]] = []
    for kind, body in account.records:
        if kind is EdgeKind.PLAYS:
            body = {**body, "attitude": draw(attitudes)}
        if kind is EdgeKind.BOND and not quarrels:
            body = {**body, "polarity": 1}
        kept.append((kind, {name: value for name, value in body.items() if value is not None}))
    account.records = kept
    return account


def room(account: Invented) -> Room:
    return room_of(account.graph(), on=DAY, opportunity_id="deal")


def dense(found: Room) -> tuple[np.ndarray, np.ndarray]:
    """Settled opinions and sway by solving the whole system."""
    size = len(found.weight)
    matrix = np.zeros((size, size))
    np.add.at(matrix, (found.minds.listener, found.minds.heard), found.minds.taken)
    values = np.linalg.solve(np.eye(size) - matrix, np.diag(found.minds.kept))
    return values @ found.begun.value, values.T @ found.weight


@given(rooms())
def test_iterating_equals_solving(account: Invented) -> None:
    found = room(account)
    settled, sway = dense(found)
    assert found.settled == pytest.approx(settled, abs=1e-9)
    assert found.sway == pytest.approx(sway, abs=1e-9)


@given(rooms())
def test_opinions_stay_between_the_ends(account: Invented) -> None:
    found = room(account)
    assert np.abs(found.settled).max(initial=0) <= 1 + 1e-9
    assert np.abs(found.begun.value).max(initial=0) <= 1
    taken = np.bincount(found.minds.listener, weights=np.abs(found.minds.taken), minlength=len(found.weight))
    assert found.minds.kept + taken == pytest.approx(np.ones(len(found.weight)))


@given(rooms(quarrels=False), st.sampled_from([int(word) for word in Attitude]))
def test_where_all_think_the_same_nobody_moves(account: Invented, word: int) -> None:
    people = [body["id"] for kind, body in account.records if kind is NodeKind.CONTACT]
    account.records = [row for row in account.records if row[0] is not EdgeKind.PLAYS]
    for id_ in people:
        account.plays(id_, "deal", "user", attitude=word)
    assert room(account).settled == pytest.approx(np.full(len(people), word / 2), abs=1e-9)


@given(rooms(), st.data())
def test_a_lever_gains_what_it_says(account: Invented, data: st.DataObject) -> None:
    found = forecast(account.graph(), on=DAY, opportunity_id="deal")
    if not found.levers:
        assert all(item.sway <= 0 or item.opinion == 1 for item in found.items)
        return
    lever = data.draw(st.sampled_from(found.levers))
    graph = account.graph()
    records = [
        (kind, {**body, "attitude": int(lever.to)} if _his(kind, body, lever.contact_id) else body)
        for kind, body in account.records
    ]
    if records == account.records:
        # Nobody entered his attitude: one who plays no part would join the centre by it, which moves weights.
        begun = room(account)
        place = graph.contacts.position[lever.contact_id]
        moved = begun.begun.value.copy()
        moved[place] = lever.to / 2
        gain = float((begun.weight * (begun.minds.settled(moved) - begun.settled)).sum())
    else:
        after = forecast(graph_of(account.account_id, records), on=DAY, opportunity_id="deal")
        gain = after.opinion - found.opinion
    assert gain == pytest.approx(lever.gain, abs=1e-8)


def _his(kind: Kind, body: Body, contact: str) -> bool:
    return kind is EdgeKind.PLAYS and body["source_id"] == contact


@given(rooms())
def test_the_same_question_has_the_same_answer(account: Invented) -> None:
    first, second = (forecast(account.graph(), on=DAY, opportunity_id="deal") for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()
