"""What a change set comes to, in the slowest and plainest form: the graph made anew and looked over whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from graphsvc.stores.identifiers import identifiers
from graphsvc.stores.port import Scope
from models.changes import ChangeSet, Put
from models.enums import EdgeKind, Kind, NodeKind
from models.fields import OnDelete
from models.kinds import EDGE_SPECS, references
from models.records import Body, body_of

Key = tuple[Kind, str]
Faults = set[tuple[str, str]]
"""Codes of faults and their pointers. A circle may be told at any of its ties: its pointer is left open."""
CIRCLE = ("cycle", "")
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A record as it stands; `other` is the account that an edge of it reaches into, if that is another."""

    body: Body
    account: str | None
    other: str | None = None
    revision: int = 0
    created: datetime = _NEVER
    updated: datetime = _NEVER


@dataclass
class Outcome:
    """`changed`: new rows, None for what goes; `refused`: the error's name and its faults or its record."""

    changed: dict[Key, Row | None] = field(default_factory=dict)
    put: set[Key] = field(default_factory=set)
    cleared: set[Key] = field(default_factory=set)
    unchanged: set[Key] = field(default_factory=set)
    refused: tuple[str, object] | None = None


def names(kind: Kind, body: Body) -> list[Key]:
    """Every record a body names: the ends of an edge and all references."""
    ends = EDGE_SPECS[kind].ends(body) if isinstance(kind, EdgeKind) else ()
    return [*ends, *(key for key, _, _ in mentions(kind, body))]


def mentions(kind: Kind, body: Body) -> Iterator[tuple[Key, str, OnDelete]]:
    """References in a body: what is named, where, and what its deletion does."""
    for reference in references(kind):
        for pointer, id_ in _found(body, reference.path, ""):
            yield (reference.kind, id_), pointer, reference.on_delete


def _found(value: Any, path: tuple[str, ...], pointer: str) -> Iterator[tuple[str, str]]:
    if not path:
        yield pointer, value
    elif path[0] == "*":
        for place, item in enumerate(value):
            yield from _found(item, path[1:], f"{pointer}/{place}")
    elif path[0] in value:
        yield from _found(value[path[0]], path[1:], f"{pointer}/{path[0]}")


def _without(value: Any, path: tuple[str, ...], lost: set[str]) -> Any:
    """A body in which nothing at a path names what is lost."""
    if len(path) == 1 and path[0] == "*":
        return [item for item in value if item not in lost]
    if path[0] == "*":
        return [_without(item, path[1:], lost) for item in value]
    if path[0] not in value:
        return value
    rest = {name: item for name, item in value.items() if name != path[0]}
    if len(path) == 1:
        return rest if value[path[0]] in lost else value
    return {**value, path[0]: _without(value[path[0]], path[1:], lost)}


def outcome(
    rows: Mapping[Key, Row],
    gone: Mapping[Key, int],
    scope: Scope,
    asked: ChangeSet,
    erased: Collection[str] = (),
) -> Outcome:
    """What a change set does to records; `gone` are the revisions deleted ones had come to.

    `erased` is what people who were erased were known by.
    """
    return _Attempt(rows, gone, scope, asked, erased).outcome()


