"""Warnings about purchases: steps, stages, milestones, roles, promises, complaints; and concerns."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Self

import pytest
from pydantic import ValidationError

from models.enums import Category, EdgeKind, Function, Level, NodeKind, Stage, Step
from models.faults import InvalidInput
from models.findings.warnings import Severity, Warned
from models.names import has_chinese
from models.trade import DEFAULT_CONCERNS, STAGE_OF_STEP
from queries.advice.answer import advice
from queries.advice.words.catalog import RULES
from queries.advice.words.duties import DutyRule
from queries.advice.words.people import PeopleRule
from queries.advice.words.purchase import PurchaseRule
from queries.deals.concerns import concerns_of
from queries.rules import DEFAULT_RULES
from tests.deals import TODAY, Deal

MAY, JUNE, JULY = "2025-05-01", "2025-06-01", "2025-07-01"


class Account(Deal):
    """An invented account with what we owe it."""

    def action(self, id: str, kind: str = "promise", **fields: Any) -> Self:
        return self._node(NodeKind.ACTION, id, kind=kind, text=id.title(), **fields)

    def complaint(self, id: str, day: str, *contacts: str, **fields: Any) -> Self:
        at = f"{day}T23:59:00Z"
        return self._node(
            NodeKind.INTERACTION, id, at=at, kind="complaint", contact_ids=list(contacts), **fields
        )


LOOKED_AT = {
    DutyRule.ACTION_OVERDUE,
    DutyRule.COMPLAINT_OPEN,
    PeopleRule.ROLE_MISSING,
    PeopleRule.ROLE_UNPLACED,
    PurchaseRule.CRITERIA_SHUT,
    PurchaseRule.MILESTONE_AHEAD,
    PurchaseRule.MILESTONE_LATE,
    PurchaseRule.MILESTONE_ORDER,
    PurchaseRule.MILESTONE_SKIPPED,
    PurchaseRule.STAGE_STEP_MISMATCH,
    PurchaseRule.TENDER_BEFORE_EVALUATE,
}
"""The rules of this file; the others have files of their own in tests/unit/advice."""


def warned(account: Deal, on: date = TODAY, **asked: Any) -> list[Warned]:
    items = advice(account.graph(), on=on, **asked).items
    return [item for item in items if item.rule in LOOKED_AT]


def found(account: Deal, on: date = TODAY, **asked: Any) -> list[tuple[str, str | None]]:
    return [(item.rule, item.opportunity_id) for item in warned(account, on, **asked)]


def reached(**stages: str) -> list[dict[str, str]]:
    return [{"stage": stage, "reached_on": day} for stage, day in stages.items()]


def won(**fields: Any) -> Account:
    """An account with a purchase that asks for no roles any more."""
    account = Account()
    account.opportunity("deal", status="won", **fields)
    return account


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("stage", Stage)
def test_step_and_stage_go_together_in_order(step: Step, stage: Stage) -> None:
    milestones = reached(**dict.fromkeys(Stage, MAY))
    items = warned(won(step=step, stage=stage, milestones=milestones))
    said = [item for item in items if item.rule == PurchaseRule.STAGE_STEP_MISMATCH]
    assert bool(said) == (STAGE_OF_STEP[step] is not stage)
    for item in said:
        assert [(row.kind, row.id) for row in item.evidence] == [("opportunity", "deal")]
        assert all(word in item.text for word in (step.en, stage.en, STAGE_OF_STEP[step].en, "Deal"))


def test_a_stage_that_lags_says_which_milestone_keeps_it() -> None:
    (item,) = warned(won(step="brew"))
    assert item.text.endswith("it is Develop, its milestone not reached: Accurate project information.")
    (item,) = warned(won(step="brew", milestones=reached(develop=MAY)), lang="zh")
    assert item.text == "Deal：客户处于“内部酝酿”，我方应在“立项”，现为“客户开发”。"
    (item,) = warned(won(step="discover", stage="qualify", milestones=reached(develop=MAY)))
    assert item.text.endswith("it is Qualify.")


def test_a_stage_is_left_with_its_milestone_only() -> None:
    skipped = won(step="design", stage="propose", milestones=reached(qualify=MAY))
    (item,) = warned(skipped)
    assert (item.rule, item.severity) == ("milestone-skipped", Severity.MEDIUM)
    assert item.text == "Deal: left behind without their milestone: Develop (Accurate project information)."
    whole = won(step="design", stage="propose", milestones=reached(develop=MAY, qualify=MAY))
    assert warned(whole) == []
    early = [(item.rule, item.text) for item in warned(whole, on=date(2025, 4, 30))]
    assert [rule for rule, _ in early] == ["milestone-skipped", "milestone-ahead", "milestone-ahead"]


def test_a_stage_has_one_milestone() -> None:
    twice = [*reached(develop=MAY, qualify=MAY), *reached(develop=JUNE)]
    with pytest.raises(ValidationError, match="two milestones of the stage develop"):
        Account().opportunity("deal", milestones=twice)


def test_milestones_out_of_order_or_ahead_of_time() -> None:
    days = reached(qualify=MAY, develop=JUNE, propose=JULY)
    items = warned(won(step="design", stage="propose", milestones=days))
    assert [item.rule for item in items] == ["milestone-order", "milestone-ahead"]
    assert items[0].text == "Deal: Qualify is dated before Develop, which comes first."
    assert items[1].text == "Deal: Propose is said to be reached on 2025-07-01, which has not come yet."
    assert all(item.severity is Severity.LOW for item in items)


def test_a_planned_milestone_is_late_from_the_day_after() -> None:
    planned = [*reached(develop=MAY), {"stage": "qualify", "planned_on": TODAY.isoformat()}]
    account = won(step="brew", stage="qualify", milestones=planned)
    assert warned(account) == []
    (item,) = warned(account, on=date(2025, 6, 17))
    assert (item.rule, item.severity) == ("milestone-late", Severity.MEDIUM)
    assert item.text == "Deal: Qualify was planned for 2025-06-15 and is 2 days late."
    done = [*reached(develop=MAY), {"stage": "qualify", "planned_on": MAY, "reached_on": JUNE}]
    assert warned(won(step="brew", stage="qualify", milestones=done)) == []
    with pytest.raises(ValidationError, match="reached on or is planned for"):
        Account().opportunity("deal", milestones=[{"stage": "qualify"}])


def test_from_the_tender_on_the_criteria_stand() -> None:
    before = {"milestones": reached(develop=MAY, qualify=MAY), "stage": "propose"}
    assert found(won(step="design", tender_issued_on=JULY, **before)) == []
    assert found(won(step="design", tender_issued_on=TODAY.isoformat(), **before)) == [
        ("criteria-shut", "deal"),
        ("tender-before-evaluate", "deal"),
    ]
    assert found(won(step="evaluate", **before)) == [
        ("criteria-shut", "deal"),
        ("stage-step-mismatch", "deal"),
    ]
    bid = {"milestones": reached(develop=MAY, qualify=MAY, propose=JUNE), "stage": "bid"}
    assert found(won(step="evaluate", tender_issued_on=JUNE, **bid)) == []


def test_lost_purchases_are_left_in_peace() -> None:
    account = Account()
    account.opportunity("deal", status="lost", step="commit", milestones=reached(qualify=MAY, develop=JUNE))
    assert warned(account) == []
    assert warned(account, opportunity_id="deal") == []


def staffed(*roles: str, step: str = "evaluate", **fields: Any) -> Account:
    """An open purchase with one person who has all these roles."""
    account = Account()
    done = list(Stage)[: list(Step).index(Step(step))]  # type: ignore[call-arg]
    milestones = reached(**dict.fromkeys(done, MAY))
    account.opportunity("deal", step=step, stage=STAGE_OF_STEP[Step(step)], milestones=milestones)  # type: ignore[call-arg]
    account.contact("ana", Level.MANAGEMENT, Function.USER, **fields)
    if roles:
        account.plays("ana", "deal", *roles)
    return account


def test_roles_should_be_known_from_their_step_on() -> None:
    assert found(staffed("user", step="discover")) == []
    (item,) = warned(staffed("user", step="brew"))
    assert item.text == "Deal: at Brew nobody is known as Decision maker."
    (item,) = warned(staffed("user", "decision_maker", "coach"), lang="zh")
    assert item.text == "Deal：“评估比较”步骤尚不清楚谁是评估者、审批者、采购。"
    everybody = [str(role) for role in DEFAULT_RULES.advice.roles_from]
    assert found(staffed(*everybody)) == []
    assert [rule for rule, _ in found(staffed(*everybody, status="left"))] == ["role-missing"]
    assert [rule for rule, _ in found(staffed(*everybody, restricted=True))] == ["role-missing"]


def test_roles_count_on_the_days_they_are_held() -> None:
    account = staffed(step="discover").plays("ana", "deal", "user", since=JUNE, until=JULY)
    assert found(account) == []
    assert found(account, on=date(2025, 7, 1)) == [("role-missing", "deal")]


def test_who_plays_a_part_has_a_seat() -> None:
    account = staffed("user", step="discover")
    account.contact("bea").plays("bea", "deal", "influencer")
    account.contact("cy", restricted=True).plays("cy", "deal", "influencer")
    account.contact("dan").plays("dan", "deal", "user", until=MAY).contact("eve")
    (item,) = warned(account)
    assert item.text == "Deal: who plays a part but has no seat in the chart: Bea."
    assert [(row.kind, row.id) for row in item.evidence] == [("contact", "bea"), ("plays", "plays-bea-deal")]
    account.edge(EdgeKind.WORKS_IN, "bea", "dept-user", since=MAY)
    assert warned(account) == []
    assert found(account, on=date(2025, 4, 30)) == [("role-unplaced", "deal")]


def test_actions_are_late_from_the_day_after() -> None:
    account = Account()
    account.opportunity(
        "deal",
        status="won",
        step="install",
        stage="deliver",
        milestones=reached(develop=MAY, qualify=MAY, propose=MAY, bid=MAY, negotiate=MAY),
    )
    account.action("list", due="2025-06-06", opportunity_id="deal")
    account.action("call", kind="next_step", due="2025-06-14", done_on="2025-06-16")
    account.action("today", due=TODAY.isoformat()).action("whenever").action("done", due=MAY, done_on=MAY)
    items = warned(account)
    assert [(item.text, item.opportunity_id) for item in items] == [
        ("Promise, overdue for 9 days: List", "deal"),
        ("Next step, overdue for 1 day: Call", None),
    ]
    assert found(account, on=date(2025, 6, 16)) == [("action-overdue", "deal"), ("action-overdue", None)]


def test_complaints_are_open_until_they_are_resolved() -> None:
    account = Account().contact("ana").contact("bea", restricted=True)
    account.complaint("old", "2025-05-06", "ana", "bea").complaint("hidden", "2025-06-15", "bea")
    account.complaint("soon", "2025-06-16", "ana").complaint(
        "shut", MAY, "ana", resolved_on=TODAY.isoformat()
    )
    items = warned(account)
    assert [(item.text, item.evidence[0].id) for item in items] == [
        ("A complaint is open for 40 days: Ana.", "old"),
        ("A complaint is open for 0 days: nobody named.", "hidden"),
    ]
    assert [item.evidence[0].id for item in warned(account, on=date(2025, 6, 14))] == ["shut", "old"]


def test_of_one_purchase_its_own_and_the_accounts() -> None:
    account = won(step="brew", milestones=reached(develop=MAY))
    account.opportunity("other", status="won", step="brew", milestones=reached(develop=MAY))
    account.action("mine", due=MAY, opportunity_id="deal").action("theirs", due=MAY, opportunity_id="other")
    account.action("all", due=MAY).contact("ana").complaint("sour", MAY, "ana")
    assert found(account, opportunity_id="deal") == [
        ("action-overdue", None),
        ("action-overdue", "deal"),
        ("complaint-open", None),
        ("stage-step-mismatch", "deal"),
    ]
    with pytest.raises(InvalidInput) as refused:
        advice(account.graph(), on=TODAY, opportunity_id="nothing")
    assert refused.value.faults[0].pointer == "/opportunity_id"


def test_every_rule_has_an_urgency_and_both_languages() -> None:
    assert set(DEFAULT_RULES.advice.severity) == set(RULES)
    assert len({str(rule) for rule in RULES}) == len(RULES) >= 40
    for rule in RULES:
        named = set(re.findall(r"{(\w+)}", rule.en))
        assert set(re.findall(r"{(\w+)}", rule.zh)) == named
        assert has_chinese(rule.zh)
        assert not has_chinese(rule.en)
        if rule.todo is not None:
            assert set(re.findall(r"{(\w+)}", rule.todo.zh)) == set(re.findall(r"{(\w+)}", rule.todo.en))
            assert has_chinese(rule.todo.zh)
            assert not has_chinese(rule.todo.en)


def test_concerns_are_those_said_else_those_of_the_category() -> None:
    account = staffed("user", step="discover")
    graph = account.graph()
    usual = concerns_of(graph, "ana", "deal")
    assert [row.code for row in usual] == list(DEFAULT_CONCERNS[Category.USER_MANAGER])
    assert {(row.category, row.edge_id) for row in usual} == {(Category.USER_MANAGER, None)}
    said = [{"code": "price", "form": "implied"}, {"code": "terms", "text": "30 days"}]
    account.contact("bea", Level.DECISION, Function.EXECUTIVE).plays("bea", "deal", concerns=said)
    told = concerns_of(account.graph(), "bea", "deal")
    assert [(row.code, row.form, row.text, row.edge_id, row.category) for row in told] == [
        ("price", "implied", None, "plays-bea-deal", None),
        ("terms", None, "30 days", "plays-bea-deal", None),
    ]


def test_nobody_knows_the_concerns_of_the_unplaced_and_the_restricted() -> None:
    account = staffed("user", step="discover").contact("bea")
    account.contact("cy", Level.MANAGEMENT, Function.USER, restricted=True)
    account.plays("cy", "deal", "user", concerns=[{"code": "price"}])
    assert concerns_of(account.graph(), "bea", "deal") == concerns_of(account.graph(), "cy", "deal") == []
    with pytest.raises(KeyError):
        concerns_of(account.graph(), "nobody", "deal")
