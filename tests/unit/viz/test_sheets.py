"""Answers as pictures: of the demo, in both languages, each drawn whole and told in tables."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from examples.make_demo import FILE
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.on_files import graph_of_files
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.features.views.answers import DRAW
from graphsvc.features.views.schemas import ViewQuery
from graphsvc.features.views.service import OF_STORES, view, view_of_graph
from graphsvc.stores.port import GraphStore, Scope
from models.enums import ViewName
from models.findings.views import View
from models.graph import AccountGraph
from queries.rules import DEFAULT_RULES
from tests.stores import sqlite_store
from viz.sheets.sheet import heat
from viz.svg import svg_of
from viz.theme import TONES

DAY = date(2026, 11, 21)
ASKED, NOW = ViewQuery.model_validate({"on": DAY}), ViewQuery.model_validate({})
SVG = "{http://www.w3.org/2000/svg}"
BOTH = pytest.mark.parametrize("lang", ["en", "zh"])


@pytest.fixture(scope="module")
def demo() -> AccountGraph:
    file = SourceFile(FILE.name, FILE.read_bytes())
    return graph_of_files([file], ImportOptions(today=DAY), "jichuan").graph


@pytest.fixture
async def store(tmp_path: Any) -> AsyncIterator[GraphStore]:
    async with sqlite_store(tmp_path) as opened:
        yield opened


def check(seen: View, lang: str) -> list[str]:
    """The words of a sheet's picture, which holds all its marks within its bounds and in its tones."""
    ids = [node["id"] for node in seen.nodes]
    assert len(ids) == len(set(ids))
    assert {mark["tone"] for mark in (*seen.nodes, *seen.edges)} <= TONES.keys()
    for node in seen.nodes:
        assert seen.bounds["x0"] <= node["x"] - node["w"] / 2
        assert node["x"] + node["w"] / 2 <= seen.bounds["x1"]
        assert seen.bounds["y0"] <= node["y"] - node["h"] / 2
        assert node["y"] + node["h"] / 2 <= seen.bounds["y1"]
    for name, table in seen.texts["tables"].items():
        keys = {key for key, _ in table["columns"]}
        assert all(row.keys() == keys for row in seen.tables[name])
    json.dumps(seen.model_dump(mode="json"))
    root = ElementTree.fromstring(svg_of(seen, lang=lang))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "rect", "circle", "path", "text"}
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@BOTH
@pytest.mark.parametrize("name", DRAW)
def test_an_answer_is_drawn_and_told(demo: AccountGraph, name: ViewName, lang: str) -> None:
    query = ViewQuery.model_validate({"on": DAY, "opportunity_id": "energy-platform"})
    seen = view_of_graph(demo, name, query, lang)
    said = " ".join(check(seen, lang))
    assert len(seen.nodes) > 5
    assert seen.legend
    assert seen.tables["ties"]
    assert (name.zh if lang == "zh" else name.en) in said
    assert seen == view_of_graph(demo, name, query, lang)


def test_the_first_of_the_ranking_stands_first(demo: AccountGraph) -> None:
    seen = view_of_graph(demo, ViewName.RANKINGS, ASKED, "en")
    first = seen.tables["people"][0]
    assert first["rank"] == 1
    assert first["score"] == 100
    said = check(seen, "en")
    assert said.index("#1") < said.index(first["name"]) < said.index("#2")
    assert "#10" in said


def test_trust_is_the_sum_of_its_rows(demo: AccountGraph) -> None:
    seen = view_of_graph(demo, ViewName.TRUST, ASKED, "en")
    total = sum(row["points"] for row in seen.tables["ties"])
    assert f"trust {total:.0f} of 100" in seen.texts["subtitle"]


def test_every_picture_is_made_somehow() -> None:
    assert {*DRAW, *OF_STORES} == set(ViewName) - {ViewName.ORG_CHART, ViewName.INFLUENCE}


@pytest.mark.parametrize(
    ("points", "tone"), [(0, "heat0"), (1, "heat1"), (25, "heat2"), (50, "heat3"), (100, "heat4")]
)
def test_cells_are_warmer_by_quarters(points: float, tone: str) -> None:
    assert heat(points) == tone


@BOTH
async def test_pictures_of_what_a_store_alone_knows(store: GraphStore, lang: str) -> None:
    scope = Scope("test", dossiers=True)
    await import_files(store, scope, [SourceFile(FILE.name, FILE.read_bytes())], ImportOptions())
    seen = await view(store, scope, "jichuan", ViewName.CHANNEL_MAP, NOW, lang, DEFAULT_RULES)
    check(seen, lang)
    assert [node["id"] for node in seen.nodes if node["tone"] == "mark"] == ["jichuan"]
    changed = await view(store, scope, "jichuan", ViewName.DIFF, NOW, lang, DEFAULT_RULES)
    check(changed, lang)
    assert {node["tone"] for node in changed.nodes} == {"good", "plain"}
    plain = Scope("test", personal=False)
    less = await view(store, plain, "jichuan", ViewName.DIFF, NOW, lang, DEFAULT_RULES)
    assert len(less.tables["people"]) < len(changed.tables["people"])
