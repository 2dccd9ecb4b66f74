"""The same import gives the same answers, byte for byte, from every store and straight from the file."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from graphsvc.commands.demo import STORY
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.on_files import graph_of_files
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.samples import DEMO, sample
from graphsvc.stores.port import GraphStore, Scope
from models.enums import Attitude, ChainSource, Grade, Step
from models.findings.chains import Chains
from models.findings.influence import Ranking
from models.findings.strength import Strengths
from models.findings.whatif import WhatIf
from models.graph import AccountGraph
from models.measures import Measure
from models.whatif import Answered, Leave, NewAttitude, Tie
from queries.advice.answer import advice
from queries.approach.answer import approach
from queries.bosses.finding import probable_bosses
from queries.cadence.confirm import confirm_list
from queries.cadence.overdue import overdue
from queries.chains.best import decision_chains
from queries.complaints.finding import complaints
from queries.coverage.coverage import coverage
from queries.coverage.trust import trust
from queries.deals.deal import deal as purchase
from queries.forecast.forecast import forecast
from queries.influence.ranking import rank_influencers
from queries.keyplayers.smallest import smallest_set
from queries.positions.finding import position_trail, positions
from queries.relations.relations import relations
from queries.strength.table import tie_strengths
from queries.threats.finding import threats
from queries.week.account import account_week
from queries.week.answer import week
from queries.whatif.answer import what_if
from viz.svg import svg_of
from viz.views.influence_map import influence_map
from viz.views.org_chart import org_chart

SCOPE = Scope("tests", dossiers=True)
TODAY = date(2026, 3, 2)
OPTIONS = ImportOptions(today=TODAY)
SEQUENCES = {
    "provenance": True,
    "accounts": {"__all__": {"provenance"}},
    "forecast": {"provenance"},
    "advice": {"provenance"},
    "departures": {"__all__": {"provenance"}},
    **{side: {answer: {"provenance"} for answer in Answered} for side in ("before", "after")},
}
"""What says which state of a store was asked; an answer may hold others with theirs."""


def rankings_of(graph: AccountGraph, deal: str) -> dict[str, Ranking]:
    """At every step, by every measure, and one step against another."""
    steps = {
        f"ranking {step}": rank_influencers(graph, on=TODAY, opportunity_id=deal, step=step)
        for step in (None, *Step)
    }
    measures = {
        f"ranking {measure}": rank_influencers(graph, on=TODAY, measure=measure) for measure in Measure
    }
    moves = rank_influencers(
        graph, on=TODAY, opportunity_id=deal, step=Step.COMMIT, compare_step=Step.BREW, lang="zh"
    )
    return {**steps, **measures, "moves": moves}


def changed(graph: AccountGraph, deal: str) -> WhatIf:
    """Every answer before and after somebody left, a tie and an attitude."""
    return what_if(
        graph,
        changes=[
            Leave(kind="leave", member_id="gao-yuan"),
            Tie(kind="tie", member_id="lin-lan", contact_id="liang-wei", grade=Grade.TRUSTED),
            NewAttitude(
                kind="attitude", contact_id="liang-wei", opportunity_id=deal, attitude=Attitude.SUPPORTIVE
            ),
        ],
        answers=Answered,
        on=TODAY,
        opportunity_id=deal,
    )


def maps(
    graph: AccountGraph, deal: str, ranking: Ranking, strengths: Strengths, chains: Chains
) -> dict[str, BaseModel]:
    """Both maps in both languages."""
    return {
        f"{name} {lang}": view
        for lang in ("en", "zh")
        for name, view in (
            (
                "org chart",
                org_chart(graph, on=TODAY, ranking=ranking, strengths=strengths, lang=lang, unfold="all"),
            ),
            (
                "influence map",
                influence_map(
                    graph,
                    on=TODAY,
                    ranking=ranking,
                    strengths=strengths,
                    chains=chains,
                    lang=lang,
                    opportunity_id=deal,
                ),
            ),
        )
    }


def answers(graph: AccountGraph) -> dict[str, str]:
    """Everything that can be said of the demo's account on one day, as text."""
    deal = STORY.opportunity
    rankings = rankings_of(graph, deal)
    chains = {
        f"chains {source}": decision_chains(graph, on=TODAY, opportunity_id=deal, source=source)
        for source in (ChainSource.OURS, ChainSource.COMPETITOR)
    }
    strengths = tie_strengths(graph, on=TODAY)
    ranking = rankings["ranking brew"]
    views = maps(graph, deal, ranking, strengths, chains["chains ours"])
    trusts = {f"trust {step}": trust(graph, on=TODAY, step=step) for step in (None, Step.COMMIT)}
    rivals = {f"threats {asked}": threats(graph, on=TODAY, opportunity_id=asked) for asked in (None, deal)}
    found: dict[str, BaseModel] = {**rankings, **chains, **trusts, **rivals, "strengths": strengths, **views}
    found["relations"] = relations(graph, on=TODAY, opportunity_id=deal)
    found |= {f"coverage {asked}": coverage(graph, on=TODAY, opportunity_id=asked) for asked in (None, deal)}
    found |= {f"forecast {asked}": forecast(graph, on=TODAY, opportunity_id=asked) for asked in (None, deal)}
    found["smallest set"] = smallest_set(graph, on=TODAY, size=4)
    for lang in ("en", "zh"):
        found[f"week {lang}"] = week(
            [account_week(graph, "lin-lan", on=TODAY, lang=lang)], "lin-lan", "林澜", on=TODAY
        )
        found[f"advice {lang}"] = advice(graph, on=TODAY, lang=lang)
        found[f"deal {lang}"] = purchase(graph, opportunity_id=deal, on=TODAY, lang=lang)
        found[f"approach {lang}"] = approach(graph, contact_id="li-guoqiang", on=TODAY, lang=lang)
    found |= {"positions": positions(graph, on=TODAY), "trail": position_trail(graph, "sun-haitao", on=TODAY)}
    found["bosses"] = probable_bosses(graph, on=TODAY)
    found["what if"] = changed(graph, deal)
    found["complaints"] = complaints(graph, on=TODAY)
    found |= {"overdue": overdue(graph, on=TODAY), "confirm": confirm_list(graph, on=TODAY)}
    pictures = {f"{name} svg": svg_of(view, lang="en") for name, view in views.items()}
    return {name: answer.model_dump_json(exclude=SEQUENCES) for name, answer in found.items()} | pictures


