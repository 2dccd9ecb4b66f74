"""An account, or everything, as a graph document."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from graphsvc.features.imports.documents import document_of
from graphsvc.stores.listing import every
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Stored
from models.enums import EdgeKind, Kind
from models.kinds import EDGE_SPECS, NODE_SPECS, OPEN_KINDS
from models.records import Body


async def graph_document(
    store: GraphStore, scope: Scope, account_id: str, as_of: datetime | None = None
) -> dict[str, Any]:
    """Every record of an account, now or as it was known at a time; importing it again gives the same graph.

    Kinds with a right of their own (dossiers) are left out, and ties to people of other accounts: their
    other end would be missing. Raises NotFound.
    """
    return await asyncio.to_thread(_document, await store.records(scope, account_id, as_of))


async def whole_document(store: GraphStore, scope: Scope) -> dict[str, Any]:
    """Every record of all accounts in the scope and of the firm."""
    records: list[Stored] = []
    for account in await store.accounts(scope):
        records += await store.records(scope, account.id)
    for kind, spec in NODE_SPECS.items():
        if spec.firm:
            records += [row async for row in every(store, scope, kind)]
    return await asyncio.to_thread(_document, records)


def _document(records: Iterable[Stored]) -> dict[str, Any]:
    found: dict[tuple[Kind, str], Body] = {
        (row.kind, row.id): row.body for row in records if row.kind in OPEN_KINDS
    }
    return document_of((kind, body) for (kind, _), body in found.items() if _whole(kind, body, found))


def _whole(kind: Kind, body: Body, found: dict[tuple[Kind, str], Body]) -> bool:
    """Whether both ends of an edge are among the records."""
    if not isinstance(kind, EdgeKind):
        return True
    return all(end in found for end in EDGE_SPECS[kind].ends(body))
