"""A plan written down: batches of rows for each kind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import orjson
from neo4j import AsyncManagedTransaction

from graphsvc.stores.chain import Sealed, as_sealed, sealed
from graphsvc.stores.codec import applied_text, moment_text
from graphsvc.stores.draft import Draft
from graphsvc.stores.facts import Held, Key, Stub
from graphsvc.stores.merges import merge_of
from graphsvc.stores.neo4j import erasures
from graphsvc.stores.neo4j.facts import by_kind, heads
from graphsvc.stores.neo4j.properties import external_text, properties_of, stub_text
from graphsvc.stores.neo4j.server import Again, tell
from graphsvc.stores.operations import Done
from graphsvc.stores.plan import Plan, Row
from graphsvc.stores.replay import plan_of
from models.changes import LogEntry
from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import EDGE_SPECS, FIRM, KINDS, NODE_SPECS
from queries.catalog import CypherText, cypher

BATCH = 5_000
"""Rows in one statement."""
PACK = 500
"""Log entries in one node."""


async def write(transaction: AsyncManagedTransaction, draft: Draft, plan: Plan) -> None:
    """Write a plan inside an open transaction. Raises Again if a node it builds on has gone meanwhile."""
    sealing = asyncio.to_thread(lambda: list(sealed(plan.entries, plan.heads)))
    slots, rows = await asyncio.gather(write_records(transaction, plan), sealing)
    await write_log(transaction, plan, rows, draft.digest, slots)
    await erasures.keep(transaction, merge_of(draft.change_set))


async def write_records(transaction: AsyncManagedTransaction, plan: Plan) -> dict[str, int]:
    """Write a plan's records and what follows from them, but not its log; slots used then, log by log."""
    await _forget(transaction, plan)
    moved = [row.before for row in plan.upserts if row.before is not None and _moves(row)]
    await _delete_edges(transaction, [*plan.deleted_edges, *moved])
    slots = await _records(transaction, plan)
    await refer(transaction, plan.upserts)
    await _delete_nodes(transaction, plan.deleted_nodes)
    keys = [external_text(key) for key in plan.released]
    await _many(transaction, cypher("release_external_ids"), keys, "keys")
    taken = [{"key": external_text(key), "id": id_} for key, id_ in plan.taken.items()]
    await _many(transaction, cypher("take_external_ids"), taken)
    return slots


def _moves(row: Row) -> bool:
    """Whether an edge gets other ends than it had."""
    if row.before is None or not isinstance(row.key[0], EdgeKind):
        return False
    spec = EDGE_SPECS[row.key[0]]
    return spec.ends(row.before.stored.body) != spec.ends(row.held.stored.body)


async def _records(transaction: AsyncManagedTransaction, plan: Plan) -> dict[str, int]:
    """Put nodes, then edges; gives how many slots each log's nodes have used then."""
    of_kind: dict[Kind, list[Row]] = {kind: [] for kind in KINDS}
    for row in plan.upserts:
        of_kind[row.held.stored.kind].append(row)
    used = {log: slots for log, (_, slots) in (await heads(transaction, plan.applied.sequences)).items()}
    for kind, rows in of_kind.items():
        if isinstance(kind, EdgeKind):
            await _edges(transaction, kind, rows)
        else:
            await _nodes(transaction, kind, rows, used)
    return used


async def _nodes(
    transaction: AsyncManagedTransaction, kind: NodeKind, rows: list[Row], used: dict[str, int]
) -> None:
    made = []
    for row in rows:
        if row.before is None:
            log = row.held.stored.account or FIRM
            made.append({**properties_of(row.held), "slot": used.get(log, 0)})
            used[log] = used.get(log, 0) + 1
    spec = NODE_SPECS[kind]
    await _many(transaction, cypher("create_nodes", spec), made)
    changed = [properties_of(row.held) for row in rows if row.before is not None]
    await _many(transaction, cypher("update_nodes", spec), changed)


async def _edges(transaction: AsyncManagedTransaction, kind: EdgeKind, rows: list[Row]) -> None:
    spec = EDGE_SPECS[kind]
    made: dict[NodeKind, list[dict[str, Any]]] = {}
    for row in rows:
        if row.before is None or _moves(row):
            (source_kind, source), (_, target) = spec.ends(row.held.stored.body)
            told = {"source": source, "target": target, "properties": properties_of(row.held)}
            made.setdefault(source_kind, []).append(told)
    for source_kind, told_rows in made.items():
        text = cypher("create_edges", spec.beginning_at(source_kind))
        if await _many(transaction, text, told_rows) != len(told_rows):
            raise Again
    changed = [properties_of(row.held) for row in rows if row.before is not None and not _moves(row)]
    await _many(transaction, cypher("update_edges", spec), changed)


async def _delete_edges(transaction: AsyncManagedTransaction, gone: Sequence[Held]) -> None:
    for spec, ids in by_kind(held.key for held in gone).items():
        if await _many(transaction, cypher("delete_edges", spec), ids, "ids") != -len(ids):
            raise Again


async def _delete_nodes(transaction: AsyncManagedTransaction, gone: Sequence[Held]) -> None:
    for spec, ids in by_kind(held.key for held in gone).items():
        await _many(transaction, cypher("delete_nodes", spec), ids, "ids")


def _start(held: Held) -> Key:
    """Where the references of a record begin: at the node it is, or at the source of the edge it is."""
    kind = held.stored.kind
    if isinstance(kind, EdgeKind):
        return EDGE_SPECS[kind].ends(held.stored.body)[0]
    return kind, held.stored.id


