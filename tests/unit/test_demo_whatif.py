"""The two what-ifs of the demo's walk, whatever the day it is loaded on."""

from __future__ import annotations

from datetime import date

import pytest

from models.whatif import Answered, Leave, Tie
from queries.whatif.answer import what_if
from tests.unit.test_demo_story import DAYS, LINE_2, loaded

pytestmark = pytest.mark.parametrize("today", DAYS, ids=str)


def test_she_leaves(today: date) -> None:
    found = what_if(
        loaded(today),
        changes=[Leave(kind="leave", member_id="lin-lan")],
        answers=[Answered.CHAINS, Answered.TRUST, Answered.DEPARTURE],
        on=today,
        opportunity_id=LINE_2,
    )
    assert found.before.trust is not None
    assert found.after.trust is not None
    assert found.before.trust.trust - found.after.trust.trust > 20
    chains = [move for move in found.moved if move.answer is Answered.CHAINS]
    assert chains[0].ids == ["chen-lixin"]
    assert chains[0].change < -0.3
    (gone,) = found.departures
    assert {unit.department_id for unit in gone.departments if unit.ours_after == 0} == {
        "jichuan-production", "jichuan-quality"
    }  # fmt: skip


def test_he_gets_to_know_the_man_in_the_third_row(today: date) -> None:
    found = what_if(
        loaded(today),
        changes=[Tie(kind="tie", member_id="gao-yuan", contact_id="liang-wei", strength=70)],
        answers=[Answered.FORECAST],
        on=today,
        opportunity_id=LINE_2,
    )
    before, after = found.before.forecast, found.after.forecast
    assert before is not None
    assert after is not None
    assert found.moved[0].ids == ["liang-wei"]
    assert after.opinion > before.opinion
    assert after.vetoes == before.vetoes == ["liu-zhiyuan"]
