"""Records written under the id another system knows them by: made if it is new, replaced if it is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphsvc.errors import NotFound, StaleRevision
from graphsvc.features.records.service import checked, new_id, unfit
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put, Stored
from models.enums import NodeKind
from models.faults import InvalidInput


async def upsert(
    store: GraphStore,
    scope: Scope,
    kind: NodeKind,
    external: tuple[str, str],
    body: Mapping[str, Any],
    expected: int,
    request_id: str,
) -> Stored:
    """The record that has the id `external` (system, value), replaced by `body` if it is at `expected`.

    At 0 it must be new, and is made. Its external ids get the pair. Raises InvalidInput, StaleRevision.
    """
    current = await _known(store, scope, kind, external)
    if (current.revision if current else 0) != expected:
        raise StaleRevision(kind, current.id if current else "/".join(external), expected, current)
    id_ = current.id if current else str(body.get("id") or new_id())
    record = checked(kind, _named(body, external, id_))
    try:
        asked = ChangeSet(new_id(), (Put(kind, record, expected),), request_id=request_id)
        await store.apply(scope, asked)
    except InvalidInput:
        # Two who make the same record at once: the second is late, not wrong.
        late = await _known(store, scope, kind, external)
        if current is None and late is not None:
            raise StaleRevision(kind, late.id, expected, late) from None
        raise
    return await store.get(scope, kind, id_)


async def _known(store: GraphStore, scope: Scope, kind: NodeKind, external: tuple[str, str]) -> Stored | None:
    try:
        return await store.by_external_id(scope, kind, *external)
    except NotFound:
        return None


def _named(body: Mapping[str, Any], external: tuple[str, str], id_: str) -> dict[str, Any]:
    """The body with its id and the pair. Raises InvalidInput where it says otherwise."""
    system, value = external
    ids = body.get("external_ids", {})
    if body.get("id", id_) != id_:
        raise InvalidInput(unfit("/id", f"this record is {id_}", f"该记录的编号为 {id_}"))
    if not isinstance(ids, Mapping):
        return {**body, "id": id_}  # refused with all else that does not fit
    if ids.get(system, value) != value:
        raise InvalidInput(unfit(f"/external_ids/{system}", f"the address says {value}", f"地址中为 {value}"))
    return {**body, "id": id_, "external_ids": {**ids, system: value}}
