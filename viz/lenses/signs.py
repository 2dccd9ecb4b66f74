"""The signs of a lens: on people and ties, and counted on what folds people away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from models.findings.views import Sign, View
from viz.views.big.grouping import Group
from viz.views.big.opened import REST, way_to

Row = dict[str, Any]
Holder = Callable[[str], str | None]
"""The mark that stands for somebody who is not drawn; None for who is drawn, or stands behind no mark."""
_ORDER = "▲▼+≠−×"
_TONES = {"▲": "up", "▼": "down", "×": "down"}


def moved(by: float, text: str | None = None) -> Sign:
    """A sign for what has risen (`by` above 0) or fallen, with how far unless `text` says more."""
    arrow = "▲" if by > 0 else "▼"
    return Sign(text=text or f"{arrow}{abs(by):g}", tone="up" if by > 0 else "down")


def folded(signs: Mapping[str, Sign], holder: Holder) -> dict[str, Sign]:
    """Of the signs of people who are not drawn, how many of each each mark hides. O(signs · depth)."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for id_, sign in signs.items():
        mark = holder(id_)
        if mark is not None:
            counts[mark][_kind(sign)] += 1
    return {mark: _together(count) for mark, count in counts.items()}


def _kind(sign: Sign) -> str:
    """What a sign says without how much."""
    first = sign.text[:1]
    return first if first in _ORDER else {"up": "▲", "down": "▼"}.get(sign.tone, "≠")


def _together(count: Counter[str]) -> Sign:
    said = [f"{kind}{count[kind]}" for kind in _ORDER if count[kind]]
    tones = {_TONES.get(kind, "other") for kind in count}
    return Sign(text=" ".join(said), tone=tones.pop() if len(tones) == 1 else "other")


def chips(view: View, before: Mapping[str, Row]) -> Holder:
    """The heads whose chip folds somebody away, on a chart of cards; `before`: rows of who is gone."""
    drawn = {node["id"] for node in view.nodes}
    rows = {**before, **{row["id"]: row for row in view.tables["people"]}}
    closed: dict[str | None, str] = {
        node["fold"]["key"]: node["id"]
        for node in view.nodes
        if node.get("fold") and not node["fold"]["open"]
    }

    def holder(id_: str) -> str | None:
        row = None if id_ in drawn else rows.get(id_)
        while row is not None:
            key = row.get("fold_key")
            if key in closed:
                return closed[key]
            row = rows.get(key or "")
        return None

    return holder


def groups(view: View, everybody: Group, position: Mapping[str, int]) -> Holder:
    """The closed groups that hold somebody, on a map of a large account. O(depth · log people) each."""
    drawn = {node["id"] for node in view.nodes}
    closed = {node["id"] for node in view.nodes if node["kind"] == "group" and not node["fold"]["open"]}

    def holder(id_: str) -> str | None:
        place = position.get(id_)
        if place is None or id_ in drawn:
            return None
        way = (key for key in way_to(everybody, place) if key in closed)
        return next(way, REST if REST in closed else None)

    return holder
