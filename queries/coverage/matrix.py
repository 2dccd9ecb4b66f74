"""The contact matrix: our ties by person, by rung and by level, each cell with its best tie."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import numpy as np

from models.columns import NOT_SET, code_of
from models.enums import LEVEL_OF_RUNG, Category, Grade, Level, NodeKind, Rung
from models.findings.coverage import ContactTie, Hub, LevelCell, RungCell, Strand
from models.graph import AccountGraph
from queries.coverage.ties import CountedTies, Ints
from queries.numbers import significant
from queries.people import People

__all__ = [
    "best_tie",
    "contact_ties",
    "hub_of",
    "level_cells",
    "member_rungs",
    "rung_cells",
    "strand_points",
    "strands_of",
    "unmatched_rungs",
]

_RUNGS, _LEVELS, _GRADES, _CATEGORIES = tuple(Rung), tuple(Level), tuple(Grade), tuple(Category)
_LEVEL_CODES = np.array([*(code_of(LEVEL_OF_RUNG[rung]) for rung in Rung), NOT_SET])


def member_rungs(graph: AccountGraph) -> Ints:
    """The rung code of each of ours, −1 where nobody said. O(members)."""
    return graph.nodes[NodeKind.MEMBER].array("rung").astype(np.int64)


def contact_ties(
    graph: AccountGraph, who: People, ties: CountedTies, limit: int | None = None
) -> list[ContactTie]:
    """The ties, strongest first, equal ones by (contact id, member id); the first `limit` of them.

    O(ties log ties).
    """
    ours, theirs = member_rungs(graph)[ties.member], who.rung[ties.contact].astype(np.int64)
    member_level, contact_level = _LEVEL_CODES[ours], who.level[ties.contact]
    units, department = graph.nodes[NodeKind.DEPARTMENT].ids, who.department[ties.contact]
    shared = who.shares > 0
    category = np.where(shared.any(axis=1), shared.argmax(axis=1), NOT_SET)[ties.contact]
    order = np.lexsort((ties.member, ties.contact, -np.round(ties.strength, 12)))[:limit]
    found = []
    for row in order.tolist():
        member, contact = ties.ends(graph, row)
        found.append(
            ContactTie(
                member_id=member,
                contact_id=contact,
                strength=significant(ties.strength[row]),
                counted=significant(ties.counted[row]),
                discount=ties.why(row),
                grade=_GRADES[ties.grade[row]],
                member_rung=_word(_RUNGS, ours[row]),
                contact_rung=_word(_RUNGS, theirs[row]),
                member_level=_word(_LEVELS, member_level[row]),
                contact_level=_word(_LEVELS, contact_level[row]),
                equal=bool(ours[row] == theirs[row] != NOT_SET),
                department_id=_word(units, department[row]),
                category=_word(_CATEGORIES, category[row]),
                evidence=[ties.evidence(row, ties.strength[row])],
            )
        )
    return found


def _word(words: Any, code: int) -> Any:
    return None if code < 0 else words[code]


def rung_cells(graph: AccountGraph, who: People, ties: CountedTies) -> list[RungCell]:
    """The best tie of each pair of rungs that have people, ours first, from the top. O(ties log ties)."""
    ours, theirs = member_rungs(graph), who.rung.astype(np.int64)
    return [
        RungCell(ours=_RUNGS[one], theirs=_RUNGS[other], **best)
        for one, other, best in _cells(graph, who, ties, ours, theirs, range(len(_RUNGS)))
    ]


def level_cells(graph: AccountGraph, who: People, ties: CountedTies) -> list[LevelCell]:
    """The same by levels; a member's level follows from the rung. O(ties log ties)."""
    ours, theirs = _LEVEL_CODES[member_rungs(graph)], who.level.astype(np.int64)
    return [
        LevelCell(ours=_LEVELS[one], theirs=_LEVELS[other], **best)
        for one, other, best in _cells(graph, who, ties, ours, theirs, range(len(_LEVELS))[::-1])
    ]


def _cells(
    graph: AccountGraph, who: People, ties: CountedTies, ours: Ints, theirs: Ints, codes: range
) -> Iterator[tuple[int, int, dict[str, Any]]]:
    here = theirs[who.counts]
    order = ties.best_first()
    for one in (code for code in codes if (ours == code).any()):
        for other in (code for code in codes if (here == code).any()):
            inside = (ours[ties.member[order]] == one) & (theirs[ties.contact[order]] == other)
            yield one, other, best_tie(graph, ties, order[inside])


def strand_points(graph: AccountGraph, who: People, ties: CountedTies) -> dict[int, float]:
    """What counts of the best tie between equals, by the code of each rung where both sides have people.

    In the order of the rungs; 0 where no two equals know each other. O(ties).
    """
    ours, theirs = member_rungs(graph), who.rung.astype(np.int64)
    best = np.zeros(len(_RUNGS))
    equal = np.flatnonzero((ours[ties.member] == theirs[ties.contact]) & (ours[ties.member] >= 0))
    np.maximum.at(best, ours[ties.member[equal]], ties.counted[equal])
    both = [
        code for code in range(len(_RUNGS)) if (ours == code).any() and (theirs[who.counts] == code).any()
    ]
    return {code: float(best[code]) for code in both}


def strands_of(graph: AccountGraph, who: People, ties: CountedTies, codes: Iterable[int]) -> Iterator[Strand]:
    """The ties between equals, one strand for each of some rungs. O(ties log ties)."""
    ours, theirs = member_rungs(graph), who.rung.astype(np.int64)
    order = ties.best_first()
    for code in codes:
        here = (ours[ties.member[order]] == code) & (theirs[ties.contact[order]] == code)
        yield Strand(
            rung=_RUNGS[code],
            members=int((ours == code).sum()),
            people=int((theirs[who.counts] == code).sum()),
            **best_tie(graph, ties, order[here]),
        )


def unmatched_rungs(who: People, codes: Collection[int]) -> list[Rung]:
    """The rungs where they have people and nobody of ours stands: those that are none of `codes`."""
    seated = who.rung[who.counts]
    return [rung for code, rung in enumerate(_RUNGS) if code not in codes and (seated == code).any()]


def best_tie(graph: AccountGraph, ties: CountedTies, rows: Ints) -> dict[str, Any]:
    """The fields of a `BestTie` of rows that come best first."""
    if not len(rows):
        return {
            "ties": 0, "counted": 0.0, "strength": 0.0, "member_id": None, "contact_id": None, "evidence": []
        }  # fmt: skip
    row = int(rows[0])
    member, contact = ties.ends(graph, row)
    return {
        "ties": len(rows),
        "counted": significant(ties.counted[row]),
        "strength": significant(ties.strength[row]),
        "member_id": member,
        "contact_id": contact,
        "evidence": [ties.evidence(row, ties.counted[row])],
    }


def hub_of(graph: AccountGraph, ties: CountedTies) -> Hub | None:
    """Whose ties hold most of all strength; of equals the first by id. None without ties. O(ties)."""
    if not len(ties):
        return None
    held = np.bincount(ties.member, weights=ties.strength)
    first = int(np.argmax(np.round(held, 9)))
    share = held[first] / held.sum() if held.sum() > 0 else 0.0
    contacts = int((ties.member == first).sum())
    return Hub(member_id=graph.nodes[NodeKind.MEMBER].ids[first], share=significant(share), contacts=contacts)
