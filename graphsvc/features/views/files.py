"""A view as a file: SVG, PNG, PDF, and a page of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from graphsvc.errors import NoFont, NotAllowed
from graphsvc.features.views.schemas import ViewQuery
from graphsvc.features.views.service import view
from graphsvc.stores.port import GraphStore, Scope
from models.enums import ViewName
from models.findings.views import View
from models.terms import Term
from queries.rules import Rules
from viz.offline import page_of
from viz.paper import Paper, can_write, pdf_of, png_of
from viz.svg import headline_of, svg_of
from viz.views.leaving_out import left_out, without_personal, without_rows


class ViewForm(Term):
    """The files a view can be had as."""

    SVG = "svg", "SVG", "SVG"
    PNG = "png", "PNG", "PNG"
    PDF = "pdf", "PDF", "PDF"
    HTML = "html", "HTML", "HTML"


MEDIA_TYPES: Mapping[ViewForm, str] = {
    ViewForm.SVG: "image/svg+xml",
    ViewForm.PNG: "image/png",
    ViewForm.PDF: "application/pdf",
    ViewForm.HTML: "text/html; charset=utf-8",
}


class FileQuery(ViewQuery):
    """What can be asked of a view as a file."""

    hide: Annotated[
        str,
        Field(
            max_length=1000,
            pattern=r"^[a-z0-9_:,-]*$",
            description="Rows of the legend to leave out, by key, joined by commas; a file says so.",
        ),
    ] = ""
    personal: Annotated[
        bool, Field(description="With personal fields, for who may see them; they are left out otherwise.")
    ] = False
    paper: Annotated[Paper, Field(description="The sheet of a PDF.")] = Paper.A3

    @property
    def hidden(self) -> list[str]:
        """The keys of the legend's rows to leave out."""
        return [key for key in self.hide.split(",") if key]


@dataclass(frozen=True, slots=True)
class ViewFile:
    """A file made of a view, and what it is called: account, view, day."""

    name: str
    media_type: str
    content: bytes


async def view_file(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    name: ViewName,
    form: ViewForm,
    query: FileQuery,
    lang: str,
    rules: Rules,
) -> ViewFile:
    """The view called `name` as a file. Raises NotFound, InvalidInput, NotAllowed, NoFont."""
    if query.personal and not scope.personal:
        raise NotAllowed
    told = replace(scope, personal=query.personal)
    seen = await view(store, told, account_id, name, query.asked, lang, rules)
    return await asyncio.to_thread(file_of, seen, account_id, form, query, lang)


def file_of(view: View, account: str, form: ViewForm, query: FileQuery, lang: str) -> ViewFile:
    """A view in hand as a file; `account` begins its name. Raises NoFont."""
    told = without_rows(view if query.personal else without_personal(view), query.hidden)
    made = _MAKE[form](told, left_out(query.hidden, lang), query, lang)
    name = f"{account}-{view.view}-{view.provenance.on.isoformat()}.{form}"
    return ViewFile(name, MEDIA_TYPES[form], made)


def _svg(view: View, filters: str | None, query: FileQuery, lang: str) -> bytes:
    return svg_of(view, lang=lang, filters=filters, personal=query.personal).encode()


def _written(view: View, filters: str | None, query: FileQuery, lang: str) -> str:
    """The picture, if its letters can be drawn on this machine."""
    svg = svg_of(view, lang=lang, filters=filters, personal=query.personal)
    if not can_write(svg):
        raise NoFont
    return svg


def _png(view: View, filters: str | None, query: FileQuery, lang: str) -> bytes:
    return png_of(_written(view, filters, query, lang))


def _pdf(view: View, filters: str | None, query: FileQuery, lang: str) -> bytes:
    return pdf_of(
        _written(view, filters, query, lang),
        paper=query.paper,
        title=headline_of(view, lang),
        lang=lang,
        on=view.provenance.on,
    )


def _html(view: View, filters: str | None, query: FileQuery, lang: str) -> bytes:
    return page_of(view, lang=lang, filters=filters, personal=query.personal).encode()


_MAKE: Mapping[ViewForm, Callable[[View, str | None, FileQuery, str], bytes]] = {
    ViewForm.SVG: _svg,
    ViewForm.PNG: _png,
    ViewForm.PDF: _pdf,
    ViewForm.HTML: _html,
}
