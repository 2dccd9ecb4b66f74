"""What moves between two answers: one number of each item, the largest changes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from models.enums import NodeKind
from models.findings.base import Answer
from models.findings.whatif import Answers, Moved
from models.graph import AccountGraph
from models.whatif import Answered
from queries.numbers import significant
from queries.whatif.answers import MEASURED, Measure

__all__ = ["moved"]


def moved(
    graph: AccountGraph, before: Answers, after: Answers, most: int, scale: Mapping[Answered, float]
) -> list[Moved]:
    """Answer by answer the `most` numbers that change most, equal changes by the ids they are about.

    An item is known by what it is about (the best chain of a target stands for all of them); one that only
    one side has changes by all it is. `scale` brings the numbers of an answer after to the scale of before.
    `graph` knows the names of both sides. O(items log items).
    """
    found: list[Moved] = []
    for answer, measure in MEASURED.items():
        sides = [getattr(side, str(answer)) for side in (before, after)]
        if None not in sides:
            was, now = (_numbers(side, measure) for side in sides)
            factor = scale.get(answer, 1.0)
            if factor != 1:
                now = {ids: significant(number * factor) for ids, number in now.items()}
            changes = _changes(graph, answer, measure, was, now)
            found += sorted(changes, key=lambda move: (-abs(move.change), move.ids))[:most]
    return found


def _numbers(answer: Answer[Any], measure: Measure) -> dict[tuple[str, ...], float]:
    """The number of each thing an answer is about; of several items the first, which is the best."""
    numbers: dict[tuple[str, ...], float] = {}
    for item in answer.items:
        numbers.setdefault(
            tuple(str(getattr(item, name)) for name in measure.about), getattr(item, measure.field)
        )
    return numbers


def _changes(
    graph: AccountGraph,
    answer: Answered,
    measure: Measure,
    before: Mapping[tuple[str, ...], float],
    after: Mapping[tuple[str, ...], float],
) -> Iterator[Moved]:
    for ids in {**before, **after}:
        was, now = before.get(ids), after.get(ids)
        change = significant((now or 0.0) - (was or 0.0))
        if change:
            names = [_name(graph, kind, id_) for kind, id_ in zip(measure.kinds, ids, strict=True)]
            yield Moved(
                answer=answer,
                measure=measure.field,
                ids=list(ids),
                names=names,
                before=was,
                after=now,
                change=change,
            )


def _name(graph: AccountGraph, kind: NodeKind | None, id_: str) -> str:
    if kind is None:
        return id_
    table = graph.nodes[kind]
    return str(table.texts("name")[table.position[id_]])
