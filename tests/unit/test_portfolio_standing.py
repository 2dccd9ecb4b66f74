"""A line of the portfolio says the numbers of the answers about the account."""

from __future__ import annotations

from datetime import date

import pytest

from models.enums import Level
from queries.cadence.overdue import overdue
from queries.coverage.coverage import coverage
from queries.coverage.trust import trust
from queries.portfolio.standing import account_standing
from queries.strength.table import tie_strengths
from tests.deals import TODAY, Deal
from tests.tie_records import ago, event
from tests.unit.test_demo_story import DAYS, loaded


def test_an_empty_account_stands_at_nothing() -> None:
    assert account_standing(Deal().graph(), on=TODAY).model_dump() == {
        "trust": 0.0,
        "shape": None,
        "single_threads": 0,
        "hub_id": None,
        "hub_share": None,
        "overdue": 0,
        "strength": 0.0,
        "trend": 0.0,
    }


def test_a_small_account_by_hand() -> None:
    deal = (
        Deal()
        .member("ann", "bob")
        .contact("ana", Level.DECISION)
        .contact("ben")
        .contact("gone", status="left")
    )
    deal.knows("ann", "ana", 4).knows("bob", "ben", 2).knows("bob", "gone", 4)
    found = account_standing(deal.graph(), on=TODAY)
    assert (found.strength, found.hub_id) == (124.0, "ann")
    assert found.hub_share == pytest.approx(82 / 124)
    assert found.overdue == 2, "both are known, and nobody has ever met them"
    assert found.trend == pytest.approx(124 - 2 * 10), "ninety days ago both were strangers"
    deal.records += [event("m", "meeting", ago(1), contacts=["ana", "ben"], members=["ann"])]
    assert account_standing(deal.graph(), on=TODAY).overdue == 0


@pytest.mark.parametrize("account", ["jichuan", "dongbu"])
def test_the_numbers_are_those_of_the_answers(account: str) -> None:
    today = DAYS[0]
    graph = loaded(today, account)
    found, matrix = account_standing(graph, on=today), coverage(graph, on=today)
    assert found.trust == trust(graph, on=today).trust
    assert found.shape == matrix.shape
    assert found.single_threads == len(matrix.threads)
    assert matrix.hub is not None
    assert (found.hub_id, found.hub_share) == (matrix.hub.member_id, matrix.hub.share)
    assert found.overdue == len(overdue(graph, on=today).items)
    gone = {row["id"] for row in graph.contacts.rows() if row.get("status") == "left"}
    ties = [tie for tie in tie_strengths(graph, on=today).items if tie.contact_id not in gone]
    assert found.strength == pytest.approx(sum(tie.strength for tie in ties))
    assert found.trend == pytest.approx(sum(tie.trend.d90 for tie in ties))


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_the_portfolio_of_the_demo_reveals(today: date) -> None:
    """Must hold: a department of the group hangs on one person, and the waterworks are overdue."""
    group = account_standing(loaded(today), on=today)
    assert group.single_threads >= 1
    assert group.hub_id == "lin-lan"
    waterworks = loaded(today, "dongbu")
    assert account_standing(waterworks, on=today).overdue >= 1
