"""Trust: what the six buyer categories' best ties add up to, and how warm each level is to us."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.columns import code_of
from models.enums import Category, Level, Step
from models.findings.trust import PassedOver, Thermometer, Trust, TrustTerm
from models.graph import AccountGraph
from queries.chains.windows import step_of
from queries.coverage.ties import CountedTies, counted_ties, grade_of
from queries.naming import known_opportunity
from queries.numbers import significant
from queries.people import Floats, People, people
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["VERSION", "CategoryBests", "category_bests", "category_weights", "trust"]

VERSION = "1"


@dataclass(frozen=True, slots=True, eq=False)
class CategoryBests:
    """The best tie of each category, in their order: its row (−1 none), what it is worth, who sits there."""

    row: list[int]
    worth: Floats
    people: list[int]
    met: list[int]


def trust(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    step: Step | None = None,
) -> Trust:
    """How far an account trusts us on a day, 0–100: Σ over the categories of weight · best tie there.

    Weights are those of the purchasing step (the one given, else the opportunity's; docs/rules.md §2); six
    equal ones without. Attitudes, voices and decision makers are those of the opportunity, else of all open
    ones. A category with nobody of theirs adds nothing and is named in `gaps`. O(people + ties log ties).
    Raises InvalidInput for an opportunity that is not there.
    """
    known_opportunity(graph, opportunity_id)
    who = people(graph.on(on), opportunity_id, rules.influence.finance_share_of_clerks)
    ties = counted_ties(graph, on=on, rules=rules, opportunity_id=opportunity_id)
    step_held = step_of(graph, opportunity_id, step)
    weights, bests = category_weights(step_held, rules), category_bests(ties, who)
    terms = [_term(graph, who, ties, bests, weights, category, rules) for category in Category]
    total = sum(weight * worth for weight, worth in zip(weights, bests.worth.tolist(), strict=True))
    asked = [term for term in terms if term.weight > 0]
    staffed = [term for term in asked if not term.gap]
    return Trust(
        items=terms,
        trust=significant(total),
        possible=significant(100 * sum(term.weight for term in staffed)),
        grade=grade_of(total, rules),
        step=step_held,
        weakest=min(staffed, key=lambda term: term.strength).category if staffed else None,
        gaps=[term.category for term in asked if term.gap],
        levels=list(_levels(graph, who, ties, rules)),
        provenance=provenance_of(
            graph, on, rules, "trust by categories", VERSION, opportunity_id=opportunity_id, step=step
        ),
    )


def category_weights(step: Step | None, rules: Rules) -> list[float]:
    """What each category weighs at a step, in their order; without a step all the same."""
    if step is None:
        return [1 / len(Category)] * len(Category)
    return [rules.influence.steps[step][category] for category in Category]


def category_bests(ties: CountedTies, who: People) -> CategoryBests:
    """The tie of each category that is worth most: counted strength · the contact's share of the category.

    So an operational member of a finance unit, who holds 0.3 of a share, vouches for 0.3 of it.
    O(ties log ties).
    """
    rows, worth, met = [], np.zeros(len(Category)), []
    for column in range(len(Category)):
        value = ties.counted * who.shares[ties.contact, column]
        counting = np.flatnonzero(value > 0)
        met.append(len(np.unique(ties.contact[counting])))
        rows.append(int(ties.best_first(value=value)[0]) if len(counting) else -1)
        worth[column] = value[rows[-1]] if len(counting) else 0.0
    held = (who.shares[who.counts] > 0).sum(axis=0)
    return CategoryBests(rows, worth, held.tolist(), met)


def _term(
    graph: AccountGraph,
    who: People,
    ties: CountedTies,
    bests: CategoryBests,
    weights: list[float],
    category: Category,
    rules: Rules,
) -> TrustTerm:
    column = code_of(category)
    row, worth, weight = bests.row[column], float(bests.worth[column]), weights[column]
    member, contact = ties.ends(graph, row) if row >= 0 else (None, None)
    return TrustTerm(
        category=category,
        weight=significant(weight),
        strength=significant(worth),
        points=significant(weight * worth),
        grade=grade_of(worth, rules, most=int(ties.grade[row]) if row >= 0 else None),
        people=bests.people[column],
        met=bests.met[column],
        gap=bests.people[column] == 0,
        contact_id=contact,
        member_id=member,
        tie_strength=significant(ties.strength[row]) if row >= 0 else None,
        share=significant(who.shares[ties.contact[row], column]) if row >= 0 else None,
        discount=ties.why(row) if row >= 0 else None,
        passed_over=_passed_over(graph, ties, who.shares[ties.contact, column], worth),
        evidence=[ties.evidence(row, weight * worth)] if row >= 0 else [],
    )


def _passed_over(graph: AccountGraph, ties: CountedTies, share: Floats, worth: float) -> PassedOver | None:
    """The strongest tie that would be worth more than the best one if all of it counted."""
    whole = ties.strength * share
    passed_over = np.where(ties.discount >= 0, whole, 0.0)
    if not len(ties) or passed_over.max() <= worth:
        return None
    row = int(ties.best_first(value=passed_over)[0])
    discount = ties.why(row)
    assert discount is not None
    member, contact = ties.ends(graph, row)
    return PassedOver(
        contact_id=contact, member_id=member, strength=significant(ties.strength[row]), discount=discount
    )


def _levels(graph: AccountGraph, who: People, ties: CountedTies, rules: Rules) -> Iterator[Thermometer]:
    """One thermometer a level, from the highest down."""
    for level in reversed(Level):
        on_it = who.level == code_of(level)
        value = np.where(on_it[ties.contact], ties.counted, 0.0)
        row = int(ties.best_first(value=value)[0]) if value.any() else -1
        points = float(value[row]) if row >= 0 else 0.0
        member, contact = ties.ends(graph, row) if row >= 0 else (None, None)
        yield Thermometer(
            level=level,
            strength=significant(points),
            grade=grade_of(points, rules, most=int(ties.grade[row]) if row >= 0 else None),
            people=int((on_it & who.counts).sum()),
            contact_id=contact,
            member_id=member,
            evidence=[ties.evidence(row, points)] if row >= 0 else [],
        )
