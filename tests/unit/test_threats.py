"""Threats: competitors' ties against ours, solved by hand and against a slow definition."""

from __future__ import annotations

import math
from itertools import product
from typing import Any, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import EdgeKind, Function, Level, NodeKind, Step
from models.faults import InvalidInput
from models.findings.threats import Threats
from queries.influence.ranking import Asked, influence_scores
from queries.strength.table import tie_strengths
from queries.threats.finding import threats
from tests.deals import TODAY, Deal

PLACES = ("ben", "cai", "dai")
LEVELS = (Level.DECISION, Level.MANAGEMENT, Level.OPERATIONAL)


class Contest(Deal):
    """An invented account with several competitors."""

    def firm(self, id: str, *rivals: str, **fields: Any) -> Self:
        self._add(NodeKind.COMPETITOR, id=id, name=id.title(), **fields)
        for rival in rivals:
            self._add(NodeKind.RIVAL, id=rival, name=rival.title(), competitor_id=id)
        return self

    def installed(self, product: str, maker: str | None, place: str, **fields: Any) -> Self:
        self._add(NodeKind.PRODUCT, id=product, name=product.title(), competitor_id=maker)
        return self.edge(EdgeKind.USES, place, product, **fields)


def seats() -> Contest:
    account = Contest().member("mia")
    for place, level in zip(PLACES, LEVELS, strict=True):
        account.contact(place, level, Function.TECHNICAL)
    return account


def asked(account: Contest, opportunity_id: str | None = None) -> Threats:
    return threats(account.graph(), on=TODAY, opportunity_id=opportunity_id)


def told(found: Threats) -> list[tuple[str, str, float]]:
    return [(row.contact_id, row.competitor_id, row.points) for row in found.items]


def test_a_threat_is_their_lead_times_influence() -> None:
    account = seats().firm("red", "rex").knows("mia", "ben", 2).courts("rex", "ben", 80)
    (row,) = asked(account).items
    assert (row.rank, row.contact_id, row.name, row.rival_id, row.member_id) == (
        1,
        "ben",
        "Ben",
        "rex",
        "mia",
    )
    assert (row.theirs, row.ours, row.lead, row.influence, row.points) == (80, 42, 38, 100, 38)
    assert [(line.kind, line.id, line.points) for line in row.evidence] == [
        ("courts", "courts-rex-ben", 80),
        ("knows", "knows-mia-ben", 42),
    ]


def test_whom_we_do_not_know_they_lead_by_all_they_have() -> None:
    (row,) = asked(seats().firm("red", "rex").courts("rex", "ben", 30)).items
    assert (row.ours, row.member_id, row.lead, len(row.evidence)) == (0, None, 30, 1)


def test_where_we_lead_there_is_no_threat_but_it_may_be_contested() -> None:
    account = seats().firm("red", "rex").knows("mia", "ben", 4).courts("rex", "ben", 50)
    (row,) = asked(account).items
    assert (row.lead, row.points, row.contested) == (0, 0, True)
    weak = seats().firm("red", "rex").knows("mia", "ben", 2).courts("rex", "ben", 90)
    assert not asked(weak).items[0].contested


def test_deciders_where_they_lead_come_first() -> None:
    account = seats().firm("red", "rex", "roy").knows("mia", "ben", 3).knows("mia", "cai", 3)
    account.courts("rex", "ben", 63).courts("roy", "cai", 90).courts("roy", "dai", 20)
    found = asked(account)
    assert [row.contact_id for row in found.items] == ["ben", "cai", "dai"]
    assert found.items[0].points < found.items[1].points
    assert found.competitors[0].deciders == ["ben"]
    assert found.competitors[0].leads == 3


def test_an_approver_decides_too() -> None:
    account = seats().opportunity("line").plays("dai", "line", "approver")
    account.firm("red", "rex").courts("rex", "dai", 10).courts("rex", "cai", 90)
    assert [(row.contact_id, row.decides) for row in asked(account, "line").items] == [
        ("dai", True),
        ("cai", False),
    ]


def test_of_several_reps_the_strongest_counts_once() -> None:
    account = seats().firm("red", "rex", "roy").firm("blue", "bob")
    account.courts("rex", "ben", 40).courts("roy", "ben", 70).courts("bob", "ben", 60)
    assert [(row.competitor_id, row.rival_id, row.points) for row in asked(account).items] == [
        ("red", "roy", 70),
        ("blue", "bob", 60),
    ]


@pytest.mark.parametrize("gone", [{"status": "left"}, {"restricted": True}])
def test_who_left_or_is_restricted_is_not_named(gone: dict[str, Any]) -> None:
    account = Contest().firm("red", "rex").contact("ben", Level.DECISION, **gone).courts("rex", "ben", 80)
    found = asked(account)
    assert (found.items, found.competitors[0].points) == ([], 0)


def test_ties_of_another_day_do_not_count() -> None:
    account = seats().firm("red", "rex")
    account.edge(EdgeKind.COURTS, "rex", "ben", strength=80, until="2025-06-15")
    account.edge(EdgeKind.COURTS, "rex", "cai", strength=80, since="2025-06-16")
    assert asked(account).items == []


