"""What was before, over HTTP: the history of every record, and undo."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from graphsvc.features.history.service import undo
from graphsvc.features.records.router import IdempotencyKey
from graphsvc.web.answers import failures, json_response
from graphsvc.web.changes import applied_wire, entry_wire
from graphsvc.web.deps import ScopeDep, StoreDep
from graphsvc.web.paging import MOST, USUAL
from graphsvc.web.problems import request_id_of
from models.fields import Id
from models.kinds import OPEN_SPECS, Spec


def history_routers() -> list[APIRouter]:
    """A router per kind for histories, and one for undo."""
    return [*(_histories(spec) for spec in OPEN_SPECS), _undo()]


def _histories(spec: Spec) -> APIRouter:
    router = APIRouter(prefix=f"/{spec.plural}", tags=[spec.plural])
    kind = spec.kind

    @router.get("/{id}/history", operation_id=f"get_{kind}_history", responses=failures(404, 422, 503))
    async def get_history(
        request: Request,
        store: StoreDep,
        scope: ScopeDep,
        id: Id,
        limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
        cursor: Annotated[
            int | None, Query(ge=1, lt=2**53, description="Where the page starts: a next_cursor.")
        ] = None,
        lang: Literal["en", "zh"] | None = None,
    ) -> Response:
        """Every change of the record, newest first, also after it was deleted."""
        found = await store.history(scope, kind, id, cursor, limit)
        more = found[-1].prior or None if len(found) == limit else None
        return json_response(request, {"items": [entry_wire(row) for row in found], "next_cursor": more})

    return router


def _undo() -> APIRouter:
    router = APIRouter(prefix="/changesets", tags=["changesets"])

    @router.post("/{id}/undo", operation_id="undo_changeset", responses=failures(404, 409, 422, 503))
    async def undo_changeset(
        request: Request,
        store: StoreDep,
        scope: ScopeDep,
        id: Annotated[str, Path(min_length=1, max_length=200)],
        key: IdempotencyKey = None,
    ) -> Response:
        """Reverse a change set, unless its records have changed since; the undo can be undone likewise."""
        done = await undo(store, scope, id, request_id_of(request), key)
        return json_response(request, applied_wire(done))

    return router
