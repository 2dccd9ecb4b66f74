"""Accounts of many people, of several shapes, and what must be true of every picture of one."""

from __future__ import annotations

import random
from datetime import date
from functools import cache
from typing import Any

from models.enums import EdgeKind, Function, Level, NodeKind
from models.findings.views import View
from models.graph import AccountGraph
from queries.influence.ranking import influence_standings
from queries.strength.table import strength_table
from tests.invented import Invented
from tests.unit.viz.shapes import card_box, faults_of_map, overlapping, panel_box
from viz.views.big.chart import grouped_chart
from viz.views.big.grouping import Group
from viz.views.big.map import grouped_map

DAY = date(2026, 11, 21)
PEOPLE = 2_300
SHAPES = ("flat departments", "deep departments", "lines alone", "ties alone", "nothing", "one chain")


@cache
def crowd(shape: str) -> AccountGraph:
    """An account of `PEOPLE` people; some have left, a few have neither department nor boss."""
    dice, records = random.Random(7), Invented("crowd")
    records._add(NodeKind.MEMBER, id="ours", name="Our Own")
    units = {"flat departments": 400, "deep departments": 24}.get(shape, 0)
    for place in range(units):
        parent = f"u{(place - 1) // 3}" if place and shape.startswith("deep") else None
        function = list(Function)[place % len(Function)]
        records.department(f"u{place}", function, parent_id=parent)
    for place in range(PEOPLE):
        status = "left" if place % 100 == 99 else "active"
        records.contact(f"p{place:04}", name=f"人{place}", status=status)
        _stand(records, shape, place, units)
        if place % 50 == 0:
            records.edge(EdgeKind.KNOWS, "ours", f"p{place:04}")
    for number in range(PEOPLE * 2 if shape in ("ties alone", "flat departments") else 100):
        one = dice.randrange(PEOPLE - 30)
        other = one - one % 40 + dice.randrange(40) if dice.random() < 0.95 else dice.randrange(PEOPLE - 30)
        if one != other:
            records.influences(f"p{one:04}", f"p{other:04}", round(dice.random(), 2), id=f"i{number}")
    return records.graph()


def _stand(records: Invented, shape: str, place: int, units: int) -> None:
    """A seat, a boss, or neither."""
    id_ = f"p{place:04}"
    if units and place % 40:
        level = Level.MANAGEMENT if place % 20 == 1 else Level.OPERATIONAL
        records.edge(EdgeKind.WORKS_IN, id_, f"u{place % units}", level=level)
    if shape == "one chain" and place:
        records.reports(id_, f"p{place - 1:04}")
    elif shape == "lines alone" and place % 23:
        records.reports(id_, f"p{place - 1 - (place - 1) % 4 - (place % 23 > 12) * 4:04}")
    elif units and place % 3 == 0 and place > 9:
        records.reports(id_, f"p{place // 9:04}")


def drawn(shape: str, name: str, lang: str = "en", **asked: Any) -> View:
    """The grouped org chart ("chart") or influence map ("map") of a crowd."""
    graph = crowd(shape)
    draw = {"chart": grouped_chart, "map": grouped_map}[name]
    return draw(
        graph,
        on=DAY,
        standings=influence_standings(graph, on=DAY),
        strengths=strength_table(graph, on=DAY),
        lang=lang,
        **asked,
    )


def groups_of(group: Group) -> list[Group]:
    """A group and all in it."""
    found = [group]
    for one in found:
        found.extend(one.inside)
    return found


def faults(view: View) -> list[str]:
    """What overlaps on a grouped picture, or sticks out of its panel; empty if nothing."""
    if view.view == "influence":
        return faults_of_map(view)
    cards = [(node["id"], card_box(node)) for node in view.nodes]
    found = [f"cards {one} and {other} overlap" for one, other in overlapping(cards)]
    panels = {panel["key"]: (panel_box(panel), panel["depth"]) for panel in view.panels}
    for one, (box, depth) in panels.items():
        for other, (second, deep) in panels.items():
            if one < other and depth == deep and box.overlaps(second):
                found.append(f"panels {one} and {other} overlap")
    for id_, box in cards:
        for key, (panel, _) in panels.items():
            if box.overlaps(panel) and not _inside(box, panel):
                found.append(f"{id_} sticks out of {key}")
        found += [f"{id_} lies outside"] * (not _inside(box, panel_box(view.bounds)))
    return found


def _inside(box: Any, other: Any) -> bool:
    return bool(other.x0 <= box.x0 and box.x1 <= other.x1 and other.y0 <= box.y0 and box.y1 <= other.y1)


def told(view: View) -> int:
    """How many people a picture accounts for: those drawn, and those of closed groups."""
    closed = [node for node in view.nodes if node["kind"] == "group" and not node["fold"]["open"]]
    alone = [node for node in view.nodes if node["kind"] in ("card", "person")]
    return len(alone) + sum(node["people"] for node in closed)
