"""Reporting lines of tables: each once, a new boss closing the line to the old one."""

from __future__ import annotations

from dataclasses import dataclass

from graphsvc.features.imports.batch import Batch, Draft, Place
from models.enums import EdgeKind, Line
from models.faults import Code
from models.records import Body

_KIND = EdgeKind.REPORTS_TO


@dataclass(slots=True)
class _Entry:
    source: str
    target: str
    line: Line
    given: Body
    place: Place


class Lines:
    """Collects reporting lines from people and ties tables; `finish` turns them into drafts."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._entries: list[_Entry] = []
        self._seen: set[tuple[str, str, Line, str | None, str | None]] = set()
        self._open: dict[tuple[str, str, Line], _Entry] = {}

    def add(self, source: str, target: str, line: Line, given: Body, place: Place, name: str) -> None:
        """One line as a row gives it; `given` may hold id, since, until, note, confidence.

        A line without anything given (a manager column) and one with are the same line.
        """
        if source == target:
            own = self._batch.own_ids.get(source, source)
            self._batch.faults.append(place.fault(Code.SELF_TIE, name, id=own))
            return
        pair, until = (source, target, line), given.get("until")
        key = (*pair, given.get("since"), until)
        before = self._open.get(pair) if until is None else None
        if before and given and not before.given:
            before.given = given
        elif key not in self._seen and (given or not before):
            self._entries.append(entry := _Entry(source, target, line, given, place))
            if until is None:
                self._open.setdefault(pair, entry)
        self._seen.add(key)

    def finish(self) -> None:
        """Put the lines."""
        for entry in self._entries:
            self._put(entry)

    def _put(self, entry: _Entry) -> None:
        source, target, line, given = entry.source, entry.target, entry.line, entry.given
        until = given.get("until")
        known = [body for body in self._batch.known.leaving(_KIND, source) if "until" not in body]
        alike = [body for body in known if body["line"] == line]
        same = next((body for body in alike if body["target_id"] == target), None)
        more: Body = {}
        if same is None and line is Line.SOLID and until is None:
            more = self._batch.closed(_KIND, alike, entry.place)
        id_ = same["id"] if same else self._batch.edge_id(_KIND, source, target, line, reopen=until is None)
        ends = {"id": id_, "source_id": source, "target_id": target, "line": line}
        self._batch.put(Draft(_KIND, {**ends, **more, **given}, entry.place))
