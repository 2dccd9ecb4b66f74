"""The ranking on organisations whose hierarchy is known."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from models.enums import EdgeKind, Prior, TieDirection
from models.graph import AccountGraph
from models.measures import Measure
from queries.influence.ranking import rank_influencers
from tests.real_data import (
    dominance,
    enron,
    enron_levels,
    krackhardt,
    krackhardt_levels,
    krackhardt_reference,
    precision,
)

DAY = date(2025, 3, 1)


def values(graph: AccountGraph, field: str = "score", **asked: Any) -> Mapping[str, float]:
    items = rank_influencers(graph, on=DAY, **asked).items
    return {item.contact_id: getattr(item, field) for item in items}


def test_krackhardts_advice_gives_the_published_pagerank() -> None:
    found = values(krackhardt(("advice",)), "share", prior=Prior.FLAT)
    assert found == pytest.approx(krackhardt_reference()["pagerank_.85"], abs=1e-6)


def test_it_is_networkxs_pagerank_too_whoever_asks_nobody_included() -> None:
    graph = krackhardt(("friendship",))
    ties = graph.edges[EdgeKind.INFLUENCES]
    ids = graph.contacts.ids
    asks = nx.DiGraph(
        (ids[listener], ids[heard]) for heard, listener in zip(ties.source, ties.target, strict=True)
    )
    asks.add_nodes_from(ids)
    assert min(degree for _, degree in asks.out_degree()) == 0
    expected = nx.pagerank(asks, alpha=0.85, tol=1e-14, max_iter=1000)
    # with friendship worth as much as advice, everybody with a friend listens fully
    found = values(graph, "share", prior=Prior.FLAT, weights={"friendship": 1})
    assert found == pytest.approx(expected, abs=1e-9)


def test_seniors_lead_krackhardts_advice_though_nobodys_level_is_known() -> None:
    found = values(krackhardt(("advice",), levels=False))
    seniority = krackhardt_levels()
    assert dominance(found, seniority) >= 0.95
    assert precision(found, [id_ for id_, level in seniority.items() if level > 1]) == 0.8


def test_read_backwards_advice_is_worse_than_chance() -> None:
    found = values(krackhardt(("advice",), levels=False), direction=TieDirection.REVERSED)
    assert dominance(found, krackhardt_levels()) < 0.5


def test_the_chart_alone_puts_the_head_of_the_company_first() -> None:
    found = values(krackhardt(), informal=False)
    assert next(iter(found)) == "7"
    assert dominance(found, krackhardt_levels()) == 1


def test_enrons_mail_is_ranked_by_authority_and_finds_the_seniors() -> None:
    answer = rank_influencers(enron(), on=DAY)
    assert answer.measure is Measure.AUTHORITY
    assert len(answer.items) == 156
    assert dominance({item.contact_id: item.score for item in answer.items}, enron_levels()) >= 0.79


@pytest.mark.parametrize("half", [0, 1])
def test_half_of_enrons_levels_given_lift_the_other_half(half: int) -> None:
    seniority = enron_levels()
    known = frozenset(sorted(seniority)[half::2])
    others = {id_: level for id_, level in seniority.items() if id_ not in known}
    asked: dict[str, Any] = {"measure": Measure.INFLUENCE, "weights": {"messages": 1}}
    without, lifted = (dominance(values(graph, **asked), others) for graph in (enron(), enron(known)))
    assert lifted >= without + 0.02


@pytest.mark.parametrize("half", [0, 1])
def test_half_of_krackhardts_levels_given_do_not_lower_the_other_half(half: int) -> None:
    seniority = krackhardt_levels()
    known = frozenset(sorted(seniority, key=int)[half::2])
    others = {id_: level for id_, level in seniority.items() if id_ not in known}
    without, lifted = (
        dominance(values(krackhardt(("advice",), levels=levels)), others) for levels in (False, known)
    )
    assert lifted >= without >= 0.9


def test_enrons_authority_is_networkxs() -> None:
    graph = enron()
    ties, ids = graph.edges[EdgeKind.MESSAGES], graph.contacts.ids
    mail: nx.DiGraph[str] = nx.DiGraph()
    mail.add_nodes_from(ids)
    for sender, recipient, days in zip(ties.source, ties.target, ties.array("active_days"), strict=True):
        mail.add_edge(ids[sender], ids[recipient], weight=math.log1p(days))
    _, expected = nx.hits(mail, tol=1e-12)
    assert values(graph, "share") == pytest.approx(expected, abs=1e-8)


def test_two_runs_with_other_hash_seeds_give_the_same_bytes() -> None:
    program = (
        "from datetime import date; from models.enums import Step; from tests.real_data import krackhardt;"
        "from queries.influence.ranking import rank_influencers;"
        "print(rank_influencers(krackhardt(), on=date(2025, 3, 1), step=Step.BREW).model_dump_json())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert len(json.loads(runs.pop())["items"]) == 21
