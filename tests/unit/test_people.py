"""What the kernels know of each contact: seat, category, role, attitude, voice."""

from __future__ import annotations

import math
from datetime import date

import pytest

from models.enums import (
    Attitude,
    BuyingRole,
    Category,
    ContactStatus,
    EdgeKind,
    Function,
    Level,
    OpportunityStatus,
    Rung,
    Voice,
)
from queries.people import People, people
from tests.invented import Invented

DAY = date(2025, 3, 1)

MAKER, USER_MANAGER, TECHNICAL_MANAGER, FINANCE_MANAGER, USER, OPERATOR = Category
SHARES = [
    (Level.DECISION, Function.USER, {MAKER: 1.0, USER_MANAGER: 1.0}),
    (Level.DECISION, Function.TECHNICAL, {MAKER: 1.0, TECHNICAL_MANAGER: 1.0}),
    (Level.DECISION, Function.LEGAL, {MAKER: 1.0, FINANCE_MANAGER: 1.0}),
    (Level.DECISION, Function.EXECUTIVE, {MAKER: 1.0}),
    (Level.MANAGEMENT, Function.SALES, {USER_MANAGER: 1.0}),
    (Level.MANAGEMENT, Function.TECHNICAL, {TECHNICAL_MANAGER: 1.0}),
    (Level.MANAGEMENT, Function.PROCUREMENT, {FINANCE_MANAGER: 1.0}),
    (Level.MANAGEMENT, Function.OTHER, {}),
    (Level.OPERATIONAL, Function.USER, {USER: 1.0}),
    (Level.OPERATIONAL, Function.TECHNICAL, {OPERATOR: 1.0}),
    (Level.OPERATIONAL, Function.FINANCE, {FINANCE_MANAGER: 0.3}),
    (Level.OPERATIONAL, Function.EXECUTIVE, {}),
]


def seen(account: Invented, opportunity_id: str | None = None) -> People:
    return people(account.graph().on(DAY), opportunity_id)


def shares(who: People, row: int = 0) -> dict[Category, float]:
    return {category: share for category, share in zip(Category, who.shares[row], strict=True) if share}


@pytest.mark.parametrize(("level", "function", "expected"), SHARES)
def test_level_and_function_make_the_category(
    level: Level, function: Function, expected: dict[Category, float]
) -> None:
    who = seen(Invented().contact("ana", level, function))
    assert shares(who) == expected
    assert who.category(0) == next(iter(expected), None)


def test_who_has_no_job_is_unplaced() -> None:
    who = seen(Invented().contact("ana"))
    assert (who.level[0], who.function[0], who.department[0], who.title(0)) == (-1, -1, -1, None)
    assert shares(who) == {}
    assert not who.decision()[0]


def test_the_rung_gives_the_level_unless_one_is_entered() -> None:
    account = Invented().department("shop", Function.USER).contact("ana").contact("ben")
    account.edge(EdgeKind.WORKS_IN, "ana", "shop", rung=Rung.MANAGER, title="Foreman")
    account.edge(EdgeKind.WORKS_IN, "ben", "shop", rung=Rung.MANAGER, level=Level.DECISION)
    who = seen(account)
    assert [list(Level)[code] for code in who.level] == [Level.MANAGEMENT, Level.DECISION]
    assert (who.title(0), who.title(1)) == ("Foreman", None)
    assert who.decision().tolist() == [False, True]
    assert [list(Rung)[code] for code in who.rung] == [Rung.MANAGER, Rung.MANAGER]


@pytest.mark.parametrize(
    ("level", "rung"),
    [(Level.DECISION, Rung.DIRECTOR), (Level.MANAGEMENT, Rung.MANAGER), (Level.OPERATIONAL, None)],
)
def test_a_rung_nobody_said_follows_from_a_level_that_has_but_one(level: Level, rung: Rung | None) -> None:
    code = seen(Invented().contact("ana", level)).rung[0]
    assert (None if code < 0 else list(Rung)[code]) is rung


