"""How satisfied each department is: surveys of its people, and scores of the products installed there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from models.columns import SECONDS_A_DAY, code_of, day_number
from models.enums import EdgeKind, InteractionKind, NodeKind
from models.findings.complaints import DepartmentSatisfaction, ProductSatisfaction
from models.graph import AccountGraph
from queries.numbers import significant
from queries.people import People, people
from queries.rules import Rules

__all__ = ["satisfaction"]

_WHOLE = -1
"""The place of the account as a whole among the departments."""


def satisfaction(
    graph: AccountGraph, complaints: Sequence[int], *, on: date, rules: Rules
) -> list[DepartmentSatisfaction]:
    """The departments of which anything is known on a day, by id, the account as a whole first.

    The score is the mean over the department's people of the latest survey each took part in, at most
    `survey_days` old; `surveys` are those. Who has no department counts for the account as a whole, who has
    left or is restricted not at all. O(interactions + products).
    """
    day = graph.on(on)
    who = people(day, None, rules.influence.finance_share_of_clerks)
    scores, surveys = _surveyed(graph, who, day_number(on), rules.complaints.survey_days)
    open_ = _complained(graph, who, complaints)
    products = _installed(day)
    units = graph.nodes[NodeKind.DEPARTMENT]
    accounts = graph.nodes[NodeKind.ACCOUNT]
    found = []
    for unit in sorted({*scores, *open_, *products}):
        whole = unit == _WHOLE
        names, place = (accounts, accounts.position.get(graph.account_id)) if whole else (units, unit)
        given = scores[unit]
        found.append(
            DepartmentSatisfaction(
                department_id=None if whole else units.ids[unit],
                name=graph.account_id if place is None else names.texts("name")[place],
                score=significant(sum(given) / len(given)) if given else None,
                surveyed=len(given),
                complaints=len(open_[unit]),
                surveys=sorted(surveys[unit]),
                products=products[unit],
            )
        )
    return found


def _people_in(graph: AccountGraph, who: People, row: int) -> list[int]:
    """Those who took part in an interaction and count."""
    position = graph.contacts.position
    ids = dict.fromkeys(graph.nodes[NodeKind.INTERACTION].texts("contact_ids")[row] or ())
    return [place for id_ in ids if (place := position.get(id_, -1)) >= 0 and who.counts[place]]


def _surveyed(
    graph: AccountGraph, who: People, today: int, most: int
) -> tuple[defaultdict[int, list[float]], defaultdict[int, set[str]]]:
    """By department: the latest score of each person, and the surveys they are from."""
    table = graph.nodes[NodeKind.INTERACTION]
    at, score = table.array("at"), table.array("score")
    survey = (table.array("kind") == code_of(InteractionKind.SURVEY)) & ~np.isnan(score)
    age = today - at // SECONDS_A_DAY
    rows = np.flatnonzero(survey & (age >= 0) & (age <= most))
    latest = {
        contact: row
        for row in rows[np.argsort(at[rows], kind="stable")].tolist()
        for contact in _people_in(graph, who, row)
    }
    scores, surveys = defaultdict[int, list[float]](list), defaultdict[int, set[str]](set)
    for contact, row in sorted(latest.items()):
        unit = int(who.department[contact])
        scores[unit].append(float(score[row]))
        surveys[unit].add(table.ids[row])
    return scores, surveys


def _complained(graph: AccountGraph, who: People, complaints: Sequence[int]) -> defaultdict[int, set[int]]:
    """By department: the open complaints its people have a part in."""
    found = defaultdict[int, set[int]](set)
    for row in complaints:
        for contact in _people_in(graph, who, row):
            found[int(who.department[contact])].add(row)
    return found


def _installed(day: AccountGraph) -> defaultdict[int, list[ProductSatisfaction]]:
    """By department: the products in use."""
    found = defaultdict[int, list[ProductSatisfaction]](list)
    for unit, product in _uses(day):
        found[unit].append(product)
    return found


def _uses(day: AccountGraph) -> Iterator[tuple[int, ProductSatisfaction]]:
    uses, products = day.edges[EdgeKind.USES], day.nodes[NodeKind.PRODUCT]
    for row, kind in enumerate(uses.source_kinds()):
        product, rated = int(uses.target[row]), uses.array("satisfaction")[row]
        yield (
            int(uses.source[row]) if kind is NodeKind.DEPARTMENT else _WHOLE,
            ProductSatisfaction(
                edge_id=uses.ids[row],
                product_id=products.ids[product],
                name=products.texts("name")[product],
                competitor_id=products.texts("competitor_id")[product],
                satisfaction=None if np.isnan(rated) else int(rated),
            ),
        )
