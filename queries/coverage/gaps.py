"""What is missing: roles that nobody is known in, and buyer categories that nobody of ours has won."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from models.enums import Category
from models.findings.coverage import MissingCategory, MissingRole
from models.graph import AccountGraph
from queries.coverage.ties import CountedTies
from queries.coverage.trust import CategoryBests
from queries.deals.purchase import purchases
from queries.numbers import significant
from queries.people import people, unnamed_people
from queries.rules import Rules

__all__ = ["missing_categories", "missing_roles"]


def missing_roles(graph: AccountGraph, opportunity_id: str | None, rules: Rules) -> Iterator[MissingRole]:
    """Roles of the open purchases that should be known by their step (`advice.roles_from`) and are not.

    By purchase, then as the rules list them. Whoever was erased is known in none. `graph` as it stands on
    the day. O(purchases · people).
    """
    unnamed = unnamed_people(graph)
    for deal in purchases(graph, opportunity_id):
        if not deal.open:
            continue
        who = people(graph, deal.id, rules.influence.finance_share_of_clerks)
        held = {
            role for contact in np.flatnonzero(who.counts & ~unnamed).tolist() for role in who.roles[contact]
        }
        for role, step in rules.advice.roles_from.items():
            if deal.has_come_to(step) and role not in held:
                yield MissingRole(opportunity_id=deal.id, role=role, step=step)


def missing_categories(
    graph: AccountGraph, ties: CountedTies, bests: CategoryBests, rules: Rules
) -> Iterator[MissingCategory]:
    """Categories whose best tie is worth less than the goal, those without people too. O(1)."""
    for column, category in enumerate(Category):
        row, worth = bests.row[column], float(bests.worth[column])
        if worth >= rules.coverage.goal_points:
            continue
        member, contact = ties.ends(graph, row) if row >= 0 else (None, None)
        yield MissingCategory(
            category=category,
            people=bests.people[column],
            worth=significant(worth),
            contact_id=contact,
            member_id=member,
            evidence=[ties.evidence(row, worth)] if row >= 0 else [],
        )
