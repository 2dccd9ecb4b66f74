"""Two hundred organisations of any shape: nothing overlaps, nobody is lost, nothing moves by itself."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.viz.shapes import faults_of_chart, faults_of_map, random_org
from viz.views.choice import MOST_PEOPLE
from viz.views.influence_map import influence_map
from viz.views.org_chart import org_chart

DAY = date(2026, 11, 21)
BATCHES = [range(start, start + 25) for start in range(0, 200, 25)]


@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: f"seeds-{seeds.start}")
def test_no_card_overlaps_and_nobody_is_lost(seeds: range) -> None:
    for seed in seeds:
        graph = random_org(seed)
        whole = org_chart(graph, on=DAY, lang="en", unfold="all")
        assert not faults_of_chart(whole), seed
        assert {node["id"] for node in whole.nodes} == set(graph.contacts.ids)
        folded = org_chart(graph, on=DAY, lang="zh", unfold="")
        assert not faults_of_chart(folded), seed
        hidden = sum(
            node["fold"]["count"] for node in folded.nodes if node["fold"] and not node["fold"]["open"]
        )
        assert len(folded.nodes) + hidden == len(graph.contacts), seed


@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: f"seeds-{seeds.start}")
def test_no_label_covers_a_circle_or_a_label(seeds: range) -> None:
    for seed in seeds:
        graph = random_org(seed)
        view = influence_map(graph, on=DAY, lang="zh" if seed % 2 else "en")
        assert not faults_of_map(view), seed
        assert sum(node["kind"] == "person" for node in view.nodes) <= MOST_PEOPLE


@pytest.mark.parametrize("seed", [4, 30, 83])
def test_the_same_data_gives_the_same_picture(seed: int) -> None:
    for draw in (org_chart, influence_map):
        one, other = (draw(random_org(seed), on=DAY, lang="zh").model_dump_json() for _ in range(2))
        assert one == other
