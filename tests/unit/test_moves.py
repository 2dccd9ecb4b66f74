"""Why people move between purchasing steps: exact parts, and sentences in both languages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import Category, Function, Level, Prior, Step
from models.faults import Code, InvalidInput
from models.findings.influence import Influencer
from models.measures import Measure
from queries.influence.priors import prior_of, prior_parts
from queries.influence.ranking import rank_influencers
from queries.people import people as people_of
from queries.rules import DEFAULT_RULES
from tests.invented import Invented
from tests.rankings import DAY, items, people, ranking
from tests.unit.test_influence_properties import accounts, priors

steps = st.sampled_from(list(Step))


def firm() -> Invented:
    """A decider who listens to an engineer of no rank, a manager of the users, and two users."""
    account = Invented().contact("boss", Level.DECISION, name="Boss")
    account.contact("eng", Level.OPERATIONAL, Function.TECHNICAL, name="Eng")
    account.contact("mgr", Level.MANAGEMENT, Function.USER, name="Mgr")
    for id_ in ("u1", "u2"):
        account.contact(id_, Level.OPERATIONAL, Function.USER)
    return account.influences("eng", "boss", 0.5)  # .5·.8 = .4: the boss listens fully


def moves(account: Invented, step: Step, compared: Step, **asked: Any) -> dict[str, Influencer]:
    return items(account, step=step, compare_step=compared, **asked)


def test_a_move_is_taken_apart_by_who_passes_it_on_and_by_what_weighs_otherwise() -> None:
    # Finance and technical managers are missing. Of the rest, deciders hold .45 of .75 at brew, .05 of .80 at
    # discover; operators .05 of .75 and .20 of .80. The engineer has his own seat and .3 of the boss's.
    moved = moves(firm(), Step.BREW, Step.DISCOVER)["eng"].moved
    assert moved is not None
    own, boss = 0.05 / 0.75 - 0.20 / 0.80, 0.3 * (0.45 / 0.75 - 0.05 / 0.80)
    assert moved.own == pytest.approx(own)
    assert [(source.contact_id, source.change) for source in moved.sources] == [("boss", pytest.approx(boss))]
    assert moved.change == pytest.approx(own + boss)
    assert {row.category: row.change for row in moved.by_category} == pytest.approx(
        {Category.DECISION_MAKER: boss, Category.OPERATOR: own}
    )
    assert moved.others == 0


def test_where_he_comes_from_is_his_place_at_the_other_step() -> None:
    account = firm()
    before = items(account, step=Step.DISCOVER)
    for id_, item in moves(account, Step.BREW, Step.DISCOVER).items():
        assert item.moved is not None
        assert (item.moved.from_rank, item.moved.from_share) == (before[id_].rank, before[id_].share)


def test_the_sentence_says_it_in_both_languages() -> None:
    found = moves(firm(), Step.BREW, Step.DISCOVER)
    assert found["boss"].moved is not None
    assert found["boss"].moved.why == (
        "Up from 5 to 1, share 4.4 % → 42.0 %: own seat +37.6; "
        "decision makers weigh 60 % instead of 6 % (+37.6)"
    )
    there = moves(firm(), Step.BREW, Step.DISCOVER, lang="zh")["eng"].moved
    assert there is not None
    assert there.why == (
        "由第 1 降至第 3，份额 26.9% → 24.7%：自身职位 -18.3；操作者权重由 25% 变为 7%（-18.3）"
    )


def test_nothing_moves_from_a_step_to_itself_or_where_seats_do_not_count() -> None:
    for asked in ({"step": Step.BREW}, {"step": Step.COMMIT, "prior": Prior.FLAT}):
        for item in items(firm(), compare_step=Step.BREW, **asked).values():
            assert item.moved is not None
            assert (item.moved.from_rank, item.moved.change) == (item.rank, 0)
            assert (item.moved.sources, item.moved.by_category) == ([], [])
            assert item.moved.why.startswith(f"Still at {item.rank}")


def test_without_a_comparison_nobody_is_said_to_have_moved() -> None:
    assert {item.moved for item in items(firm(), step=Step.BREW).values()} == {None}


@pytest.mark.parametrize(
    "asked", [{}, {"step": Step.BREW, "measure": Measure.PAGERANK}, {"measure": Measure.AUTHORITY}]
)
def test_only_steps_of_the_ranking_by_influence_are_compared(asked: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as caught:
        ranking(firm(), compare_step=Step.DISCOVER, **asked)
    assert [(fault.code, fault.pointer) for fault in caught.value.faults] == [
        (Code.NOTHING_TO_COMPARE, "/compare_step")
    ]


def test_the_purchase_gives_the_step_that_is_compared() -> None:
    account = firm().opportunity("deal", step=Step.BREW)
    found = items(account, opportunity_id="deal", compare_step=Step.DISCOVER)
    assert found["boss"].moved == moves(account, Step.BREW, Step.DISCOVER)["boss"].moved


def test_an_account_without_seats_has_moves_all_the_same() -> None:
    found = items(people("ana", "ben").influences("ana", "ben", 1), step=Step.BREW, compare_step=Step.COMMIT)
    assert [item.moved.change for item in found.values() if item.moved] == [0, 0]


@given(accounts(), steps, steps, priors)
def test_the_parts_of_every_move_add_up(account: Invented, step: Step, compared: Step, prior: Prior) -> None:
    graph = account.graph()
    asked = {"on": DAY, "opportunity_id": "deal", "prior": prior}
    now = rank_influencers(graph, step=step, compare_step=compared, **asked)
    before = shares_of(rank_influencers(graph, step=compared, **asked).items)
    for item in now.items:
        moved = item.moved
        assert moved is not None
        assert moved.change == pytest.approx(item.share - before[item.contact_id], abs=1e-8)
        passed_on = moved.own + sum(source.change for source in moved.sources) + moved.others
        assert passed_on == pytest.approx(moved.change, abs=1e-8)
        assert sum(row.change for row in moved.by_category) == pytest.approx(moved.change, abs=1e-8)
    assert sum(item.moved.change for item in now.items if item.moved) == pytest.approx(0, abs=1e-8)


def shares_of(found: list[Influencer]) -> dict[str, float]:
    return {item.contact_id: item.share for item in found}


@given(accounts(), steps, priors)
def test_the_prior_by_category_adds_up_to_the_prior(account: Invented, step: Step, prior: Prior) -> None:
    who, rules = people_of(account.graph(), "deal"), DEFAULT_RULES.influence
    parts = prior_parts(who, rules, prior, step)
    assert parts.sum(axis=0) == pytest.approx(prior_of(who, rules, prior, step), abs=1e-12)
    assert np.all(parts >= 0)
