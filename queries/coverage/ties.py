"""Our ties as coverage and trust count them: what each is worth, not only how strong it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from models.columns import NOT_SET, code_of
from models.coverage import Discount
from models.enums import Grade, NodeKind
from models.findings.base import Evidence
from models.graph import AccountGraph
from queries.numbers import significant
from queries.people import Floats, People, people
from queries.rules import DEFAULT_RULES, Rules
from queries.strength.table import strength_table, tie_ids

__all__ = ["CountedTies", "Ints", "counted_ties", "grade_of", "worth_of"]

Ints = np.ndarray[Any, np.dtype[np.int64]]
_GRADES, _DISCOUNTS = tuple(Grade), tuple(Discount)
_OPPOSED, _SOUR, _VOICELESS = (code_of(discount) for discount in _DISCOUNTS)


@dataclass(frozen=True, slots=True, eq=False)
class CountedTies:
    """Ties of ours to people who neither left nor are restricted, sorted by (member, contact) position.

    `strength` is S in points, `counted` what of it counts, `discount` the code of why it is less (−1: all
    of it counts), `grade` a code of the thermometer; `ids` are the `knows` records.
    """

    member: Ints
    contact: Ints
    strength: Floats
    counted: Floats
    discount: Ints
    grade: Ints
    ids: list[str]

    def __len__(self) -> int:
        return len(self.member)

    def best_first(self, *within: np.ndarray[Any, Any], value: Floats | None = None) -> Ints:
        """Rows by groups (the first key leads), in each by `value` (else `counted`), the largest first.

        Equal ones by strength, then contact, then member. O(n log n).
        """
        ranked = -np.round(self.counted if value is None else value, 12)
        keys = (self.member, self.contact, -np.round(self.strength, 12), ranked, *reversed(within))
        return np.asarray(np.lexsort(keys), dtype=np.int64)

    def why(self, row: int) -> Discount | None:
        """Why a tie counts for less than its strength; None if it does not."""
        code = int(self.discount[row])
        return None if code == NOT_SET else _DISCOUNTS[code]

    def evidence(self, row: int, points: float) -> Evidence:
        """The record of a tie as the evidence of a number that takes so many points from it."""
        return Evidence(kind="knows", id=self.ids[row], points=significant(points))

    def ends(self, graph: AccountGraph, row: int) -> tuple[str, str]:
        """The ids of member and contact."""
        return graph.nodes[NodeKind.MEMBER].ids[self.member[row]], graph.contacts.ids[self.contact[row]]


def counted_ties(
    graph: AccountGraph, *, on: date, rules: Rules = DEFAULT_RULES, opportunity_id: str | None = None
) -> CountedTies:
    """Every tie of ours that holds on a day, and what it is worth (docs/rules.md §8); kept with the graph.

    A tie to who is sceptical or against us, or whose liking is below `sour_liking`, counts 0: it shows that
    we meet, not that we can rely on it. One to who has no voice counts half. Attitudes and voices are those
    of the opportunity, else of all open ones. O(ties log ties).
    """
    who = people(graph.on(on), opportunity_id, rules.influence.finance_share_of_clerks)
    key = ("counted_ties", on, rules.version, opportunity_id)
    return graph.memo(key, lambda: _counted_ties(graph, who, on, rules))


def _counted_ties(graph: AccountGraph, who: People, on: date, rules: Rules) -> CountedTies:
    table = strength_table(graph, on=on, rules=rules)
    kept = np.flatnonzero(who.counts[table.contact])
    contact = table.contact[kept].astype(np.int64)
    worth = worth_of(who, rules)[contact]
    sour = table.liking[kept] < rules.strength.sour_liking
    why = [who.attitude[contact] < 0, sour, worth < 1]
    ids = tie_ids(graph, table, on)
    return CountedTies(
        member=table.member[kept].astype(np.int64),
        contact=contact,
        strength=table.strength[kept],
        counted=table.strength[kept] * worth * ~sour,
        discount=np.select(why, [_OPPOSED, _SOUR, _VOICELESS], NOT_SET).astype(np.int64),
        grade=table.grade[kept].astype(np.int64),
        ids=[ids[row] for row in kept.tolist()],
    )


def worth_of(who: People, rules: Rules) -> Floats:
    """What a tie to each contact is worth by attitude and voice: 1, `trust.voiceless`, or 0. O(people)."""
    heard = np.where(who.voice == 0, rules.trust.voiceless, 1.0)
    return np.asarray(np.where(who.attitude < 0, 0.0, heard))


def grade_of(points: float, rules: Rules, most: int | None = None) -> Grade:
    """The thermometer's word for points, at most the grade of code `most`: a tie's own word may be lower."""
    code = int(np.searchsorted(np.array(rules.strength.grade_points), points, side="right"))
    return _GRADES[code if most is None else min(code, most)]
