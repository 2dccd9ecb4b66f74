"""What the demo account tells of trust and coverage, on whatever day it is loaded."""

from __future__ import annotations

from datetime import date

import pytest

from models.coverage import Discount
from models.enums import Category, Grade
from queries.coverage.trust import trust
from tests.unit.test_demo_story import DAYS, DEALS, loaded

pytestmark = pytest.mark.parametrize("today", DAYS, ids=str)


@pytest.mark.parametrize("deal", [None, *DEALS])
def test_finance_trusts_us_least(today: date, deal: str | None) -> None:
    found = trust(loaded(today), on=today, opportunity_id=deal)
    assert found.weakest is Category.FINANCE_MANAGER
    finance = found.items[3]
    others = [term.strength for term in found.items if term.category is not Category.FINANCE_MANAGER]
    assert finance.strength < 25 < 50 < min(others)
    assert (finance.grade, finance.contact_id, finance.member_id) == (Grade.STRANGER, "feng-lihua", "he-miao")
    assert found.items[4].grade is Grade.TRUSTED, "users"


def test_twelve_meetings_with_the_finance_director_are_passed_over(today: date) -> None:
    passed = trust(loaded(today), on=today).items[3].passed_over
    assert passed is not None
    assert (passed.contact_id, passed.discount) == ("liu-zhiyuan", Discount.OPPOSED)
    assert passed.strength > 50
