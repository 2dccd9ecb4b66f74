"""Who of a large account may differ between two times: rows are made for these people alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from models.enums import NodeKind
from models.graph import AccountGraph
from queries.influence.ranking import Standings
from queries.people import people
from queries.strength.table import StrengthTable
from viz.lenses.differences import FIRST, HIGHER
from viz.views.people import roster
from viz.views.tables import person_row

Row = dict[str, Any]
_UNKNOWN = 9.0
"""Stands for an attitude nobody knows: two such are equal."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An account on a day, with the answers its maps show."""

    graph: AccountGraph
    on: date
    standings: Standings
    strengths: StrengthTable


def people_between(
    then: Moment | None, now: Moment, lang: str, opportunity_id: str | None
) -> tuple[list[Row], list[Row]]:
    """The rows, then and now, of those who came, went, or are not told alike. O(people) and their rows."""
    known = _facts(then, opportunity_id) if then else {}
    facts = _facts(now, opportunity_id)
    differing = [id_ for id_, told in facts.items() if known.get(id_) != told]
    gone = [id_ for id_ in known if id_ not in facts]
    before = _rows(then, [*(id_ for id_ in differing if id_ in known), *gone], lang, opportunity_id)
    return before, _rows(now, differing, lang, opportunity_id)


def _facts(moment: Moment, opportunity_id: str | None) -> Mapping[str, tuple[Any, ...]]:
    """Of everybody what a row is made of, as far as it is compared."""
    graph, table = moment.graph, moment.graph.contacts
    found = people(graph.on(moment.on), opportunity_id)
    rank = moment.standings.rank
    columns = (
        np.nan_to_num(found.attitude, nan=_UNKNOWN).tolist(),
        _named(graph, NodeKind.DEPARTMENT, found.department),
        [found.title(place) for place in range(len(table))],
        found.level.tolist(),
        found.roles,
        _named(graph, NodeKind.MEMBER, _owners(moment)),
        np.where(rank <= FIRST + HIGHER, rank, 0).tolist(),
        table.array("status").tolist(),
        table.array("restricted").tolist(),
    )
    return dict(zip(table.ids, zip(*columns, strict=True), strict=True))


def _named(graph: AccountGraph, kind: NodeKind, places: np.ndarray[Any, Any]) -> list[str | None]:
    """Ids at positions; None for −1."""
    ids = (*graph.nodes[kind].ids, None)
    return [ids[place] for place in places.tolist()]


def _owners(moment: Moment) -> np.ndarray[Any, Any]:
    """Who of ours has the strongest tie to each, −1 for nobody."""
    table = moment.strengths
    best = np.full(len(moment.graph.contacts), -1, dtype=np.int64)
    order = np.lexsort((-table.member.astype(np.int64), table.strength))
    best[table.contact[order]] = table.member[order]
    return best


def _rows(moment: Moment | None, ids: Iterable[str], lang: str, opportunity_id: str | None) -> list[Row]:
    if moment is None:
        return []
    position = moment.graph.contacts.position
    made = roster(
        moment.graph,
        on=moment.on,
        ranking=moment.standings,
        strengths=moment.strengths,
        lang=lang,
        opportunity_id=opportunity_id,
        only=[position[id_] for id_ in ids],
    )
    return [person_row(row, lang) for row in made.fields]
