"""The pictures over HTTP: as data, and as files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.views.files import MEDIA_TYPES, FileQuery, ViewFile, ViewForm, view_file
from graphsvc.features.views.service import people_in, view
from graphsvc.web.answers import (
    JSON,
    answer_response,
    failures,
    json_body,
    large_json_response,
    preferred,
    tagged,
)
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from graphsvc.web.expanding import Expandable, add_external_ids
from graphsvc.web.problems import Refused
from models.enums import ViewName
from models.fields import Id
from models.findings.views import View
from viz.views.leaving_out import without_rows


class ToldViewQuery(FileQuery, Expandable):
    """What can be asked of a view as data, or as a file by `Accept`."""


router = APIRouter(prefix="/accounts/{account_id}/views", tags=["views"])
_SAYS = {
    ViewForm.SVG: "The whole picture as one SVG file, with title, legend, date and what was left out.",
    ViewForm.PNG: "The same picture in points, two to each of the drawing.",
    ViewForm.HTML: "One page that needs nothing else: the picture to zoom and search, tables beside it.",
    ViewForm.PDF: "The same picture on a sheet, landscape: vectors, and text that can be searched.",
}

_SHOWN = {form: "attachment" if form is ViewForm.HTML else "inline" for form in ViewForm}
"""A page with script of its own is for a disk: the service's pages allow none."""


def _as_file(form: ViewForm) -> Callable[..., Awaitable[Response]]:
    async def get_view_file(
        request: Request,
        account_id: Id,
        name: ViewName,
        query: Annotated[FileQuery, Query()],
        store: StoreDep,
        scope: ScopeDep,
        lang: LangDep,
        rules: RulesDep,
    ) -> Response:
        return _sent(request, await view_file(store, scope, account_id, name, form, query, lang, rules), form)

    return get_view_file


def _sent(request: Request, made: ViewFile, form: ViewForm) -> Response:
    answer = tagged(request, made.content, made.media_type)
    answer.headers["Content-Disposition"] = f'{_SHOWN[form]}; filename="{made.name}"'
    return answer


def _content(form: ViewForm) -> dict[int | str, dict[str, Any]]:
    """What a file is, for the OpenAPI document."""
    schema = (
        {"type": "string"}
        if form in (ViewForm.SVG, ViewForm.HTML)
        else {"type": "string", "format": "binary"}
    )
    return {200: {"content": {_kind(form): {"schema": schema}}}}


def _kind(form: ViewForm) -> str:
    """The media type of a file, without its charset."""
    return MEDIA_TYPES[form].partition(";")[0]


for _form in ViewForm:
    router.get(
        f"/{{name}}.{_form}",
        operation_id=f"get_view_{_form}",
        summary=f"Get View as {_form.en}",
        description=_SAYS[_form],
        response_class=Response,
        responses=_content(_form),
    )(_as_file(_form))


_FORMS: Mapping[str, ViewForm | None] = {JSON: None, **{_kind(form): form for form in ViewForm}}
"""What an Accept header may ask for; data where it leaves the choice."""
_CONTENTS: dict[str, Any] = {
    kind: content for form in ViewForm for kind, content in _content(form)[200]["content"].items()
}


@router.get(
    "/{name}",
    operation_id="get_view",
    response_model=View,
    responses={200: {"content": _CONTENTS}, **failures(406)},
)
async def get_view(
    request: Request,
    account_id: Id,
    name: ViewName,
    query: Annotated[ToldViewQuery, Query()],
    store: StoreDep,
    scope: ScopeDep,
    lang: LangDep,
    rules: RulesDep,
) -> Response:
    """The picture as data: nodes with places, edges, legend, and tables that say the same.

    `Accept` gives one of its files instead, as its ending would. Data comes without the rows to `hide` too,
    and with personal fields for who may see them; `personal` and `paper` are of files.
    """
    kind = preferred(request.headers.get("accept", ""), list(_FORMS))
    if kind is None:
        raise _unknown_form()
    form, asked = _FORMS[kind], query.asked
    if form is not None:
        return _sent(request, await view_file(store, scope, account_id, name, form, query, lang, rules), form)
    seen = without_rows(await view(store, scope, account_id, name, asked, lang, rules), query.hidden)
    if query.expand is None:
        return await answer_response(request, seen)
    body = await json_body(seen)
    people = await people_in(store, scope, account_id, asked, body)
    await add_external_ids(store, scope, people, lambda row: {"source_id": row["id"]})
    return await large_json_response(request, body)


def _unknown_form() -> Refused:
    known = ", ".join(_FORMS)
    return Refused(406, "not-acceptable", f"A view comes as {known}.", f"视图可提供的格式：{known}。")
