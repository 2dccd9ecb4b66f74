"""The relation matrix: which product stands where, whose it is, and person by person who is tied to whom."""

from __future__ import annotations

from collections.abc import Sequence

from graphsvc.features.relations.schemas import RelationsQuery
from graphsvc.features.relations.service import relations as relations_in
from graphsvc.pages.asking import Asked, Part, Shown
from models.enums import EdgeKind
from models.findings.relations import Relation
from viz.sheets.matrices import by_product, most_tied

FIRST_PEOPLE, FIRST_PAIRS = 16, 20


async def relations(asked: Asked) -> Shown:
    """Products by place and people by people. Raises NotFound, InvalidInput."""
    question = asked.question(RelationsQuery)
    found = await relations_in(asked.store, asked.scope, asked.account_id, question, asked.rules)
    people = most_tied(found.items)
    cells = {(pair.one_id, pair.other_id): pair for pair in found.items}
    return Shown(
        (Part("relations", found, question),),
        {
            "names": await asked.names(found, question),
            "products": by_product(found.installed),
            "places": list(dict.fromkeys((line.place_id, line.place) for line in found.installed)),
            "cells": cells | {(other, one): pair for (one, other), pair in cells.items()},
            "people": people[: asked.query.limit or FIRST_PEOPLE],
            "all_people": len(people),
            "informal": _informal(found.items)[: asked.query.limit or FIRST_PAIRS],
            "quarrels": [pair for pair in found.items if pair.conflict],
        },
    )


def _informal(pairs: Sequence[Relation]) -> list[Relation]:
    """Pairs that the chart does not tell."""
    return [pair for pair in pairs if pair.kind is not EdgeKind.REPORTS_TO and pair.weight > 0]
