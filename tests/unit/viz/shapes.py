"""Random organisations of any shape, and what must be true of every picture of one."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

from models.enums import EdgeKind, Function, Level, Line, NodeKind, Polarity
from models.findings.views import View
from models.graph import AccountGraph
from tests.invented import Invented
from viz.layout.boxes import Box, Circle, fit_scale
from viz.theme import NAME_SIZE

NAMES = ("欧阳靖雨", "李明", "Tom", "Anna-Maria van den Heuvel-Oosterhout", "王建", "?", "司徒婉清", "Ng")
JOBS = (
    None,
    "部长 Head",
    "Senior Vice President for Everything Under the Sun",
    "操作工",
    "高级可靠性与可维护性工程师",
)
SIZES = (0, 1, 2, 3, 8, 20, 45, 70, 130)


def random_org(seed: int) -> AccountGraph:
    """An organisation of several roots, deep and flat parts, split departments, and all kinds of ties."""
    dice = random.Random(seed)
    records = Invented("random")
    units = [f"u{place}" for place in range(dice.randint(1, 9))]
    for place, unit in enumerate(units):
        parent = units[place - 1] if place and dice.random() < 0.3 else None
        records.department(unit, dice.choice(list(Function)), parent_id=parent)
    people = [f"p{place:03}" for place in range(dice.choice(SIZES))]
    reach, lonely = dice.choice([1, 3, 12, 1000]), dice.choice([0.02, 0.3, 1.0])
    for place, person in enumerate(people):
        status = "left" if dice.random() < 0.05 else "active"
        records.contact(person, name=dice.choice(NAMES), status=status, placeholder=dice.random() < 0.05)
        if dice.random() < 0.85:
            level = dice.choice([None, *Level])
            records.edge(EdgeKind.WORKS_IN, person, dice.choice(units), title=dice.choice(JOBS), level=level)
        if place and dice.random() > lonely:
            records.reports(person, people[dice.randrange(max(0, place - reach), place)])
        if place > 1 and dice.random() < 0.05:
            records.reports(person, people[dice.randrange(place)], line=Line.DOTTED, id=f"dotted-{person}")
    _tie(records, people, dice)
    return records.graph()


def _tie(records: Invented, people: list[str], dice: random.Random) -> None:
    for number in range(int(len(people) * dice.choice([0, 0.5, 1.5, 3]))):
        if len(people) < 2:
            break
        one, other = dice.sample(people, 2)
        match dice.randrange(4):
            case 0:
                records.bond(one, other, polarity=dice.choice(list(Polarity)), id=f"b{number}")
            case 1:
                records.messages(one, other, dice.randint(1, 50), id=f"m{number}")
            case _:
                records.influences(one, other, round(dice.random(), 2), id=f"i{number}")
    records._add(NodeKind.COMPETITOR, id="firm", name="Firm")
    for number in range(dice.randint(0, 12)):
        records._add(NodeKind.MEMBER, id=f"our{number}", name=dice.choice(NAMES), title=dice.choice(JOBS))
        records._add(NodeKind.RIVAL, id=f"rival{number}", name=dice.choice(NAMES), competitor_id="firm")
        for person in dice.sample(people, min(len(people), 4)):
            records.edge(EdgeKind.KNOWS, f"our{number}", person)
            records.edge(EdgeKind.COURTS, f"rival{number}", person, strength=dice.randint(0, 100))


def overlapping(boxes: list[tuple[str, Box]]) -> list[tuple[str, str]]:
    """Pairs of boxes that meet. O(n log n + pairs side by side)."""
    found, order = [], sorted(boxes, key=lambda item: item[1].x0)
    for place, (one, box) in enumerate(order):
        for other, next_box in order[place + 1 :]:
            if next_box.x0 >= box.x1:
                break
            if box.overlaps(next_box):
                found.append((one, other))
    return found


def name_pixels(view: View) -> float:
    """How tall names of an influence map are when all of it is on the smallest screen."""
    box = panel_box(view.bounds)
    return NAME_SIZE * float(view.nodes[0]["label"]["grown"]) * fit_scale(box.width, box.height)


def card_box(node: dict[str, Any]) -> Box:
    return Box(node["x"], node["y"], node["x"], node["y"])._replace(
        x0=node["x"] - node["w"] / 2,
        x1=node["x"] + node["w"] / 2,
        y0=node["y"] - node["h"] / 2,
        y1=node["y"] + node["h"] / 2,
    )


def panel_box(row: dict[str, Any]) -> Box:
    return Box(row["x0"], row["y0"], row["x1"], row["y1"])


def label_box(node: dict[str, Any]) -> Box:
    label = node["label"]
    return Box(label["x"], label["y"], label["x"] + label["w"], label["y"] + label["h"])


def faults_of_chart(view: View) -> list[str]:
    """What is wrong with the places of an org chart; empty if nothing."""
    cards = [(node["id"], card_box(node)) for node in view.nodes]
    faults = [f"cards {one} and {other} overlap" for one, other in overlapping(cards)]
    panels = [(f"{place}", panel_box(panel)) for place, panel in enumerate(view.panels)]
    faults += [f"panels {one} and {other} overlap" for one, other in overlapping(panels)]
    unit = {node["id"]: node["department"] for node in view.nodes}
    bounds = panel_box(view.bounds)
    for id_, box in cards:
        faults += [f"{id_} lies outside the bounds"] * (not _inside(box, bounds))
        for panel in view.panels:
            inside = box.overlaps(panel_box(panel))
            if inside and not _inside(box, panel_box(panel)):
                faults.append(f"{id_} sticks out of the panel {panel['key']}")
            if inside and panel["key"] != "unplaced" and unit[id_] is None:
                faults.append(f"{id_} is in the panel {panel['key']} without a department")
    for edge in view.edges:
        straight = all(x0 == x1 or y0 == y1 for (x0, y0), (x1, y1) in pairwise(edge["points"]))
        faults += [f"the line {edge['id']} runs askew"] * (not straight)
    return faults


def faults_of_map(view: View) -> list[str]:
    """What is wrong with the places of an influence map; empty if nothing."""
    circles = [(node["id"], Circle(node["x"], node["y"], node["r"])) for node in view.nodes]
    labels = [(node["id"], label_box(node)) for node in view.nodes]
    faults = [f"labels {one} and {other} overlap" for one, other in overlapping(labels)]
    for id_, label in labels:
        faults += [f"label {id_} covers {other}" for other, circle in circles if circle.overlaps(label)]
        faults += [f"label {id_} lies outside"] * (not _inside(label, panel_box(view.bounds)))
    for place, (one, circle) in enumerate(circles):
        for other, next_circle in circles[place + 1 :]:
            apart = (circle.x - next_circle.x) ** 2 + (circle.y - next_circle.y) ** 2
            if apart < (circle.r + next_circle.r) ** 2:
                faults.append(f"circles {one} and {other} overlap")
    return faults


def _inside(box: Box, other: Box) -> bool:
    return other.x0 <= box.x0 and box.x1 <= other.x1 and other.y0 <= box.y0 and box.y1 <= other.y1
