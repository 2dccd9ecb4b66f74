"""Coverage: shape, matrix, single threads and gaps, solved by hand and against their definitions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.anonymous import ERASED_NAME
from models.coverage import Discount
from models.enums import BuyingRole, Category, Function, Level, NodeKind, Rung, Step
from models.faults import InvalidInput
from models.findings.coverage import Coverage
from queries.advice.answer import advice
from queries.coverage.coverage import coverage
from queries.coverage.shape import shape
from tests.deals import TODAY, Deal
from tests.standing import accounts, ladder
from tests.tie_records import event

NONE = Category.DECISION_MAKER, Category.TECHNICAL_MANAGER, Category.USER, Category.OPERATOR


def asked(account: Deal, **question: Any) -> Coverage:
    return coverage(account.graph(), on=TODAY, **question)


@pytest.mark.parametrize(
    ("strands", "expected"),
    [
        ((), None),
        ((80,), None),
        ((0, 0, 0), 0),
        ((80, 0, 0), 0),
        ((60, 60, 60, 60), 1),
        ((50, 25), 0.5),
        ((80, 40, 20), 0.375),
    ],
)
def test_the_shape_of_strands(strands: tuple[float, ...], expected: float | None) -> None:
    assert shape(strands) == expected


points = st.lists(st.floats(0, 100), min_size=2, max_size=5)


@given(points, st.floats(0.01, 1))
def test_a_shape_lies_between_bow_tie_and_diamond_and_knows_no_scale(
    strands: list[float], scale: float
) -> None:
    found = shape(strands)
    assert found is not None
    assert 0 <= found <= 1 + 1e-9
    assert shape([0.0, *strands[1:], strands[0]][1:]) == pytest.approx(found)
    if max(strands) > 1e-6:
        assert shape([scale * one for one in strands]) == pytest.approx(found)


@given(points, st.data())
def test_raising_a_strand_up_to_the_strongest_never_lowers_the_shape(
    strands: list[float], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(strands) - 1))
    raised = data.draw(st.floats(strands[place], max(strands)))
    assert (shape([*strands[:place], raised, *strands[place + 1 :]]) or 0) >= (shape(strands) or 0) - 1e-12


def test_equals_meet_at_three_rungs() -> None:
    """Directors 82, managers 22, of the experts nobody of ours; manager to director is no strand."""
    account = ladder(
        {"dora": "director", "max": "manager"}, {"dai": "director", "mo": "manager", "eve": "expert"}
    )
    account.knows("dora", "dai", 4).knows("max", "mo", 1).knows("max", "dai", 2).knows("dora", "eve", 3)
    found = asked(account)
    assert [(strand.rung, strand.members, strand.people, strand.counted) for strand in found.strands] == [
        (Rung.DIRECTOR, 1, 1, 82),
        (Rung.MANAGER, 1, 1, 22),
    ]
    assert found.shape == pytest.approx(22 / 82)
    assert found.unmatched == [Rung.EXPERT]
    cells = {(cell.ours, cell.theirs): (cell.strength, cell.ties) for cell in found.rungs}
    assert cells == {
        (Rung.DIRECTOR, Rung.DIRECTOR): (82, 1),
        (Rung.DIRECTOR, Rung.MANAGER): (0, 0),
        (Rung.DIRECTOR, Rung.EXPERT): (62, 1),
        (Rung.MANAGER, Rung.DIRECTOR): (42, 1),
        (Rung.MANAGER, Rung.MANAGER): (22, 1),
        (Rung.MANAGER, Rung.EXPERT): (0, 0),
    }
    assert [(cell.ours, cell.theirs) for cell in found.levels][:3] == [
        (Level.DECISION, Level.DECISION),
        (Level.DECISION, Level.MANAGEMENT),
        (Level.DECISION, Level.OPERATIONAL),
    ]
    assert found.strands[0].evidence[0].id == "knows-dora-dai"


def test_the_matrix_person_by_person() -> None:
    account = ladder({"max": "manager"}, {"mo": "manager", "eve": "expert"}).opportunity("line")
    account.knows("max", "mo", 1).knows("max", "eve", 3).plays("eve", "line", voice=0)
    first, second = asked(account).items
    assert (first.contact_id, first.strength, first.counted, first.discount) == (
        "eve",
        62,
        31,
        Discount.VOICELESS,
    )
    assert (first.equal, first.member_level, first.contact_level) == (
        False,
        Level.MANAGEMENT,
        Level.OPERATIONAL,
    )
    assert (second.contact_id, second.equal, second.contact_rung) == ("mo", True, Rung.MANAGER)
    assert (second.department_id, second.evidence[0].id) == ("dept", "knows-max-mo")
    assert [tie.contact_id for tie in asked(account, limit=1).items] == ["eve"]
    assert asked(account, limit=1).strands == asked(account).strands


def test_a_strand_counts_what_can_be_relied_on() -> None:
    account = ladder({"max": "manager", "eva": "expert"}, {"mo": "manager", "moe": "manager", "ed": "expert"})
    account.opportunity("line").plays("mo", "line", attitude=-2)
    account.knows("max", "mo", 4).knows("max", "moe", 1).knows("eva", "ed", 1)
    assert [(strand.counted, strand.contact_id) for strand in asked(account).strands] == [
        (22, "moe"),
        (22, "ed"),
    ]
    assert asked(account).shape == 1
    cell = asked(account).rungs[0]
    assert (cell.contact_id, cell.ties) == ("moe", 2), "the tie that can be relied on, not the stronger one"


def test_who_holds_most_of_all() -> None:
    account = ladder({"max": "manager", "eva": "expert"}, {"mo": "manager", "ed": "expert"})
    account.knows("max", "mo", 4).knows("max", "ed", 1).knows("eva", "ed", 2)
    hub = asked(account).hub
    assert hub is not None
    assert (hub.member_id, hub.contacts) == ("max", 2)
    assert hub.share == pytest.approx((82 + 22) / (82 + 22 + 42))
    assert asked(ladder({"max": "manager"}, {"mo": "manager"})).hub is None


def test_departments_and_deciders_that_hang_on_one() -> None:
    account = Deal().member("mia", "max").opportunity("line")
    account.contact("una", Level.OPERATIONAL, Function.USER).contact(
        "fay", Level.MANAGEMENT, Function.FINANCE
    )
    account.contact("dan", Level.DECISION, Function.EXECUTIVE).contact(
        "tom", Level.MANAGEMENT, Function.TECHNICAL
    )
    account.knows("mia", "una", 3).knows("max", "una", 2)  # 62 and 42: a third goes, the unit does not hang
    account.knows("mia", "fay", 4)  # alone
    account.knows("mia", "dan", 4).knows("max", "dan", 1)  # 82 and 22: most goes
    account.knows("max", "tom", 1)  # a stranger's tie: nothing hangs on it
    found = asked(account).threads
    assert [(thread.kind, thread.id, thread.member_id, thread.alone) for thread in found] == [
        (NodeKind.CONTACT, "dan", "mia", False),
        (NodeKind.DEPARTMENT, "dept-finance", "mia", True),
        (NodeKind.DEPARTMENT, "dept-executive", "mia", False),
    ]
    dan, fay, _ = found
    assert (dan.strength, dan.without, dan.loss) == (82, 22, pytest.approx(60 / 82))
    assert [tie.id for tie in dan.evidence] == ["knows-mia-dan", "knows-max-dan"]
    assert (fay.name, fay.without, fay.loss) == ("Dept-Finance", 0, 1)


def test_an_approver_is_a_decider_in_his_purchase() -> None:
    account = Deal().member("mia").opportunity("line").opportunity("grid")
    account.contact("fay", Level.MANAGEMENT, Function.FINANCE).knows("mia", "fay", 4)
    account.plays("fay", "line", "approver")
    assert [thread.kind for thread in asked(account, opportunity_id="line").threads] == [
        "contact",
        "department",
    ]
    assert [thread.kind for thread in asked(account, opportunity_id="grid").threads] == ["department"]


@given(accounts())
def test_a_thread_is_what_breaks_when_one_of_ours_goes(account: Deal) -> None:
    whole = asked(account, opportunity_id="line")
    for thread in whole.threads:
        inside = [tie for tie in whole.items if thread.id in (tie.contact_id, tie.department_id)]
        left = [tie.counted for tie in inside if tie.member_id != thread.member_id]
        best = max(tie.counted for tie in inside)
        assert (thread.strength, thread.without) == (best, max(left, default=0))
        assert thread.loss >= 0.5
        assert thread.alone is (thread.without == 0)


def test_roles_and_categories_with_nobody() -> None:
    account = Deal().member("mia").opportunity("line", step=Step.BREW).opportunity("grid", step=Step.DISCOVER)
    account.opportunity("lost", step=Step.INSTALL, status="lost").opportunity(
        "won", step=Step.INSTALL, status="won"
    )
    account.contact("una", Level.MANAGEMENT, Function.USER).plays("una", "grid", "user").knows(
        "mia", "una", 3
    )
    account.contact("fay", Level.MANAGEMENT, Function.FINANCE).knows("mia", "fay", 2)
    found = asked(account)
    assert [(row.opportunity_id, row.role, row.step) for row in found.missing_roles] == [
        ("line", BuyingRole.USER, Step.DISCOVER),
        ("line", BuyingRole.DECISION_MAKER, Step.BREW),
    ]
    assert asked(account, opportunity_id="grid").missing_roles == []
    missing = {row.category: (row.people, row.worth, row.contact_id) for row in found.missing_categories}
    assert missing == {Category.FINANCE_MANAGER: (1, 42, "fay"), **dict.fromkeys(NONE, (0, 0, None))}


def test_a_role_of_who_was_erased_is_missing_in_coverage_and_in_advice() -> None:
    found = []
    for name, seat in (("Ana", False), (ERASED_NAME, True)):
        account = Deal().contact("ana", name=name, placeholder=seat).opportunity("line", step=Step.BREW)
        account.plays("ana", "line", "decision_maker")
        roles = {row.role for row in asked(account).missing_roles}
        advised = [
            item.text for item in advice(account.graph(), on=TODAY).items if item.rule == "role-missing"
        ]
        named = any(BuyingRole.DECISION_MAKER.en.lower() in text.lower() for text in advised)
        found.append((BuyingRole.DECISION_MAKER in roles, named))
    assert found == [(False, False), (True, True)]


def test_who_left_or_is_restricted_is_no_part_of_it() -> None:
    account = ladder({"max": "manager"}, {"mo": "manager"})
    account.contact("gone", Level.MANAGEMENT, status="left").contact("shy", Level.MANAGEMENT, restricted=True)
    account.knows("max", "gone", 4).knows("max", "shy", 4)
    found = asked(account)
    assert found.items == found.threads == []
    assert found.strands[0].people == 1


def test_a_tie_without_a_record_is_named_by_its_ends() -> None:
    account = ladder({"max": "manager"}, {"mo": "manager"})
    account.records.append(event("e", "meeting", TODAY, members=["max"], contacts=["mo"]))
    assert asked(account).items[0].evidence[0].id == "max~mo"


def test_an_unknown_purchase_is_refused() -> None:
    with pytest.raises(InvalidInput):
        asked(Deal(), opportunity_id="nothing")


def test_an_empty_account_has_no_shape() -> None:
    found = asked(Deal())
    assert (found.shape, found.strands, found.pairings, found.hub) == (None, [], [], None)
    assert len(found.missing_categories) == len(Category)
