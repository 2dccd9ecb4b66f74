"""The demo account's maps: no overlaps, and readable on the smallest screen."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.on_files import graph_of_files
from graphsvc.features.imports.tables import SourceFile
from models.findings.views import View
from models.graph import AccountGraph
from queries.chains.best import decision_chains
from queries.influence.ranking import rank_influencers
from queries.strength.table import tie_strengths
from tests.unit.viz.shapes import faults_of_chart, faults_of_map, name_pixels
from viz.layout.boxes import fit_scale
from viz.views.influence_map import influence_map
from viz.views.org_chart import org_chart

DAY = date(2026, 11, 21)
DEMO = Path(__file__).parents[3] / "examples" / "demo.json"
DEALS = ("smart-line-2", "energy-platform", "line-1", None)


@cache
def demo() -> AccountGraph:
    file = SourceFile(DEMO.name, DEMO.read_bytes())
    return graph_of_files([file], ImportOptions(today=DAY), "jichuan").graph


def scale(view: View) -> float:
    return fit_scale(view.bounds["x1"] - view.bounds["x0"], view.bounds["y1"] - view.bounds["y0"])


@pytest.mark.parametrize("deal", DEALS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_org_chart(deal: str | None, lang: str) -> None:
    ranking = rank_influencers(demo(), on=DAY, opportunity_id=deal)
    for unfold in (None, "all", ""):
        view = org_chart(demo(), on=DAY, ranking=ranking, lang=lang, opportunity_id=deal, unfold=unfold)
        assert not faults_of_chart(view)
        if unfold != "all":
            assert scale(view) >= 0.55  # names are then 11 pixels


@pytest.mark.parametrize("deal", DEALS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_influence_map(deal: str | None, lang: str) -> None:
    view = influence_map(
        demo(),
        on=DAY,
        ranking=rank_influencers(demo(), on=DAY, opportunity_id=deal),
        strengths=tie_strengths(demo(), on=DAY),
        chains=decision_chains(demo(), on=DAY, opportunity_id=deal),
        lang=lang,
        opportunity_id=deal,
    )
    assert not faults_of_map(view)
    assert name_pixels(view) >= 11
