"""The dossiers that an answer reads, for who has the right to them; whose it shows is noted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from graphsvc.errors import StorageFull
from graphsvc.features.privacy.reads import note_of_day
from graphsvc.features.questions import today
from graphsvc.stores.listing import every
from graphsvc.stores.port import GraphStore, Scope
from models.enums import NodeKind
from models.findings.base import Evidence
from models.graph import AccountGraph
from models.records import Body
from queries.privacy.retention import unexpired

T = TypeVar("T")
Answering = Callable[[Sequence[Body] | None], T]


async def with_dossiers(
    store: GraphStore,
    scope: Scope,
    graph: AccountGraph,
    as_of: datetime | None,
    answer: Answering[T],
    shown: Callable[[T], Iterable[Evidence]],
    request_id: str | None = None,
) -> T:
    """What `answer` makes of an account's dossiers, if whoever asks has the right to them.

    Whose dossier is among the evidence that is `shown` of it was read: noted before the answer is given out,
    once a day.
    Where nothing can be written any more, the answer is the one without dossiers. Raises as the store does.
    """
    dossiers = await dossiers_about(store, scope, graph, as_of)
    found = await asyncio.to_thread(answer, dossiers)
    whose = {body["id"]: body["contact_id"] for body in dossiers or ()}
    told = {whose[row.id] for row in shown(found) if row.kind == NodeKind.DOSSIER}
    try:
        for contact in sorted(told):
            await note_of_day(store, scope, contact, request_id)
    except StorageFull:
        return await asyncio.to_thread(answer, None)
    return found


class Told(Protocol):
    """An item of an answer, with the records it rests on."""

    @property
    def evidence(self) -> Sequence[Evidence]: ...


def evidence_of(items: Iterable[Told]) -> Iterator[Evidence]:
    """The records that some items rest on."""
    return (row for item in items for row in item.evidence)


async def dossiers_about(
    store: GraphStore, scope: Scope, graph: AccountGraph, as_of: datetime | None
) -> list[Body] | None:
    """The account's dossiers by id, now or as they were known at a time; None without the right to them.

    Items that are past their day by now are left out, whatever day an answer is asked for.
    Which there are, the graph knows; so an account without any costs no question. O(dossiers), of the past
    O(the account's log). Raises NotFound, StoreUnavailable.
    """
    if not scope.dossiers:
        return None
    if not len(graph.nodes[NodeKind.DOSSIER]):
        return []
    if as_of is None:
        found = [row.body async for row in every(store, scope, NodeKind.DOSSIER, account_id=graph.account_id)]
    else:
        records = await store.records(scope, graph.account_id, as_of)
        found = [row.body for row in records if row.kind is NodeKind.DOSSIER]
    return [unexpired(body, today()) for body in found]
