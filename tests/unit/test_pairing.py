"""The next pairing: solved by hand, and equal to trying every pair."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given

from models.enums import Category, EdgeKind, NodeKind, Rung, Step
from models.findings.coverage import Coverage, Pairing
from queries.coverage.coverage import coverage
from queries.coverage.shape import shape
from queries.people import people
from queries.rules import DEFAULT_RULES
from tests.deals import TODAY, Deal
from tests.standing import accounts, ladder
from tests.tie_records import event


def asked(account: Deal, **question: Any) -> Coverage:
    return coverage(account.graph(), on=TODAY, **question)


def pairs(account: Deal, **question: Any) -> list[tuple[str, str]]:
    return [(found.member_id, found.contact_id) for found in asked(account, **question).pairings]


def three_rungs() -> Deal:
    """Directors 82, managers 22, experts 42."""
    account = ladder(
        {"dora": "director", "max": "manager", "eva": "expert"},
        {"dai": "director", "mo": "manager", "mu": "manager", "ed": "expert"},
    )
    return account.knows("dora", "dai", 4).knows("max", "mo", 1).knows("eva", "ed", 2)


def test_the_weakest_rung_first_and_there_who_is_nearest() -> None:
    first, second, third = asked(three_rungs()).pairings
    assert [(one.member_id, one.contact_id) for one in (first, second, third)] == [
        ("max", "mo"),
        ("max", "mu"),
        ("eva", "ed"),
    ]
    assert (first.rung, first.strength, first.goal) == (Rung.MANAGER, 22, 50)
    assert first.shape == pytest.approx(((82 + 50 + 42) / 82 - 1) / 2)
    assert first.gain == second.gain == pytest.approx((50 - 22) / 82 / 2)
    assert third.gain == pytest.approx((50 - 42) / 82 / 2)
    assert (first.evidence[0].id, second.evidence, second.strength) == ("knows-max-mo", [], 0)


def test_what_a_purchase_needs_breaks_ties() -> None:
    account = three_rungs().department("till", "finance").opportunity("line", step=Step.COMMIT)
    account.contact("fay").edge(EdgeKind.WORKS_IN, "fay", "till", rung="manager")
    found = asked(account, opportunity_id="line").pairings[0]
    assert (found.member_id, found.contact_id, found.fills) == ("max", "fay", [Category.FINANCE_MANAGER])
    assert found.trust_gain == pytest.approx(0.35 * 50)


def test_no_pairing_with_who_is_against_us_a_seat_or_a_quarrel() -> None:
    account = three_rungs().opportunity("line").plays("mo", "line", attitude=-1)
    assert pairs(account) == [("max", "mu"), ("eva", "ed")]
    account.contact("seat", placeholder=True).edge(EdgeKind.WORKS_IN, "seat", "dept", rung="manager")
    account.records.append(event("e", "meeting", TODAY, sentiment=-2, members=["max"], contacts=["mu"]))
    assert pairs(account) == [("eva", "ed")]
    account.member("mel", rung="manager")
    assert pairs(account) == [("mel", "mu"), ("eva", "ed")], "another equal may try"


def test_weak_relations_are_brought_level_before_they_run_ahead() -> None:
    account = ladder({"max": "manager", "eva": "expert"}, {"mo": "manager", "ed": "expert"})
    found = asked(account.knows("max", "mo", 1)).pairings[0]
    assert (found.member_id, found.contact_id, found.goal) == ("eva", "ed", 22)
    assert (found.gain, found.shape) == (1, 1)


def test_nothing_to_gain_nothing_proposed() -> None:
    account = ladder({"max": "manager", "eva": "expert"}, {"mo": "manager", "ed": "expert"})
    assert pairs(account.knows("max", "mo", 3).knows("eva", "ed", 3)) == []


def tried(account: Deal) -> list[Pairing]:
    """Every pair of equals tried by itself: the best of each contact, the best contacts first."""
    graph, rules = account.graph(), DEFAULT_RULES
    who = people(graph.on(TODAY), "line", rules.influence.finance_share_of_clerks)
    now = asked(account, opportunity_id="line")
    weights = rules.influence.steps[_step(account)]
    strands = {strand.rung: strand.counted for strand in now.strands}
    most = max(strands.values(), default=0.0)
    goal = min(50.0, most) if most else 50.0
    ties = {(tie.member_id, tie.contact_id): tie for tie in now.items}
    best: dict[str, tuple[Any, ...]] = {}
    members, contacts = graph.nodes[NodeKind.MEMBER], graph.contacts
    for (m, member), (c, contact) in product(enumerate(members.ids), enumerate(contacts.ids)):
        tie = ties.get((member, contact))
        rung = int(who.rung[c])
        if (
            rung < 0
            or rung != members.array("rung")[m]
            or not who.counts[c]
            or contacts.array("placeholder")[c] == 1
        ):
            continue
        if who.attitude[c] < 0:
            continue
        had = tie.counted if tie else 0.0
        raised = max(had, goal * (0.5 if who.voice[c] == 0 else 1))
        then = {**strands, tuple(Rung)[rung]: max(strands[tuple(Rung)[rung]], raised)}
        gain = (shape(list(then.values())) or 0) - (shape(list(strands.values())) or 0)
        trust = 0.0
        for column, category in enumerate(Category):
            worth = max(
                (t.counted * who.shares[contacts.position[t.contact_id], column] for t in now.items),
                default=0,
            )
            trust += weights[category] * max(0.0, raised * who.shares[c, column] - worth)
        if gain > 1e-9 or trust > 1e-9:
            key = (-round(gain, 6), -round(trust, 6), -round(had, 6), contact, member)
            best[contact] = min(best.get(contact, key), key)
    return [(key[4], key[3]) for key in sorted(best.values())][: rules.coverage.pairings]


def _step(account: Deal) -> Step:
    return next(Step(body["step"]) for kind, body in account.records if kind is NodeKind.OPPORTUNITY)


@given(accounts())
def test_the_proposals_are_those_of_trying_every_pair(account: Deal) -> None:
    assert pairs(account, opportunity_id="line") == tried(account)


@given(accounts())
def test_what_is_promised_comes_true(account: Deal) -> None:
    before = asked(account, opportunity_id="line")
    for found in before.pairings:
        assert found.gain >= 0
        assert found.trust_gain >= 0
        if before.shape is not None:
            assert found.shape == pytest.approx(before.shape + found.gain)
        if before.missing_categories:
            missing = {row.category for row in before.missing_categories}
            assert set(found.fills) <= missing
