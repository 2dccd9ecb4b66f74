"""Elements of an SVG drawing: every text escaped, every number short."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from viz.layout.boxes import Point


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def escaped(words: str) -> str:
    """Words as the text of an element."""
    return escape(_printable(words))


def attributes(**values: str | float | None) -> str:
    """Attributes in the order given; `_` in a name stands for `-`, empty values are left out."""
    parts = []
    for name, value in values.items():
        if value is not None:
            shown = value if isinstance(value, str) else number(value)
            parts.append(f" {name.rstrip('_').replace('_', '-')}={quoteattr(_printable(shown))}")
    return "".join(parts)


def element(name: str, *inside: str, **values: str | float | None) -> str:
    """An element; `inside` is markup made here, never text from outside."""
    start = f"<{name}{attributes(**values)}"
    return f"{start}>{''.join(inside)}</{name}>" if inside else f"{start}/>"


def text(
    words: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    *,
    weight: int = 400,
    anchor: str | None = None,
    halo: str | None = None,
) -> str:
    """Words with their baseline at y; `halo` is the colour of a rim that keeps them apart from lines."""
    rim: dict[str, str | float | None] = {}
    if halo:
        rim = {"stroke": halo, "stroke_width": 5, "paint_order": "stroke", "stroke_linejoin": "round"}
    return element(
        "text",
        escaped(words),
        x=x,
        y=y,
        font_size=size,
        font_weight=None if weight == 400 else str(weight),
        fill=fill,
        text_anchor=anchor,
        **rim,
    )


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    *,
    radius: float = 0,
    **more: str | float | None,
) -> str:
    """A rectangle, its corners rounded by `radius`."""
    return element("rect", x=x, y=y, width=width, height=height, rx=radius or None, fill=fill, **more)


def circle(x: float, y: float, r: float, fill: str, **more: str | float | None) -> str:
    """A disc or a ring."""
    return element("circle", cx=x, cy=y, r=r, fill=fill, **more)


def path(d: str, **more: str | float | None) -> str:
    """A path that is a line unless `fill` says otherwise."""
    return element("path", d=d, **{"fill": "none", **more})


def polygon(points: Sequence[Point], fill: str, **more: str | float | None) -> str:
    """A filled polygon."""
    corners = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return path(f"M{corners}Z", **{"fill": fill, **more})


def dashes(pattern: Sequence[float] | bool | None) -> str | None:
    """A dash pattern as an attribute's value; None for a solid line."""
    if not pattern or pattern is True:
        return None
    return " ".join(number(part) for part in pattern)


def _printable(words: str) -> str:
    """Without the characters XML cannot hold."""
    return "".join(
        letter
        for letter in words
        if letter in "\t\n\r"
        or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    )
