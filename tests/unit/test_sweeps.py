"""Listening, gone through from the bottom of the chart to its top, settles where a dense solution lies."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from queries.influence import sweeps
from queries.influence.sweeps import Sweeps, by_rank_and_length, ranks
from queries.influence.ties import Ties
from queries.influence.walks import TOLERANCE, Walk

Line = tuple[int, int]


def ties_of(people: int, lines: list[Line], others: list[Line], chance: np.random.Generator) -> Ties:
    """Reporting lines (listener, heard) and other ties, sorted as ties are."""
    rows = sorted([(heard, listener, True) for listener, heard in lines] + [(a, b, False) for b, a in others])
    heard, listener, formal = (np.array(column) for column in zip(*rows, strict=True))
    return Ties(
        people=people,
        heard=heard.astype(np.int32),
        listener=listener.astype(np.int32),
        weight=chance.uniform(0.05, 1, len(rows)),
        formal=formal,
        table=np.zeros(len(rows), dtype=np.int8),
        row=np.arange(len(rows), dtype=np.int32),
        tables=(),
    )


def dense(walk: Walk, weight: Any) -> Any:
    """The shares by solving z = q + T z."""
    people, ties = walk.ties.people, walk.ties
    matrix = np.zeros((people, people))
    np.add.at(matrix, (ties.heard, ties.listener), weight)
    listened = matrix.sum(axis=0)
    rate = walk.openness / np.maximum(listened, walk.full)
    z = np.linalg.solve(np.eye(people) - matrix * rate, walk.prior)
    return z * (1 - rate * listened) if walk.keeps else z / z.sum()


CHART = [(person, (person - 1) // 3) for person in range(1, 40)]
CHAIN = [(person, person - 1) for person in range(1, 40)]
CIRCLES = [*CHART, (0, 39), (40, 41), (41, 40)]


@pytest.mark.parametrize("lines", [CHART, CHAIN, CIRCLES, []], ids=["chart", "chain", "circles", "no lines"])
@pytest.mark.parametrize("others", [0, 2, 150], ids=["lines alone", "the head listens down", "many"])
@pytest.mark.parametrize("keeps", [False, True])
@pytest.mark.parametrize("fewest", [1, 512], ids=["cut", "whole"])
def test_what_settles_is_the_solution(lines: list[Line], others: int, keeps: bool, fewest: int) -> None:
    chance = np.random.default_rng(7)
    drawn = [(0, 39), (0, 13), *((int(a), int(b)) for a, b in chance.integers(0, 42, (others, 2)))]
    ties = ties_of(42, lines, drawn[: others + 1], chance)
    openness = chance.uniform(0.3, 0.99, 42)
    for prior in (np.eye(42)[0], np.ones(42) / 42):
        walk = Walk(ties=ties, prior=prior, openness=openness, full=0.5, keeps=keeps)
        weight = np.array([ties.weight, ties.weight * (np.arange(len(ties)) % 5 > 0)])
        with patch.object(sweeps, "_FEWEST", fewest):
            found = walk.shares(weight, TOLERANCE)
            settled = walk.settled()
        for row, share in zip(weight, found, strict=True):
            assert np.abs(share - dense(walk, row)).sum() < 10 * TOLERANCE
        assert np.abs(settled.share - found[0]).sum() < 10 * TOLERANCE


def test_nobody_with_a_prior_gets_nothing() -> None:
    ties = ties_of(42, CHART, [], np.random.default_rng(7))
    walk = Walk(ties=ties, prior=np.zeros(42), openness=np.full(42, 0.85), full=0.5, keeps=False)
    assert not walk.shares(ties.weight[None, :], TOLERANCE).any()


def test_a_boss_stands_above_his_people_and_those_below_go_first() -> None:
    ties = ties_of(42, CIRCLES[:-3], [(5, 1)], np.random.default_rng(7))
    with patch.object(sweeps, "_FEWEST", 1):
        rank = ranks(ties)
        parts = Sweeps.of(ties.weight[None, :], ties).parts
    assert all(rank[heard] > rank[listener] for listener, heard in CHART)
    assert [end - first for first, end, _ in parts] == np.bincount(rank).tolist() == [27, 9, 3, 3]
    assert not ranks(ties).any(), "a small account is one part"


def test_of_one_rank_and_length_the_first_stands_first() -> None:
    starts = np.array([0, 2, 3, 3, 5, 6], dtype=np.int32)
    assert by_rank_and_length(np.zeros(5, dtype=np.int32), starts).tolist() == [2, 1, 4, 0, 3]
    assert by_rank_and_length(np.array([1, 0, 1, 0, 1], dtype=np.int32), starts).tolist() == [1, 3, 2, 4, 0]
    assert by_rank_and_length(np.array([], dtype=np.int32), starts[:1]).tolist() == []
