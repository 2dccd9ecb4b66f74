"""What has changed between two times, record by record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.enums import EdgeKind, Kind, ViewName
from models.findings.base import Provenance
from models.findings.views import View
from viz.labels import label
from viz.layout.boxes import Box
from viz.naming import Names
from viz.sheets.sheet import Sheet, Table
from viz.telling import ToldField

MOST, MOST_FIELDS = 60, 3
_TONES = {"added": "good", "removed": "bad", "changed": "warn"}


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A record that differs, in the reader's words."""

    change: Literal["added", "removed", "changed"]
    kind: Kind
    name: str
    fields: Sequence[ToldField]


def differences(
    found: Sequence[ToldChange], names: Names, provenance: Provenance, since: str, until: str
) -> View:
    """The records added, removed and changed, each with the first fields that differ; the tables have all."""
    sheet = Sheet(names)
    _, lang = sheet._, names.lang
    words = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}
    sheet.legend = tuple((_TONES[change], word) for change, word in words.items())
    for place, row in enumerate(found[:MOST]):
        y, id_ = place * 46.0, f"row{place}"
        sheet.mark(
            "box", id_, Box(0, y - 15, 84, y + 15), _TONES[row.change], [words[row.change]], align="middle"
        )
        sheet.word(f"{id_}:name", row.name, 100, y - 9, 420, bold=True)
        sheet.word(f"{id_}:kind", label(row.kind, lang), 100, y + 11, 420, size=14.0, muted=True)
        if row.change == "changed":
            said = " · ".join(_told(field) for field in row.fields[:MOST_FIELDS])
            sheet.word(f"{id_}:fields", said, 540, y, 760, size=15.0)
    columns = (
        ("change", _("Change")),
        ("kind", _("Kind")),
        ("name", _("Name")),
        ("fields", _("What differs")),
    )
    rows = [
        (
            isinstance(row.kind, EdgeKind),
            {
                "change": words[row.change],
                "kind": label(row.kind, lang),
                "name": row.name,
                "fields": "; ".join(_told(field) for field in row.fields),
            },
        )
        for row in found
    ]
    return sheet.view(
        ViewName.DIFF,
        provenance,
        people=Table(_("Records"), columns, [row for tie, row in rows if not tie]),
        ties=Table(_("Ties"), columns, [row for tie, row in rows if tie]),
        said=[
            _("from {since} to {until}", since=since, until=until),
            _.many("{count} change", "{count} changes", len(found)),
        ],
    )


def _told(field: ToldField) -> str:
    return f"{field.label}: {field.before or '–'} → {field.after or '–'}"