def test_sums_by_purchase_and_competitor() -> None:
    account = seats().opportunity("brewing", step=Step.BREW).opportunity("designed", step=Step.DESIGN)
    account.opportunity("lost", status="lost").firm("red", "rex").firm("blue", "bob")
    account.courts("rex", "ben", 40).courts("rex", "cai", 30).courts("bob", "cai", 60)
    account.edge(EdgeKind.COMPETES_IN, "blue", "brewing", status="out", threats="Cheap")
    found = asked(account)
    scores = {
        deal: influence_scores(account.graph(), on=TODAY, asked=Asked(opportunity_id=deal)).score / 100
        for deal in ("brewing", "designed")
    }
    reds = {deal: 40 * score[0] + 30 * score[1] for deal, score in scores.items()}
    blues = {"brewing": 0.0, "designed": 60 * scores["designed"][1]}
    sums = {row.opportunity_id: row.points for row in found.purchases}
    assert sums == pytest.approx({deal: reds[deal] + blues[deal] for deal in scores})
    assert [row.opportunity_id for row in found.purchases] == sorted(sums, key=lambda deal: -sums[deal])
    red, blue = sorted(found.competitors, key=lambda row: row.competitor_id, reverse=True)
    assert {row.opportunity_id: row.points for row in red.purchases} == pytest.approx(reds)
    assert [(row.opportunity_id, row.status, row.threats) for row in blue.purchases] == [
        ("brewing", "out", "Cheap"),
        ("designed", None, None),
    ]
    only = asked(account, "brewing")
    assert {row.competitor_id for row in only.items} == {"red"}
    assert [(row.opportunity_id, row.first_competitor_id) for row in only.purchases] == [("brewing", "red")]


def test_swot_the_four_questions_and_what_is_installed() -> None:
    questions = {
        name: name.title()
        for name in ("their_features", "our_features", "our_advantages", "their_disadvantages", "chances")
    }
    account = seats().opportunity("line").firm("red", strengths="Near", weaknesses="Late").firm("blue")
    account.edge(EdgeKind.COMPETES_IN, "red", "line", status="incumbent", **questions)
    account.installed("flow", "red", "dept-technical", source_kind="department", satisfaction=2, quantity=3)
    account.installed("desk", None, "acme", satisfaction=5).installed(
        "basic", "blue", "acme", since="2020-01-01"
    )
    red = next(row for row in asked(account, "line").competitors if row.competitor_id == "red")
    assert (red.strengths, red.weaknesses) == ("Near", "Late")
    assert red.purchases[0].model_dump(include=set(questions)) == questions
    assert [
        (row.product_id, row.place_kind, row.place, row.satisfaction, row.quantity) for row in red.installed
    ] == [("flow", "department", "Dept-Technical", 2, 3)]
    (basic,) = next(row for row in asked(account).competitors if row.competitor_id == "blue").installed
    assert (basic.place, str(basic.since), basic.satisfaction, basic.quantity) == (
        "Acme",
        "2020-01-01",
        None,
        None,
    )


def test_an_account_without_competitors_is_not_threatened() -> None:
    account = seats().opportunity("line")
    found = asked(account)
    assert (found.items, found.competitors) == ([], [])
    assert [(row.points, row.first_competitor_id) for row in found.purchases] == [(0, None)]
    assert threats(Contest().graph(), on=TODAY).items == []


def test_an_unknown_purchase_is_refused() -> None:
    with pytest.raises(InvalidInput, match="/opportunity_id"):
        asked(seats(), "nothing")


RIVALS = {"rex": "red", "roy": "red", "bob": "blue"}
POINTS = st.integers(0, 100)
TIES = st.dictionaries(st.sampled_from(list(product(RIVALS, PLACES))), POINTS)
KNOWN = st.dictionaries(st.sampled_from(PLACES), st.integers(0, 4))


@given(TIES, KNOWN)
def test_the_answer_is_the_slow_definition(ties: dict[tuple[str, str], int], known: dict[str, int]) -> None:
    account = seats().firm("red", "rex", "roy").firm("blue", "bob").opportunity("line", step=Step.EVALUATE)
    for (rival, contact), strength in ties.items():
        account.courts(rival, contact, strength)
    for contact, answer in known.items():
        account.knows("mia", contact, answer)
    graph = account.graph()
    ours = {tie.contact_id: tie.strength for tie in tie_strengths(graph, on=TODAY).items}
    scores = influence_scores(graph, on=TODAY, asked=Asked(opportunity_id="line")).score.tolist()
    slow = {}
    for firm, (place, contact) in product(("red", "blue"), enumerate(PLACES)):
        given_ = [
            points for (rival, whom), points in ties.items() if (RIVALS[rival], whom) == (firm, contact)
        ]
        if given_:
            slow[contact, firm] = max(0.0, max(given_) - ours.get(contact, 0.0)) * scores[place] / 100
    found = asked(account, "line")
    assert {(row[0], row[1]): row[2] for row in told(found)} == pytest.approx(slow)
    assert found.purchases[0].points == pytest.approx(math.fsum(slow.values()))
    ranked = [(not (row.decides and row.lead > 0), -row.points) for row in found.items]
    assert ranked == sorted(ranked)


@given(TIES, KNOWN, st.sampled_from(PLACES))
def test_a_better_tie_of_ours_never_raises_a_threat(
    ties: dict[tuple[str, str], int], known: dict[str, int], who: str
) -> None:
    def sums(answer: int) -> float:
        account = seats().firm("red", "rex", "roy").firm("blue", "bob")
        for (rival, contact), strength in ties.items():
            account.courts(rival, contact, strength)
        for contact, given_ in {**known, who: answer}.items():
            account.knows("mia", contact, given_)
        return math.fsum(row.points for row in asked(account).competitors)

    assert sums(4) <= sums(2) + 1e-9 <= sums(0) + 2e-9
