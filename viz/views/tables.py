"""The tables that say the same as a drawing: people and ties, one row each, labelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from viz.views.people import Fields, roles_labelled

Row = dict[str, Any]

_PERSON = (
    "id",
    "rank",
    "name",
    "other_name",
    "search",
    "job",
    "department",
    "department_name",
    "level",
    "level_label",
    "category_label",
    "attitude",
    "attitude_label",
    "voice_label",
    "met",
    "strength",
    "owner_name",
    "score",
    "share",
    "key_player",
    "hidden",
    "badge",
    "stale",
    "placeholder",
    "left",
    "role_label",
    "roles",
)


def person_row(fields: Fields, lang: str, **more: Any) -> Row:
    """The row of a person; `more` is what the view adds, such as whether the person is drawn."""
    row = {name: fields[name] for name in _PERSON}
    return {**row, "roles_label": roles_labelled(fields, lang), **more}


def by_rank(rows: Iterable[Row]) -> list[Row]:
    """People in the order of the ranking, those without a place behind, by id."""
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0, row["id"]))


def tie_row(edge: Mapping[str, Any], names: Mapping[str, str], kind_label: str, shown: bool) -> Row:
    """The row of a tie: ends by id and name, kind, sign and measure, its step in the best chain."""
    return {
        "id": edge["id"],
        "from": edge["from"],
        "from_name": names[edge["from"]],
        "to": edge["to"],
        "to_name": names[edge["to"]],
        "kind": edge["kind"],
        "kind_label": kind_label,
        "sign": edge.get("sign"),
        "weight": edge.get("weight"),
        "strength": edge.get("strength"),
        "basis_label": edge.get("basis_label"),
        "since": edge.get("since"),
        "chain": edge.get("chain"),
        "confirmed_on": edge.get("confirmed_on"),
        "shown": shown,
    }
