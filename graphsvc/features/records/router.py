"""The record routes: one factory over the kinds' rows."""

from __future__ import annotations

import base64
import re
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Header, Path, Query, Request, Response

from graphsvc.features.records import service
from graphsvc.web.answers import failures, has_already, json_response, linked
from graphsvc.web.body import json_object
from graphsvc.web.deps import ScopeDep, StoreDep
from graphsvc.web.problems import Refused, request_id_of
from models.changes import Stored
from models.columns import Form
from models.faults import Code, Fault, InvalidInput
from models.fields import Id, Label
from models.kinds import SPECS, Spec

RecordId = Annotated[Id, Path()]
IfMatch = Annotated[str | None, Header(description="The ETag of the record as it was read.")]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,255}$",
        description="Sent again with the same key, a request is carried out once.",
    ),
]
_ETAG = re.compile(r'"r(\d{1,15})"')


def record_routers() -> list[APIRouter]:
    """A router per kind, and one for change sets."""
    return [*(_router(spec) for spec in SPECS), _changesets()]


def _router(spec: Spec) -> APIRouter:
    router = APIRouter(prefix=f"/{spec.plural}", tags=[spec.plural])
    kind, many = spec.kind, spec.plural.replace("edges/", "").replace("-", "_")
    filters = {column.name for column in spec.columns if column.form is Form.CODE}
    edge = spec.plural.startswith("edges/")
    filters |= {"source_id", "target_id"} if edge else set()

    @router.get("", operation_id=f"list_{many}", responses=failures(422, 503))
    async def list_records(
        request: Request,
        store: StoreDep,
        scope: ScopeDep,
        account_id: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        cursor: str | None = None,
    ) -> Response:
        where = _filters(request, filters)
        found = await store.find(
            scope, kind, account_id=account_id, where=where, after=_after(cursor), limit=limit + 1
        )
        more = _cursor(found[limit - 1].id) if len(found) > limit else None
        body = {"items": [wire(row) for row in found[:limit]], "next_cursor": more}
        return linked(request, json_response(request, body), more)

    @router.post("", operation_id=f"create_{kind}", status_code=201, responses=failures(412, 415, 422, 503))
    async def create_record(
        request: Request, store: StoreDep, scope: ScopeDep, key: IdempotencyKey = None
    ) -> Response:
        body, request_id = await json_object(request), request_id_of(request)
        made = await service.create(store, scope, kind, body, request_id, key)
        return _record(made, 201, location=f"{request.url.path}/{made.id}")

    @router.get("/{id}", operation_id=f"get_{kind}", responses=failures(404, 503))
    async def get_record(request: Request, store: StoreDep, scope: ScopeDep, id: RecordId) -> Response:
        found = await store.get(scope, kind, id)
        if has_already(request, _etag(found)):
            return Response(status_code=304, headers={"ETag": _etag(found)})
        return _record(found)

    @router.patch("/{id}", operation_id=f"update_{kind}", responses=failures(404, 412, 415, 422, 428, 503))
    async def update_record(
        request: Request, store: StoreDep, scope: ScopeDep, id: RecordId, if_match: IfMatch = None
    ) -> Response:
        patch, expected = await json_object(request), _expected(if_match)
        return _record(await service.update(store, scope, kind, id, patch, expected, request_id_of(request)))

    @router.delete("/{id}", operation_id=f"delete_{kind}", responses=failures(404, 412, 422, 428, 503))
    async def delete_record(
        request: Request, store: StoreDep, scope: ScopeDep, id: RecordId, if_match: IfMatch = None
    ) -> Response:
        done = await service.delete(store, scope, kind, id, _expected(if_match), request_id_of(request))
        return json_response(request, {"change_set": done.change_set, "deleted": done.deleted})

    return router


def _changesets() -> APIRouter:
    router = APIRouter(prefix="/changesets", tags=["changesets"])

    @router.post("", operation_id="apply_changeset", responses=failures(404, 412, 415, 422, 503))
    async def apply_changeset(
        request: Request, store: StoreDep, scope: ScopeDep, key: IdempotencyKey = None
    ) -> Response:
        """Many puts and deletes at once, all or nothing."""
        asked = await json_object(request)
        done = await service.change_many(store, scope, asked, request_id_of(request), key)
        revisions = [{"kind": k, "id": id_, "revision": n} for (k, id_), n in sorted(done.revisions.items())]
        body = {
            "id": done.change_set,
            "put": done.put,
            "deleted": done.deleted,
            "unchanged": done.unchanged,
            "sequences": done.sequences,
            "revisions": revisions,
        }
        return json_response(request, body)

    return router


def wire(row: Stored) -> dict[str, Any]:
    """A stored record as the API shows it."""
    times = {"created_at": row.created_at, "updated_at": row.updated_at}
    return {**row.body, "revision": row.revision, **times}


def _record(row: Stored, status: int = 200, location: str | None = None) -> Response:
    headers = {"ETag": _etag(row), **({"Location": location} if location else {})}
    return Response(orjson.dumps(wire(row), option=orjson.OPT_UTC_Z), status, headers, "application/json")


def _etag(row: Stored) -> str:
    return f'"r{row.revision}"'


def _expected(if_match: str | None) -> int:
    if if_match is None:
        raise Refused(
            428,
            "if-match-missing",
            "Send If-Match with the record's ETag.",
            "请在 If-Match 中给出记录的 ETag。",
        )
    found = _ETAG.fullmatch(if_match.strip())
    if not found:
        detail = Label('it is the ETag of the record, like "r3"', '应为记录的 ETag，如 "r3"')
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}, pointer="/header/If-Match"))
    return int(found[1])


def _filters(request: Request, known: set[str]) -> dict[str, str]:
    given = {
        name: value
        for name, value in request.query_params.items()
        if name not in ("account_id", "limit", "cursor", "lang")
    }
    if unknown := sorted(set(given) - known):
        raise InvalidInput(Fault(Code.UNKNOWN_FIELD, {"name": unknown[0]}, pointer=f"/query/{unknown[0]}"))
    return given


def _cursor(id_: str) -> str:
    return base64.urlsafe_b64encode(id_.encode()).decode().rstrip("=")


def _after(cursor: str | None) -> str:
    try:
        return base64.urlsafe_b64decode((cursor or "") + "===").decode() if cursor else ""
    except ValueError as error:
        detail = Label("this cursor was not made by this service", "该游标不是由本服务生成")
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}, pointer="/query/cursor")) from error
