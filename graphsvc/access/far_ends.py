"""Ties into accounts that who asks may not see: he is told the tie, and of its far end not even the id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graphsvc.stores.facts import Key
from graphsvc.stores.port import GraphStore, Scope
from models.changes import LogEntry, Stored
from models.enums import EdgeKind, Kind
from models.kinds import EDGE_SPECS
from models.records import Body

ELSEWHERE = "elsewhere"
"""Stands for the id of the end of a tie that lies in an account outside the scope."""
Unseen = frozenset[Key]


async def rows_as_seen(store: GraphStore, scope: Scope, rows: Sequence[Stored]) -> list[Stored]:
    """Records without the ids of far ends outside the scope. A read where ties may cross, else none."""
    unseen = await unseen_ends(store, scope, ((row.kind, row.body) for row in rows))
    if not unseen:
        return list(rows)
    return [replace(row, body=without(unseen, row.kind, row.body)) for row in rows]


async def row_as_seen(store: GraphStore, scope: Scope, row: Stored) -> Stored:
    """The same of one."""
    return (await rows_as_seen(store, scope, [row]))[0]


async def entries_as_seen(store: GraphStore, scope: Scope, entries: Sequence[LogEntry]) -> list[LogEntry]:
    """Log entries whose values name no far end outside the scope."""
    told = [(entry.kind, body) for entry in entries for body in (entry.before, entry.after) if body]
    unseen = await unseen_ends(store, scope, told)
    if not unseen:
        return list(entries)
    return [
        replace(
            entry,
            before=entry.before and without(unseen, entry.kind, entry.before),
            after=entry.after and without(unseen, entry.kind, entry.after),
        )
        for entry in entries
    ]


async def unseen_ends(store: GraphStore, scope: Scope, bodies: Iterable[tuple[Kind, Body]]) -> Unseen:
    """The ends of ties that lie outside the scope, those deleted since too. O(ends of kinds that cross)."""
    if scope.accounts is None:
        return frozenset()
    ends = {
        end
        for kind, body in bodies
        if isinstance(kind, EdgeKind) and EDGE_SPECS[kind].crosses
        for end in EDGE_SPECS[kind].ends(body)
    }
    return frozenset(ends - await store.seen(scope, ends)) if ends else frozenset()


def without(unseen: Unseen, kind: Kind, body: Body) -> Body:
    """A body in which `ELSEWHERE` stands for each end that is unseen."""
    if not isinstance(kind, EdgeKind) or not EDGE_SPECS[kind].crosses:
        return body
    names = zip(("source_id", "target_id"), EDGE_SPECS[kind].ends(body), strict=True)
    return {**body, **{name: ELSEWHERE for name, end in names if end in unseen}}
