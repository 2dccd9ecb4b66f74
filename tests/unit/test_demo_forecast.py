"""What the demo account tells of how its rooms will settle, on whatever day it is loaded."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from models.enums import NodeKind
from models.opinions import Verdict
from queries.forecast.forecast import forecast, room_of
from tests.unit.test_demo_story import ACCOUNT, DAYS, LINE_2, PLATFORM, changed, loaded

pytestmark = pytest.mark.parametrize("today", DAYS, ids=str)


@pytest.mark.parametrize("deal", [LINE_2, PLATFORM])
def test_the_finance_director_alone_could_say_no(today: date, deal: str) -> None:
    found = forecast(loaded(today), on=today, opportunity_id=deal)
    assert found.vetoes == ["liu-zhiyuan"]
    assert "刘志远" in found.headline
    assert found.room.for_us > found.room.against_us
    assert found.opinion > 0
    assert sum(item.decider for item in found.items) == 3
    assert all(item.decider for item in found.items[:3])


@pytest.mark.parametrize("deal", [LINE_2, PLATFORM])
def test_the_man_in_the_third_row_is_a_lever(today: date, deal: str) -> None:
    found = forecast(loaded(today), on=today, opportunity_id=deal)
    assert "liang-wei" in [lever.contact_id for lever in found.levers[:5]]
    assert all(lever.path[0] == "lin-lan" for lever in found.levers)


def test_getting_to_know_him_turns_him_and_helps_with_the_line(today: date) -> None:
    graph = loaded(today)
    met = {
        "id": "met",
        "account_id": ACCOUNT,
        "at": f"{today}T08:00:00Z",
        "member_id": "gao-yuan",
        "contact_id": "liang-wei",
        "answers": {f"{half}{number}": 3 for half in "PI" for number in range(1, 7)},
    }
    known = changed(graph, None, (NodeKind.ASSESSMENT, met))
    before, after = (room_of(one, on=today, opportunity_id=LINE_2) for one in (graph, known))
    place = graph.contacts.position["liang-wei"]
    assert before.begun.value[place] == 0
    assert after.begun.value[place] == pytest.approx(0.31, abs=0.01)
    assert after.opinion > before.opinion
    assert np.all(after.settled >= before.settled - 1e-9)


def test_the_committee_for_the_line_divides(today: date) -> None:
    found = {item.contact_id: item for item in forecast(loaded(today), on=today, opportunity_id=LINE_2).items}
    assert found["chen-lixin"].verdict is Verdict.FOR
    assert found["liu-zhiyuan"].verdict is Verdict.AGAINST
    assert found["zhou-min"].verdict is Verdict.AGAINST
    assert found["audit-head"].verdict is Verdict.UNDECIDED
