"""What the demo tells of those without a boss, whatever the day it is loaded on."""

from __future__ import annotations

from datetime import date

import pytest

from models.bosses import BossSign
from models.findings.bosses import Bossless, ProbableBosses
from queries.bosses.finding import probable_bosses
from tests.unit.test_demo_story import DAYS, loaded

pytestmark = pytest.mark.parametrize("today", DAYS, ids=str)


def asked(today: date) -> ProbableBosses:
    return probable_bosses(loaded(today), on=today)


def about(today: date, whom: str) -> Bossless:
    (found,) = [item for item in asked(today).items if item.contact_id == whom]
    return found


def test_the_general_manager_has_nobody_above(today: date) -> None:
    found = about(today, "wang-jianguo")
    assert found.boss_id is None
    assert found.share > 0.9


def test_the_adviser_is_under_finance_by_his_seat_or_by_his_dotted_line(today: date) -> None:
    found = about(today, "tom-ellery")
    assert [guess.contact_id for guess in found.guesses[:2]] == ["feng-lihua", "liu-zhiyuan"]
    assert found.guesses[0].share > 0.5
    assert found.guesses[1].share > 0.1
    assert BossSign.DOTTED in [ground.sign for ground in found.guesses[1].grounds]


def test_a_consultant_from_outside_is_nobodys(today: date) -> None:
    found = about(today, "helen-marsh")
    assert found.boss_id is None
    assert found.others > 0.5


def test_only_the_adviser_is_proposed(today: date) -> None:
    proposal = asked(today).proposal
    assert proposal is not None
    assert [(put.record.source_id, put.record.target_id) for put in proposal.changes] == [
        ("tom-ellery", "feng-lihua")
    ]
