"""A view as one page that needs nothing else: the picture to zoom and search in, and its tables.

Script and style are in the page, known to its policy by their hashes; nothing is fetched, so it opens from a
disk, a mail or a stick.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from models.enums import ViewName
from models.findings.views import View
from viz.pages import standalone
from viz.svg import headline_of, svg_of
from viz.texts import texts

Row = Mapping[str, Any]
Column = tuple[str, str]
_MAPS = (ViewName.ORG_CHART, ViewName.INFLUENCE)


def page_of(view: View, *, lang: str, filters: str | None = None, personal: bool = False) -> str:
    """The page of a view; `filters` and `personal` as in `svg_of`. Every word is escaped. O(marks + rows)."""
    script, style = _part("offline.js"), _part("offline.css")
    allowed = f"script-src {_hash(script)}; style-src {_hash(style)}"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    drawn = svg_of(view, lang=lang, filters=filters, personal=personal)
    return standalone(
        "offline.html",
        lang,
        policy=policy,
        script=script,
        style=style,
        picture=drawn,
        headline=headline_of(view, lang),
        tables=[
            {"title": title, "columns": columns, "rows": [_cells(row, columns) for row in view.tables[name]]}
            for name, title, columns in _tables(view, lang, personal)
        ],
    )


@cache
def _part(name: str) -> str:
    return (files("viz") / "templates" / name).read_text("utf-8")


def _hash(text: str) -> str:
    """How a policy names a text (CSP level 2)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _tables(view: View, lang: str, personal: bool) -> Sequence[tuple[str, str, Sequence[Column]]]:
    """(name, title, columns) of each table."""
    _ = texts(lang)
    if view.view not in _MAPS:
        told = view.texts["tables"]
        return [
            (name, table["title"], [(key, said) for key, said in table["columns"]])
            for name, table in told.items()
        ]
    people = [
        ("rank", _("Rank")),
        ("name", _("Name")),
        ("job", _("Job")),
        ("department_name", _("Department")),
        ("level_label", _("Level")),
        ("roles_label", _("Buying role")),
        ("attitude_label", _("Attitude")),
        ("strength", _("Strength")),
        ("score", _("Influence")),
    ]
    ties = [
        ("from_name", _("From")),
        ("to_name", _("To")),
        ("kind_label", _("Kind")),
        ("strength", _("Strength")),
        ("weight", _("Weight")),
    ]
    because = [("basis_label", _("Because of"))] if personal else []
    groups = [
        ("name", _("Group")),
        ("people", _("People")),
        ("people_met", _("Met by us")),
        ("strength", _("Strength")),
        ("key_count", _("Key players")),
    ]
    told = [("groups", _("Groups"), groups)] if "groups" in view.tables else []
    return [*told, ("people", _("People"), people), ("ties", _("Ties"), [*ties, *because])]


def _cells(row: Row, columns: Sequence[Column]) -> list[tuple[str, bool]]:
    """(text, whether it is a number) of each cell."""
    return [_cell(row.get(key)) for key, _ in columns]


def _cell(value: Any) -> tuple[str, bool]:
    if isinstance(value, float):
        return f"{value:.2g}" if abs(value) < 1 else f"{value:.4g}", True
    return "–" if value is None or value == "" else str(value), isinstance(value, int)
