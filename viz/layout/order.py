"""The order of people in the level bands: departments side by side, few crossings, deterministic.

Departments are put in a line by adjacent swaps that shorten the ties between them; people are then sorted by
the middle of their neighbours, band by band (K. Sugiyama, S. Tagawa and M. Toda, Methods for visual
understanding of hierarchical system structures, IEEE Transactions on Systems, Man, and Cybernetics 11(2),
1981).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEFT, RIGHT = -0.15, 1.15
"""Where our people and the competitors stand, the bands reaching from 0 to 1."""
_SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to place: department, and what pulls to the left (ties of ours) and right (theirs)."""

    id: str
    unit: str
    left: float = 0.0
    right: float = 0.0


Weights = Mapping[str, Mapping[str, float]]
"""Weight of the tie between two people, in both directions."""


def in_order(bands: Sequence[Sequence[Person]], ties: Weights, free: Sequence[bool]) -> list[list[str]]:
    """Ids of each band from left to right; in a `free` band departments need not stay together.

    O(sweeps · (people · log people + ties) + departments³).
    """
    units = _unit_order([person for band in bands for person in band], ties)
    order = [[p.id for p in sorted(band, key=lambda p: (units[p.unit], p.id))] for band in bands]
    who = {person.id: person for band in bands for person in band}
    best, least = [list(band) for band in order], _stretch(order, who, ties)
    for sweep in range(_SWEEPS):
        down = range(len(bands))
        for place in down if sweep % 2 else reversed(down):
            order[place] = _sorted_band(order[place], order, who, ties, units, free=free[place])
        stretch = _stretch(order, who, ties)
        if stretch < least - 1e-9:
            best, least = [list(band) for band in order], stretch
    return best


def _places(order: Sequence[Sequence[str]]) -> dict[str, float]:
    return {id_: (at + 0.5) / len(band) for band in order for at, id_ in enumerate(band)}


def _stretch(order: Sequence[Sequence[str]], who: Mapping[str, Person], ties: Weights) -> float:
    """How far ties reach sideways, by weight."""
    x = _places(order)
    pulled = sum(p.left * (x[p.id] - LEFT) + p.right * (RIGHT - x[p.id]) for p in who.values())
    return pulled + sum(
        weight * abs(x[one] - x[other]) / 2 for one, row in ties.items() for other, weight in row.items()
    )


def _sorted_band(
    band: Sequence[str],
    order: Sequence[Sequence[str]],
    who: Mapping[str, Person],
    ties: Weights,
    units: Mapping[str, int],
    *,
    free: bool,
) -> list[str]:
    """A band by the middle of each person's neighbours; unless `free`, departments stay together."""
    x = _places(order)
    middle = {id_: _middle(who[id_], x, ties) for id_ in band}
    if free:
        return sorted(band, key=lambda id_: (middle[id_], units[who[id_].unit], id_))
    of_unit: dict[str, list[float]] = defaultdict(list)
    for id_ in band:
        of_unit[who[id_].unit].append(middle[id_])
    place = {unit: sum(values) / len(values) for unit, values in of_unit.items()}
    return sorted(band, key=lambda id_: (place[who[id_].unit], units[who[id_].unit], middle[id_], id_))


def _middle(person: Person, x: Mapping[str, float], ties: Weights) -> float:
    total, weighed = 0.05, 0.05 * x[person.id]
    for other, weight in ties.get(person.id, {}).items():
        total += weight
        weighed += weight * x[other]
    total += person.left + person.right
    return (weighed + person.left * LEFT + person.right * RIGHT) / total


def _unit_order(people: Sequence[Person], ties: Weights) -> dict[str, int]:
    """Departments from left to right, each swapped with its neighbour while that shortens ties."""
    of = {person.id: person.unit for person in people}
    between: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    pull: dict[str, float] = defaultdict(float)
    for person in people:
        pull[person.unit] += person.right - person.left
        for other, weight in ties.get(person.id, {}).items():
            if of[other] != person.unit:
                between[person.unit][of[other]] += weight
    line = sorted(pull)
    for _ in range(len(line)):
        changed = False
        for at in range(len(line) - 1):
            if _gain(line, at, between, pull) > 1e-9:
                line[at], line[at + 1] = line[at + 1], line[at]
                changed = True
        if not changed:
            break
    return {unit: place for place, unit in enumerate(line)}


def _gain(line: Sequence[str], at: int, between: Weights, pull: Mapping[str, float]) -> float:
    """What swapping the departments at `at` and behind it saves."""
    one, other = line[at], line[at + 1]
    before, after = line[:at], line[at + 2 :]
    mine, its = between.get(one, {}), between.get(other, {})
    left = sum(its.get(unit, 0.0) - mine.get(unit, 0.0) for unit in before)
    right = sum(mine.get(unit, 0.0) - its.get(unit, 0.0) for unit in after)
    return left + right + pull[one] - pull[other]
