"""A plan written down: one statement for all the records of a kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, TypeVar

from graphsvc.ahead import ahead
from graphsvc.errors import BackupFailed
from graphsvc.stores.chain import Sealed, as_sealed, sealed
from graphsvc.stores.codec import applied_text, body_text, moment_text
from graphsvc.stores.draft import Draft
from graphsvc.stores.facts import Held, Stub
from graphsvc.stores.merges import merge_of
from graphsvc.stores.operations import Done
from graphsvc.stores.plan import Plan, Row
from graphsvc.stores.sqlite import erasures, searching
from graphsvc.stores.sqlite.facts import by_kind, json_text
from graphsvc.stores.sqlite.searching import Statement
from models.changes import Applied, LogEntry
from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import EDGE_SPECS, KINDS, NODE_SPECS, EdgeSpec
from queries.catalog import SqlText, sql

SLICE = 20_000
"""Rows in one parameter: some ten megabytes of JSON."""
MANY = 500
"""Changes from which it pays to make the next statement in another thread."""

T = TypeVar("T")


def write(connection: sqlite3.Connection, draft: Draft, plan: Plan) -> None:
    """Write a plan inside the transaction that is open. O(rows), a few statements for each kind."""
    change_set = add_change_set(connection, plan.entries[0], plan.applied, draft.digest)
    log = _log(change_set, plan, sealed(plan.entries, plan.heads))
    run(connection, chain(_records(plan), log), len(plan.entries))
    for thing in merge_of(draft.change_set):
        erasures.keep(connection, thing)


def write_records(connection: sqlite3.Connection, plan: Plan) -> None:
    """Write a plan's records and all that follows from them, but not its log."""
    run(connection, _records(plan), len(plan.upserts))


def write_log(connection: sqlite3.Connection, plan: Plan, rows: Sequence[Sealed], digest: str) -> None:
    """Write a change set down: what it did, its sealed entries (one at least), where its logs end."""
    change_set = add_change_set(connection, rows[0].entry, plan.applied, digest)
    run(connection, _log(change_set, plan, rows), len(rows))


def refer(connection: sqlite3.Connection, upserts: Iterable[Row]) -> None:
    """Note what new and changed records refer to."""
    run(connection, _mentions(upserts))


def leave_stubs(connection: sqlite3.Connection, stubs: Iterable[Stub]) -> None:
    """Note what deleted records leave."""
    run(connection, _stubs(stubs))


def run(connection: sqlite3.Connection, statements: Iterator[Statement], changes: int = 0) -> None:
    """Run statements in their order. SQLite works while the rows of the next ones are made."""
    if changes >= MANY:
        statements = ahead(statements, *islice(statements, 1))
    for text, params in statements:
        connection.execute(text, params)


def _records(plan: Plan) -> Iterator[Statement]:
    stale = [row.before for row in plan.upserts if row.mentions is not None and row.before is not None]
    yield from _forgotten((*plan.deleted_edges, *plan.deleted_nodes, *stale))
    yield from searching.forgotten((*plan.deleted_edges, *plan.deleted_nodes))
    yield from _deleted(plan.deleted_edges)
    yield from _upserts(plan.upserts)
    yield from searching.indexed(plan.upserts)
    yield from _deleted(plan.deleted_nodes)
    yield from many(sql("release_external_ids"), [list(key) for key in plan.released], "keys")
    yield from many(sql("take_external_ids"), [[*key, id_] for key, id_ in plan.taken.items()])
    yield from _mentions(plan.upserts)


def _mentions(upserts: Iterable[Row]) -> Iterator[Statement]:
    mentions = [[*target, *row.key] for row in upserts for target in row.mentions or ()]
    return many(sql("add_mentions"), mentions)


def _deleted(gone: Sequence[Held]) -> Iterator[Statement]:
    for spec, ids in by_kind(held.key for held in gone).items():
        yield from many(sql("delete_records", spec), ids, "ids")


def _forgotten(gone: Iterable[Held]) -> Iterator[Statement]:
    """Deleted and changed records refer to nothing any more."""
    for spec, ids in by_kind(held.key for held in gone).items():
        yield from many(sql("forget_mentions", spec), ids, "ids")


