"""What the demo account tells of competitors, on whatever day it is loaded."""

from __future__ import annotations

from datetime import date

import pytest

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
