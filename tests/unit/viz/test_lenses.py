"""Lenses over the maps: what differs between two times, and how many signs folded people have."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from models.enums import EdgeKind, NodeKind
from models.findings.views import Sign
from models.graph import AccountGraph
from queries.influence.ranking import influence_standings
from queries.strength.table import strength_table
from tests.invented import Invented
from tests.sample_org import DAY as SAMPLE_DAY
from tests.sample_org import sample_org
from tests.unit.test_demo_story import DAYS, loaded
from tests.unit.viz.crowds import DAY, PEOPLE, crowd, drawn
from viz.lenses.crowds import Moment, people_between
from viz.lenses.differences import differences
from viz.lenses.signs import chips, folded, groups, moved
from viz.svg import svg_of
from viz.views.big.grouping import grouping
from viz.views.org_chart import org_chart
from viz.views.people import roster
from viz.views.tables import person_row


def moment(graph: AccountGraph, today: date, back: int = 0) -> Moment:
    day = today - timedelta(days=back)
    return Moment(graph, day, influence_standings(graph, on=day), strength_table(graph, on=day))


def everybody(one: Moment) -> list[dict[str, Any]]:
    answers = {"ranking": one.standings, "strengths": one.strengths}
    made = roster(one.graph, on=one.on, lang="en", opportunity_id=None, **answers)
    return [person_row(row, "en") for row in made.fields]


def grown() -> AccountGraph:
    """Three people and, a week ago, a job and a tie of ours more."""
    records, week = Invented("grown"), (DAY - timedelta(days=7)).isoformat()
    records._add(NodeKind.MEMBER, id="ours", name="Our Own")
    records.department("u")
    for id_ in ("one", "two", "three"):
        records.contact(id_)
    records.edge(EdgeKind.WORKS_IN, "one", "u", title="Chief", since=week)
    records.edge(EdgeKind.KNOWS, "ours", "two", since=week, self_strength=60)
    return records.graph()


def test_rows_are_made_only_for_whom_something_differs() -> None:
    before, now = people_between(moment(grown(), DAY, 30), moment(grown(), DAY), "en", None)
    assert [row["id"] for row in now] == [row["id"] for row in before] == ["one", "two"]
    lens = differences((before, now), ([], []), "then", "en")
    said = {one.id: one.fields for one in lens.differing["changed"]}
    assert said == {"one": ["Job: – → Chief", "Department: – → U"], "two": ["Our owner: – → Our Own"]}
    assert lens.says == "0 new, 0 gone, 2 changed since then"


@pytest.mark.parametrize("back", [90, 500])
def test_those_who_may_differ_are_all_who_do(back: int) -> None:
    graph = loaded(DAYS[-1])
    first, second = moment(graph, DAYS[-1], back), moment(graph, DAYS[-1])
    few = differences(people_between(first, second, "en", None), ([], []), "", "en")
    assert few == differences((everybody(first), everybody(second)), ([], []), "", "en")
    assert few.counts["changed"] > 0
    came = differences(people_between(None, second, "en", None), ([], []), "", "en")
    assert came.counts["added"] == len(graph.contacts)


def test_a_chip_counts_the_signs_of_those_it_folds_away() -> None:
    view = org_chart(sample_org(), on=SAMPLE_DAY, unfold="none")
    shown = {node["id"] for node in view.nodes}
    away = [row["id"] for row in view.tables["people"] if row["id"] not in shown]
    signs = {id_: moved(2) for id_ in away} | {away[0]: moved(-1), next(iter(shown)): moved(3)}
    found = folded(signs, chips(view, {}))
    counted: Counter[str] = Counter()
    for sign in found.values():
        counted.update({part[0]: int(part[1:]) for part in sign.text.split()})
    assert counted == {"▲": len(away) - 1, "▼": 1}
    assert {sign.tone for sign in found.values()} <= {"up", "down", "other"}
    lens = differences(([], []), ([], []), "then", "zh").model_copy(update={"folded": found})
    picture = svg_of(view.model_copy(update={"lens": lens}), lang="zh")
    assert all(f">{sign.text}</text>" in picture for sign in found.values())


@pytest.mark.parametrize("name", ["chart", "map"])
def test_groups_count_the_signs_of_everybody_in_them(name: str) -> None:
    graph, open_ = crowd("flat departments"), "~department:u7"
    view = drawn("flat departments", name, unfold=open_)
    signs = {id_: Sign(text="≠", tone="other") for id_ in graph.contacts.ids}
    found = folded(signs, groups(view, grouping(graph, DAY), graph.contacts.position))
    people = {node["id"]: node.get("people") for node in view.nodes}
    assert {id_: sign.text for id_, sign in found.items()} == {id_: f"≠{people[id_]}" for id_ in found}
    assert sum(people[id_] for id_ in found) + len(view.tables["people"]) == PEOPLE