def _upserts(upserts: Sequence[Row]) -> Iterator[Statement]:
    """Nodes before edges, as edges point at them."""
    of_kind: dict[Kind, list[Row]] = {kind: [] for kind in KINDS}
    for row in upserts:
        of_kind[row.held.stored.kind].append(row)
    for kind, wanted in of_kind.items():
        if isinstance(kind, NodeKind):
            yield from _put(sql("put_nodes", NODE_SPECS[kind]), wanted)
        else:
            yield from _edges(EDGE_SPECS[kind], wanted)


def _edges(spec: EdgeSpec, wanted: Sequence[Row]) -> Iterator[Statement]:
    wanted = sorted(wanted, key=_id)  # each page of the indexes by id is taken up once
    if not spec.more_sources:
        yield from _put(sql("put_edges", spec), wanted)
        return
    for source in spec.sources:
        rows = [row for row in wanted if spec.source_of(row.held.stored.body) is source]
        yield from _put(sql("put_edges", spec.beginning_at(source)), rows)


def _id(row: Row) -> str:
    return row.held.stored.id


def _put(text: SqlText, wanted: Sequence[Row]) -> Iterator[Statement]:
    for part in _slices(wanted):
        yield text, {"rows": json_text([_columns(row) for row in part])}


def _columns(row: Row) -> list[Any]:
    stored = row.held.stored
    columns = [
        stored.id,
        stored.account,
        row.held.other,
        stored.revision,
        row.held.sequence,
        moment_text(stored.created_at),
        moment_text(stored.updated_at),
        body_text(stored.body),
    ]
    if isinstance(stored.kind, EdgeKind):
        columns += [stored.body["source_id"], stored.body["target_id"]]
    return columns


def add_change_set(connection: sqlite3.Connection, first: LogEntry, applied: Applied, digest: str) -> int:
    """Note what a change set did, by its first entry; gives its number."""
    params = {
        "id": first.change_set,
        "digest": digest,
        "at": moment_text(first.at),
        "actor": first.actor,
        "reason": first.reason,
        "request_id": first.request_id,
        "result": applied_text(applied),
    }
    return int(connection.execute(sql("add_change_set"), params).fetchone()[0])


def _log(change_set: int, plan: Plan, rows: Iterable[Sealed]) -> Iterator[Statement]:
    ends: dict[str, list[Any]] = {}
    for part in _slices(rows):
        yield (
            sql("add_log_entries"),
            {"change_set": change_set, "rows": json_text([_entry(row) for row in part])},
        )
        for row in part:
            entry = row.entry
            ends[entry.account] = [entry.sequence, row.seal.hash, moment_text(entry.at)]
    yield from many(sql("move_sequences"), [[log, *end] for log, end in sorted(ends.items())])
    yield from _stubs(plan.stubs)


def _stubs(stubs: Iterable[Stub]) -> Iterator[Statement]:
    rows = [[*stub.key, stub.log, stub.sequence, stub.revision] for stub in stubs]
    return many(sql("leave_stubs"), rows)


def append_log(connection: sqlite3.Connection, entries: Sequence[LogEntry], done: Sequence[Done]) -> None:
    """Go on with one log as another store sealed it. Raises BackupFailed if a change set is missing."""
    first = {entry.change_set: entry for entry in reversed(entries)}
    made = []
    for row in done:
        said = first[row.id]
        told = [moment_text(said.at), said.actor, said.reason, said.request_id]
        made.append([row.id, row.digest, *told, row.result])
    run(connection, many(sql("keep_change_sets"), made))
    for part in _slices(entries):
        rows = [[entry.change_set, *_entry(as_sealed(entry))] for entry in part]
        kept = connection.execute(sql("keep_log_entries"), {"rows": json_text(rows)}).rowcount
        if kept != len(rows):
            raise BackupFailed.flawed("A change set is missing.", "缺少一个变更。")
    last = as_sealed(entries[-1])
    head = [last.entry.account, last.entry.sequence, last.seal.hash, moment_text(last.entry.at)]
    run(connection, many(sql("move_sequences"), [head]))


def _entry(row: Sealed) -> list[Any]:
    entry = row.entry
    return [
        entry.account,
        entry.sequence,
        entry.kind,
        entry.id,
        entry.revision,
        entry.prior,
        row.before,
        row.after,
        *row.seal.told(),
    ]


def many(text: SqlText, values: Sequence[Any], name: str = "rows") -> Iterator[Statement]:
    return ((text, {name: json_text(part)}) for part in _slices(values))


def _slices(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while part := list(islice(rest, SLICE)):
        yield part
