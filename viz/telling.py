"""Records and their values in the reader's words, also of records that are gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from models.describe import FieldLine, field_lines
from models.enums import EdgeKind, Kind, NodeKind
from models.fields import Label
from models.kinds import EDGE_SPECS
from models.records import Body
from viz.labels import in_language, label
from viz.naming import Names
from viz.texts import Lang, texts

LONGEST = 140
"""So many letters of a text are told."""
_UNTOLD = frozenset({"id", "account_id", "source_id", "target_id", "source_kind", "version"})


_OBJECTED = Label("somebody who objected", "已提出异议的人员")
_YES, _NO = Label("yes", "是"), Label("no", "否")


@dataclass(frozen=True, slots=True)
class ToldField:
    """A field that differs: its label, and what it said and says in words; None for nothing."""

    label: str
    before: str | None
    after: str | None


class Telling:
    """Words for records of one account; who objected to analysis is not named."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.lang: Lang = "zh" if names.lang == "zh" else "en"
        self._ = texts(self.lang)

    @cached_property
    def _silent(self) -> frozenset[str]:
        contacts = self.names.graph.contacts
        held = zip(contacts.ids, contacts.array("restricted"), strict=True)
        return frozenset(id_ for id_, restricted in held if restricted == 1)

    def said(self, both: Label) -> str:
        """A label in the reader's language."""
        return both.zh if self.lang == "zh" else both.en

    def called(self, kind: Kind, id_: str, body: Body | None) -> str:
        """What a record is called, a tie by its ends; of one that is gone, by what it said."""
        body = body or {}
        if isinstance(kind, EdgeKind):
            if not body:
                return id_
            return " → ".join(self._end(*end) for end in EDGE_SPECS[kind].ends(body))
        return self._end(kind, id_, body)

    def _end(self, kind: NodeKind, id_: str, body: Body | None = None) -> str:
        if kind is NodeKind.CONTACT and id_ in self._silent:
            return self.said(_OBJECTED)
        said = self.names.record(kind, id_)
        spoken = (body or {}).get("name") or (body or {}).get("text") or (body or {}).get("at")
        if said == id_ and spoken:
            said = self._cut(in_language(str(spoken), self.lang))
        return self._cut(said)

    def fields(self, kind: Kind, id_: str, before: Body | None, after: Body | None) -> list[ToldField]:
        """The fields that differ, in the order of the model; none of who objected."""
        if kind is NodeKind.CONTACT and id_ in self._silent:
            return []
        was, now = before or {}, after or {}
        return [
            ToldField(
                line.label.zh if self.lang == "zh" else line.label.en,
                self._value(kind, line, was.get(line.name)),
                self._value(kind, line, now.get(line.name)),
            )
            for line in field_lines(kind)
            if line.own and line.name not in _UNTOLD and was.get(line.name) != now.get(line.name)
        ]

    def _value(self, kind: Kind, line: FieldLine, value: Any) -> str | None:
        if value is None or value == [] or value == {}:
            return None
        if isinstance(value, bool):
            return self.said(_YES if value else _NO)
        if isinstance(value, list):
            return self._cut(self._.separator.join(filter(None, (self._value(kind, line, v) for v in value))))
        if isinstance(value, Mapping):
            return self._cut(" · ".join(self._part(kind, line, name, held) for name, held in value.items()))
        if line.vocabulary:
            term = next((term for term in line.vocabulary if term.value == value), None)
            return str(value) if term is None else label(term, self.lang)
        if line.reference:
            return self._end(line.reference.kind, str(value))
        return self._plain(line, value)

    def _part(self, kind: Kind, line: FieldLine, name: str, held: Any) -> str:
        """A field of a part of a record; of a mapping, a name and its value."""
        inside = next((below for below in field_lines(kind) if below.path == (*line.path, name)), None)
        inside = inside or next(
            (below for below in field_lines(kind) if below.path[:-1] == (*line.path, name)), None
        )
        if inside is None:
            term = next((term for term in line.vocabulary or () if term.value == name), None)
            return f"{name if term is None else label(term, self.lang)} {held}"
        return self._value(kind, inside, held) or ""

    def _plain(self, line: FieldLine, value: Any) -> str:
        if line.form.endswith("day"):
            return self._.day(date.fromisoformat(value))
        if line.form.endswith("time"):
            return self.time(datetime.fromisoformat(value))
        if isinstance(value, float):
            return f"{value:,.12g}".replace("-", "−")
        return self._cut(in_language(value, self.lang)) if isinstance(value, str) else str(value)

    def time(self, at: datetime) -> str:
        """A time to the minute, UTC."""
        return f"{self._.day(at.date())} {at:%H:%M}"

    @staticmethod
    def _cut(text: str) -> str:
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