def of_the_file() -> dict[str, str]:
    """The answers straight from the demo's file."""
    demo = SourceFile(sample(DEMO).name, sample(DEMO).read_bytes())
    return answers(graph_of_files([demo], OPTIONS, STORY.account).graph)


def test_two_processes_give_the_same_bytes() -> None:
    """Whatever order sets and hashes have in them."""
    program = "from tests.contract.test_answers import of_the_file; print(of_the_file())"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": seed},
            stdout=subprocess.PIPE,
        )
        for seed in ("1", "2")
    ]
    first, second = (run.communicate()[0] for run in runs)
    assert [run.returncode for run in runs] == [0, 0]
    assert len(first) > 100_000
    assert first == second


async def test_answers_from_a_store_are_those_of_the_file(store: GraphStore) -> None:
    demo = SourceFile(sample(DEMO).name, sample(DEMO).read_bytes())
    await import_files(store, SCOPE, [demo], OPTIONS)
    expected = of_the_file()
    found = answers(await store.account_graph(SCOPE, STORY.account))
    assert len(found) > 10
    assert found == expected


async def test_the_same_file_again_changes_nothing(store: GraphStore) -> None:
    demo = SourceFile(sample(DEMO).name, sample(DEMO).read_bytes())
    await import_files(store, SCOPE, [demo], OPTIONS)
    before = await store.sequences(SCOPE, STORY.account)
    again = await import_files(store, SCOPE, [demo], OPTIONS)
    assert again.put == 0
    assert await store.sequences(SCOPE, STORY.account) == before
