"""The pictures over HTTP: as data, and as files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from graphsvc.features.views.files import MEDIA_TYPES, FileQuery, ViewForm, view_file
from graphsvc.features.views.schemas import ViewQuery
from graphsvc.features.views.service import view
from graphsvc.web.answers import answer_response, tagged
from graphsvc.web.deps import LangDep, RulesDep, ScopeDep, StoreDep
from models.enums import ViewName
from models.fields import Id
from models.findings.views import View

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
        made = await view_file(store, scope, account_id, name, form, query, lang, rules)
        answer = tagged(request, made.content, made.media_type)
        answer.headers["Content-Disposition"] = f'{_SHOWN[form]}; filename="{made.name}"'
        return answer

    return get_view_file


def _content(form: ViewForm) -> dict[int | str, dict[str, Any]]:
    """What a file is, for the OpenAPI document."""
    schema = (
        {"type": "string"}
        if form in (ViewForm.SVG, ViewForm.HTML)
        else {"type": "string", "format": "binary"}
    )
    return {200: {"content": {MEDIA_TYPES[form].partition(";")[0]: {"schema": schema}}}}


for _form in ViewForm:
    router.get(
        f"/{{name}}.{_form}",
        operation_id=f"get_view_{_form}",
        summary=f"Get View as {_form.en}",
        description=_SAYS[_form],
        response_class=Response,
        responses=_content(_form),
    )(_as_file(_form))


@router.get("/{name}", operation_id="get_view", response_model=View)
async def get_view(
    request: Request,
    account_id: Id,
    name: ViewName,
    query: Annotated[ViewQuery, Query()],
    store: StoreDep,
    scope: ScopeDep,
    lang: LangDep,
    rules: RulesDep,
) -> Response:
    """The picture as data: nodes with places, edges, legend, and tables that say the same."""
    return await answer_response(request, await view(store, scope, account_id, name, query, lang, rules))
