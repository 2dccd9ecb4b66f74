"""What the demo account tells of trust, coverage, relations and channels, on whatever day it is loaded."""

from __future__ import annotations

from datetime import date

import pytest

from models.coverage import Discount
from models.enums import AccountStatus, Category, ChannelLink, ChannelRole, EdgeKind, Grade, NodeKind, Rung
from queries.coverage.coverage import coverage
from queries.coverage.trust import trust
from queries.relations.channels import ChannelAccount, Channels, ChannelTie, channel_steps
from queries.relations.relations import relations
from tests.unit.test_demo_business import told
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


@pytest.mark.parametrize("deal", [None, *DEALS])
def test_contracts_should_meet_the_finance_manager(today: date, deal: str | None) -> None:
    best = coverage(loaded(today), on=today, opportunity_id=deal).pairings[0]
    assert (best.member_id, best.contact_id, best.rung) == ("he-miao", "feng-lihua", Rung.MANAGER)
    assert best.fills == [Category.FINANCE_MANAGER]
    assert best.gain > 0.1
    assert best.evidence[0].id == "knows.he-miao.feng-lihua"


def test_the_account_is_held_as_a_bow_tie(today: date) -> None:
    found = coverage(loaded(today), on=today)
    assert found.shape is not None
    assert found.shape < 0.5
    assert found.hub is not None
    assert (found.hub.member_id, found.hub.share) == ("lin-lan", pytest.approx(0.61, abs=0.03))
    assert [gap.category for gap in found.missing_categories] == [Category.FINANCE_MANAGER]
    assert found.missing_roles == []


def test_two_departments_and_the_decider_of_line_two_hang_on_her(today: date) -> None:
    threads = coverage(loaded(today), on=today).threads
    hers = {thread.id: thread for thread in threads if thread.member_id == "lin-lan"}
    units = [t.id for t in hers.values() if t.kind is NodeKind.DEPARTMENT and t.alone and t.strength > 50]
    assert units == ["jichuan-production", "jichuan-quality"]
    assert hers["chen-lixin"].loss > 0.5


def test_the_competitor_stands_in_it_and_does_not_please(today: date) -> None:
    found = relations(loaded(today), on=today)
    (rival,) = [line for line in found.installed if line.competitor_id]
    assert (rival.place_id, rival.competitor_id, rival.satisfaction) == ("jichuan-it", "brightvane", 2)
    quarrels = {frozenset((pair.one_id, pair.other_id)) for pair in found.items if pair.conflict}
    assert quarrels == {frozenset(("sun-haitao", "wu-xiaodong")), frozenset(("li-guoqiang", "cao-wenjing"))}


def test_goods_reach_the_group_through_its_logistics(today: date) -> None:
    roles, kinds = {str(role): role for role in ChannelRole}, {str(kind): kind for kind in ChannelLink}
    accounts = [
        ChannelAccount(
            row["id"], row["name"], AccountStatus.CUSTOMER, None, roles.get(row.get("channel_role"))
        )
        for row in told(NodeKind.ACCOUNT)
    ]
    links = [
        ChannelTie(
            row["id"], row["source_id"], row["target_id"], kinds[row["channel_kind"]], None, None, None
        )
        for row in told(EdgeKind.CHANNEL)
    ]
    steps = channel_steps(Channels(tuple(accounts), tuple(links)), on=today)
    assert [(step.source_id, step.target_id) for step in steps if step.goods] == [
        ("huize", "dongbu"),
        ("huize", "jichuan-logistics"),
        ("jichuan-logistics", "jichuan"),
    ]
    assert not any(step.against for step in steps)
