"""How an account stands with us, in the few numbers that fit a line of the portfolio."""

from __future__ import annotations

from datetime import date

import numpy as np

from models.findings.portfolio import AccountStanding
from models.graph import AccountGraph
from queries.cadence.overdue import overdue
from queries.coverage.matrix import hub_of, strand_points
from queries.coverage.shape import shape
from queries.coverage.threads import single_threads
from queries.coverage.ties import counted_ties
from queries.coverage.trust import trust
from queries.numbers import significant
from queries.people import people
from queries.rules import DEFAULT_RULES, Rules
from queries.strength.table import strength_moved, strength_table

__all__ = ["TREND_DAYS", "account_standing"]

TREND_DAYS = 90


def account_standing(graph: AccountGraph, *, on: date, rules: Rules = DEFAULT_RULES) -> AccountStanding:
    """Trust (docs/rules.md §8), shape and single threads (§7), overdue contacts (§12), strength and trend.

    No purchase in particular. `strength` sums our ties (§1) to people who neither left nor are restricted,
    `trend` is what it gained in 90 days. The same numbers as the answers about the account give one by one.
    O(ties log ties + ranking).
    """
    who = people(graph.on(on), None, rules.influence.finance_share_of_clerks)
    ties = counted_ties(graph, on=on, rules=rules)
    form, hub = shape(list(strand_points(graph, who, ties).values())), hub_of(graph, ties)
    table = strength_table(graph, on=on, rules=rules)
    told = who.counts[table.contact]
    moved = strength_moved(graph, on=on, days=TREND_DAYS, rules=rules)
    return AccountStanding(
        trust=trust(graph, on=on, rules=rules).trust,
        shape=None if form is None else significant(form),
        single_threads=len(single_threads(graph, who, ties, rules)),
        hub_id=None if hub is None else hub.member_id,
        hub_share=None if hub is None else hub.share,
        overdue=len(overdue(graph, on=on, rules=rules).items),
        strength=significant(float(np.sum(table.strength[told]))),
        trend=significant(float(np.sum(moved[told]))),
    )
