"""The org chart of the sample organisation: who stands where, what folds, what cards say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from models.enums import EdgeKind, Level, Line
from models.findings.views import View
from queries.influence.ranking import rank_influencers
from queries.strength.table import tie_strengths
from tests.invented import Invented
from tests.real_data import krackhardt
from tests.sample_org import DAY, DEAL, sample_org
from tests.unit.viz.shapes import card_box, faults_of_chart, panel_box
from viz.layout.boxes import fit_scale
from viz.views.org_chart import org_chart


@cache
def chart(lang: str = "en", unfold: str | None = None) -> View:
    graph = sample_org()
    ranking = rank_influencers(graph, on=DAY, opportunity_id=DEAL)
    strengths = tie_strengths(graph, on=DAY)
    return org_chart(
        graph, on=DAY, ranking=ranking, strengths=strengths, lang=lang, opportunity_id=DEAL, unfold=unfold
    )


def cards(view: View) -> Mapping[str, dict[str, Any]]:
    return {node["id"]: node for node in view.nodes}


def scale(view: View) -> float:
    return fit_scale(view.bounds["x1"] - view.bounds["x0"], view.bounds["y1"] - view.bounds["y0"])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("unfold", [None, "all", "", "h-prod", "h-it,vp-ops,nobody"])
def test_nothing_overlaps(lang: str, unfold: str | None) -> None:
    assert not faults_of_chart(chart(lang, unfold))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_first_view_is_readable_on_the_smallest_screen(lang: str) -> None:
    assert scale(chart(lang)) >= 0.55  # names of 20 units are then 11 pixels


def test_reports_stand_below_their_boss() -> None:
    at = cards(chart(unfold="all"))
    for node in at.values():
        if node["parent"]:
            assert at[node["parent"]]["y"] <= node["y"]


def test_the_only_report_without_people_of_his_own_unit_stands_beside_the_boss() -> None:
    at = cards(chart(unfold="all"))
    assert at["staff"]["y"] == at["gm"]["y"]


def test_departments_are_panels_around_their_people() -> None:
    view = chart(unfold="all")
    at = cards(view)
    panels = {panel["key"]: panel_box(panel) for panel in view.panels if panel["count"] > 2}
    for person, unit in (("h-prod", "prod"), ("prod-7", "prod"), ("qa-6", "qa"), ("it-1", "it")):
        box = card_box(at[person])
        assert panels[unit].overlaps(box)
        assert not any(panel.overlaps(box) for key, panel in panels.items() if key != unit)


def test_chips_count_who_is_folded_away() -> None:
    view = chart()
    assert len(view.nodes) + sum(n["fold"]["count"] for n in view.nodes if n["fold"]) == len(
        sample_org().contacts
    )
    assert cards(view)["h-prod"]["fold"] == {"key": "h-prod", "count": 7, "keys": 0, "open": False}


def test_hidden_influencers_are_in_the_first_view_with_the_way_to_them() -> None:
    at = cards(chart())
    assert at["equip-1"]["hidden"]
    assert at["equip-1"]["parent"] in at


def test_unfolding_a_head_shows_its_people_and_can_be_taken_back() -> None:
    at = cards(chart(unfold="h-prod"))
    assert {f"prod-{place}" for place in range(1, 8)} <= at.keys()
    assert at["h-prod"]["fold"] == {"key": "h-prod", "count": 7, "keys": 0, "open": True}
    assert "fin-1" not in at


def test_the_table_has_everybody_and_says_what_to_unfold() -> None:
    rows = {row["id"]: row for row in chart().tables["people"]}
    assert rows.keys() == set(sample_org().contacts.ids)
    assert rows["prod-1"]["shown"] is False
    assert "prod-1" in cards(chart(unfold=rows["prod-1"]["fold_key"]))


def test_people_of_the_top_of_the_ranking_carry_a_badge() -> None:
    assert sorted(node["rank"] for node in chart(unfold="all").nodes if node["badge"]) == [1, 2, 3, 4, 5]


def test_a_dotted_line_goes_to_the_second_boss() -> None:
    dotted = {
        (edge["from"], edge["to"]) for edge in chart(unfold="all").edges if edge["key"] == "edge:dotted"
    }
    assert dotted == {("h-prod", "equip-7"), ("cfo", "tom")}


def test_who_left_hangs_last_under_the_last_boss_in_the_last_job() -> None:
    at = cards(chart("zh", "all"))
    assert at["gone"]["left"]
    assert (at["gone"]["parent"], at["gone"]["job"]) == ("h-equip", "备件主管")
    columns = [(node["x"], node["y"]) for node in at.values() if node["parent"] == "h-equip"]
    assert max(columns) == (at["gone"]["x"], at["gone"]["y"])


def test_who_has_neither_job_nor_boss_is_in_the_tray() -> None:
    view = chart(unfold="all")
    tray = next(panel for panel in view.panels if panel["key"] == "unplaced")
    assert (tray["label"], tray["count"]) == ("Unplaced", 1)
    assert panel_box(tray).overlaps(card_box(cards(view)["helen"]))


def test_cards_speak_the_language() -> None:
    english, chinese = cards(chart("en"))["gm"], cards(chart("zh"))["gm"]
    assert (english["name"], english["other_name"]) == ("Meng Huaishan", "孟怀山")
    assert (chinese["name"], chinese["other_name"]) == ("孟怀山", "Meng Huaishan")
    assert (english["job"], chinese["job"]) == ("General Manager", "总经理")
    assert (english["role_label"], chinese["role_label"]) == ("Decides", "决策")
    assert (english["owner"], chinese["owner"]) == ("LL", "林兰")
    assert english["search"] == "meng-huai-shan mhs"


def test_unknown_attitude_and_not_met_are_two_marks() -> None:
    at = cards(chart(unfold="all"))
    assert at["equip-1"]["attitude"] is None
    assert {"attitude:unknown", "mark:not_met"} <= set(at["equip-1"]["keys"])
    assert (at["vp-tech"]["met"], at["vp-tech"]["attitude"]) == (False, -1)
    assert (at["prod-3"]["met"], at["prod-3"]["attitude"]) == (True, None)


def test_the_legend_counts_what_is_on_screen() -> None:
    view = chart(unfold="all")
    counts = {row.key: row.count for row in view.legend}
    attitudes = sum(count for key, count in counts.items() if key.startswith("attitude:"))
    assert attitudes == len(view.nodes)
    assert counts["edge:reports_to"] + counts["edge:dotted"] == len(view.edges)
    assert counts["mark:left"] == counts["mark:placeholder"] == 1


def test_a_new_ranking_moves_no_card() -> None:
    bare = org_chart(sample_org(), on=DAY, lang="en", unfold="all")
    at = cards(chart(unfold="all"))
    assert {n["id"]: (n["x"], n["y"]) for n in bare.nodes} == {i: (n["x"], n["y"]) for i, n in at.items()}


def test_krackhardts_managers() -> None:
    view = org_chart(krackhardt(), on=DAY, lang="en")
    assert len(view.nodes) == 21
    assert not faults_of_chart(view)
    assert scale(view) >= 0.55


def test_nobody_and_one_person() -> None:
    empty = org_chart(Invented().graph(), on=DAY)
    assert (empty.nodes, empty.edges, empty.panels) == ([], [], [])
    one = org_chart(Invented().contact("ana").graph(), on=DAY)
    assert [panel["key"] for panel in one.panels] == ["unplaced"]


def test_a_boss_of_two_hundred_has_several_columns() -> None:
    records = Invented().contact("boss", Level.DECISION)
    for place in range(200):
        records.contact(f"r{place:03}", Level.OPERATIONAL).reports(f"r{place:03}", "boss")
    view = org_chart(records.graph(), on=DAY, unfold="all")
    assert not faults_of_chart(view)
    assert 8 <= len({node["x"] for node in view.nodes if node["parent"]}) <= 25


def test_a_chain_of_command_of_twelve() -> None:
    records = Invented().contact("p00", Level.DECISION)
    for place in range(1, 13):
        records.contact(f"p{place:02}", Level.MANAGEMENT).reports(f"p{place:02}", f"p{place - 1:02}")
    view = org_chart(records.graph(), on=DAY)
    assert not faults_of_chart(view)
    heights = [node["y"] for node in sorted(view.nodes, key=lambda node: node["id"])]
    assert heights == sorted(heights)
    assert len(set(heights)) == 13


def test_a_former_boss_who_now_reports_to_the_one_who_left_makes_no_circle() -> None:
    records = Invented().contact("a", status="left").contact("b")
    records.reports("a", "b", until="2026-01-01").reports("b", "a", since="2026-02-01")
    view = org_chart(records.graph(), on=DAY)
    assert {node["id"] for node in view.nodes} == {"a", "b"}
    assert len(view.edges) == 1


def test_lines_of_another_day_are_not_drawn() -> None:
    records = Invented().contact("a").contact("b").reports("a", "b", since="2027-01-01")
    records.edge(EdgeKind.REPORTS_TO, "b", "a", line=Line.DOTTED, until="2026-11-21")
    assert org_chart(records.graph(), on=DAY).edges == []
