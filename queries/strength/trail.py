"""How strong one tie was over time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from models.enums import Grade, NodeKind
from models.findings.strength import StrengthPoint, StrengthTrail
from models.graph import AccountGraph
from queries.naming import known_contact, position_of
from queries.numbers import significant
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.strength.table import strength_table

__all__ = ["strength_over_time"]

VERSION = "1"
_GRADES = tuple(Grade)


def strength_over_time(
    graph: AccountGraph,
    member_id: str,
    contact_id: str,
    *,
    on: date,
    months: int = 24,
    rules: Rules = DEFAULT_RULES,
) -> StrengthTrail:
    """The strength of a tie at the ends of the last `months` calendar months and on the day itself.

    Every point is what `strength_table` says of that day: with what was dated up to it and the ties that
    held on it. Months before there was any evidence have no point, so that without a tie there are none.
    Raises InvalidInput for ids that cannot be named. O(months · rows).
    """
    member = position_of(graph, NodeKind.MEMBER, member_id, "/member_id")
    contact = known_contact(graph, contact_id)
    days = _month_ends(on, months)
    tables = ((day, strength_table(graph, on=day, rules=rules, keep=day == on)) for day in days)
    points = [
        StrengthPoint(
            on=day,
            strength=significant(table.strength[row]),
            depth=significant(table.depth[row]),
            warmth=significant(table.warmth[row]),
            grade=_GRADES[table.grade[row]],
        )
        for day, table in tables
        for row in np.flatnonzero((table.member == member) & (table.contact == contact)).tolist()
    ]
    return StrengthTrail(
        items=points,
        provenance=provenance_of(
            graph,
            on,
            rules,
            "strength over time",
            VERSION,
            member_id=member_id,
            contact_id=contact_id,
            months=months,
        ),
    )


def _month_ends(on: date, months: int) -> Iterator[date]:
    """The last days of the `months` calendar months before the one of `on`, then `on`; none before year 1."""
    for back in range(months - 1, -1, -1):
        month = on.year * 12 + on.month - 1 - back  # the month after the one that ends
        if month > 12:
            yield date(month // 12, month % 12 + 1, 1) - timedelta(days=1)
    yield on
