"""What a page can be had as: its answers as tables, its picture in four forms, one list for every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from graphsvc.features.views.files import ViewForm
from graphsvc.pages.asking import Asked, Part
from models.fields import Label
from viz.navigation import address

if TYPE_CHECKING:
    from graphsvc.pages.table import Page

_SAYS = {
    ViewForm.SVG: Label("Drawing that can be scaled", "可缩放矢量图"),
    ViewForm.PNG: Label("Picture for slides", "用于演示文稿的图片"),
    ViewForm.PDF: Label("The picture on paper, A3", "A3 纸张"),
    ViewForm.HTML: Label("One page that opens anywhere, offline", "单个网页，离线可用"),
}
_TABLE = Label("Table for a spreadsheet", "电子表格")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a page; `saved` where a browser is to keep it rather than show it."""

    form: str
    says: Label
    href: str
    saved: bool


def files_of(page: Page, parts: Sequence[Part], asked: Asked) -> list[File]:
    """The files of a page: tables first, then the forms of its picture; none where the answers are empty."""
    if parts and not any(part.answer.items for part in parts):
        return []
    return [*_tables(page, parts, asked), *_pictures(page, asked)]


def _tables(page: Page, parts: Sequence[Part], asked: Asked) -> Iterator[File]:
    if page.table is not None:
        yield File("CSV", _TABLE, _csv(page.name, None, asked), saved=True)
    for place, part in enumerate(parts):
        says = part.title or (page.title if len(parts) > 1 else _TABLE)
        yield File("CSV", says, _csv(page.name, part.name if place else None, asked), saved=True)


def _csv(name: str, part: str | None, asked: Asked) -> str:
    path, deal = f"{asked.place}/{name}.csv", asked.query.opportunity_id
    return address(asked.said(), path, part=part, limit=None, cursor=None, opportunity_id=deal)


def _pictures(page: Page, asked: Asked) -> Iterator[File]:
    if page.picture is None or not asked.account_id:
        return
    query = asked.query
    said = query.model_dump(mode="json", include={"opportunity_id", "step", "on", "as_of", "target_id"})
    words = {name: str(value) for name, value in said.items() if value is not None}
    words |= {name: f"{day}T23:59:59Z" for name, day in (("from", query.since), ("to", query.until)) if day}
    path = f"/api/v1/accounts/{quote(asked.account_id)}/views/{page.picture}"
    for form, says in _SAYS.items():
        yield File(form.en, says, address(words, f"{path}.{form}", lang=asked.lang), form is ViewForm.HTML)