async def _forget(transaction: AsyncManagedTransaction, plan: Plan) -> None:
    """Remove what deleted and changed records referred to."""
    stale = [row.before for row in plan.upserts if row.before is not None and _refers_anew(row)]
    rows: dict[NodeKind, list[dict[str, str]]] = {}
    for held in (*plan.deleted_edges, *plan.deleted_nodes, *stale):
        kind, start = _start(held)
        assert isinstance(kind, NodeKind)
        rows.setdefault(kind, []).append({"start": start, "kind": held.stored.kind, "id": held.stored.id})
    for kind, forgotten in rows.items():
        await _many(transaction, cypher("forget_references", NODE_SPECS[kind]), forgotten)


def _refers_anew(row: Row) -> bool:
    return row.mentions is not None or _moves(row)


async def refer(transaction: AsyncManagedTransaction, upserts: Iterable[Row]) -> None:
    """Note what new and changed records refer to."""
    rows: dict[tuple[NodeKind, NodeKind], list[dict[str, str]]] = {}
    for row in upserts:
        if not _refers_anew(row):
            continue
        kind, start = _start(row.held)
        for target_kind, target in row.refers_to():
            assert isinstance(kind, NodeKind)
            assert isinstance(target_kind, NodeKind)
            told = {"start": start, "target": target, "kind": row.key[0], "id": row.key[1]}
            rows.setdefault((kind, target_kind), []).append(told)
    for (kind, target_kind), told_rows in rows.items():
        text = cypher("add_references", NODE_SPECS[kind], NODE_SPECS[target_kind])
        if await _many(transaction, text, told_rows) != len(told_rows):
            raise Again


async def write_log(
    transaction: AsyncManagedTransaction,
    plan: Plan,
    rows: Sequence[Sealed],
    digest: str,
    slots: dict[str, int],
) -> None:
    """Write a change set down: what it did, its sealed entries (one at least), where its logs end."""
    first = rows[0].entry
    common = _common(first)
    result = {"id": first.change_set, "digest": digest, "result": applied_text(plan.applied), **common}
    await tell(transaction, cypher("add_change_set"), row=result)
    packs = [{**pack, "change_set": first.change_set, **common} for pack in packs_of(rows)]
    await _many(transaction, cypher("add_log_entries"), packs)
    hashes = {row.entry.account: row.seal.hash for row in rows}
    ends = [
        {
            "account": log,
            "value": value,
            "slots": slots.get(log, 0),
            "hash": hashes[log],
            "at": common["at"],
        }
        for log, value in plan.applied.sequences.items()
    ]
    await _many(transaction, cypher("move_sequences"), ends)
    await leave_stubs(transaction, plan.stubs)


async def leave_stubs(transaction: AsyncManagedTransaction, stubs: Iterable[Stub]) -> None:
    """Note what deleted records leave."""
    rows = [
        {"key": stub_text(stub.key), "log": stub.log, "sequence": stub.sequence, "revision": stub.revision}
        for stub in stubs
    ]
    await _many(transaction, cypher("leave_stubs"), rows)


async def append_log(
    transaction: AsyncManagedTransaction, entries: Sequence[LogEntry], done: Sequence[Done]
) -> None:
    """Go on with one log as another store sealed it."""
    first = {entry.change_set: entry for entry in reversed(entries)}
    made = [{"id": d.id, "digest": d.digest, "result": d.result, **_common(first[d.id])} for d in done]
    await _many(transaction, cypher("keep_change_sets"), made)
    packs = [
        {**pack, "change_set": id_, **_common(first[id_])}
        for id_, of_one in groupby(entries, key=lambda entry: entry.change_set)
        for pack in packs_of([as_sealed(entry) for entry in of_one])
    ]
    await _many(transaction, cypher("add_log_entries"), packs)
    last = as_sealed(entries[-1])
    log, at = last.entry.account, moment_text(last.entry.at)
    _, slots = (await heads(transaction, [log])).get(log, (None, 0))
    head = {"account": log, "value": last.entry.sequence, "slots": slots, "hash": last.seal.hash, "at": at}
    await _many(transaction, cypher("move_sequences"), [head])


def _common(entry: LogEntry) -> dict[str, Any]:
    told = {"actor": entry.actor, "reason": entry.reason, "request_id": entry.request_id}
    return {"at": moment_text(entry.at), **told}


async def append_records(
    transaction: AsyncManagedTransaction, records: Iterable[Held], stubs: Iterable[Stub]
) -> None:
    """Write new records of logs that are there. Raises Again if an end of an edge is missing."""
    slots = await write_records(transaction, plan_of(records))
    rows = [{"account": log, "slots": used} for log, used in slots.items()]
    await _many(transaction, cypher("use_slots"), rows)
    await leave_stubs(transaction, stubs)


def packs_of(entries: Sequence[Sealed]) -> Iterator[dict[str, Any]]:
    """Entries and their seals apart: what replays a log need not read seals."""
    by_log = sorted(entries, key=lambda row: (row.entry.account, row.entry.sequence))
    for log, of_log in groupby(by_log, key=lambda row: row.entry.account):
        for pack in _slices(list(of_log), PACK):
            told = [
                [entry.kind, entry.id, entry.revision, entry.prior, entry.before, entry.after]
                for entry in (row.entry for row in pack)
            ]
            seals = [row.seal.told() for row in pack]
            yield {
                "account": log,
                "first": pack[0].entry.sequence,
                "last": pack[-1].entry.sequence,
                "entries": orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode(),
                "seals": orjson.dumps(seals).decode(),
            }


async def _many(
    transaction: AsyncManagedTransaction, text: CypherText, rows: Sequence[Any], name: str = "rows"
) -> int:
    """Run a statement over rows in batches; how many relationships it made, less those it removed."""
    made = 0
    for batch in _slices(rows, BATCH):
        made += (await tell(transaction, text, **{name: batch}))["edges"]
    return made


def _slices(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))
