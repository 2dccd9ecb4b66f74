"""The record routes: one factory over the kinds' rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import WithJsonSchema

from graphsvc.access.far_ends import row_as_seen, rows_as_seen
from graphsvc.access.fields import check_asked, shown
from graphsvc.features.questions import today
from graphsvc.features.records import service
from graphsvc.features.records.past import get_then, list_then
from graphsvc.features.records.schemas import (
    STAMPS,
    ListQuery,
    NamedListQuery,
    RecordQuery,
    list_query,
    reference,
)
from graphsvc.features.records.upserting import upsert
from graphsvc.features.search.service import matching
from graphsvc.stores.port import Scope
from graphsvc.web.answers import (
    AS_CSV,
    CHANGE_SET,
    failures,
    heads,
    json_response,
    list_response,
    scalar_fields,
)
from graphsvc.web.body import json_object
from graphsvc.web.changes import AppliedChanges, Deleted, applied_wire
from graphsvc.web.deps import IdempotencyKey, ScopeDep, StoreDep
from graphsvc.web.paging import pages_of
from graphsvc.web.problems import request_id_of
from graphsvc.web.rest_of_path import REST
from graphsvc.web.revisions import IfMatch, expected_revision, revised
from models.changes import Stored
from models.enums import NodeKind
from models.faults import Code, Fault, InvalidInput
from models.fields import Id, Label, Name
from models.kinds import OPEN_SPECS, NodeSpec, Spec

RecordId = Annotated[Id, Path()]
IfNoneMatch = Annotated[
    str | None,
    Header(alias="If-None-Match", description="* where the record must be new."),
    WithJsonSchema({"type": "string", "const": "*"}),
]


def record_routers() -> list[APIRouter]:
    """A router per kind, and one for change sets."""
    return [*(_router(spec) for spec in OPEN_SPECS), _changesets()]


def _router(spec: Spec) -> APIRouter:
    router = APIRouter(prefix=f"/{spec.plural}", tags=[spec.plural])
    _add_list(router, spec)
    _add_reading(router, spec)
    _add_writing(router, spec)
    _add_deleting(router, spec)
    if isinstance(spec, NodeSpec):
        _add_upsert(router, spec)
    return router


def _add_list(router: APIRouter, spec: Spec) -> None:
    kind, name = spec.kind, spec.record.__name__
    many = spec.plural.replace("edges/", "").replace("-", "_")
    columns = (*scalar_fields(spec.record), *STAMPS)

    async def list_records(request: Request, store: StoreDep, scope: ScopeDep, query: ListQuery) -> Response:
        """Records of this kind by id, a page at a time."""
        asked: dict[str, Any] = {"where": query.filters(), "limit": query.limit + 1}
        pages = await pages_of(request, query)
        asked["after"] = (pages.start or b"").decode()
        check_asked(scope, kind, asked["where"])
        text = query.q if isinstance(query, NamedListQuery) else None
        if text and text.strip():
            assert isinstance(kind, NodeKind)
            _only_now(query.as_of)
            found: Sequence[Stored] = await matching(
                store, scope, kind, text, account_id=query.account_id, on=today(), **asked
            )
        elif query.as_of is None:
            found = await store.find(scope, kind, account_id=query.account_id, **asked)
        else:
            found = await list_then(store, scope, spec, query.account_id, query.as_of, **asked)
        last = found[query.limit - 1].id.encode() if len(found) > query.limit else None
        seen = await rows_as_seen(store, scope, found[: query.limit])
        items = [wire(row, scope) for row in seen]
        body = {"items": items, "next_cursor": None if last is None else pages.cursor(last)}
        return await list_response(request, body, columns)

    list_records.__annotations__["query"] = Annotated[list_query(spec), Query()]  # known only here
    told = reference(f"{name}List")
    listed = {200: {"content": {**told["content"], **AS_CSV[200]["content"]}}, **failures(403)}
    router.get("", operation_id=f"list_{many}", summary=f"{kind.en}: list", responses=listed)(list_records)


def _add_reading(router: APIRouter, spec: Spec) -> None:
    kind, name = spec.kind, spec.record.__name__

    @router.get(
        "/{id}",
        operation_id=f"get_{kind}",
        summary=f"{kind.en}: read",
        responses={200: reference(f"{name}Stored")},
    )
    async def get_record(
        request: Request,
        store: StoreDep,
        scope: ScopeDep,
        id: RecordId,
        query: Annotated[RecordQuery, Query()],
    ) -> Response:
        """One record, now or as it was known at a time, with its ETag."""
        if query.as_of is None:
            found = await store.get(scope, kind, id)
        else:
            found = await get_then(store, scope, kind, id, query.as_of)
        seen = wire(await row_as_seen(store, scope, found), scope)
        return json_response(request, seen, found.revision)


def _add_writing(router: APIRouter, spec: Spec) -> None:
    kind, name = spec.kind, spec.record.__name__

    @router.post(
        "",
        operation_id=f"create_{kind}",
        summary=f"{kind.en}: create",
        status_code=201,
        responses={201: _written(name, "Location"), **failures(412)},
        openapi_extra=_body(name),
    )
    async def create_record(
        request: Request, store: StoreDep, scope: ScopeDep, key: IdempotencyKey = None
    ) -> Response:
        """A new record; its id is made unless given."""
        body, request_id = await json_object(request), request_id_of(request)
        made = await service.create(store, scope, kind, body, request_id, key)
        place = f"{request.url.path}/{made.row.id}"
        headers = {"Location": place, CHANGE_SET: made.change_set}
        return _record(await row_as_seen(store, scope, made.row), 201, headers)

    @router.patch(
        "/{id}",
        operation_id=f"update_{kind}",
        summary=f"{kind.en}: change",
        responses={200: _written(name)},
        openapi_extra=_body(f"{name}Patch"),
    )
    async def update_record(
        request: Request, store: StoreDep, scope: ScopeDep, id: RecordId, if_match: IfMatch = None
    ) -> Response:
        """A record changed by a JSON merge patch: fields given replace, null removes."""
        patch, expected = await json_object(request), expected_revision(if_match)
        done = await service.update(store, scope, kind, id, patch, expected, request_id_of(request))
        headers = {CHANGE_SET: done.change_set}
        return _record(await row_as_seen(store, scope, done.row), headers=headers)


def _add_deleting(router: APIRouter, spec: Spec) -> None:
    kind = spec.kind

    @router.delete(
        "/{id}",
        operation_id=f"delete_{kind}",
        summary=f"{kind.en}: remove",
        response_model=Deleted,
    )
    async def delete_record(
        request: Request, store: StoreDep, scope: ScopeDep, id: RecordId, if_match: IfMatch = None
    ) -> Response:
        """A record removed, with the edges at it."""
        done = await service.delete(
            store, scope, kind, id, expected_revision(if_match), request_id_of(request)
        )
        return json_response(request, {"change_set": done.change_set, "deleted": done.deleted})


def _add_upsert(router: APIRouter, spec: NodeSpec) -> None:
    kind, name = spec.kind, spec.record.__name__
    stored = reference(f"{name}Stored")

    @router.put(
        f"/by-external-id/{{system}}/{{value:{REST}}}",
        operation_id=f"upsert_{kind}",
        summary=f"{kind.en}: make or replace, by its id in another system",
        responses={200: {**stored, **heads("ETag")}, 201: {**stored, **heads("ETag", "Location")}},
        openapi_extra=_body(name),
    )
    async def upsert_record(
        request: Request,
        store: StoreDep,
        scope: ScopeDep,
        system: RecordId,
        value: Annotated[Name, Path()],
        if_match: IfMatch = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response:
        """The whole record as another system has it: If-None-Match: * makes it, If-Match replaces it."""
        body, expected = await json_object(request), _expected_or_new(if_match, if_none_match)
        external = (system, value)
        done = await upsert(store, scope, kind, external, body, expected, request_id_of(request))
        if expected:
            return _record(done)
        place = request.url.path.partition("/by-external-id/")[0]
        return _record(done, 201, {"Location": f"{place}/{done.id}"})


def _written(name: str, *more: str) -> dict[str, Any]:
    """A stored record with its revision, and the change set that an undo of this write names."""
    return {**reference(f"{name}Stored"), **heads("ETag", CHANGE_SET, *more)}


def _body(name: str) -> dict[str, Any]:
    return {"requestBody": {"required": True, **reference(name)}}


def _changesets() -> APIRouter:
    router = APIRouter(prefix="/changesets", tags=["changesets"])

    @router.post(
        "",
        operation_id="apply_changeset",
        response_model=AppliedChanges,
        responses=failures(404, 412),
        openapi_extra=_body("ChangeSetBody"),
    )
    async def apply_changeset(
        request: Request, store: StoreDep, scope: ScopeDep, key: IdempotencyKey = None
    ) -> Response:
        """Many puts and deletes at once, all or nothing."""
        asked = await json_object(request)
        done = await service.change_many(store, scope, asked, request_id_of(request), key)
        return json_response(request, applied_wire(done, scope))

    return router


def wire(row: Stored, scope: Scope | None = None) -> dict[str, Any]:
    """A stored record as the API shows it: all of it, or the fields that a scope may see."""
    times = {"created_at": row.created_at, "updated_at": row.updated_at}
    body = row.body if scope is None else shown(scope, row.kind, row.body)
    return {**body, "revision": row.revision, **times}


def _record(row: Stored, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return revised(wire(row), status, headers)


def _expected_or_new(if_match: str | None, if_none_match: str | None) -> int:
    """The revision a record must be at, 0 if it must be new."""
    if if_none_match is None:
        return expected_revision(if_match)
    if if_none_match.strip() != "*" or if_match is not None:
        detail = Label("it is *, without If-Match", "应为 *，且不带 If-Match")
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}, pointer="/header/If-None-Match"))
    return 0


def _only_now(as_of: datetime | None) -> None:
    if as_of is not None:
        detail = Label(
            "only what is known now can be searched; leave out as_of", "只能搜索当前数据；请去掉 as_of"
        )
        raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}, pointer="/query/q"))
