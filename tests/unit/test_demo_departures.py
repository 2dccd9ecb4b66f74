"""What the demo tells of who leaves, whatever the day it is loaded on."""

from __future__ import annotations

from datetime import date

import pytest

from models.enums import NodeKind
from models.findings.departures import Departure
from queries.departures.departure import departure
from tests.unit.test_demo_story import DAYS, LINE_2, OURS, loaded

pytestmark = pytest.mark.parametrize("today", DAYS, ids=str)


def gone(today: date, id: str, kind: NodeKind = NodeKind.MEMBER, deal: str | None = LINE_2) -> Departure:
    return departure(loaded(today), kind=kind, id=id, on=today, opportunity_id=deal)


def test_she_leaves_and_the_way_to_the_decision_maker_loses_most(today: date) -> None:
    found = gone(today, "lin-lan")
    assert found.items[0].contact_id == "chen-lixin"
    assert found.items[0].probability_loss == pytest.approx(0.44, abs=0.03)
    assert [unit.department_id for unit in found.departments if unit.ours_after == 0] == [
        "jichuan-production", "jichuan-quality"
    ]  # fmt: skip
    assert found.trust - found.trust_after > 20
    assert found.substitutes
    assert found.substitutes[0].member_id == "qin-song"
    assert "陈立新" in found.headline
    assert "秦松" in found.headline


def test_nobody_else_of_ours_costs_as_much(today: date) -> None:
    cost = {}
    for member in OURS:
        (way,) = [way for way in gone(today, member).items if way.contact_id == "chen-lixin"]
        cost[member] = (way.probability_loss, way.reach_loss)
    assert max(cost, key=lambda member: cost[member][0]) == "lin-lan"
    assert max(cost, key=lambda member: cost[member][1]) == "lin-lan"


def test_reach_says_little_where_there_are_many_ways(today: date) -> None:
    way = gone(today, "lin-lan").items[0]
    assert way.reach_loss < 0.05 < 0.4 < way.probability_loss


def test_who_of_theirs_leaves_tears_the_net(today: date) -> None:
    found = gone(today, "chen-lixin", NodeKind.CONTACT)
    assert found.fragmentation is not None
    assert found.fragmentation_after is not None
    assert found.fragmentation_after > found.fragmentation + 0.05
    assert "chen-lixin" not in [way.contact_id for way in found.items]
