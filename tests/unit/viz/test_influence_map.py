"""The influence map of the sample organisation: bands, columns, chain, ties, what is left out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from models.enums import EdgeKind, Level, NodeKind, Step
from models.findings.views import View
from queries.chains.best import decision_chains
from queries.influence.ranking import rank_influencers
from queries.strength.table import strength_table, tie_strengths
from tests.invented import Invented
from tests.real_data import krackhardt
from tests.sample_org import DAY, DEAL, sample_org
from tests.unit.viz.shapes import faults_of_map, name_pixels
from viz.layout.boxes import fit_scale
from viz.layout.curves import Bend, via_point
from viz.views.influence_map import influence_map


@cache
def drawn(lang: str = "en") -> View:
    graph = sample_org()
    return influence_map(
        graph,
        on=DAY,
        ranking=rank_influencers(graph, on=DAY, opportunity_id=DEAL),
        strengths=tie_strengths(graph, on=DAY),
        chains=decision_chains(graph, on=DAY, opportunity_id=DEAL),
        lang=lang,
        opportunity_id=DEAL,
        step=Step.EVALUATE,
    )


def marks(view: View) -> Mapping[str, dict[str, Any]]:
    return {node["id"]: node for node in view.nodes}


def scale(view: View) -> float:
    return fit_scale(view.bounds["x1"] - view.bounds["x0"], view.bounds["y1"] - view.bounds["y0"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_overlaps_and_names_are_readable_on_the_smallest_screen(lang: str) -> None:
    assert not faults_of_map(drawn(lang))
    assert name_pixels(drawn(lang)) >= 11


def test_sixty_people_are_readable_too() -> None:
    records = Invented()
    for place in range(90):
        level = (Level.DECISION, Level.MANAGEMENT, Level.OPERATIONAL)[min(place // 8, 2)]
        records.contact(f"p{place:02}", level, name="Alexandra Featherstonehaugh")
    for place in range(90):
        records.influences(f"p{place:02}", f"p{place // 3:02}" if place else "p01", 0.5)
    view = influence_map(records.graph(), on=DAY)
    assert sum(node["kind"] == "person" for node in view.nodes) == 60
    assert view.summary["not_shown"]["people"] == 30
    assert not faults_of_map(view)
    assert name_pixels(view) >= 11


def test_levels_are_bands_from_the_decision_level_down() -> None:
    view = drawn()
    assert [panel["key"] for panel in view.panels] == [
        "level:decision",
        "level:management",
        "level:operational",
    ]
    for node in view.nodes:
        if node["kind"] == "person":
            band = next(panel for panel in view.panels if panel["key"] == f"level:{node['level']}")
            assert band["y0"] < node["y"] < band["y1"]


def test_ours_stand_left_and_the_competitors_right_of_all_people() -> None:
    view = drawn()
    across = {kind: [n["x"] for n in view.nodes if n["kind"] == kind] for kind in ("ours", "person", "rival")}
    assert max(across["ours"]) < min(across["person"])
    assert max(across["person"]) < min(across["rival"])


def test_the_map_lights_the_most_probable_chain_to_who_decides() -> None:
    view = drawn()
    chains = decision_chains(sample_org(), on=DAY, opportunity_id=DEAL)
    best = max((chain for chain in chains.items if chain.rank == 1), key=lambda chain: chain.probability)
    steps = sorted((edge for edge in view.edges if edge["chain"] is not None), key=lambda edge: edge["chain"])
    assert [edge["chain"] for edge in steps] == list(range(len(best.steps)))
    assert [steps[0]["from"], *(edge["to"] for edge in steps)] == best.path
    assert [marks(view)[id_]["chain"] for id_ in best.path] == list(range(1, len(best.path) + 1))
    assert view.summary["chain"]["path"] == best.path
    assert view.summary["chain"]["names"][-1] == marks(view)[best.path[-1]]["name"]


def test_an_influence_has_the_sign_of_what_its_source_thinks_of_us() -> None:
    edges = {(edge["from"], edge["to"]): edge for edge in drawn().edges if edge["kind"] == "influences"}
    assert edges["h-it", "vp-tech"]["key"] == "edge:influences:-1"
    assert edges["h-it", "vp-tech"]["dashes"]
    assert edges["h-prod", "vp-ops"]["key"] == "edge:influences:1"
    assert edges["equip-1", "gm"]["key"] == "edge:influences:0"


def test_a_conflict_counts_as_against() -> None:
    conflict = next(edge for edge in drawn().edges if edge["kind"] == "bond")
    assert (conflict["key"], conflict["sign"]) == ("edge:bond:-1", -1)


def test_of_our_ties_the_strongest_of_each_person_is_drawn_and_all_are_listed() -> None:
    view = drawn()
    known = [edge["to"] for edge in view.edges if edge["kind"] == "knows" and edge["chain"] is None]
    assert len(known) == len(set(known))
    listed = [row for row in view.tables["ties"] if row["kind"] == "knows"]
    assert len(listed) == len(sample_org().edges[EdgeKind.KNOWS])
    assert {row["id"] for row in view.tables["ties"] if row["shown"]} == {edge["id"] for edge in view.edges}


def test_strengths_may_come_as_a_table() -> None:
    graph = sample_org()
    one, other = (
        influence_map(graph, on=DAY, strengths=strengths, lang="en")
        for strengths in (tie_strengths(graph, on=DAY), strength_table(graph, on=DAY))
    )
    assert one == other


def test_curves_bend_as_the_browser_bends_them() -> None:
    view = drawn()
    at = marks(view)
    for edge in view.edges:
        start, end = at[edge["from"]], at[edge["to"]]
        bend = Bend(edge["smooth"]["type"] == "curvedCW", edge["smooth"]["roundness"])
        via = via_point((start["x"], start["y"]), (end["x"], end["y"]), bend)
        assert math.dist(via, edge["via"]) < 0.1


def test_the_size_of_a_circle_grows_with_the_score() -> None:
    people = sorted((n for n in drawn().nodes if n["kind"] == "person"), key=lambda n: n["score"])
    radii = [node["r"] for node in people]
    assert radii == sorted(radii)
    assert radii[-1] == 48


def test_the_summary_names_blockers_rivals_and_who_is_not_met() -> None:
    summary = drawn().summary
    assert {row["id"] for row in summary["against"][:3]} <= {"h-it", "cfo", "vp-tech", "h-proc"}
    assert [(row["from"], row["to"], row["strength"]) for row in summary["rival_ties"][:2]] == [
        ("bai", "vp-tech", 85),
        ("fang", "h-it", 85),
    ]
    assert "equip-1" in {row["id"] for row in summary["not_met"]}
    assert [row["rank"] for row in summary["top"]] == [1, 2, 3, 4, 5, 6]


def test_who_left_is_not_on_the_map() -> None:
    assert "gone" not in marks(drawn())


def test_the_texts_name_the_purchase_and_its_step() -> None:
    assert drawn("zh").texts["subtitle"].endswith("项目：二期智能产线 · 采购步骤：评估比较")
    assert drawn("en").texts["subtitle"].endswith("opportunity: Smart Line II · purchasing step: Evaluate")


def test_influences_of_another_purchase_are_left_out() -> None:
    records = Invented().opportunity("one").opportunity("two").contact("a").contact("b")
    records.influences("a", "b", 0.5, opportunity_id="two")
    graph = records.graph()
    assert influence_map(graph, on=DAY, opportunity_id="one").edges == []
    assert len(influence_map(graph, on=DAY, opportunity_id="two").edges) == 1


def test_both_directions_of_messages_are_one_line() -> None:
    records = Invented().contact("a").contact("b").messages("a", "b", 10).messages("b", "a", 10)
    (edge,) = influence_map(records.graph(), on=DAY).edges
    assert (edge["key"], edge["count"]) == ("edge:messages", 20)
    assert edge["weight"] == pytest.approx(1 - math.exp(-1))


def test_a_member_who_met_nobody_on_the_map_is_not_drawn() -> None:
    records = Invented().contact("a").contact("b").influences("a", "b")
    records._add(NodeKind.MEMBER, id="lone", name="Lone")
    assert {node["id"] for node in influence_map(records.graph(), on=DAY).nodes} == {"a", "b"}


def test_nobody_at_all() -> None:
    view = influence_map(Invented().graph(), on=DAY)
    assert (view.nodes, view.edges, view.panels) == ([], [], [])
    assert view.summary["chain"] is None


def test_krackhardts_managers() -> None:
    graph = krackhardt()
    chains = decision_chains(graph, on=DAY)
    view = influence_map(graph, on=DAY, ranking=rank_influencers(graph, on=DAY), chains=chains)
    assert sum(node["kind"] == "person" for node in view.nodes) == 21
    assert not faults_of_map(view)
