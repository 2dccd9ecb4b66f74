"""Relationship strength: worked values, what each rule of the formula does, and what a seller expects."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp

import numpy as np
import pytest

from models.columns import NO_DAY
from models.enums import Grade, Kind
from models.findings import Strengths
from models.records import Body
from queries import tie_formula as formula
from queries.rules import DEFAULT_RULES
from queries.strength import strength_table, tie_strengths
from tests.tie_records import (
    TODAY,
    ago,
    event,
    graph,
    knows,
    monthly,
    people,
    questionnaire,
    tie,
)

# Worked values


def test_one_unanswered_mail_is_16_points() -> None:
    assert round(tie(event("e", "email", TODAY, "ours")).strength) == 16


def test_one_meeting_is_40_points() -> None:
    assert round(tie(event("e", "meeting", TODAY)).strength) == 40


@pytest.mark.parametrize(("silent", "points"), [(0, 83), (90, 66), (180, 53), (365, 45)])
def test_five_years_of_monthly_meetings_then_silence(silent: int, points: int) -> None:
    assert round(tie(*monthly(60), on=TODAY + timedelta(days=silent)).strength) == points


def test_a_questionnaire_of_four_fifths_without_contact_is_66_points() -> None:
    rules = DEFAULT_RULES.strength
    history = formula.history(np.zeros(1), rules)
    depth = formula.depth(history, np.array([0.8]), np.ones(1), rules)
    points = formula.strength(depth, np.zeros(1), np.zeros(1, dtype=bool), rules)
    assert points.round().tolist() == [66]
    assert tie(questionnaire("q", TODAY, 36)).strength == pytest.approx(100 * (4 * 36 / 48 + 0.1) / 5)


# Evidence


def test_mail_written_and_answered_counts_twice_what_it_counts_unanswered() -> None:
    mails = event("a", "email", TODAY, "ours"), event("b", "email", TODAY, "theirs")
    # M = (1 + 1)²/2 = 2 instead of 1/2, and the 15-point cap is off.
    assert tie(*mails).warmth == pytest.approx(100 * (1 - exp(-2 / 6)))


def test_warmth_adds_at_most_15_points_while_nothing_came_back() -> None:
    mails = [event(f"e{day}", "email", ago(day), "ours") for day in range(60)]
    assert tie(*mails).strength == 25
    assert tie(*mails, event("back", "message", ago(59), "theirs")).strength > 40


def test_without_the_only_answer_the_cap_is_back() -> None:
    mails = [event(f"e{day}", "email", ago(day), "ours") for day in range(60)]
    lines = tie(*mails, event("back", "message", ago(59), "theirs")).contributions
    assert next(line.without for line in lines if line.id == "back") == 25


def test_all_of_a_referral_is_theirs() -> None:
    """Theirs alone: M is half of 4, and nothing is capped, whoever is noted as having begun it."""
    for direction in ("ours", "theirs", "mutual"):
        found = tie(event("r", "referral", TODAY, direction))
        assert found.strength == pytest.approx(10 + 90 * 0.85 * (1 - exp(-2 / 6)))


def test_a_meeting_is_half_theirs_whoever_asked_for_it() -> None:
    values = {tie(event("m", "visit", TODAY, way)).strength for way in ("ours", "theirs", "mutual")}
    assert len(values) == 1


def test_one_event_per_kind_direction_and_day() -> None:
    mail, more = event("a", "email", TODAY, "ours"), event("b", "email", TODAY, "ours")
    assert tie(mail, more).strength == tie(mail).strength
    assert tie(mail, event("b", "email", ago(1), "ours")).strength > tie(mail).strength
    assert tie(mail, event("b", "message", TODAY, "ours")).strength > tie(mail).strength


def test_of_one_day_the_best_counts() -> None:
    sour, sweet = event("a", "meeting", TODAY, sentiment=-2), event("b", "meeting", TODAY, sentiment=1)
    assert tie(sour, sweet).strength == tie(sweet).strength > tie(sour).strength


def test_a_crowd_dilutes() -> None:
    two = tie(event("a", "meeting", TODAY, contacts=("cai", "dai")))
    assert two.warmth == pytest.approx(100 * (1 - exp(-3 / 2**0.5 / 6)))


def test_mail_to_twenty_of_theirs_is_mass_mail() -> None:
    others = [f"other-{n}" for n in range(19)]
    nineteen = tie(event("a", "email", TODAY, "ours", contacts=("cai", *others[:18])))
    twenty = tie(event("a", "email", TODAY, "ours", contacts=("cai", *others)))
    mass = 0.1 / 20**0.5 / 2
    assert twenty.warmth == pytest.approx(100 * (1 - exp(-mass / 6)))
    assert nineteen.warmth > 9 * twenty.warmth


def test_half_life_is_twice_as_long_at_the_decision_level() -> None:
    operator = tie(event("a", "meeting", ago(60), contacts=("cai",)))
    decider = tie(event("a", "meeting", ago(120), contacts=("dai",)))
    manager = tie(event("a", "meeting", ago(60), contacts=("eve",)))
    assert operator.warmth == decider.warmth == manager.warmth


def test_a_complaint_lowers_liking_and_leaves_strength() -> None:
    met = event("a", "meeting", TODAY, sentiment=1)
    before, after = tie(met), tie(met, event("c", "complaint", TODAY, "theirs"))
    assert after.strength == before.strength
    assert (before.liking, after.liking) == (0.5, 0)


def test_liking_is_the_decayed_mean_of_sentiment() -> None:
    found = tie(event("a", "meeting", ago(60), sentiment=2), event("b", "call", TODAY, sentiment=-1))
    assert found.liking == pytest.approx((1 * 0.5 - 0.5) / 1.5, abs=1e-9)


def test_what_happens_after_the_day_is_left_out() -> None:
    past = event("a", "meeting", ago(3))
    later = event("b", "meal", TODAY + timedelta(days=1)), questionnaire("q", TODAY + timedelta(days=1), 48)
    assert tie(past, *later) == tie(past)


def test_only_the_latest_questionnaire_counts() -> None:
    old, new = questionnaire("old", ago(40), 48), questionnaire("new", ago(4), 12)
    assert tie(old, new).strength == tie(new).strength < tie(old).strength


def test_people_under_restriction_are_left_out() -> None:
    met = event("a", "meeting", TODAY, contacts=("cai", "dai"))
    held = graph(met, questionnaire("q", TODAY, 40), knows("k"), base=people(restricted="cai"))
    (found,) = tie_strengths(held, on=TODAY).items
    assert found.contact_id == "dai"
    assert found.strength == tie_strengths(graph(met), on=TODAY, contact_id="dai").items[0].strength


# Grades


def test_numbers_alone_do_not_make_trusted() -> None:
    meetings = [event(f"m{n}", "meeting", ago(n)) for n in range(9)]
    found = tie(*meetings)
    assert found.strength >= 75
    assert found.grade is Grade.FAMILIAR


def test_six_days_over_ninety_make_trusted_but_never_ally() -> None:
    meetings = [event(f"m{n}", "meeting", ago(18 * n)) for n in range(6)]
    assert tie(*meetings).grade is Grade.TRUSTED
    assert tie(*meetings[:5]).grade is Grade.FAMILIAR
    often = [event(f"m{n}", "meeting", ago(3 * n)) for n in range(60)]
    found = tie(*often)
    assert found.strength >= 75
    assert found.grade is Grade.TRUSTED


def test_answers_by_mail_are_days_of_two_way_contact() -> None:
    asked = [event(f"q{n}", "email", ago(20 * n + 2), "ours") for n in range(6)]
    replied = [event(f"r{n}", "email", ago(20 * n), "theirs") for n in range(6)]
    found = tie(*asked, *replied)
    assert found.last_contact == TODAY
    late = [event(f"r{n}", "email", ago(20 * n - 9), "theirs") for n in range(1, 6)]
    assert tie(*asked, *late).last_contact is None


def test_one_persons_answer_does_not_answer_for_another() -> None:
    held = graph(event("a", "email", TODAY, "ours"), event("b", "email", TODAY, "theirs", contacts=("dai",)))
    assert [item.last_contact for item in tie_strengths(held, on=TODAY).items] == [None, None]


def test_the_word_is_at_most_one_step_above_a_fresh_questionnaire() -> None:
    often = [event(f"m{n}", "meeting", ago(3 * n)) for n in range(60)]
    assert tie(*often, questionnaire("q", ago(30), 11)).grade is Grade.FAMILIAR
    assert tie(*often, questionnaire("q", ago(30), 23)).grade is Grade.TRUSTED
    assert tie(*often, questionnaire("q", ago(30), 30)).grade is Grade.ALLY
    assert tie(*often, questionnaire("q", ago(400), 11)).grade is Grade.ALLY


def test_grades_begin_at_their_bounds() -> None:
    mails = [event(f"e{day}", "email", ago(day), "ours") for day in range(60)]
    found = tie(*mails)
    assert (found.strength, found.grade) == (25, Grade.FAMILIAR)


def test_close_but_hostile() -> None:
    quarrels = [event(f"m{n}", "meeting", ago(7 * n), sentiment=-1 - n % 2) for n in range(40)]
    found = tie(*quarrels, questionnaire("q", ago(10), 40))
    assert found.liking < -0.6
    assert found.strength >= 50
    assert found.grade is Grade.FAMILIAR
    assert found.hostile
    assert not tie(event("m", "meeting", TODAY, sentiment=-2)).hostile


# What a seller expects


def test_a_friend_of_five_years_silent_for_half_a_year_is_no_stranger() -> None:
    found = tie(*monthly(60), on=TODAY + timedelta(days=180))
    assert found.grade is Grade.TRUSTED
    assert found.depth > 2 * found.warmth


def test_two_meetings_do_not_make_trusted() -> None:
    found = tie(event("a", "meeting", TODAY), event("b", "meal", ago(1), sentiment=2))
    assert found.strength > 50
    assert found.grade is Grade.FAMILIAR


def test_weekly_quarrels_do_not_make_trusted() -> None:
    quarrels = [event(f"m{n}", "meeting", ago(7 * n), sentiment=-1 - n % 2) for n in range(52)]
    assert tie(*quarrels).grade in (Grade.STRANGER, Grade.FAMILIAR)


def test_one_call_warms_up_an_old_friend() -> None:
    friend = monthly(60, last=ago(183))
    assert tie(*friend, event("call", "call", TODAY)).strength > tie(*friend).strength + 5


# Self-assessment, trend, cadence


def test_own_guess_stands_beside_and_a_wide_gap_is_flagged() -> None:
    met = event("a", "meeting", TODAY)
    found = tie(met, knows("k", self_strength=80))
    assert found.strength == tie(met).strength
    assert found.self_strength == 80
    assert found.disagreement == pytest.approx(80 - found.strength, abs=1e-6)
    assert tie(met, knows("k", self_strength=20)).disagreement is None
    assert tie(met, knows("k", self_strength=10)).disagreement == pytest.approx(10 - found.strength, abs=1e-6)
    assert tie(met, knows("k")).self_strength is None


def test_of_parallel_ties_the_first_guess_counts() -> None:
    ties = knows("k1"), knows("k2", self_strength=30), knows("k3", self_strength=60)
    assert tie(*ties).self_strength == 30


def test_trend_compares_with_the_points_of_then() -> None:
    records = monthly(60)
    later = TODAY + timedelta(days=90)
    now, month_ago, then = (tie(*records, on=later - timedelta(days=d)) for d in (0, 30, 90))
    assert now.trend.d30 == pytest.approx(now.strength - month_ago.strength, abs=1e-6)
    assert now.trend.d90 == pytest.approx(now.strength - then.strength, abs=1e-6)
    assert now.cooling
    assert not then.cooling


def test_a_new_tie_rises_from_the_stranger() -> None:
    found = tie(event("a", "meeting", TODAY))
    assert found.trend.d90 == found.trend.d30 == pytest.approx(found.strength - 10, abs=1e-6)


@pytest.mark.parametrize(
    ("tier", "contact", "days"),
    [
        ("A", "dai", 60),
        ("A", "eve", 21),
        ("A", "cai", 45),
        ("B", "eve", 32),
        ("C", "dai", 180),
        (None, "eve", 63),
    ],
)
def test_next_contact_is_due_a_cadence_after_the_last(tier: str | None, contact: str, days: int) -> None:
    found = tie(event("a", "call", ago(5), contacts=(contact,)), base=people(tier=tier))
    assert found.last_contact == ago(5)
    assert found.next_due == ago(5) + timedelta(days=days)


def test_nothing_is_due_without_two_way_contact_or_with_who_has_left() -> None:
    assert tie(event("a", "email", TODAY, "ours")).next_due is None
    assert tie(event("a", "call", TODAY), base=people(left="cai")).next_due is None


# Handover


def handover(day: date) -> tuple[Kind, Body]:
    return knows("k", "bob", handed_over_from={"member_id": "ann", "on": day.isoformat()})


def test_half_of_the_old_depth_carries_over_for_180_days() -> None:
    past = [*monthly(40, last=ago(20)), questionnaire("q", ago(30), 48)]
    for age, carried in ((0, True), (179, True), (180, False), (-1, False)):
        held = graph(*past, handover(ago(age)))
        ours = tie_strengths(held, on=TODAY, member_id="bob").items[0]
        theirs = tie_strengths(held, on=TODAY, member_id="ann").items[0]
        assert ours.depth == (pytest.approx(theirs.depth / 2, abs=1e-6) if carried else 10)


def test_a_handover_never_takes_from_a_deeper_tie() -> None:
    deep = questionnaire("q", ago(30), 48, member="bob")
    assert tie(deep, handover(ago(3)), event("a", "call", ago(9))).depth == tie(deep).depth


def test_of_two_handovers_the_deeper_one_carries() -> None:
    handed = [
        knows(f"k{place}", "bob", handed_over_from={"member_id": former, "on": TODAY.isoformat()})
        for place, former in enumerate(("bob", "ann", "bob"))
    ]
    held = graph(questionnaire("q", ago(30), 48), *handed)
    found = tie_strengths(held, on=TODAY, member_id="bob", contact_id="cai").items[0]
    assert found.depth > 40
    assert [line.id for line in found.contributions if line.kind == "knows"] == ["k1"]


# The answer as a whole


def answer() -> Strengths:
    return tie_strengths(
        graph(
            event("a", "meeting", ago(2), members=("ann", "bob"), contacts=("cai", "eve")),
            event("b", "email", ago(1), "ours", members=("bob",), contacts=("dai",)),
            knows("k", "ann", "dai"),
        ),
        on=TODAY,
    )


def test_ties_come_strongest_first_then_by_contact_and_member() -> None:
    order = [(item.member_id, item.contact_id) for item in answer().items]
    assert order == [
        ("ann", "cai"),
        ("bob", "cai"),
        ("ann", "eve"),
        ("bob", "eve"),
        ("bob", "dai"),
        ("ann", "dai"),
    ]
    points = [item.strength for item in answer().items]
    assert points == sorted(points, reverse=True)


def test_a_tie_nothing_is_known_of_has_the_strangers_points() -> None:
    last = answer().items[-1]
    assert (last.strength, last.grade, last.confidence) == (10, Grade.STRANGER, 0)
    assert [(line.kind, line.points, line.without) for line in last.contributions] == [("prior", 10, 0)]


def test_lines_come_heaviest_first_then_by_kind_and_id() -> None:
    found = tie(
        event("b", "complaint", TODAY),
        event("a", "complaint", TODAY),
        event("m", "meeting", TODAY),
        questionnaire("q", ago(9), 2),
    )
    assert [line.id for line in found.contributions] == ["m", "prior", "q", "a", "b"]


def test_who_is_named_twice_took_part_once() -> None:
    once = tie(event("a", "complaint", TODAY), event("m", "meeting", TODAY, sentiment=2))
    body = event("a", "complaint", TODAY, members=("ann", "ann"), contacts=("cai", "cai"))
    assert tie(body, event("m", "meeting", TODAY, sentiment=2)) == once


def test_ties_can_be_chosen() -> None:
    held = graph(
        event("a", "meeting", ago(2), members=("ann", "bob"), contacts=("cai", "eve")),
        event("b", "call", TODAY, members=("bob",), contacts=("cai",)),
    )
    best = tie_strengths(held, on=TODAY, best_per_contact=True).items
    assert [(item.member_id, item.contact_id) for item in best] == [("bob", "cai"), ("ann", "eve")]
    assert len(tie_strengths(held, on=TODAY, limit=3).items) == 3
    assert [i.contact_id for i in tie_strengths(held, on=TODAY, member_id="ann").items] == ["cai", "eve"]
    assert tie_strengths(held, on=TODAY, contact_id="nobody").items == []
    (only,) = tie_strengths(held, on=TODAY, member_id="bob", contact_id="eve").items
    assert only in tie_strengths(held, on=TODAY).items


def test_the_answer_says_what_it_was_made_from() -> None:
    said = answer().provenance
    assert (said.algorithm, said.version, said.rules_version) == ("strength", "1", DEFAULT_RULES.version)
    assert (said.account_sequence, said.firm_sequence, said.on) == (0, 0, TODAY)
    assert said.parameters == {
        "member_id": None,
        "contact_id": None,
        "best_per_contact": False,
        "limit": None,
    }


def test_an_empty_account_has_no_ties() -> None:
    held = graph(base=people()[:1])
    assert tie_strengths(held, on=TODAY).items == []
    assert len(strength_table(held, on=TODAY)) == 0


def test_a_knows_tie_counts_while_it_holds() -> None:
    held = graph(knows("k", until=ago(10).isoformat()))
    assert tie_strengths(held, on=TODAY).items == []
    assert len(tie_strengths(held, on=ago(11)).items) == 1


def test_the_first_and_the_last_day_of_the_calendar_have_an_answer() -> None:
    held = graph(event("a", "meeting", TODAY), knows("k"))
    assert tie_strengths(held, on=date.min).items[0].trend.d90 == 0
    last = tie_strengths(held, on=date.max).items[0]
    assert last.strength == pytest.approx(10, abs=1e-6)


def test_the_table_says_the_same_as_the_findings() -> None:
    held = graph(*monthly(8), event("m", "email", TODAY, "ours", contacts=("dai",)), knows("k", "bob", "eve"))
    table = strength_table(held, on=TODAY)
    found = {(item.member_id, item.contact_id): item for item in tie_strengths(held, on=TODAY).items}
    assert len(table) == len(found) == 3
    for row, (member, contact) in enumerate(zip(table.member, table.contact, strict=True)):
        item = found[("ann", "bob")[member], ("cai", "dai", "eve")[contact]]
        assert table.strength[row] == pytest.approx(item.strength)
        assert list(Grade)[table.grade[row]] is item.grade
        assert (table.last_two_way[row] == NO_DAY) == (item.last_contact is None)
    assert strength_table(held, on=TODAY) is table
    with pytest.raises(ValueError, match="read-only"):
        table.strength[0] = 100
