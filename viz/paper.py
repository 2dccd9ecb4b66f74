"""A picture on paper (PDF) and in points (PNG), from its SVG, by Typst: text stays text, fonts are those of
the machine."""

from __future__ import annotations

import re
import threading
from datetime import UTC, date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any

from models.names import has_chinese
from models.terms import Term
from viz.theme import LIGHT

if TYPE_CHECKING:
    import typst

__all__ = ["Paper", "can_write", "pdf_of", "png_of"]

SCALE = 2.0
MOST_PIXELS, LONGEST_SIDE = 40e6, 12_000
"""A PNG has two points to each of the drawing, but for drawings that would be larger than this."""
_POINTS_PER_INCH, _INCH = 72, 96
_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')
_ON_PAPER = """
#set document(title: sys.inputs.title)
#set text(lang: sys.inputs.lang)
#set page(width: {width}mm, height: {height}mm, margin: 8mm, fill: rgb("{ground}"))
#align(center + horizon, image(
  bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "contain", alt: sys.inputs.title,
))
"""
_IN_POINTS = """
#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%)
"""
_one_at_a_time = threading.Lock()
"""A large picture takes up to 200 MB while it is made."""


class Paper(Term):
    """The sheets a picture can be put on, landscape."""

    A3 = "A3", "A3 landscape", "A3 横向"
    A4 = "A4", "A4 landscape", "A4 横向"

    @property
    def millimetres(self) -> tuple[int, int]:
        """Width and height (ISO 216)."""
        return (420, 297) if self is Paper.A3 else (297, 210)


def pdf_of(svg: str, *, paper: Paper, title: str, lang: str, on: date) -> bytes:
    """A picture as one page of paper: vectors, and text that can be searched and copied. O(size).

    `on` stands in the file as its day, so that the same picture gives the same bytes.
    """
    width, height = paper.millimetres
    inputs = {"svg": svg, "title": title, "lang": "zh" if lang == "zh" else "en"}
    moment = int(datetime.combine(on, time.min, UTC).timestamp())
    source = _ON_PAPER.format(width=width, height=height, ground=LIGHT["canvas"])
    return _compiled(source, inputs, format="pdf", timestamp=moment)


def png_of(svg: str) -> bytes:
    """A picture in points, two to each of the drawing; fewer where it would be larger than a screen can
    use. O(points)."""
    width, height = _size(svg)
    scale = min(SCALE, LONGEST_SIDE / max(width, height), (MOST_PIXELS / (width * height)) ** 0.5)
    source = _IN_POINTS.format(
        width=width * _POINTS_PER_INCH / _INCH, height=height * _POINTS_PER_INCH / _INCH
    )
    return _compiled(source, {"svg": svg}, format="png", ppi=_INCH * scale)


def can_write(svg: str) -> bool:
    """Whether this machine has a font for the letters of a picture: Latin ones always, Chinese ones if some
    installed font has them."""
    return not has_chinese(svg) or _has_chinese_font()


@cache
def _has_chinese_font() -> bool:
    """Whether a Chinese letter comes out as something other than the box for letters no font has."""
    drawn = {letter: png_of(_SAMPLE.format(letter)) for letter in ("永", "\ue000", " ")}
    return drawn["永"] not in (drawn["\ue000"], drawn[" "])


_SAMPLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<text x="4" y="32" font-size="32" font-family="sans-serif">{}</text></svg>'
)


def _size(svg: str) -> tuple[float, float]:
    found = _SIZE.match(svg)
    if found is None:
        raise ValueError("a picture begins with its width and height")
    return float(found[1]), float(found[2])


def _compiled(source: str, inputs: dict[str, str], **how: Any) -> bytes:
    import typst  # loads 80 MB, which most runs never need

    with _one_at_a_time:
        compiler = typst.Compiler(source.encode(), font_paths=_fonts(), sys_inputs=inputs)
        made = compiler.compile(**how)
    if not isinstance(made, bytes):
        raise TypeError("a picture is one page")
    return made


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the machine, looked for once."""
    import typst

    return typst.Fonts()