class _Attempt:
    def __init__(
        self,
        rows: Mapping[Key, Row],
        gone: Mapping[Key, int],
        scope: Scope,
        asked: ChangeSet,
        erased: Collection[str],
    ) -> None:
        self.erased = erased
        self.rows, self.stubs, self.scope, self.asked = rows, gone, scope, asked
        self.puts: dict[Key, tuple[int, Body]] = {}
        self.deletes: dict[Key, int] = {}
        self.keys = [(c.kind, c.record.id if isinstance(c, Put) else c.id) for c in asked.changes]
        for index, (key, change) in enumerate(zip(self.keys, asked.changes, strict=True)):
            if isinstance(change, Put):
                self.puts[key] = (index, self._body(key, change))
            else:
                self.deletes[key] = index

    def _body(self, key: Key, put: Put) -> Body:
        """The record; where it is silent of an objection to profiling, one that stands stays."""
        body = body_of(put.record)  # type: ignore[arg-type]
        if key[0] is NodeKind.CONTACT and key in self.rows and not put.says("restricted"):
            body["restricted"] = self.rows[key].body["restricted"]
        return body

    def outcome(self) -> Outcome:
        twice = {
            ("twice", f"/changes/{index}") for index, key in enumerate(self.keys) if key in self.keys[:index]
        }
        if twice:
            return Outcome(refused=("InvalidInput", twice))
        self._fall()
        stale = self._changed_since() if self.asked.exact else self._stale()
        if stale:
            return Outcome(refused=stale)
        faults = {*self._fault_of_puts(), *self._still_referred(), *self._bosses(), *self._circles()}
        if faults:
            return Outcome(refused=("InvalidInput", faults))
        found = Outcome(dict.fromkeys(self.gone))
        for key, (_, body) in self.puts.items():
            if key in self.rows and self.rows[key].body == body:
                found.unchanged.add(key)
            else:
                found.put.add(key)
                found.changed[key] = self._row(key)
        for key in self.cleared:
            found.cleared.add(key)
            found.changed[key] = self._row(key)
        return found

    def _fall(self) -> None:
        """What goes and what is cleared, until nothing more falls; then the graph as it will stand."""
        self.gone = {key for key in self.deletes if key in self.rows}
        rest = {key: row for key, row in self.rows.items() if key not in self.puts}
        falling = True
        while falling:
            more = {
                key
                for key, row in rest.items()
                if key not in self.gone and self._sees(row) and self._falls(key, row.body)
            }
            falling = bool(more)
            self.gone |= more
        self.after = {key: row.body for key, row in rest.items() if key not in self.gone}
        self.cleared: set[Key] = set()
        for key, body in list(self.after.items()):
            lost = [(its, how) for its, _, how in mentions(key[0], body) if its in self.gone]
            if any(how is OnDelete.CLEAR for _, how in lost):
                self.cleared.add(key)
                for reference in references(key[0]):
                    ids = {id_ for kind, id_ in self.gone if kind is reference.kind}
                    if reference.on_delete is OnDelete.CLEAR and ids:
                        self.after[key] = _without(self.after[key], reference.path, ids)
        self.after |= {key: body for key, (_, body) in self.puts.items()}

    def _sees(self, row: Row) -> bool:
        return self.scope.sees(row.account)

    def _falls(self, key: Key, body: Body) -> bool:
        ends = EDGE_SPECS[key[0]].ends(body) if isinstance(key[0], EdgeKind) else ()
        along = [its for its, _, how in mentions(key[0], body) if how is OnDelete.CASCADE]
        return any(its in self.gone for its in (*ends, *along))

    def _stale(self) -> tuple[str, object] | None:
        for key, change in zip(self.keys, self.asked.changes, strict=True):
            row = self.rows.get(key)
            if row is not None and not self._sees(row):
                row = None
            if row is None and not isinstance(change, Put):
                return "NotFound", key
            if change.expected not in (None, row.revision if row else 0):
                return "StaleRevision", key
        return None

    def _changed_since(self) -> tuple[str, object] | None:
        for key, change in zip(self.keys, self.asked.changes, strict=True):
            now = self.rows[key].revision if key in self.rows else self.stubs.get(key, 0)
            if change.expected != now or (key in self.deletes and key not in self.rows):
                return "ChangedSince", None
        if self.gone - self.deletes.keys() or self.cleared or self._still_referred():
            return "ChangedSince", None
        return None

    def _still_referred(self) -> Faults:
        """Who refers to what goes, and neither goes nor forgets it."""
        found = set()
        for key, row in self.rows.items():
            if key in self.gone or key in self.puts:
                continue
            hidden = not self._sees(row)
            kept = {its for its, _, how in mentions(key[0], row.body) if hidden or how is OnDelete.REFUSE}
            if hidden and isinstance(key[0], EdgeKind):
                kept |= set(EDGE_SPECS[key[0]].ends(row.body))
            found |= {("still-referred", f"/changes/{self.deletes[its]}") for its in kept & self.gone}
        return found

    def _has(self, key: Key) -> bool:
        return key in self.after and self.scope.sees(self._account(key))

    def _account(self, node: Key) -> str | None:
        body = self.after[node]
        return body["id"] if node[0] is NodeKind.ACCOUNT else body.get("account_id")

    def _row(self, key: Key) -> Row:
        if isinstance(key[0], NodeKind):
            return Row(self.after[key], self._account(key))
        spec = EDGE_SPECS[key[0]]
        source, target = (self._account(end) for end in spec.ends(self.after[key]))
        first, second = (source, target) if spec.of_source else (target, source)
        owner = first or second
        return Row(self.after[key], owner, second if second != owner else None)

    def _fault_of_puts(self) -> Iterator[tuple[str, str]]:
        for place, (key, (index, body)) in enumerate(self.puts.items()):
            earlier = list(self.puts)[:place]
            told = (*self._ends(key, body), *self._fields(key, body, earlier), *self._objection(key, body))
            for code, pointer in told:
                yield code, f"/changes/{index}{pointer}"

    def _ends(self, key: Key, body: Body) -> Iterator[tuple[str, str]]:
        """Faults of the ends of an edge, and of whose a record is."""
        kind, stored = key[0], self.rows.get(key)
        if stored is not None and not self._sees(stored):
            yield "id-taken", "/id"
            stored = None
        elif kind is NodeKind.ACCOUNT and not self.scope.sees(key[1]):
            yield "unknown-record", "/id"
        ends = EDGE_SPECS[kind].ends(body) if isinstance(kind, EdgeKind) else ()
        missing = [
            name for end, name in zip(ends, ("/source_id", "/target_id"), strict=False) if not self._has(end)
        ]
        for name in missing:
            yield "unknown-record", name
        if missing:
            return
        if isinstance(kind, EdgeKind):
            source, target = (self._account(end) for end in ends)
            may_cross = EDGE_SPECS[kind].crosses and body.get("line") != "solid"
            if source and target and source != target and not may_cross:
                yield "other-account", "/target_id"
        if stored is not None and stored.account != self._row(key).account:
            yield "moved-account", "/target_id" if ends else "/account_id"

    def _fields(self, key: Key, body: Body, earlier: list[Key]) -> Iterator[tuple[str, str]]:
        """Faults of references, of a contact's second dossier, of ids in other systems."""
        kind = key[0]
        ends = EDGE_SPECS[kind].ends(body) if isinstance(kind, EdgeKind) else ()
        whole = all(self._has(end) for end in ends)
        for its, pointer, _ in mentions(kind, body):
            if not self._has(its):
                yield "unknown-record", pointer
            elif whole and self._account(its) is not None:
                row = self._row(key)
                if self._account(its) not in (row.account, row.other):
                    yield "foreign-reference", pointer
        others = [other for other in self.after if other not in self.puts or other in earlier]
        same = [self.after[other] for other in others if other[0] is kind]
        if kind is NodeKind.DOSSIER and body["contact_id"] in [other["contact_id"] for other in same]:
            yield "one-each", "/contact_id"
        if kind is NodeKind.CONTACT and self._changes(key):
            known = [it for _, it in identifiers(self.rows[key].body)] if key in self.rows else []
            for pointer, it in identifiers(body):
                if it in self.erased and (pointer == "/id" or it not in known):
                    yield "erased", pointer
        for system, value in body.get("external_ids", {}).items():
            if value in [other["external_ids"].get(system) for other in same if "external_ids" in other]:
                yield "external-id-taken", f"/external_ids/{system}"

    def _objection(self, key: Key, body: Body) -> Iterator[tuple[str, str]]:
        """Whether somebody objected is said by no write, but where people come or go by undo or merge."""
        people = [key for key in self.keys if key[0] is NodeKind.CONTACT]
        if self.asked.exact and any(key in self.deletes or key not in self.rows for key in people):
            return
        stands = self.rows.get(key) if key in people else None
        if stands and self._sees(stands) and stands.body["restricted"] != body["restricted"]:
            yield "objection", "/restricted"

    def _changes(self, key: Key) -> bool:
        return key not in self.rows or self.rows[key].body != self.after[key]

    def _stands(self, edge: Key) -> bool:
        """Whether an edge breaks no rule of ends: one that does is refused for that alone."""
        assert isinstance(edge[0], EdgeKind)
        return edge not in self.puts or all(map(self._has, EDGE_SPECS[edge[0]].ends(self.after[edge])))

    def _solid(self) -> dict[Key, Body]:
        return {
            key: body
            for key, body in self.after.items()
            if key[0] is EdgeKind.REPORTS_TO and body["line"] == "solid" and self._stands(key)
        }

    def _bosses(self) -> Iterator[tuple[str, str]]:
        """One solid line at a time: of two new ones the later is at fault."""
        for key, line in self._solid().items():
            if key not in self.puts or not self._changes(key):
                continue
            index = self.puts[key][0]
            for other, its in self._solid().items():
                later = other in self.puts and self._changes(other) and self.puts[other][0] > index
                same = other != key and its["source_id"] == line["source_id"]
                if same and not later and _common([line, its]):
                    yield "second-boss", f"/changes/{index}/target_id"

    def _circles(self) -> Iterator[tuple[str, str]]:
        """No way of lines that all hold on one day, of parents, or of owners comes back to its start."""
        owned = {
            key: body
            for key, body in self.after.items()
            if key[0] is EdgeKind.CHANNEL and body["kind"] == "owns" and self._stands(key)
        }
        tree = {
            key: {"source_id": key[1], "target_id": body["parent_id"]}
            for key, body in self.after.items()
            if key[0] is NodeKind.DEPARTMENT and "parent_id" in body
        }
        for ties in (self._solid(), owned, tree):
            if any(_closes([tie], list(ties.values())) for tie in ties.values()):
                yield CIRCLE


def _closes(way: list[Body], ties: list[Body]) -> bool:
    """Whether a way of ties can be gone on to where it began."""
    if not _common(way):
        return False
    if way[-1]["target_id"] == way[0]["source_id"]:
        return True
    been = {tie["source_id"] for tie in way}
    return any(
        _closes([*way, tie], ties)
        for tie in ties
        if tie["source_id"] == way[-1]["target_id"] and tie["source_id"] not in been
    )


def _common(ties: list[Body]) -> bool:
    """Whether there is a day on which all of these hold."""
    start = max(tie.get("since", "") for tie in ties)
    return start < min(tie.get("until", "9999-99-99") for tie in ties)
