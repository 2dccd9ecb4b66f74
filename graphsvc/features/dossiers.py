"""The dossiers that an answer reads, for who has the right to them."""

from __future__ import annotations

from datetime import datetime

from graphsvc.stores.port import GraphStore, Scope
from models.enums import NodeKind
from models.graph import AccountGraph
from models.records import Body

_PAGE = 200


async def dossiers_about(
    store: GraphStore, scope: Scope, graph: AccountGraph, as_of: datetime | None
) -> list[Body] | None:
    """The account's dossiers by id, now or as they were known at a time; None without the right to them.

    Which there are, the graph knows; so an account without any costs no question. O(dossiers), of the past
    O(the account's log). Raises NotFound, StoreUnavailable.
    """
    if not scope.dossiers:
        return None
    if not len(graph.nodes[NodeKind.DOSSIER]):
        return []
    if as_of is not None:
        records = await store.records(scope, graph.account_id, as_of)
        return [row.body for row in records if row.kind is NodeKind.DOSSIER]
    found: list[Body] = []
    after = ""
    while True:
        page = await store.find(
            scope, NodeKind.DOSSIER, account_id=graph.account_id, after=after, limit=_PAGE
        )
        found += [row.body for row in page]
        if len(page) < _PAGE:
            return found
        after = page[-1].id
