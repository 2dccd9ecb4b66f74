"""The measures on request: what they are in the field, and that they stay apart from influence."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import permutations
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import ContactStatus, Level, Prior, Step, TieDirection
from models.findings.influence import Influencer
from models.measures import Measure
from queries.influence.ranking import rank_influencers
from queries.rules import DEFAULT_RULES, Rules
from tests.invented import Invented
from tests.rankings import DAY, items, people, ranking, shares
from tests.real_data import dominance, krackhardt, krackhardt_levels, krackhardt_reference

WEIGHTS = (0.1, 0.3, 0.7, 1.0)


@st.composite
def accounts(draw: st.DrawFn) -> tuple[Invented, nx.DiGraph[str]]:
    """Up to six people with stated influences, and who listens to whom as networkx holds it."""
    size = draw(st.integers(1, 6))
    names = [f"p{place}" for place in range(size)]
    pairs = st.sampled_from(list(permutations(names, 2)))
    account, listens = people(*names), nx.DiGraph()
    listens.add_nodes_from(names)
    for heard, listener in draw(st.lists(pairs, unique=True, max_size=14)) if size > 1 else ():
        weight = draw(st.sampled_from(WEIGHTS))
        account.influences(heard, listener, weight, confidence=1)
        listens.add_edge(listener, heard, weight=weight)
    return account, listens


def harmonic(g: nx.DiGraph[str]) -> Mapping[str, float]:
    others = max(len(g) - 1, 1)
    return {id_: value / others for id_, value in nx.harmonic_centrality(g).items()}


def constraint(g: nx.DiGraph[str]) -> Mapping[str, float]:
    return nx.constraint(g.to_undirected())


def plain_pagerank(g: nx.DiGraph[str]) -> Mapping[str, float]:
    return nx.pagerank(g, alpha=0.85, tol=1e-14, max_iter=10_000, weight="weight")


DEFINITIONS: Mapping[Measure, Callable[[nx.DiGraph[str]], Mapping[str, float]]] = {
    Measure.IN_DEGREE: lambda g: nx.in_degree_centrality(g) if len(g) > 1 else dict.fromkeys(g, 0.0),
    Measure.PAGERANK: plain_pagerank,
    Measure.BETWEENNESS: nx.betweenness_centrality,
    Measure.CLOSENESS: nx.closeness_centrality,
    Measure.PROXIMITY: harmonic,
    Measure.CONSTRAINT: constraint,
}


def published(found: list[Influencer]) -> dict[str, float]:
    return {item.contact_id: math.nan if item.value is None else item.value for item in found}


def values(account: Invented, measure: Measure, **asked: Any) -> dict[str, float]:
    return published(ranking(account, measure=measure, **asked).items)


@given(accounts())
def test_every_measure_is_what_networkx_says(made: tuple[Invented, nx.DiGraph[str]]) -> None:
    graph, listens = made[0].graph(), made[1]
    for measure, definition in DEFINITIONS.items():
        found = rank_influencers(graph, on=DAY, measure=measure).items
        expected = dict(definition(listens))
        assert published(found) == pytest.approx(expected, abs=1e-8, nan_ok=True), measure


@given(accounts())
def test_an_eigenvector_reproduces_itself(made: tuple[Invented, nx.DiGraph[str]]) -> None:
    account, listens = made
    found = values(account, Measure.EIGENVECTOR)
    assert sum(found.values()) == pytest.approx(1)
    if len(listens) > 1 and nx.is_strongly_connected(listens):
        heard = {
            id_: sum(found[listener] * tie["weight"] for listener, _, tie in listens.in_edges(id_, data=True))
            for id_ in listens
        }
        growth = sum(heard.values())
        assert found == pytest.approx({id_: value / growth for id_, value in heard.items()}, abs=1e-8)


@given(accounts())
def test_every_measure_ranks_everybody_and_its_shares_and_parts_add_up(
    made: tuple[Invented, nx.DiGraph[str]],
) -> None:
    graph = made[0].graph()
    for measure in Measure:
        answer = rank_influencers(graph, on=DAY, measure=measure)
        assert [item.rank for item in answer.items] == list(range(1, len(answer.items) + 1))
        assert answer.measure == answer.provenance.algorithm == measure
        assert sum(item.share for item in answer.items) == pytest.approx(1)
        assert max(item.score for item in answer.items) == pytest.approx(100)
        assert answer.error == 0
        for item in answer.items:
            if len(item.parts.sources) < 3:
                whole = item.parts.prior + sum(source.points for source in item.parts.sources)
                assert whole == pytest.approx(item.score, abs=1e-6)


class TestKrackhardt:
    """Against numbers computed elsewhere on the advice of 21 managers."""

    def found(self, measure: Measure, **asked: Any) -> dict[str, float | None]:
        answer = rank_influencers(krackhardt(("advice",)), on=DAY, measure=measure, **asked)
        return {item.contact_id: item.value for item in answer.items}

    @pytest.mark.parametrize(
        ("measure", "name"),
        [
            (Measure.PAGERANK, "pagerank_.85"),
            (Measure.BETWEENNESS, "betweenness_directed"),
            (Measure.CONSTRAINT, "burt_constraint"),
        ],
    )
    def test_its_numbers(self, measure: Measure, name: str) -> None:
        assert self.found(measure) == pytest.approx(krackhardt_reference()[name], abs=1e-6)

    @pytest.mark.parametrize("openness", [0.5, 0.85])
    def test_friedkins_power(self, openness: float) -> None:
        table = DEFAULT_RULES.influence.model_copy(update={"openness_unknown": openness})
        rules: Rules = DEFAULT_RULES.model_copy(update={"influence": table})
        graph = krackhardt(("advice",), levels=False)
        answer = rank_influencers(graph, on=DAY, rules=rules, step=Step.BREW, prior=Prior.FLAT)
        expected = krackhardt_reference()[f"friedkin_power_{openness}".replace("0.", ".")]
        assert {item.contact_id: item.share for item in answer.items} == pytest.approx(expected, abs=1e-6)

    @pytest.mark.parametrize(
        ("measure", "least"),
        [(Measure.IN_DEGREE, 0.92), (Measure.PAGERANK, 0.95), (Measure.BETWEENNESS, 0.73)],
    )
    def test_seniors_lead_as_often_as_published(self, measure: Measure, least: float) -> None:
        graph = krackhardt(("advice",), levels=False)
        scores = {
            item.contact_id: item.score for item in rank_influencers(graph, on=DAY, measure=measure).items
        }
        assert dominance(scores, krackhardt_levels()) >= least


class TestConstraint:
    """Bridges: a list of its own."""

    def account(self) -> Invented:
        """Two triangles and the bridge between them."""
        account = people("a1", "a2", "bridge", "c1", "c2", "alone")
        for one, other in (("a1", "a2"), ("c1", "c2")):
            account.influences(one, other, 1)
        for end in ("a1", "a2", "c1", "c2"):
            account.influences(end, "bridge", 1)
        return account

    def test_who_joins_circles_that_do_not_meet_leads(self) -> None:
        found = ranking(self.account(), measure=Measure.CONSTRAINT).items
        assert [item.contact_id for item in found] == ["bridge", "a1", "a2", "c1", "c2", "alone"]
        # four people a quarter each, and each one's neighbour hands on half of his: (1/4 + 1/8)²·4
        assert found[0].value == pytest.approx(4 * (1 / 4 + 1 / 8) ** 2)
        assert (found[-1].value, found[-1].score) == (None, 0)

    def test_nobody_is_a_key_player_or_hidden_in_it(self) -> None:
        account = self.account().contact("chief", Level.DECISION).influences("bridge", "chief", 1)
        found = ranking(account, measure=Measure.CONSTRAINT).items
        assert not any(item.key_player or item.hidden for item in found)
        assert items(account)["chief"].key_player


class TestPosition:
    """What measures of position have in common."""

    def test_the_strongest_ties_are_the_evidence_and_carry_no_points(self) -> None:
        account = people("ana", "ben", "cho").influences("ana", "ben", 0.3).influences("ana", "cho", 0.9)
        top = ranking(account, measure=Measure.PROXIMITY).items[0]
        assert [(row.id, row.points) for row in top.evidence] == [
            ("influences-ana-cho", None),
            ("influences-ana-ben", None),
        ]
        assert (top.parts.sources, top.parts.prior, top.stability) == ([], 100, None)

    def test_a_faint_arrow_makes_nobody_near(self) -> None:
        account = people("ana", "ben").influences("ana", "ben", 0.05)
        for measure in (Measure.IN_DEGREE, Measure.PROXIMITY, Measure.CLOSENESS):
            assert values(account, measure) == {"ana": 0, "ben": 0}
            assert shares(account, measure=measure) == {"ana": 0.5, "ben": 0.5}

    def test_who_left_or_objected_is_passed_through_by_nobody(self) -> None:
        account = people("ana", "ben").contact("cho", status=ContactStatus.LEFT)
        account.influences("ana", "cho", 1).influences("cho", "ben", 1)
        assert values(account, Measure.PROXIMITY) == {"ana": 0, "ben": 0}

    def test_reversed_and_the_chart_alone_are_read_so(self) -> None:
        account = people("ana", "ben", "cho").influences("ana", "ben", 1).reports("ana", "cho")
        assert values(account, Measure.IN_DEGREE) == {"ana": 0.5, "ben": 0, "cho": 0.5}
        turned = values(account, Measure.IN_DEGREE, direction=TieDirection.REVERSED)
        assert turned == {"ana": 0, "ben": 0.5, "cho": 0.5}
        assert values(account, Measure.IN_DEGREE, informal=False) == {"ana": 0, "ben": 0, "cho": 0.5}

    def test_messages_are_read_where_there_is_nothing_else(self) -> None:
        account = people("ana", "ben", "cho").messages("ben", "ana", 3).messages("cho", "ana", 3)
        assert values(account, Measure.IN_DEGREE) == {"ana": 1, "ben": 0, "cho": 0}
        assert values(account, Measure.CLOSENESS)["ana"] == 1

    @pytest.mark.parametrize("measure", [Measure.BETWEENNESS, Measure.CLOSENESS, Measure.PROXIMITY])
    def test_in_a_large_account_people_to_measure_from_are_drawn_and_the_error_told(
        self, measure: Measure
    ) -> None:
        size = 300
        account = people(*(f"p{place:03}" for place in range(size)))
        for place in range(1, size):
            account.influences(f"p{place // 3:03}", f"p{place:03}", 1)
            account.influences(f"p{place:03}", f"p{(place * 7 + 3) % size:03}", 1, id=f"far-{place}")
        few = DEFAULT_RULES.keyplayers.model_copy(update={"exact_people": 299, "starts": 150})
        drawn = rank_influencers(
            account.graph(),
            on=DAY,
            measure=measure,
            rules=DEFAULT_RULES.model_copy(update={"keyplayers": few}),
        )
        tight = few.model_copy(update={"between_steps": 40 * 598})
        fewer = rank_influencers(
            account.graph(),
            on=DAY,
            measure=measure,
            rules=DEFAULT_RULES.model_copy(update={"keyplayers": tight}),
        )
        if measure is Measure.BETWEENNESS:
            assert fewer.error > drawn.error, "each start costs a walk over all ties: there are 40 of them"
        else:
            assert fewer.items == drawn.items
        exact, estimated = values(account, measure), published(drawn.items)
        off = [abs(estimated[id_] - exact[id_]) for id_ in exact]
        assert max(off) > 0
        assert sum(one <= drawn.error for one in off) >= 0.95 * size
        assert 0 < drawn.error < 0.2
        assert ranking(account, measure=measure).error == 0
