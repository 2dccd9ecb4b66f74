"""Views as SVG files: well-formed, whole, escaped, arrows that end at the circles."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest

from models.findings.views import View
from tests.invented import Invented
from tests.sample_org import DAY
from tests.unit.viz.test_influence_map import drawn
from tests.unit.viz.test_org_chart import chart
from viz.svg import svg_of
from viz.svg.canvas import text
from viz.svg.map import tie
from viz.texts import texts
from viz.views.influence_map import influence_map
from viz.views.org_chart import org_chart

SVG = "{http://www.w3.org/2000/svg}"
PAYLOADS = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b", "]]>", "'><!--")


def words(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("view", [chart("zh", "all"), chart("en"), drawn("zh"), drawn("en")])
def test_a_picture_is_well_formed_and_says_every_name(view: View) -> None:
    svg = svg_of(view, lang=view.lang)
    said = " ".join(words(svg))
    for node in view.nodes:
        assert node["name"][:6] in said
    for row in view.legend:
        assert row.label in said
    for panel in view.panels:
        assert panel["label"] in said
    assert texts(view.lang).day(DAY) in said


@pytest.mark.parametrize("view", [chart("zh", "all"), drawn("en")])
def test_every_person_is_a_picture_with_a_label(view: View) -> None:
    root = ElementTree.fromstring(svg_of(view, lang=view.lang))
    labels = [group.get("aria-label") or "" for group in root.iter(f"{SVG}g") if group.get("role") == "img"]
    assert len(labels) == len(view.nodes)
    assert all(any(label.startswith(node["name"]) for label in labels) for node in view.nodes)
    assert root.get("role") == "img"


def test_title_and_filters_are_printed() -> None:
    svg = svg_of(chart("en"), lang="en", title="Acme & Co", filters="hidden: neutral")
    assert words(svg)[0] == "Acme & Co · Org chart"
    assert words(svg)[1].endswith("as of 21 Nov 2026 · hidden: neutral")


def test_nothing_is_loaded_and_nothing_runs() -> None:
    for view in (chart("zh"), drawn("zh")):
        svg = svg_of(view, lang="zh")
        assert not re.search(r"<(script|image|foreignObject|use|a|style)\b|href|url\(|\bon\w+=", svg)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_names_stay_text(payload: str) -> None:
    records = Invented().contact("a", name=payload).contact("b", name="B").reports("b", "a")
    graph = records.influences("a", "b", 0.5).graph()
    for view in (org_chart(graph, on=DAY), influence_map(graph, on=DAY)):
        root = ElementTree.fromstring(svg_of(view, lang="en", title=payload))
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "g", "rect", "circle", "path", "text"}


def test_characters_xml_cannot_hold_are_left_out() -> None:
    assert text("a\x00b\ud800c\ufffed", 0, 0, 10, "#000").endswith(">abcd</text>")


def test_arrows_end_at_the_rim_of_the_circle() -> None:
    view = drawn("en")
    nodes = {node["id"]: node for node in view.nodes}
    for edge in view.edges:
        if edge["arrows"]["to"]["enabled"]:
            head = re.findall(r'd="M([\d.-]+) ([\d.-]+)L', tie(edge, nodes))[-1]
            end = nodes[edge["to"]]
            apart = math.dist((float(head[0]), float(head[1])), (end["x"], end["y"]))
            assert apart == pytest.approx(end["r"] + 3, abs=0.6)


def test_an_empty_account_is_a_picture_too() -> None:
    for view in (org_chart(Invented().graph(), on=DAY), influence_map(Invented().graph(), on=DAY)):
        assert words(svg_of(view, lang="en"))[0].startswith("Acme")
