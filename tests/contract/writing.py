"""Change sets in one line each, and what an account graph is compared by."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

import numpy as np

from graphsvc.stores.port import GraphStore, Scope
from models.changes import Applied, Change, ChangeSet, LogEntry, Put, Stored
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Fault, InvalidInput
from models.graph import AccountGraph
from models.kinds import FIRM, spec_of
from models.records import Body, read_record

EVERYTHING = Scope("tester")
_numbers = count()

N, E = NodeKind, EdgeKind
REQUIRED: dict[Kind, Body] = {
    N.RIVAL: {"competitor_id": "rivco"},
    N.INTERACTION: {"at": "2025-03-01T09:00:00Z", "kind": "visit"},
    N.ASSESSMENT: {
        "at": "2025-03-01T09:00:00Z",
        "member_id": "mia",
        "contact_id": "ana",
        "answers": {"P1": 3},
    },
    N.ACTION: {"kind": "promise", "text": "Send the list"},
    N.DOSSIER: {"contact_id": "ana"},
    E.COURTS: {"strength": 50.0},
    E.CHANNEL: {"kind": "supplies"},
}
"""What a record of a kind cannot do without, beside id, ends, account and name."""


def put(kind: Kind, id: str, /, expected: int | None = None, **fields: Any) -> Put:
    """A put of a node with a name, or of an edge; what is not said is as short as it may be."""
    known = spec_of(kind).record.model_fields
    if "name" in known:
        fields = {"name": id.title(), **fields}
    if "account_id" in known:
        fields = {"account_id": "acme", **fields}
    fields = {**REQUIRED.get(kind, {}), **fields}
    return Put(kind, read_record(kind, {"id": id, **fields}), expected)


def tie(kind: EdgeKind, source: str, target: str, /, id: str | None = None, **fields: Any) -> Put:
    """A put of an edge, named after its ends unless it has an id."""
    return put(kind, id or f"{kind}-{source}-{target}", source_id=source, target_id=target, **fields)


def change_set(*changes: Change, id: str | None = None, reason: str | None = None) -> ChangeSet:
    """A change set with an id of its own."""
    return ChangeSet(id or f"made-{next(_numbers)}", changes, reason, request_id="request-1")


async def write(store: GraphStore, *changes: Change, scope: Scope = EVERYTHING) -> Applied:
    """Apply changes as one change set."""
    return await store.apply(scope, change_set(*changes))


async def faults_of(store: GraphStore, *changes: Change, scope: Scope = EVERYTHING) -> list[Fault]:
    """The faults of a change set that must be refused, by `check` and `apply` alike."""
    asked = change_set(*changes)
    found = []
    for way in (store.check, store.apply):
        try:
            await way(scope, asked)
        except InvalidInput as refused:
            found.append(list(refused.faults))
        else:
            raise AssertionError(f"{way.__name__} took what breaks a rule")
    assert found[0] == found[1]
    return found[0]


async def fault_of(store: GraphStore, *changes: Change, scope: Scope = EVERYTHING) -> Fault:
    """The one fault of a change set that must be refused for it alone."""
    found = await faults_of(store, *changes, scope=scope)
    assert len(found) == 1, found
    return found[0]


async def acme(store: GraphStore) -> None:
    """Two accounts with a few people, our two members and a competitor's rival."""
    await write(
        store,
        put(N.ACCOUNT, "acme"),
        put(N.ACCOUNT, "bolt"),
        put(N.DEPARTMENT, "lab"),
        *(put(N.CONTACT, id_) for id_ in ("ana", "ben", "cho", "dan")),
        put(N.CONTACT, "zoe", account_id="bolt"),
        put(N.MEMBER, "mia"),
        put(N.MEMBER, "max"),
        put(N.COMPETITOR, "rivco"),
        put(N.RIVAL, "rex", competitor_id="rivco"),
        put(N.OPPORTUNITY, "deal"),
    )


async def whole_log(store: GraphStore, account: str) -> list[LogEntry]:
    """Every entry of a log, read page by page."""
    entries: list[LogEntry] = []
    while page := await store.log(EVERYTHING, account, after=len(entries), limit=100):
        entries += page
    return entries


def replay(entries: Iterable[LogEntry]) -> dict[tuple[Kind, str], Body]:
    """The records that a log leaves behind."""
    records: dict[tuple[Kind, str], Body] = {}
    for entry in entries:
        if entry.after is not None:
            records[entry.kind, entry.id] = entry.after
        elif entry.before is not None:
            del records[entry.kind, entry.id]
    return records


def stood(entries: Iterable[LogEntry]) -> dict[tuple[Kind, str], Stored]:
    """The same with revisions and times: what `as_of` must give of a log, entry by entry from empty."""
    records: dict[tuple[Kind, str], Stored] = {}
    for entry in entries:
        key = (entry.kind, entry.id)
        if entry.after is not None:
            account = None if entry.account == FIRM else entry.account
            made = records[key].created_at if key in records else entry.at
            records[key] = Stored(entry.kind, entry.after, account, entry.revision, made, entry.at)
        elif entry.before is not None:
            del records[key]
    return records


def tables(graph: AccountGraph) -> dict[str, Any]:
    """Everything in a graph's tables, arrays as bytes: equal graphs are equal to the last bit."""
    found: dict[str, Any] = {}
    for kind, table in (*graph.nodes.items(), *graph.edges.items()):
        found[f"{kind}.id"] = table.ids
        for name, values in table.columns.items():
            found[f"{kind}.{name}"] = values.tobytes() if isinstance(values, np.ndarray) else values
    for kind, edges in graph.edges.items():
        found[f"{kind}.ends"] = (edges.source.tobytes(), edges.target.tobytes())
    return found
