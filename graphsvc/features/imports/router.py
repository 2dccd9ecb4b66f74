"""Imports over HTTP: files in, a job out, its rows and its undo."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from graphsvc.errors import NoImport
from graphsvc.features.imports.errors import errors_csv
from graphsvc.features.imports.jobs import Job, Jobs
from graphsvc.features.imports.reading import digest_of
from graphsvc.features.imports.schemas import ImportQuery
from graphsvc.features.imports.tables import FileOnDisk
from graphsvc.features.imports.wire import ImportJob, ImportJobs, job_wire, state_wire
from graphsvc.features.questions import today
from graphsvc.features.records.service import keyed_id, new_id
from graphsvc.openapi.schemas import without_null
from graphsvc.stores.codec import moment_of, moment_text
from graphsvc.stores.port import GraphStore
from graphsvc.web.answers import AS_CSV, columns_of, heads, json_response, list_response, tagged
from graphsvc.web.deps import IdempotencyKey, LangDep, ScopeDep, StoreDep, services
from graphsvc.web.paging import USUAL, ListPage, page_after, pages_of
from graphsvc.web.problems import Refused, code_of, request_id_of
from models.faults import Code, Fault, InvalidInput, validated
from models.fields import Label
from models.imports import Place

router = APIRouter(prefix="/imports", tags=["imports"])
MOST_FILES = 100
_LISTS = ("relation",)
ImportId = Annotated[str, InPath(min_length=1, max_length=200)]
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        **{
                            name: without_null(schema)
                            for name, schema in ImportQuery.model_json_schema()["properties"].items()
                        },
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "minItems": 1,
                            "maxItems": MOST_FILES,
                        },
                    },
                    "required": ["files"],
                    "additionalProperties": False,
                }
            }
        },
    }
}


def _jobs(request: Request) -> Jobs:
    found: Jobs = request.app.state.jobs
    return found


@router.post(
    "",
    operation_id="create_import",
    status_code=202,
    response_model=ImportJob,
    responses={202: heads("Location")},
    openapi_extra=_BODY,
)
async def create_import(
    request: Request, store: StoreDep, scope: ScopeDep, lang: LangDep, key: IdempotencyKey = None
) -> Response:
    """Files to import; the answer is a job, which goes on when the client is gone."""
    form = await _form(request)
    try:
        query = _query(form)
        options = query.options(today())
        folder, files = await _spooled(form)
    finally:
        await form.close()
    digest = await asyncio.to_thread(digest_of, files, options)
    id_ = keyed_id(scope, key) if key else new_id()
    job = Job(id_, scope, files, folder, options, query.dry_run, digest, request_id_of(request))
    if key and (before := await _before(store, job, _jobs(request))):
        return _accepted(request, id_, before)
    return _accepted(request, id_, _wire(_jobs(request).add(job), lang))


def _accepted(request: Request, id_: str, body: dict[str, Any]) -> Response:
    answer = json_response(request, body)
    answer.status_code = 202
    answer.headers["Location"] = f"{request.url.path}/{id_}"
    return answer


async def _before(store: GraphStore, job: Job, jobs: Jobs) -> dict[str, Any] | None:
    """The import of an earlier service that the same key stands for. Raises InvalidInput."""
    if await jobs.find(job.scope, job.id) is not None:
        return None
    try:
        state = await store.import_state(job.scope, job.id)
    except NoImport:
        return None
    job.folder.cleanup()
    if state.digest != job.digest or job.dry_run:  # what the store remembers was none
        raise InvalidInput(Fault(Code.REUSED, {"id": job.id}, pointer="/header/Idempotency-Key"))
    return state_wire(state)


async def _form(request: Request) -> FormData:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Refused(
            415, "unsupported-media-type", "Send multipart/form-data.", "请发送 multipart/form-data。"
        )
    try:
        return await request.form(max_files=MOST_FILES, max_fields=MOST_FILES)
    except HTTPException as error:
        raise Refused(
            422, "bad-multipart", f"The form cannot be read: {error.detail}", "无法读取表单内容。"
        ) from error


def _query(form: FormData) -> ImportQuery:
    given: dict[str, Any] = {}
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            if name in _LISTS:
                given.setdefault(name, []).append(value)
            elif name in given:
                detail = Label("it is said twice", "重复给出")
                raise InvalidInput(Fault(Code.INVALID_VALUE, {"detail": detail}, pointer=f"/{name}"))
            else:
                given[name] = value
    return validated(ImportQuery, given)


async def _spooled(form: FormData) -> tuple[TemporaryDirectory[str], list[FileOnDisk]]:
    """The files of a form in a folder of their own. Raises InvalidInput if there are none."""
    uploads = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    if not uploads:
        raise InvalidInput(Fault(Code.MISSING, {"name": "files"}, pointer="/files"))
    folder = TemporaryDirectory(prefix="graphsvc-import-")

    def spool() -> list[FileOnDisk]:
        files = []
        for number, upload in enumerate(uploads):
            path = Path(folder.name) / str(number)
            with path.open("wb") as out:
                shutil.copyfileobj(upload.file, out)
            files.append(FileOnDisk(upload.filename or f"file {number + 1}", path))
        return files

    return folder, await asyncio.to_thread(spool)


def _wire(job: Job, lang: str) -> dict[str, Any]:
    return job_wire(job, lang, code_of(job.error) if job.error else None)


@router.get("", operation_id="list_imports", response_model=ImportJobs, responses=AS_CSV)
async def list_imports(
    request: Request, store: StoreDep, scope: ScopeDep, lang: LangDep, query: Annotated[ListPage, Query()]
) -> Response:
    """Imports, the newest first: jobs of this service, and those the store remembers."""
    jobs = await _jobs(request).all(scope)
    known, limit = {job.id for job in jobs}, query.limit or USUAL
    start = (await pages_of(request, query)).start
    before = None if start is None else _place_in(start)
    states = await store.imports(scope, limit + 1 + len(jobs), before)  # those of jobs come out again
    rows = [_wire(job, lang) for job in jobs]
    rows += [state_wire(state) for state in states if state.id not in known]
    newest_first = sorted(rows, key=_started, reverse=True)
    items, more = await page_after(request, newest_first, query, _started, falling=True)
    return await list_response(request, {"items": items, "next_cursor": more}, columns_of(ImportJobs))


def _started(row: dict[str, Any]) -> list[str]:
    return [moment_text(row["started"]), row["id"]]


def _place_in(start: bytes) -> Place:
    """The place that a page begins after."""
    started, id_ = orjson.loads(start)
    return moment_of(started), id_


@router.get("/{id}", operation_id="get_import", response_model=ImportJob)
async def get_import(
    request: Request, store: StoreDep, scope: ScopeDep, id: ImportId, lang: LangDep
) -> Response:
    """How far an import is, and what it did; what each row did is told until the service ends."""
    job = await _jobs(request).find(scope, id)
    # The store knows more of a job that has ended: it may be undone by now.
    if job is None or (job.ended and not job.dry_run and job.result is not None):
        state = await store.import_state(scope, id)
        told = state_wire(state)
        return json_response(request, {**_wire(job, lang), "state": state.stage} if job else told)
    return json_response(request, _wire(job, lang))


@router.get(
    "/{id}/errors.csv",
    operation_id="get_import_errors",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def get_import_errors(request: Request, scope: ScopeDep, id: ImportId, lang: LangDep) -> Response:
    """The rows an import refused, with file, row, column and reason, for a spreadsheet."""
    job = await _jobs(request).find(scope, id)
    if job is None:
        raise NoImport(id)
    data = await asyncio.to_thread(errors_csv, job.refused, lang)
    return tagged(request, data, "text/csv; charset=utf-8")


@router.post("/{id}/undo", operation_id="undo_import", response_model=ImportJob)
async def undo_whole_import(
    request: Request, scope: ScopeDep, id: ImportId, key: IdempotencyKey = None
) -> Response:
    """Reverse an import, all of it or, if something was built upon it, nothing."""
    desk, request_id = services(request).desk, request_id_of(request)
    state = await _jobs(request).undo(desk, scope, id, request_id, key)
    return json_response(request, state_wire(state))
