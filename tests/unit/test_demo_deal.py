"""What the demo's page of a purchase must tell, whatever the day it is loaded on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.deals import MilestoneState
from models.enums import CriterionOrigin, Stage, Step
from queries.deals.deal import deal
from tests.unit.test_demo_story import DAYS, LINE_1, LINE_2, PLATFORM, loaded

pytestmark = pytest.mark.parametrize("today", DAYS, ids=str)


def test_a_veto_although_the_room_is_for_us(today: date) -> None:
    found = deal(loaded(today), opportunity_id=LINE_2, on=today)
    assert found.vetoes == ["liu-zhiyuan"]
    assert "刘志远" in found.forecast.headline
    assert found.forecast.room.for_us > found.forecast.room.against_us
    assert [item.contact_id for item in found.items[:3]] == ["chen-lixin", "liu-zhiyuan", "audit-head"]
    assert all(item.decider for item in found.items[:3])
    assert found.items[2].placeholder
    counts = {share.origin: share.count for share in found.criteria_by_origin}
    assert counts == {CriterionOrigin.OURS: 3, CriterionOrigin.COMPETITOR: 2, CriterionOrigin.THEIRS: 2}
    assert found.tender_issued_on == today - timedelta(days=21)


def test_who_courts_whom_stands_beside_our_own_tie(today: date) -> None:
    found = {item.contact_id: item for item in deal(loaded(today), opportunity_id=LINE_2, on=today).items}
    assert (found["zhou-min"].rival_id, found["zhou-min"].theirs) == ("bai-qiming", 85)
    assert found["zhou-min"].lead > 45
    assert found["chen-lixin"].member_id == "lin-lan"
    assert found["song-jia"].influence < 5 < 60 < found["song-jia"].strength


def test_step_and_stage_of_the_platform_disagree(today: date) -> None:
    found = deal(loaded(today), opportunity_id=PLATFORM, on=today)
    assert (found.step, found.stage, found.fitting_stage) == (Step.BREW, Stage.DEVELOP, Stage.QUALIFY)
    assert found.milestones[0].state is MilestoneState.AHEAD
    assert [window.opportunity_id for window in found.windows] == [PLATFORM, LINE_1]
    assert found.windows[1].shuts_on == today + timedelta(days=18)
    assert len({item.rule for item in found.advice.items}) >= 12
    assert {share.origin for share in found.criteria_by_origin if share.count} == set(CriterionOrigin)
    assert all(criterion.owner_id for criterion in found.criteria)
