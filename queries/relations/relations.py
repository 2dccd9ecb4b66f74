"""The relation matrix: person by person, and product by department."""

from __future__ import annotations

from datetime import date

from models.findings.relations import Relations
from models.graph import AccountGraph
from queries.naming import known_contact, known_opportunity
from queries.provenance import provenance_of
from queries.relations.people import person_relations
from queries.relations.products import installed_products
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["VERSION", "relations"]

VERSION = "1"


def relations(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    contact_id: str | None = None,
    limit: int | None = None,
) -> Relations:
    """Who is tied to whom, and what stands where, on a day (docs/rules.md §9).

    `opportunity_id` adds the influences of that purchase, `contact_id` keeps the pairs of one person,
    `limit` the first so many pairs. O(ties log ties). Raises InvalidInput for ids that are not there.
    """
    known_opportunity(graph, opportunity_id)
    if contact_id is not None:
        known_contact(graph, contact_id)
    return Relations(
        items=person_relations(
            graph, on=on, rules=rules, opportunity_id=opportunity_id, contact_id=contact_id, limit=limit
        ),
        installed=installed_products(graph, on=on),
        provenance=provenance_of(
            graph, on, rules, "relation matrix", VERSION, opportunity_id=opportunity_id, contact_id=contact_id
        ),
    )
