"""Advice about purchases: windows, criteria, tender, budget, time."""

from __future__ import annotations

from typing import Any

import pytest

from models.enums import Function, Level
from tests.advised import Account, back, fired, texts

REACHED = [
    {"stage": stage, "reached_on": "2024-01-01"}
    for stage in ("develop", "qualify", "propose", "bid", "negotiate")
]


def installing(planned: int | None, **done: Any) -> Account:
    """An installation to be accepted in so many days, and something to decide with Ana."""
    acceptance = [] if planned is None else [{"stage": "deliver", "planned_on": back(-planned), **done}]
    account = Account().opportunity("old", status="won", step="install", milestones=[*REACHED, *acceptance])
    account.opportunity("line", step="evaluate", step_since=back(5))
    account.contact("ana", Level.DECISION, Function.EXECUTIVE)
    return account.plays("ana", "line", "decision_maker", attitude=1)


def test_an_acceptance_shuts_a_window() -> None:
    (item,) = fired(installing(18), "window-closing")
    assert item.text == "Old: acceptance in 18 days, on 2025-07-03, shuts a window to the decision layer."
    assert item.suggested is not None
    assert (item.suggested.contact_id, str(item.suggested.due)) == ("ana", "2025-07-03")
    own = installing(18).plays("ana", "old", "approver")
    assert len(fired(own, "window-closing", opportunity_id="old")) == 1, "also asked about what is installed"
    assert len(fired(installing(0), "window-closing")) == len(fired(installing(30), "window-closing")) == 1
    for account in (installing(31), installing(-1), installing(None), installing(18, reached_on=back(1))):
        assert fired(account, "window-closing") == []
    alone = Account().opportunity("old", status="won", step="install", milestones=REACHED)
    assert fired(alone, "window-closing") == [], "nothing else to decide"
    planned = [*REACHED, {"stage": "deliver", "planned_on": back(-18)}]
    itself = Account().opportunity("old", status="open", step="install", milestones=planned)
    itself.contact("ana", Level.DECISION, Function.EXECUTIVE).plays("ana", "old", "approver")
    assert fired(itself, "window-closing") == [], "what is installed is not something else to decide"


def brewing(met: int | None, **ana: Any) -> Account:
    account = Account().member("mia").opportunity("line", step="brew", step_since=back(30))
    account.contact("ana", Level.DECISION, Function.EXECUTIVE, **ana)
    account.plays("ana", "line", "decision_maker")
    return account if met is None else account.met("mia", "ana", met)


def test_a_window_is_to_be_used() -> None:
    unused = "Line: the window to the decision layer is open since 2025-05-16; not spoken to since: Ana."
    assert texts(brewing(None), "window-unused") == texts(brewing(31), "window-unused") == [unused]
    assert texts(brewing(30), "window-unused") == []
    assert texts(brewing(None, placeholder=True), "window-unused") == []
    shut = Account().opportunity("line", step="design", step_since=back(30)).contact("ana", Level.DECISION)
    assert texts(shut.plays("ana", "line", "user"), "window-unused") == []


def test_criteria_of_the_competitor() -> None:
    rows = [{"text": "Three years", "origin": "competitor", "owner_id": "ana"}, {"text": "Fast"}]
    account = Account().contact("ana").opportunity("line", step="design", criteria=rows)
    (item,) = fired(account, "criteria-theirs")
    assert item.text == "Line: 1 of 2 criteria were the competitor's idea: Three years."
    assert item.suggested is not None
    assert item.suggested.text.startswith("Line: ask Ana why these criteria matter")
    many = [{"text": f"C{number}", "origin": "competitor"} for number in range(5)]
    (said,) = texts(Account().opportunity("line", criteria=many), "criteria-theirs", lang="zh")
    assert said == "Line：5 项采购指标中有 5 项由竞争者提出：C0、C1、C2、另有 2 项。"


@pytest.mark.parametrize(
    ("step", "origins", "told"),
    [
        ("design", [], 1),
        ("design", ["theirs"], 1),
        ("design", ["ours"], 0),
        ("brew", [], 0),
        ("commit", [], 0),
    ],
)
def test_a_criterion_is_to_be_our_idea(step: str, origins: list[str], told: int) -> None:
    rows = [{"text": "Fast", "origin": origin} for origin in origins]
    assert len(fired(Account().opportunity("line", step=step, criteria=rows), "criteria-not-ours")) == told
    out = Account().opportunity("line", step=step, criteria=rows, tender_issued_on=back(0))
    assert fired(out, "criteria-not-ours") == []


def test_evaluators_are_to_be_won_after_the_tender() -> None:
    def tendered(**line: Any) -> Account:
        account = Account().opportunity("line", **{"step": "evaluate", "tender_issued_on": back(21), **line})
        for id_, attitude in (("ana", 1), ("bo", 0), ("cy", None), ("dan", -2)):
            account.contact(id_).plays(id_, "line", "evaluator", attitude=attitude)
        return account.contact("eve").plays("eve", "line", "user")

    assert texts(tendered(), "tender-undecided") == [
        "Line: the tender is out for 21 days, and not won among those who evaluate: Bo, Cy, Dan."
    ]
    assert texts(tendered(tender_issued_on=back(-1)), "tender-undecided") == []
    assert texts(tendered(step="commit"), "tender-undecided") == []


@pytest.mark.parametrize(
    ("step", "state", "told"),
    [("brew", None, 0), ("design", None, 1), ("commit", "planned", 1), ("design", "approved", 0)],
)
def test_the_budget_is_approved_from_design_on(step: str, state: str | None, told: int) -> None:
    assert len(fired(Account().opportunity("line", step=step, budget_state=state), "budget-unsure")) == told


def test_of_many_purchases_those_furthest_along_are_told() -> None:
    account = Account()
    for place, step in enumerate(("discover", *["design"] * 5, "evaluate")):
        account.opportunity(f"p{place}", step=step)
    told = [item.opportunity_id for item in fired(account, "role-missing")]
    assert told == ["p6", "p1", "p2", "p3", "p4"]


def test_a_purchase_that_stands_still() -> None:
    assert texts(Account().opportunity("line", step_since=back(181)), "step-stalled") == [
        "Line: at Discover for 181 days."
    ]
    assert texts(Account().opportunity("line", step_since=back(180)), "step-stalled") == []
    assert texts(Account().opportunity("line"), "step-stalled") == []
