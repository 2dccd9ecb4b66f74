"""What the demo account tells of rivals, positions, complaints and of who is to be met, whatever the day."""

from __future__ import annotations

from datetime import date

import pytest

from models.positions import Position, Road
from queries.cadence.confirm import confirm_list
from queries.cadence.overdue import overdue
from queries.complaints.finding import complaints
from queries.positions.finding import position_trail, positions
from queries.threats.finding import threats
from tests.unit.test_demo_story import DAYS, LINE_2, PLATFORM, loaded

pytestmark = pytest.mark.parametrize("today", DAYS, ids=str)


@pytest.mark.parametrize("deal", [None, LINE_2, PLATFORM])
def test_the_competitor_leads_most_at_the_technical_vice_president(today: date, deal: str | None) -> None:
    found = threats(loaded(today), on=today, opportunity_id=deal)
    assert [row.contact_id for row in found.items[:2]] == ["zhou-min", "wu-xiaodong"]
    assert [row.competitor_id for row in found.competitors] == ["brightvane", "beilan"]
    assert found.competitors[0].deciders == ["zhou-min"], "and not the general manager, where we lead"
    assert {row.first_competitor_id for row in found.purchases} == {"brightvane"}


def test_what_is_known_of_the_competitor_is_filled(today: date) -> None:
    firm = threats(loaded(today), on=today).competitors[0]
    assert {row.opportunity_id for row in firm.purchases} == {LINE_2, PLATFORM}
    told = [firm.model_dump(), *(row.model_dump() for row in firm.purchases)]
    assert all(value not in (None, "") for row in told for value in row.values())
    (row,) = firm.installed
    assert (row.place, row.satisfaction) == ("信息部 IT", 2)


def test_the_man_they_follow_is_first_to_be_met(today: date) -> None:
    first = overdue(loaded(today), on=today).items[0]
    assert (first.contact_id, first.days, first.member_id) == ("liang-wei", None, None)


def test_the_waterworks_are_overdue_for_four_months(today: date) -> None:
    rows = {row.contact_id: row for row in overdue(loaded(today, "dongbu"), on=today).items}
    plant = rows["nie-chao"]
    assert (plant.days, plant.cadence_days, plant.overdue_days) == (183, 63, 120)
    assert "zheng-hong" in {row.contact_id for row in overdue(loaded(today), on=today).items}


def test_what_we_believe_of_the_competitor_is_to_be_confirmed(today: date) -> None:
    found = confirm_list(loaded(today), on=today)
    assert len(found.items) == 10
    assert {"courts.bai-qiming.zhou-min", "reports_to.chen-lixin.wang-jianguo"} <= {
        row.id for row in found.items
    }
    assert len(found.drawn) == 5
    assert "liang-wei" not in {row.contact_id for row in found.drawn}, "nobody of ours could assess him"


def test_two_roads_are_walked(today: date) -> None:
    friend, supplier = (
        position_trail(loaded(today), id_, on=today).contact for id_ in ("li-guoqiang", "sun-haitao")
    )
    assert [step.position for step in friend.passed] == [Position.OUTSIDER, Position.FRIEND, Position.PARTNER]
    assert (friend.road, friend.lagging) == (Road.FRIEND_FIRST, False)
    assert [step.position for step in supplier.passed] == [Position.OUTSIDER, Position.SUPPLIER]
    assert (supplier.road, supplier.lagging) == (Road.SUPPLIER_FIRST, True)


def test_finance_is_where_we_are_outsiders(today: date) -> None:
    found = positions(loaded(today), on=today)
    dots = {str(row.category): row.position for row in found.categories}
    assert dots["finance_manager"] is Position.OUTSIDER
    assert dots["user_manager"] is Position.PARTNER
    assert [item.contact_id for item in found.items if item.lagging] == ["sun-haitao"]
    kept = position_trail(loaded(today), "li-guoqiang", on=today).contact.institutional_evidence
    assert "panel-replaced" in {line.id for line in kept if (line.points or 0) > 0}


def test_the_open_complaint_costs_us_the_way_over_the_quality_manager(today: date) -> None:
    found = complaints(loaded(today), on=today)
    (row,) = found.items
    assert (row.days, row.names, row.member_ids) == (40, ["曹文静"], ["lin-lan"])
    assert (row.decider_id, row.cost > 0.1) == ("chen-lixin", True), "her boss"
    (tie,) = row.ties
    assert (tie.factor, tie.factor_without) == (0.5, 1.0)
    units = {unit.department_id: unit for unit in found.satisfaction}
    assert units["jichuan-quality"].complaints == 1
    (theirs,) = units["jichuan-it"].products
    assert (theirs.competitor_id, theirs.satisfaction) == ("brightvane", 2)
    scores = [units[f"jichuan-{id_}"].score for id_ in ("production", "equipment", "quality")]
    assert scores == [5, 4, 3]
