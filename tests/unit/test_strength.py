"""Relationship strength: worked values, what each rule of the formula does, and what a seller expects."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp
from typing import Any

import numpy as np
import pytest

from models.columns import day_number
from models.enums import Grade
from queries.rules import DEFAULT_RULES
from queries.strength import formula
from queries.strength.by_contact import last_contact_days
from queries.strength.table import tie_strengths
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


def test_a_tie_that_was_ended_is_none_until_something_passes() -> None:
    def ties(*records: Any, on: date = TODAY) -> int:
        return len(tie_strengths(graph(*records), on=on).items)

    over = knows("k", until=ago(10).isoformat())
    met, form = event("m", "meeting", ago(40)), questionnaire("q", ago(40), 30)
    assert [ties(over, met, form, on=ago(days)) for days in (11, 10, 0)] == [1, 0, 0]
    assert ties(over, met, event("again", "meeting", ago(10))) == 1
    assert ties(over, met, questionnaire("again", ago(3), 30)) == 1
    assert ties(over, met, knows("second")) == 1
    assert ties(over, knows("second", until=ago(5).isoformat()), event("between", "call", ago(8))) == 0
    assert ties(over, met, knows("other", contact="dai")) == 1


def test_who_was_spoken_with_was_though_the_tie_ended() -> None:
    held = graph(knows("k", until=ago(10).isoformat()), event("m", "meeting", ago(40)))
    cai = held.contacts.position["cai"]
    assert last_contact_days(held, TODAY, DEFAULT_RULES)[cai] == day_number(ago(40))


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


def test_a_faint_grudge_is_no_quarrel() -> None:
    found = tie(*monthly(24), event("c", "complaint", ago(700), "theirs"))
    assert -0.1 < found.liking < 0
    assert found.grade is Grade.TRUSTED
    assert not found.hostile


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
