"""Introductions: by hand, and against every way through small networks."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from math import prod

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import ChannelLink, EdgeKind
from models.faults import Code, InvalidInput
from models.findings.introductions import Introductions
from models.introductions import Bar, Occasion
from queries.introductions.answer import introductions
from queries.introductions.crossing import CrossingTie, holding, nearest_accounts
from queries.relations.channels import ChannelTie
from tests.deals import TODAY, Deal
from tests.tie_records import ago, event

HOME = {"a": "acme", "b": "acme", "c": "acme", "d": "acme", "x": "bolt", "y": "bolt"}


def tie(source: str, target: str, weight: float | None = None, **fields: str) -> CrossingTie:
    """A friendly bond between people of two accounts."""
    days = fields.get("since"), fields.get("until")
    ends = (source, HOME.get(source, "acme"), target, HOME.get(target, "bolt"))
    return CrossingTie(f"{source}-{target}", EdgeKind.BOND, *ends, weight, None, 1, None, None, *days)


def link(source: str, target: str) -> ChannelTie:
    return ChannelTie(f"{source}-{target}", source, target, ChannelLink.SUPPLIES, None, None, None)


def account() -> Deal:
    """Ann knows Ana (82), who reports to Ben."""
    return Deal().member("ann").contact("ana").contact("ben").reports("ana", "ben").knows("ann", "ana", 4)


def to_ben(*accounts: Deal, ties: tuple[CrossingTie, ...] = (), k: int = 5) -> Introductions:
    return introductions([each.graph() for each in accounts], to="ben", on=TODAY, ties=ties, k=k)


def test_one_step_after_the_other() -> None:
    (way,) = to_ben(account()).items
    assert (way.member_id, way.first_id, way.introducer_id, way.target_id) == ("ann", "ana", "ana", "ben")
    assert way.path == ["ann", "ana", "ben"]
    assert [(step.kind, step.edge_id, step.probability, step.crosses) for step in way.steps] == [
        ("knows", "knows-ann-ana", 0.82, False),
        ("reports_to", "reports_to-ana-ben", 0.5, False),
    ]
    assert (way.probability, way.cost, way.accounts) == (0.41, 18.0, 1)


def test_who_knows_him_needs_no_introduction() -> None:
    found = to_ben(account().knows("ann", "ben", 2))
    assert [way.path for way in found.items] == [["ann", "ana", "ben"]]
    assert [(known.member_id, known.strength) for known in found.known_by] == [("ann", 42.0)]


def test_a_way_over_another_account() -> None:
    other = Deal("bolt").member("bob").contact("cai").knows("bob", "cai", 4)
    found = to_ben(account(), other, ties=(tie("ben", "cai", 0.8),))
    best = found.items[0]
    assert (best.path, best.accounts, best.steps[1].crosses) == (["bob", "cai", "ben"], 2, True)
    assert best.probability == pytest.approx(0.82 * 0.85 * 0.8)
    assert best.go_betweens[0].account_id == "bolt"
    assert found.accounts == ["acme", "bolt"]


def test_two_of_ours_who_know_the_same_man_are_one_way() -> None:
    found = to_ben(account().member("bob").knows("bob", "ana", 3))
    assert [way.path for way in found.items] == [["ann", "ana", "ben"]]


@pytest.mark.parametrize("bar", list(Bar))
def test_who_is_not_asked_is_named(bar: Bar) -> None:
    deal = account()
    match bar:
        case Bar.OPPOSED:
            deal.opportunity("line").plays("ana", "line", attitude=-1)
        case Bar.COMPLAINT:
            deal.records.append(event("c", "complaint", ago(9), "theirs", contacts=["ana"]))
        case Bar.SOUR:
            for day in range(3):
                deal.records.append(event(f"m{day}", "meeting", ago(day), "mutual", -2, ["ann"], ["ana"]))
        case Bar.UNWILLING:
            deal.edge(EdgeKind.KNOWS, "ann", "ana", id="second", referral_ok=False)
    found = to_ben(deal)
    assert found.items == []
    (barred,) = found.barred
    assert (barred.contact_id, barred.bar, barred.account_id) == ("ana", bar, "acme")
    assert barred.probability >= 0.41
    assert barred.evidence


@pytest.mark.parametrize("gone", [{"status": "left"}, {"restricted": True}, {"placeholder": True}])
def test_nobody_is_asked_who_left_is_restricted_or_unknown(gone: dict[str, object]) -> None:
    deal = Deal().member("ann").contact("ana", **gone).contact("ben").reports("ana", "ben")
    found = to_ben(deal.knows("ann", "ana", 4))
    assert (found.items, found.barred) == ([], [])


def test_nothing_is_said_of_ways_to_who_objected() -> None:
    deal = Deal().member("ann").contact("ana").contact("ben", restricted=True).reports("ana", "ben")
    with pytest.raises(InvalidInput) as refused:
        to_ben(deal.knows("ann", "ana", 4))
    assert [(fault.code, fault.pointer) for fault in refused.value.faults] == [(Code.UNKNOWN_RECORD, "/to")]


def test_favours_asked_lately_cost_and_a_good_mark_is_an_occasion() -> None:
    deal = account()
    for id_, kind, days in (("r1", "referral", 10), ("r2", "referral", 364), ("r3", "referral", 365)):
        deal.records.append(event(id_, kind, ago(days), "theirs", contacts=["ana"], members=["ann"]))
    survey = event("s", "survey", ago(30), contacts=["ana"], members=["ann"])
    survey[1]["score"] = 4
    deal.records.append(survey)
    (way,) = to_ben(deal).items
    person = way.go_betweens[0]
    assert person.asks == 2
    assert person.cost == pytest.approx(100 * (1 - way.steps[0].probability) + 40)
    assert (way.occasion, way.occasion_on) == (Occasion.SURVEY, ago(30))
    assert way.evidence[-1].id == "s"
    survey[1]["score"] = 3
    assert to_ben(deal).items[0].occasion is None


@pytest.mark.parametrize(("days", "told"), [(0, True), (30, True), (31, False)])
def test_a_complaint_settled_lately_is_an_occasion(days: int, told: bool) -> None:
    deal = account()
    complaint = event("c", "complaint", ago(60), "theirs", contacts=["ana"], members=["ann"])
    complaint[1]["resolved_on"] = str(ago(days))
    meetings = [event(f"m{day}", "meeting", ago(day), "mutual", 2, ["ann"], ["ana"]) for day in range(3)]
    deal.records += [complaint, *meetings]
    found = to_ben(deal).items[0]
    assert (found.occasion is Occasion.COMPLAINT_CLOSED) is told
    complaint[1]["resolved_on"] = str(ago(-1))
    assert [person.bar for person in to_ben(deal).barred] == [Bar.COMPLAINT], "settled tomorrow: open today"


def test_nobody_of_that_name_and_too_many_ways() -> None:
    graph = account().graph()
    with pytest.raises(InvalidInput) as unknown:
        introductions([graph], to="nobody", on=TODAY)
    assert [(fault.code, fault.pointer) for fault in unknown.value.faults] == [(Code.UNKNOWN_RECORD, "/to")]
    with pytest.raises(InvalidInput) as many:
        introductions([graph], to="ben", on=TODAY, k=21)
    assert [fault.pointer for fault in many.value.faults] == ["/k"]


def test_the_nearest_accounts_come_first() -> None:
    links = [link("d", "c"), link("b", "c"), link("a", "b"), link("z", "y")]
    assert nearest_accounts("a", [], links, 20) == (["a", "b", "c", "d"], 0)
    assert nearest_accounts("a", [], links, 2) == (["a", "b"], 2)
    assert nearest_accounts("lonely", [], links, 2) == (["lonely"], 0)


def test_only_what_holds_on_the_day_joins() -> None:
    open_, ended = tie("a", "x"), tie("a", "y", until=TODAY.isoformat())
    begins = tie("b", "y", since=(TODAY + timedelta(days=1)).isoformat())
    assert holding([open_, ended, begins], [], TODAY) == ([open_], [])


PEOPLE = tuple(HOME)
WEIGHTS = st.sampled_from([0.2, 0.5, 0.9, 1.0])


@st.composite
def networks(draw: st.DrawFn) -> tuple[dict[tuple[str, str], float], dict[str, int], frozenset[str]]:
    """Bonds between six people of two accounts, whom Ann knows how well, and who shares a department."""
    pairs = [(one, other) for place, one in enumerate(PEOPLE) for other in PEOPLE[place + 1 :]]
    bonds = draw(st.dictionaries(st.sampled_from(pairs), WEIGHTS, max_size=8))
    known = draw(st.dictionaries(st.sampled_from(PEOPLE), st.integers(1, 4), min_size=1, max_size=4))
    unit = draw(st.frozensets(st.sampled_from("abcd")))
    return bonds, known, unit


@given(networks())
def test_the_best_ways_are_the_best_of_all_ways(
    network: tuple[dict[tuple[str, str], float], dict[str, int], frozenset[str]],
) -> None:
    bonds, known, unit = network
    accounts = {id_: Deal(id_).member("ann").department(f"unit-{id_}") for id_ in ("acme", "bolt")}
    ties = []
    for person, home in HOME.items():
        accounts[home].contact(person)
        if person in unit:
            accounts[home].edge(EdgeKind.WORKS_IN, person, f"unit-{home}")
    for (one, other), weight in bonds.items():
        if HOME[one] == HOME[other]:
            accounts[HOME[one]].bond(one, other, weight=weight)
        else:
            ties.append(tie(one, other, weight))
    for person, answer in known.items():
        accounts[HOME[person]].knows("ann", person, answer)
    everybody: nx.Graph[str] = nx.complete_graph(PEOPLE)
    chances = {
        tuple(path): _chance(path, bonds, unit) * (2 + 20 * known[start]) / 100
        for start in known
        if start != "a"
        for path in nx.all_simple_paths(everybody, start, "a")
    }
    ways = sorted((chance for chance in chances.values() if chance), reverse=True)
    found = introductions([each.graph() for each in accounts.values()], to="a", on=TODAY, ties=ties, k=4)
    assert [item.probability for item in found.items] == pytest.approx(ways[:4])
    assert len({tuple(item.path[1:]) for item in found.items}) == len(found.items)
    for item in found.items:
        assert chances[tuple(item.path[1:])] == pytest.approx(item.probability)


def _chance(path: list[str], bonds: dict[tuple[str, str], float], unit: frozenset[str]) -> float:
    """The chance of a way by its bonds, or with one step of it, at most, between colleagues."""
    drawn = [0.85 * bonds.get((min(pair), max(pair)), 0.0) for pair in pairwise(path)]
    best = prod(drawn)
    for place, pair in enumerate(pairwise(path)):
        if unit.issuperset(pair):
            best = max(best, prod([0.3 if at == place else p for at, p in enumerate(drawn)]))
    return best
