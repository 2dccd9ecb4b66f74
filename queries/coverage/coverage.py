"""How broadly an account is held, and whom to get to know next."""

from __future__ import annotations

from datetime import date

from models.enums import Step
from models.findings.coverage import Coverage
from models.graph import AccountGraph
from queries.chains.windows import step_of
from queries.coverage.gaps import missing_categories, missing_roles
from queries.coverage.matrix import (
    contact_ties,
    hub_of,
    level_cells,
    rung_cells,
    strand_points,
    strands_of,
    unmatched_rungs,
)
from queries.coverage.pairing import pairings
from queries.coverage.shape import shape
from queries.coverage.threads import single_threads
from queries.coverage.ties import counted_ties
from queries.coverage.trust import category_bests, category_weights
from queries.naming import known_opportunity
from queries.numbers import significant
from queries.people import people
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["VERSION", "coverage"]

VERSION = "1"


def coverage(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    step: Step | None = None,
    limit: int | None = None,
) -> Coverage:
    """The contact matrix of an account on a day: our people by theirs, and what its shape means.

    Attitudes, voices and roles are those of the opportunity, else of all open ones; the step given, else
    its own, weighs the categories (trust breaks ties between pairings), all six alike without. Ties of who
    left or is under restriction are no part of it. `limit` cuts the list of ties and nothing else. Formulas:
    docs/rules.md §7. O(people + ties log ties). Raises InvalidInput for an opportunity that is not there.
    """
    known_opportunity(graph, opportunity_id)
    then = graph.on(on)
    who = people(then, opportunity_id, rules.influence.finance_share_of_clerks)
    ties = counted_ties(graph, on=on, rules=rules, opportunity_id=opportunity_id)
    points = strand_points(graph, who, ties)
    bests = category_bests(ties, who)
    weights = category_weights(step_of(graph, opportunity_id, step), rules)
    found = shape(list(points.values()))
    return Coverage(
        items=contact_ties(graph, who, ties, limit),
        shape=None if found is None else significant(found),
        strands=list(strands_of(graph, who, ties, points)),
        unmatched=unmatched_rungs(who, points),
        levels=level_cells(graph, who, ties),
        rungs=rung_cells(graph, who, ties),
        hub=hub_of(graph, ties),
        threads=single_threads(graph, who, ties, rules),
        missing_roles=list(missing_roles(then, opportunity_id, rules)),
        missing_categories=list(missing_categories(graph, ties, bests, rules)),
        pairings=pairings(graph, who, ties, points, bests, weights, rules),
        provenance=provenance_of(
            graph, on, rules, "contact matrix", VERSION, opportunity_id=opportunity_id, step=step
        ),
    )
