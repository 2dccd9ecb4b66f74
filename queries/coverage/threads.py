"""Single threads: the departments and deciders that hang on one of ours alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from models.enums import NodeKind
from models.findings.coverage import Thread
from models.graph import AccountGraph, NodeTable
from queries.coverage.ties import CountedTies, Ints
from queries.numbers import significant
from queries.people import People
from queries.rules import Rules

__all__ = ["single_threads"]


def single_threads(graph: AccountGraph, who: People, ties: CountedTies, rules: Rules) -> list[Thread]:
    """Where one of ours leaving would cost half of the best tie or more: deciders, then departments.

    Each by loss, the largest first, then by strength, then by id. Of a department the people seated in it
    count, not those of the units below. Where the best tie is a stranger's nothing hangs on it.
    O(ties log ties).
    """
    found: list[Thread] = []
    own = np.where(who.deciders()[ties.contact], ties.contact, -1)
    units = who.department[ties.contact].astype(np.int64)
    for table, group in ((graph.contacts, own), (graph.nodes[NodeKind.DEPARTMENT], units)):
        threads = _threads(graph, ties, table, group, rules)
        found += sorted(threads, key=lambda thread: (-thread.loss, -thread.strength, thread.id))
    return found


def _threads(
    graph: AccountGraph, ties: CountedTies, table: NodeTable, group: Ints, rules: Rules
) -> Iterator[Thread]:
    members, kind = graph.nodes[NodeKind.MEMBER].ids, table.spec.kind
    least = rules.strength.grade_points[0]
    for place, rows in _by_member(ties, group):
        first = rows[0]
        strength = float(ties.counted[first])
        without = float(ties.counted[rows[1]]) if len(rows) > 1 else 0.0
        if strength < least or strength - without < rules.coverage.thread_loss * strength:
            continue
        yield Thread(
            kind=kind,
            id=table.ids[place],
            name=table.texts("name")[place],
            member_id=members[ties.member[first]],
            strength=significant(strength),
            without=significant(without),
            loss=significant(1 - without / strength),
            alone=without == 0,
            evidence=[ties.evidence(row, ties.counted[row]) for row in rows[:2] if ties.counted[row] > 0],
        )


def _by_member(ties: CountedTies, group: Ints) -> Iterator[tuple[int, Sequence[int]]]:
    """For each group the rows of the best tie of each of ours, best first; group −1 is left out."""
    order = ties.best_first(group)
    order = order[group[order] >= 0]
    width = int(ties.member.max(initial=0)) + 1
    first = np.sort(np.unique(group[order] * width + ties.member[order], return_index=True)[1])
    order = order[first]
    begin = np.flatnonzero(np.diff(group[order], prepend=-1))
    for rows in np.split(order, begin[1:]) if len(order) else ():
        yield int(group[rows[0]]), rows.tolist()
