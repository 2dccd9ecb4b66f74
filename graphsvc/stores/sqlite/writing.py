"""A plan written down: one statement for all the records of a kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

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
from models.changes import LogEntry
from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import EDGE_SPECS, KINDS, NODE_SPECS, EdgeSpec
from queries.catalog import SqlText, sql

SLICE = 20_000
"""Rows in one parameter: some ten megabytes of JSON."""


def write(connection: sqlite3.Connection, draft: Draft, plan: Plan) -> None:
    """Write a plan inside the transaction that is open. O(rows), a few statements for each kind."""
    write_records(connection, plan)
    write_log(connection, plan, sealed(plan.entries, plan.heads), draft.digest)
    for thing in merge_of(draft.change_set):
        erasures.keep(connection, thing)


def write_records(connection: sqlite3.Connection, plan: Plan) -> None:
    """Write a plan's records and all that follows from them, but not its log."""
    _forget(connection, plan)
    searching.forget(connection, (*plan.deleted_edges, *plan.deleted_nodes))
    _delete(connection, plan.deleted_edges)
    _records(connection, plan.upserts)
    searching.index(connection, plan.upserts)
    _delete(connection, plan.deleted_nodes)
    released = [list(key) for key in plan.released]
    _many(connection, sql("release_external_ids"), released, "keys")
    _many(connection, sql("take_external_ids"), [[*key, id_] for key, id_ in plan.taken.items()])
    refer(connection, plan.upserts)


def refer(connection: sqlite3.Connection, upserts: Iterable[Row]) -> None:
    """Note what new and changed records refer to."""
    mentions = [[*target, *row.key] for row in upserts for target in row.mentions or ()]
    _many(connection, sql("add_mentions"), mentions)


def _delete(connection: sqlite3.Connection, gone: Sequence[Held]) -> None:
    for spec, ids in by_kind(held.key for held in gone).items():
        _many(connection, sql("delete_records", spec), ids, "ids")


def _forget(connection: sqlite3.Connection, plan: Plan) -> None:
    """Remove what deleted and changed records referred to."""
    stale = [row.before for row in plan.upserts if row.mentions is not None and row.before is not None]
    gone = (*plan.deleted_edges, *plan.deleted_nodes, *stale)
    for spec, ids in by_kind(held.key for held in gone).items():
        _many(connection, sql("forget_mentions", spec), ids, "ids")


def _records(connection: sqlite3.Connection, upserts: Sequence[Row]) -> None:
    """Nodes before edges, as edges point at them."""
    of_kind: dict[Kind, list[Row]] = {kind: [] for kind in KINDS}
    for row in upserts:
        of_kind[row.key[0]].append(row)
    for kind, wanted in of_kind.items():
        if isinstance(kind, NodeKind):
            _put(connection, sql("put_nodes", NODE_SPECS[kind]), wanted)
        else:
            _edges(connection, EDGE_SPECS[kind], wanted)


def _edges(connection: sqlite3.Connection, spec: EdgeSpec, wanted: Sequence[Row]) -> None:
    if not spec.more_sources:
        _put(connection, sql("put_edges", spec), wanted)
        return
    for source in spec.sources:
        rows = [row for row in wanted if spec.source_of(row.held.stored.body) is source]
        _put(connection, sql("put_edges", spec.beginning_at(source)), rows)


def _put(connection: sqlite3.Connection, text: SqlText, wanted: Sequence[Row]) -> None:
    for part in _slices(wanted):
        connection.execute(text, {"rows": json_text([_columns(row) for row in part])})


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


def write_log(connection: sqlite3.Connection, plan: Plan, rows: Iterable[Sealed], digest: str) -> None:
    """Write a change set down: what it did, its sealed entries (one at least), where its logs end."""
    rest = iter(rows)
    part = list(islice(rest, SLICE))
    first = part[0].entry
    at = moment_text(first.at)
    params = {
        "id": first.change_set,
        "digest": digest,
        "at": at,
        "actor": first.actor,
        "reason": first.reason,
        "request_id": first.request_id,
        "result": applied_text(plan.applied),
    }
    change_set = connection.execute(sql("add_change_set"), params).fetchone()[0]
    ends: dict[str, list[Any]] = {}
    while part:
        told = json_text([_entry(row) for row in part])
        connection.execute(sql("add_log_entries"), {"change_set": change_set, "rows": told})
        ends.update({row.entry.account: [row.entry.sequence, row.seal.hash] for row in part})
        part = list(islice(rest, SLICE))
    _many(connection, sql("move_sequences"), [[log, *end, at] for log, end in sorted(ends.items())])
    leave_stubs(connection, plan.stubs)


def leave_stubs(connection: sqlite3.Connection, stubs: Iterable[Stub]) -> None:
    """Note what deleted records leave."""
    rows = [[*stub.key, stub.log, stub.sequence, stub.revision] for stub in stubs]
    _many(connection, sql("leave_stubs"), rows)


def append_log(connection: sqlite3.Connection, entries: Sequence[LogEntry], done: Sequence[Done]) -> None:
    """Go on with one log as another store sealed it. Raises BackupFailed if a change set is missing."""
    first = {entry.change_set: entry for entry in reversed(entries)}
    made = []
    for row in done:
        said = first[row.id]
        told = [moment_text(said.at), said.actor, said.reason, said.request_id]
        made.append([row.id, row.digest, *told, row.result])
    _many(connection, sql("keep_change_sets"), made)
    for part in _slices(entries):
        rows = [[entry.change_set, *_entry(as_sealed(entry))] for entry in part]
        kept = connection.execute(sql("keep_log_entries"), {"rows": json_text(rows)}).rowcount
        if kept != len(rows):
            raise BackupFailed.flawed("A change set is missing.", "缺少一个变更。")
    last = as_sealed(entries[-1])
    head = [last.entry.account, last.entry.sequence, last.seal.hash, moment_text(last.entry.at)]
    _many(connection, sql("move_sequences"), [head])


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


def _many(connection: sqlite3.Connection, text: SqlText, values: Sequence[Any], name: str = "rows") -> None:
    for part in _slices(values):
        connection.execute(text, {name: json_text(part)})


def _slices(values: Sequence[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while part := list(islice(rest, SLICE)):
        yield part
