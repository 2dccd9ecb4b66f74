"""The relation matrix: which product stands where, whose it is, and person by person who is tied to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graphsvc.features.relations.schemas import RelationsQuery
from graphsvc.features.relations.service import relations as relations_in
from graphsvc.pages.asking import Asked, Part, Shown
from models.enums import EdgeKind
from models.findings.installed import Installed
from models.findings.relations import Relation

FIRST_PEOPLE, FIRST_PAIRS = 16, 20


async def relations(asked: Asked) -> Shown:
    """Products by place and people by people. Raises NotFound, InvalidInput."""
    question = asked.question(RelationsQuery)
    found = await relations_in(asked.store, asked.scope, asked.account_id, question, asked.rules)
    people = _most_tied(found.items)
    cells = {(pair.one_id, pair.other_id): pair for pair in found.items}
    return Shown(
        (Part("relations", found, question),),
        {
            "names": await asked.names(found, question),
            "products": _products(found.installed),
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


def _products(
    lines: Sequence[Installed],
) -> list[tuple[Installed, dict[str, list[Installed]]]]:
    """Each product, as its first line tells it, with what stands of it at each place."""
    rows: dict[tuple[str, str | None], dict[str, list[Installed]]] = {}
    first: dict[tuple[str, str | None], Installed] = {}
    for line in lines:
        key = (line.product_id, line.competitor_id)
        first.setdefault(key, line)
        rows.setdefault(key, defaultdict(list))[line.place_id].append(line)
    return [(first[key], places) for key, places in rows.items()]


def _most_tied(pairs: Sequence[Relation]) -> list[str]:
    """The people of the pairs, those with the most weight first."""
    weight: dict[str, float] = defaultdict(float)
    for pair in pairs:
        weight[pair.one_id] += pair.weight
        weight[pair.other_id] += pair.weight
    return sorted(weight, key=lambda id_: (-weight[id_], id_))
