"""How the ties that open complaints touch feel: as they are, and with one complaint lifted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.enums import Attitude
from models.graph import AccountGraph
from queries.rules import Rules
from queries.rules.chains import ChainRules
from queries.strength.state import tie_state

__all__ = ["Touch", "touches", "willing"]


@dataclass(frozen=True, slots=True)
class Touch:
    """A tie (positions) that an open complaint (row of the interactions) touches; moods are −1…1.

    `liking` is the tie's (docs/rules.md §1), `liking_without` what it were without the complaint, at least
    as much; `mood` is what stands between the two now, `mood_without` what would with it lifted.
    """

    complaint: int
    member: int
    contact: int
    strength: float
    liking: float
    liking_without: float
    mood: float
    mood_without: float


def touches(graph: AccountGraph, on: date, rules: Rules, complaints: Sequence[int]) -> list[Touch]:
    """Every tie of ours that one of some open complaints touches, by tie. O(rows).

    While a complaint is open it stands between the two, neither faded nor averaged: the mood is the liking,
    but at most the complaint's own, and that of every other open one.
    """
    state = tie_state(graph, on, rules)
    events, passed = state.events, state.passed
    felt_of, decay = events.sentiment[passed.rows], passed.decay()
    pairs = len(state.strength)
    felt = passed.flow.sum_by_pair(felt_of * decay, pairs)
    weight = passed.flow.sum_by_pair(decay, pairs)
    rows = np.flatnonzero(np.isin(events.item[passed.rows], np.array(complaints, dtype=np.int64))).tolist()
    open_: dict[int, list[int]] = {}
    for row in rows:
        open_.setdefault(int(passed.flow.pair[row]), []).append(row)
    found = []
    for pair, among in open_.items():
        if not state.exists[pair]:
            continue  # it has ended: nothing hangs on it
        liking = float(passed.liking[pair])
        for row in among:
            left = float(weight[pair] - decay[row])
            alone = felt[pair] - felt_of[row] * decay[row]
            without = max(liking, float(alone) / left) if left > _NOTHING else max(liking, 0.0)
            others = [float(felt_of[other]) for other in among if other != row]
            found.append(
                Touch(
                    complaint=int(events.item[passed.rows[row]]),
                    member=int(events.member[pair]),
                    contact=int(events.contact[pair]),
                    strength=float(state.strength[pair]),
                    liking=liking,
                    liking_without=without,
                    mood=min([liking, float(felt_of[row]), *others]),
                    mood_without=min([without, *others]),
                )
            )
    return found


_NOTHING = 1e-12
"""Less than this is left to average."""


def willing(mood: float, rules: ChainRules) -> float:
    """What a mood leaves of a tie in a chain: 1 from 0 on; below, what the attitude that feels so passes on.

    A mood of −½ (an interaction of −1) is a sceptic's, one of −1 an opponent's; straight lines between.
    """
    degrees = (Attitude.AGAINST, Attitude.SCEPTICAL, Attitude.NEUTRAL)
    passes = [rules.attitude[degree] for degree in degrees]
    return float(np.interp(2 * mood, [float(degree) for degree in degrees], passes))
