"""Trust: solved by hand, and against its definition tie by tie."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.coverage import Discount
from models.enums import Category, Function, Grade, Level, Step
from models.faults import InvalidInput
from models.findings.trust import Trust, TrustTerm
from queries.coverage.trust import trust
from queries.people import people
from queries.rules import DEFAULT_RULES
from queries.strength.table import tie_strengths
from tests.deals import TODAY, Deal
from tests.tie_records import event

SEATS = [(level, function) for level in Level for function in (Function.USER, Function.FINANCE)]
SEATS += [(Level.OPERATIONAL, Function.TECHNICAL), (Level.MANAGEMENT, Function.OTHER)]


def asked(account: Deal, **question: Any) -> Trust:
    return trust(account.graph(), on=TODAY, **question)


def terms(account: Deal, **question: Any) -> dict[Category, TrustTerm]:
    return {term.category: term for term in asked(account, **question).items}


def two() -> Deal:
    """Mia knows Una, a user, with 62 and Fay, who manages finance, with 22."""
    account = Deal().member("mia").opportunity("line", step=Step.COMMIT)
    account.contact("una", Level.OPERATIONAL, Function.USER).contact(
        "fay", Level.MANAGEMENT, Function.FINANCE
    )
    return account.knows("mia", "una", 3).knows("mia", "fay", 1)


def test_six_equal_weights_without_a_purchase() -> None:
    found = asked(two())
    assert found.trust == pytest.approx((62 + 22) / 6)
    assert found.possible == pytest.approx(200 / 6)
    assert (found.step, found.weakest, found.grade) == (None, Category.FINANCE_MANAGER, Grade.STRANGER)
    assert found.gaps == [
        Category.DECISION_MAKER,
        Category.USER_MANAGER,
        Category.TECHNICAL_MANAGER,
        Category.OPERATOR,
    ]
    assert [term.category for term in found.items] == list(Category)
    assert [term.grade for term in found.items if not term.gap] == [Grade.STRANGER, Grade.TRUSTED]
    assert sum(term.points for term in found.items) == pytest.approx(found.trust)


def test_a_purchase_weighs_by_its_step_and_another_step_may_be_asked_for() -> None:
    assert asked(two(), opportunity_id="line").trust == pytest.approx(0.05 * 62 + 0.35 * 22)
    assert asked(two(), opportunity_id="line", step=Step.DISCOVER).trust == pytest.approx(
        0.35 * 62 + 0.05 * 22
    )
    assert asked(two(), step=Step.DISCOVER).step is Step.DISCOVER


def test_each_term_names_its_tie() -> None:
    una = terms(two())[Category.USER]
    assert (una.contact_id, una.member_id, una.tie_strength, una.share) == ("una", "mia", 62.0, 1.0)
    (tie,) = una.evidence
    assert (tie.kind, tie.id, tie.points) == ("knows", "knows-mia-una", una.points)


def test_who_is_against_us_vouches_for_nothing() -> None:
    account = two().plays("una", "line", attitude=-1)
    una = terms(account)[Category.USER]
    assert (una.strength, una.contact_id, una.met, una.evidence) == (0, None, 0, [])
    assert una.passed_over is not None
    assert (una.passed_over.contact_id, una.passed_over.discount) == ("una", Discount.OPPOSED)
    assert una.passed_over.strength == 62


def test_a_sour_tie_counts_for_nothing_and_a_faint_grudge_for_all() -> None:
    for sentiment, worth in ((-2, False), (0, True)):
        account = two()
        kind, body = event("e", "meeting", TODAY, sentiment=sentiment, members=["mia"], contacts=["una"])
        account.records.append((kind, body))
        una = terms(account)[Category.USER]
        assert (una.strength > 62) is worth
        if not worth:
            assert una.passed_over is not None
            assert una.passed_over.discount is Discount.SOUR


def test_a_tie_to_who_has_no_voice_counts_half() -> None:
    account = two().plays("una", "line", voice=0)
    una = terms(account)[Category.USER]
    assert (una.strength, una.tie_strength, una.discount) == (31, 62, Discount.VOICELESS)
    assert una.passed_over is not None, "the same tie would be worth more with a voice"
    account.contact("uwe", Level.OPERATIONAL, Function.USER).knows("mia", "uwe", 2)
    better = terms(account)[Category.USER]
    assert (better.strength, better.contact_id, better.discount) == (42, "uwe", None)
    assert better.passed_over is not None
    assert better.passed_over.contact_id == "una"


def test_clerks_of_finance_vouch_for_their_share() -> None:
    account = (
        Deal().member("mia").contact("cleo", Level.OPERATIONAL, Function.PROCUREMENT).knows("mia", "cleo", 3)
    )
    cleo = terms(account)[Category.FINANCE_MANAGER]
    assert (cleo.tie_strength, cleo.share) == (62, 0.3)
    assert cleo.strength == pytest.approx(0.3 * 62)


def test_who_decides_by_role_counts_in_both_categories() -> None:
    account = two().plays("una", "line", "decision_maker")
    found = terms(account, opportunity_id="line")
    assert found[Category.DECISION_MAKER].contact_id == found[Category.USER].contact_id == "una"


def test_who_left_or_is_restricted_is_nobody() -> None:
    for gone in ({"status": "left"}, {"restricted": True}):
        account = Deal().member("mia").contact("una", Level.OPERATIONAL, Function.USER, **gone)
        una = terms(account.knows("mia", "una", 3))[Category.USER]
        assert (una.people, una.gap, una.strength, una.passed_over) == (0, True, 0, None)


def test_levels_have_thermometers_and_words_follow_the_tie() -> None:
    account = Deal().member("mia").contact("dan", Level.DECISION)
    for place in range(
        3
    ):  # much contact, no questionnaire: points of a trusted tie, the word of a familiar one
        kind, body = event(
            f"e{place}", ("meeting", "demo", "meal")[place], TODAY, members=["mia"], contacts=["dan"]
        )
        account.records.append((kind, body))
    found = asked(account)
    decision, management, _ = found.levels
    assert (decision.level, decision.contact_id) == (Level.DECISION, "dan")
    assert decision.strength > 50
    assert decision.grade is Grade.FAMILIAR
    assert (management.contact_id, management.strength, management.grade) == (None, 0, Grade.STRANGER)
    assert found.items[0].grade is Grade.FAMILIAR
    assert found.items[0].evidence[0].id == "mia~dan", "known from meetings alone: named by its ends"


def test_an_account_without_anybody() -> None:
    found = asked(Deal())
    assert (found.trust, found.possible, found.weakest) == (0, 0, None)
    assert found.gaps == list(Category)


def test_an_unknown_purchase_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        asked(two(), opportunity_id="nothing")
    assert refused.value.faults[0].pointer == "/opportunity_id"


@st.composite
def accounts(draw: st.DrawFn) -> Deal:
    """People in any seats, known by two of ours to any degree, with any attitude and voice."""
    account = Deal().member("mia", "max").opportunity("line", step=draw(st.sampled_from(Step)))
    for place in range(draw(st.integers(0, 7))):
        who = f"p{place}"
        account.contact(who, *draw(st.sampled_from(SEATS)), restricted=draw(st.integers(0, 9)) == 0)
        for member in draw(st.sets(st.sampled_from(["mia", "max"]))):
            account.knows(member, who, draw(st.integers(0, 4)))
        attitude, voice = draw(st.sampled_from([None, -2, -1, 0, 2])), draw(st.sampled_from([None, 0, 1, 3]))
        account.plays(who, "line", attitude=attitude, voice=voice)
    return account


@given(accounts())
def test_trust_is_the_sum_of_the_best_ties(account: Deal) -> None:
    graph = account.graph()
    who = people(graph.on(TODAY), "line", DEFAULT_RULES.influence.finance_share_of_clerks)
    found = asked(account, opportunity_id="line")
    weights = DEFAULT_RULES.influence.steps[found.step or Step.DISCOVER]
    expected = 0.0
    for column, category in enumerate(Category):
        worth = [0.0]
        for tie in tie_strengths(graph, on=TODAY).items:
            place = graph.contacts.position[tie.contact_id]
            heard = 0 if who.attitude[place] < 0 else 0.5 if who.voice[place] == 0 else 1
            worth.append(tie.strength * heard * who.shares[place, column] * who.counts[place])
        expected += weights[category] * max(worth)
    assert found.trust == pytest.approx(expected)
    assert 0 <= found.trust <= found.possible + 1e-9 <= 100 + 1e-6


@given(accounts(), st.integers(0, 6), st.integers(0, 4))
def test_one_tie_more_never_lowers_trust(account: Deal, place: int, answer: int) -> None:
    before = asked(account, opportunity_id="line").trust
    account.member("new").contact(f"p{place}x", Level.MANAGEMENT, Function.FINANCE)
    after = asked(account.knows("new", f"p{place}x", answer), opportunity_id="line").trust
    assert after >= before
