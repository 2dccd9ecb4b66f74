"""Reporting lines of tables: each once, a new boss closing the line to the old one."""

from __future__ import annotations

from graphsvc.features.imports.batch import Batch, Draft, Place
from models.enums import EdgeKind, Line
from models.faults import Code
from models.records import Body

_KIND = EdgeKind.REPORTS_TO


class Lines:
    """Collects reporting lines from people and ties tables."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._seen: set[tuple[str, str, Line, str | None, str | None]] = set()
        self._pairs: set[tuple[str, str, Line]] = set()

    def add(self, source: str, target: str, line: Line, given: Body, place: Place, name: str) -> None:
        """One line as a row gives it; `given` may hold since, until, note, confidence."""
        if source == target:
            own = self._batch.own_ids.get(source, source)
            self._batch.faults.append(place.fault(Code.SELF_TIE, name, id=own))
            return
        pair, since, until = (source, target, line), given.get("since"), given.get("until")
        if (*pair, since, until) in self._seen or (not given and pair in self._pairs):
            return
        self._seen.add((*pair, since, until))
        self._pairs.add(pair)
        known = [body for body in self._batch.known.leaving(_KIND, source) if "until" not in body]
        alike = [body for body in known if body["line"] == line]
        same = next((body for body in alike if body["target_id"] == target), None)
        more: Body = {}
        if same is None and line is Line.SOLID and until is None:
            more = self._batch.closed(_KIND, alike, place)
        id_ = same["id"] if same else self._batch.edge_id(_KIND, source, target, line, reopen=until is None)
        ends = {"id": id_, "source_id": source, "target_id": target, "line": line}
        self._batch.put(Draft(_KIND, {**ends, **more, **given}, place))
