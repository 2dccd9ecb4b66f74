"""A view as one SVG file: the whole map with title, day, filters and legend, text as text."""

from __future__ import annotations

from models.enums import ViewName
from models.findings.views import View
from viz.labels import label
from viz.layout.boxes import Box
from viz.layout.widths import cut
from viz.svg.canvas import attributes, element, escaped, rect, text
from viz.svg.cards import card, fold_chip
from viz.svg.ground import departments, reporting_lines
from viz.svg.groups import group_card
from viz.svg.legend import ROW, draw_legend, legend_lines
from viz.svg.map import people_map
from viz.svg.sheet import sheet_marks
from viz.svg.signs import lens_signs
from viz.texts import Texts, texts
from viz.theme import FONT, LIGHT

__all__ = ["headline_of", "svg_of"]

_HEAD, _MARGIN, _FOOT, _LINE = 96.0, 32.0, 46.0, 28.0
_READ_AT = 2000.0
"""A wider picture has its words around the drawing as much larger: they are read on A4 too."""


def svg_of(
    view: View,
    *,
    lang: str,
    title: str | None = None,
    filters: str | None = None,
    personal: bool = False,
) -> str:
    """The picture of a view, drawn from its own positions.

    `title` is the account's name unless given; `filters` is a line that says what was left out, if
    anything was; `personal` says that personal fields are in the file. A lens is named below them and its
    signs are drawn. Every word is escaped text; each person is a picture with a label for readers of the
    screen. Nothing is loaded from elsewhere. O(nodes + edges).
    """
    _ = texts(lang)
    box = Box(*(view.bounds[side] for side in ("x0", "y0", "x1", "y1")))
    headline = headline_of(view, lang, title)
    said = [view.texts.get("subtitle", ""), _("as of {day}", day=_.day(view.provenance.on)), filters]
    facts = " · ".join(part for part in said if part)
    width = max(box.width, 900.0)
    left = (box.x0 + box.x1 - width) / 2
    larger = max(1.0, width / _READ_AT)
    room = (width - 2 * _MARGIN) / larger
    through = _("{kind}: {name}", kind=view.lens.title, name=view.lens.says) if view.lens else ""
    below = len(legend_lines(view.legend, room)) * ROW
    foot = _foot(view, room, below, _confidential(_, personal))
    above = (_HEAD + (_LINE if through else 0)) * larger
    top, height = box.y0 - above, above + box.height + _MARGIN + (below + _FOOT) * larger
    parts = [
        element("title", escaped(headline)),
        element("desc", escaped(" · ".join(part for part in (facts, through) if part))),
        rect(left, top, width, height, LIGHT["canvas"]),
        _placed(_head(headline, facts, through, room), left + _MARGIN, top, larger),
        *_drawing(view, lang),
        *lens_signs(view, lang),
        _placed(foot, left + _MARGIN, box.y1 + _MARGIN, larger),
    ]
    frame = attributes(
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        role="img",
        aria_label=headline,
        lang="zh-Hans" if lang == "zh" else "en",
        font_family=FONT.replace('"', "'"),
    )
    return f"<svg{frame}>{''.join(parts)}</svg>"


def _head(headline: str, facts: str, through: str, room: float) -> list[str]:
    return [
        text(cut(headline, 30, room, bold=True), 0, 46, 30, LIGHT["ink"], weight=700),
        text(cut(facts, 18, room), 0, 76, 18, LIGHT["muted"]),
        text(cut(through, 18, room, bold=True), 0, 104, 18, LIGHT["accent"], weight=600) if through else "",
    ]


def _foot(view: View, room: float, below: float, last: str) -> list[str]:
    return [draw_legend(view.legend, 0, 0, room), text(last, 0, below + 26, 15, LIGHT["muted"])]


def _placed(parts: list[str], x: float, y: float, larger: float) -> str:
    return element("g", *parts, transform=f"translate({x:.1f} {y:.1f}) scale({larger:.3f})")


def headline_of(view: View, lang: str, title: str | None = None) -> str:
    """What stands above a picture: the account and which of its pictures it is."""
    name = next((label(one, lang) for one in ViewName if one == view.view), view.view)
    return f"{title or view.texts.get('title', '')} · {name}"


def _confidential(_: Texts, personal: bool) -> str:
    line = _("Confidential: for our own people only.")
    return " ".join([line, _("It holds personal fields.")]) if personal else line


def _drawing(view: View, lang: str) -> list[str]:
    if view.view == ViewName.ORG_CHART:
        return _org_chart(view, lang)
    return people_map(view, lang) if view.view == ViewName.INFLUENCE else sheet_marks(view)


def _org_chart(view: View, lang: str) -> list[str]:
    _ = texts(lang)
    return [
        departments(view.panels),
        reporting_lines(view.edges),
        *((group_card if node["kind"] == "group" else card)(node, _) for node in view.nodes),
        *(fold_chip(node, _) for node in view.nodes if node["kind"] != "group"),
    ]
