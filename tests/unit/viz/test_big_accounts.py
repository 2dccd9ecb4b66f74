"""Accounts of more than 2,000 people as groups: nobody is lost, nothing is too much to look at, ways open."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from graphsvc.features.views.schemas import ViewQuery
from graphsvc.features.views.service import view_of_graph
from models.enums import ViewName
from queries.chains.best import decision_chains
from queries.influence.ranking import influence_standings, rank_influencers
from tests.sample_org import DAY as SAMPLE_DAY
from tests.sample_org import sample_org
from tests.unit.viz.crowds import DAY, PEOPLE, SHAPES, crowd, drawn, faults, groups_of, told
from viz.layout.boxes import fit_scale
from viz.svg import svg_of
from viz.views.big.grouping import MOST_GROUPS, MOST_PEOPLE, grouping, kept_bosses
from viz.views.big.opened import MOST_DRAWN, REST, opened, way_to

EACH_SHAPE = pytest.mark.parametrize("shape", SHAPES)
BOTH = pytest.mark.parametrize("name", ["chart", "map"])


@EACH_SHAPE
def test_everybody_is_in_exactly_one_group_at_each_level(shape: str) -> None:
    groups = groups_of(grouping(crowd(shape), DAY))
    assert groups[0].members.tolist() == list(range(PEOPLE))
    for group in groups:
        parts = [*group.own, *(person for one in group.inside for person in one.members.tolist())]
        assert sorted(parts) == group.members.tolist(), group.key
    assert len({group.key for group in groups}) == len(groups)


@EACH_SHAPE
def test_no_group_opens_into_more_than_can_be_looked_at(shape: str) -> None:
    for group in groups_of(grouping(crowd(shape), DAY)):
        assert group.size <= MOST_GROUPS + MOST_PEOPLE
        assert len(group.inside) <= MOST_GROUPS, group.key
        assert len(group.own) <= MOST_PEOPLE, group.key


@pytest.mark.parametrize(
    ("shape", "kinds"),
    [
        ("flat departments", {"function", "department", "left", "unplaced"}),
        ("deep departments", {"department", "own", "left"}),
        ("lines alone", {"team", "left", "unplaced"}),
        ("ties alone", {"community", "left", "unplaced"}),
        ("nothing", {"part", "left", "unplaced"}),
        ("one chain", {"team", "left"}),
    ],
)
def test_what_joins_people(shape: str, kinds: set[str]) -> None:
    assert kinds <= {group.kind for group in groups_of(grouping(crowd(shape), DAY))}


def test_who_has_no_department_stands_with_the_boss() -> None:
    graph, boss = crowd("flat departments"), "p0013"  # p0120 has no seat and reports to him
    everybody = grouping(graph, DAY)
    ways = [way_to(everybody, graph.contacts.position[id_]) for id_ in (boss, "p0120")]
    assert ways[0] == ways[1]


@BOTH
@EACH_SHAPE
def test_pictures_account_for_everybody_and_stay_small(shape: str, name: str) -> None:
    keys = [group.key for group in groups_of(grouping(crowd(shape), DAY))[1:]]
    dice = random.Random(f"{shape} {name}")
    for unfold in (None, ",".join(dice.sample(keys, min(5, len(keys)))), ",".join(keys)):
        view = drawn(shape, name, unfold=unfold)
        assert told(view) == PEOPLE, unfold
        marks = [node for node in view.nodes if node["kind"] not in ("ours", "rival")]
        assert len(marks) <= MOST_DRAWN
        assert not faults(view)
        assert sum(row.count for row in view.legend if row.key.startswith("attitude:")) == PEOPLE
        assert len(view.nodes) == len({node["id"] for node in view.nodes})


@BOTH
def test_tables_say_what_is_drawn(name: str) -> None:
    view = drawn("flat departments", name, unfold="~department:u7", contact_id="p0013")
    people = {node["id"] for node in view.nodes if node["kind"] in ("card", "person")}
    groups = {node["id"] for node in view.nodes if node["kind"] == "group"}
    assert "p0013" in people
    assert {row["id"] for row in view.tables["people"]} == people
    assert {row["id"] for row in view.tables["groups"]} == groups
    assert {row["id"] for row in view.tables["ties"]} == {edge["id"] for edge in view.edges}
    assert {row["fold_key"] for row in view.tables["people"]} <= set(view.summary["opened"])


@BOTH
def test_the_way_to_somebody_opens(name: str) -> None:
    graph = crowd("deep departments")
    way = way_to(grouping(graph, DAY), graph.contacts.position["p0777"])
    view = drawn("deep departments", name, contact_id="p0777")
    assert "p0777" in {node["id"] for node in view.nodes}
    assert set(way) <= set(view.summary["opened"])
    assert len(way) > 1


@BOTH
def test_the_same_data_gives_the_same_picture(name: str) -> None:
    unfold = "~department:u7"
    one = drawn("flat departments", name, lang="zh", unfold=unfold).model_dump_json()
    crowd.cache_clear()
    assert drawn("flat departments", name, lang="zh", unfold=unfold).model_dump_json() == one


def test_what_would_be_too_much_stays_closed_and_is_told() -> None:
    groups = groups_of(grouping(crowd("flat departments"), DAY))[1:]
    found = opened(grouping(crowd("flat departments"), DAY), [group.key for group in groups])
    assert found.refused
    assert not set(found.refused) & set(found.keys)
    assert len(found.groups) + len(found.people) <= MOST_DRAWN


def test_the_influence_map_takes_lesser_groups_together_until_they_are_asked_for() -> None:
    first = drawn("flat departments", "map", unfold="~function:1:")
    rest = next(node for node in first.nodes if node["id"] == REST)
    assert told(first) == PEOPLE
    assert rest["people"] > 0
    whole = drawn("flat departments", "map", unfold=f"~function:1:,{REST}")
    assert len(whole.nodes) > len(first.nodes)
    assert told(whole) == PEOPLE


@pytest.mark.parametrize("unfold", [None, "none"])
def test_a_chain_opens_its_groups_or_ends_at_them(unfold: str | None) -> None:
    graph = crowd("flat departments")
    chains = decision_chains(graph, on=DAY, target_ids=("p0777",), k=1)
    (chain,) = (one for one in chains.items if one.rank == 1)
    view = drawn("flat departments", "map", chains=chains, unfold=unfold)
    said, nodes = view.summary["chain"], {node["id"]: node for node in view.nodes}
    steps = [edge for edge in view.edges if edge["chain"] is not None]
    assert said["path"] == chain.path
    assert len(chain.path) > 2
    assert all(edge["from"] in nodes and edge["to"] in nodes for edge in steps)
    assert {"p0777" in nodes, not said["hidden"]} == {unfold is None}
    if unfold is None:
        assert [edge["id"] for edge in sorted(steps, key=lambda edge: edge["chain"])] == [
            step.edge_id for step in chain.steps
        ]
    else:
        assert said["hidden"] == chain.path[1:]
        assert {nodes[edge["to"]]["kind"] for edge in steps} == {"group"}
    assert not faults(view)


def test_cards_of_a_large_account_know_all_above_and_below_them() -> None:
    graph = crowd("flat departments")
    boss = kept_bosses(graph, DAY)
    view = drawn("flat departments", "chart", contact_id="p0013", unfold="~department:u7")
    cards = [node for node in view.nodes if node["kind"] == "card"]
    for card in cards:
        above = [card["id"], *card["above"]]
        assert [boss[id_] for id_ in above] == [*card["above"], None]
        assert card["parent"] == boss[card["id"]]
    under = Counter(id_ for one in boss for id_ in bosses_of(boss, one))
    assert {card["id"]: card["below"] for card in cards} == {card["id"]: under[card["id"]] for card in cards}


def bosses_of(boss: Mapping[str, str | None], id_: str) -> Iterator[str]:
    above = boss[id_]
    while above is not None:
        yield above
        above = boss[above]


def test_ties_of_groups_are_told_together() -> None:
    view = drawn("flat departments", "map")
    bundles = [edge for edge in view.edges if edge["kind"] == "influences"]
    assert bundles
    assert all(edge["count"] >= 1 and 0 < edge["weight"] <= 1 for edge in bundles)
    assert max(edge["weight"] for edge in bundles) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
@BOTH
def test_the_first_view_is_readable_on_the_smallest_screen(lang: str, name: str) -> None:
    view = drawn("flat departments", name, lang=lang)
    bounds = view.bounds
    assert fit_scale(bounds["x1"] - bounds["x0"], bounds["y1"] - bounds["y0"]) >= 0.5
    assert f"{PEOPLE:,}" in view.texts["subtitle"]


@BOTH
def test_groups_are_in_pictures_that_leave_the_page(name: str) -> None:
    view = drawn("flat departments", name, lang="zh", unfold="~department:u7")
    svg = svg_of(view, lang="zh")
    for node in view.nodes:
        if node["kind"] == "group":
            assert node["name"][:2] in svg


def test_standings_are_the_ranking_without_what_it_is_made_of() -> None:
    graph = sample_org()
    held = influence_standings(graph, on=SAMPLE_DAY)
    for item in rank_influencers(graph, on=SAMPLE_DAY).items:
        place = graph.contacts.position[item.contact_id]
        assert held.rank[place] == item.rank
        assert held.score[place] == pytest.approx(item.score)
        assert (held.key_player[place], held.hidden[place]) == (item.key_player, item.hidden)
    one = rank_influencers(graph, on=SAMPLE_DAY, contact_id="h-prod").items
    assert [item.contact_id for item in one] == ["h-prod"]


@pytest.mark.parametrize("name", [ViewName.ORG_CHART, ViewName.INFLUENCE])
def test_the_service_shows_large_accounts_as_groups_and_others_whole(name: ViewName) -> None:
    query = ViewQuery(on=DAY, contact_id="p0777")
    view = view_of_graph(crowd("flat departments"), name, query, "en")
    assert "p0777" in {node["id"] for node in view.nodes}
    assert "groups" in view.tables
    small = view_of_graph(sample_org(), name, ViewQuery(on=SAMPLE_DAY, contact_id="prod-3"), "en")
    assert "prod-3" in {node["id"] for node in small.nodes}
    assert "groups" not in small.tables