def test_the_open_primary_job_counts() -> None:
    account = Invented().department("lab", Function.TECHNICAL).department("till", Function.FINANCE)
    account.contact("ana")
    account.edge(EdgeKind.WORKS_IN, "ana", "lab", id="a-side", level=Level.DECISION, primary=False)
    account.edge(
        EdgeKind.WORKS_IN, "ana", "lab", id="b-old", level=Level.DECISION, until=date(2025, 1, 1).isoformat()
    )
    account.edge(EdgeKind.WORKS_IN, "ana", "till", id="c-main", level=Level.MANAGEMENT)
    assert shares(seen(account)) == {FINANCE_MANAGER: 1.0}


def test_a_job_may_have_another_function_than_its_department() -> None:
    account = Invented().department("plant", Function.USER).contact("ana")
    account.edge(EdgeKind.WORKS_IN, "ana", "plant", level=Level.MANAGEMENT, function=Function.TECHNICAL)
    assert shares(seen(account)) == {TECHNICAL_MANAGER: 1.0}


def test_the_role_of_decision_maker_puts_any_rank_among_the_decision_makers() -> None:
    account = Invented().contact("ana", Level.OPERATIONAL, Function.USER).opportunity("line")
    account.plays("ana", "line", "decision_maker")
    assert shares(seen(account, "line")) == {MAKER: 1.0, USER: 1.0}
    assert seen(account, "line").category(0) is MAKER


def test_who_decides_sits_at_the_decision_level_or_decides_or_approves_by_role() -> None:
    account = Invented().contact("ana", Level.DECISION).contact("ben", Level.OPERATIONAL).contact("cem")
    account.contact("dan", Level.MANAGEMENT).opportunity("line").opportunity("grid")
    account.plays("ben", "line", "decision_maker").plays("cem", "line", "approver", "user")
    account.plays("dan", "line", "evaluator").plays("dan", "grid", "approver")
    assert seen(account, "line").deciders().tolist() == [True, True, True, False]
    assert seen(account, "grid").deciders().tolist() == [True, False, False, True]
    assert seen(account, "line").holding(BuyingRole.USER, BuyingRole.EVALUATOR).tolist() == [
        False, False, True, True
    ]  # fmt: skip


def test_roles_attitude_and_voice_are_those_of_the_opportunity() -> None:
    account = Invented().contact("ana").opportunity("line").opportunity("grid")
    account.plays("ana", "line", "user", attitude=Attitude.ADVOCATE, voice=Voice.SOME)
    account.plays("ana", "grid", "approver", attitude=Attitude.AGAINST)
    line, grid = seen(account, "line"), seen(account, "grid")
    assert (line.roles[0], line.attitude[0], line.voice[0]) == ({"user"}, 2, 1)
    assert (grid.roles[0], grid.attitude[0]) == ({"approver"}, -2)
    assert math.isnan(grid.voice[0])


def test_without_an_opportunity_all_open_ones_count_together() -> None:
    account = Invented().contact("ana").contact("ben").opportunity("line").opportunity("grid")
    account.opportunity("past", status=OpportunityStatus.LOST)
    account.plays("ana", "line", "user", attitude=Attitude.ADVOCATE, voice=Voice.SOME)
    account.plays("ana", "grid", "approver", attitude=Attitude.SCEPTICAL, voice=Voice.STRONG)
    account.plays("ben", "past", "approver", attitude=Attitude.AGAINST)
    who = seen(account)
    assert who.roles == ({"user", "approver"}, frozenset())
    assert (who.attitude[0], who.voice[0]) == (-1, 2)
    assert who.in_centre.tolist() == [True, False]
    assert math.isnan(who.attitude[1])


def test_who_left_or_objected_does_not_count() -> None:
    account = Invented().contact("ana").contact("ben", status=ContactStatus.LEFT)
    account.contact("cho", restricted=True).contact("dee", status=ContactStatus.UNKNOWN)
    assert seen(account).counts.tolist() == [True, False, False, True]
