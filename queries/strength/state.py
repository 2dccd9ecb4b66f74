"""The quantities behind every tie of ours on one day, from which strength and its lines are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from models.columns import NO_DAY, day_number
from models.enums import EdgeKind
from models.graph import AccountGraph, EdgeTable
from queries.people import people
from queries.rules import Rules
from queries.rules.strength import StrengthRules
from queries.strength import formula
from queries.strength.events import TieEvents, tie_events
from queries.strength.flows import Bools, Floats, Flow, Ints
from queries.strength.handovers import Handovers, handovers_on
from queries.strength.tallies import Tally, tally_until

__all__ = ["Passed", "TieState", "fading", "tie_state"]


@dataclass(frozen=True, slots=True)
class Passed:
    """What has passed by a day. `rows` are event rows up to it, `flow` those rows, `tally` their sums.

    Per pair: the half-life, E_in `theirs`, E_out `ours`, whether something ever came back, liking −1…1,
    `month_sum` = m.
    """

    today: int
    rows: Ints
    flow: Flow
    tally: Tally
    half_life: Floats
    theirs: Floats
    ours: Floats
    answered: Bools
    liking: Floats
    month_sum: Floats

    def decay(self) -> Floats:
        """What is left of each row. O(rows)."""
        return formula.decay(self.today - self.flow.day, self.half_life[self.flow.pair])

    def month_worth(self, rules: StrengthRules) -> Floats:
        """What each month of the flow is worth. O(months)."""
        return self.flow.months.worth(self.today, rules)


@dataclass(frozen=True, slots=True)
class TieState:
    """Ties on a day; arrays have one value per pair of `events`.

    `test`, `test_before` = row of the latest questionnaire and of the one before it (−1 none); `score` = s_q
    and `fade` = a of the latest (0 where none); `own_depth` = B of the pair's own evidence, `depth` = B with
    what was handed over; `self_strength` is NaN where nobody guessed; `exists` = there is any evidence, and
    the tie has not ended; `ended` = the day number since which it has (NO_DAY: it has not).
    """

    events: TieEvents
    today: int
    passed: Passed
    test: Ints
    test_before: Ints
    score: Floats
    fade: Floats
    history: Floats
    own_depth: Floats
    depth: Floats
    warmth: Floats
    strength: Floats
    confidence: Floats
    self_strength: Floats
    exists: Bools
    ended: Ints
    handovers: Handovers


def tie_state(graph: AccountGraph, on: date, rules: Rules) -> TieState:
    """The state of all ties of `graph` on a day. O(pairs); O(rows up to the day) if there are later ones.

    It is not kept; the table made of it is.
    """
    events, r, today = tie_events(graph, rules), rules.strength, day_number(on)
    then = graph.on(on)
    senior = people(then).decision()[events.contact]
    passed = _passed(graph, events, today, senior, rules)
    test, test_before = _latest_two(events, today)
    score, fade = fading(events, test, today, r)
    history = formula.history(passed.month_sum, r)
    own_depth = formula.depth(history, score, fade, r)
    knows = then.edges[EdgeKind.KNOWS]
    known = events.pairs_of(knows.source.astype(np.int64), knows.target.astype(np.int64))
    handovers = handovers_on(graph, knows, known, events, own_depth, today, r)
    depth = own_depth.copy()
    depth[handovers.pair] = handovers.carry(own_depth[handovers.pair], own_depth[handovers.former], r)
    mass = formula.two_way_mass(passed.theirs, passed.ours)
    warmth = formula.warmth(mass, r)
    exists = test >= 0
    exists |= passed.tally.seen
    exists[known[known >= 0]] = True
    ended = _ended(graph, events, passed, test, known)
    return TieState(
        events=events,
        today=today,
        passed=passed,
        test=test,
        test_before=test_before,
        score=score,
        fade=fade,
        history=history,
        own_depth=own_depth,
        depth=depth,
        warmth=warmth,
        strength=formula.strength(depth, warmth, passed.answered, r),
        confidence=formula.confidence(mass, fade, r),
        self_strength=_guesses(knows, known, len(depth)),
        exists=exists & (ended == NO_DAY),
        ended=ended,
        handovers=handovers,
    )


def fading(events: TieEvents, test: Ints, today: int, rules: StrengthRules) -> tuple[Floats, Floats]:
    """Score s_q and fade a = 2^(−age/365 d) of questionnaires given by row; both 0 for row −1."""
    score, fade = np.zeros(len(test)), np.zeros(len(test))
    given = test >= 0
    score[given] = events.assessments.score[test[given]]
    age = today - events.assessments.day[test[given]]
    fade[given] = formula.decay(age, rules.assessment_half_life_days)
    return score, fade


def _passed(graph: AccountGraph, events: TieEvents, today: int, senior: Bools, rules: Rules) -> Passed:
    r = rules.strength
    rows, flow, tally = tally_until(graph, events, today, rules)
    half_life = np.where(senior, r.half_life_decision_days, r.half_life_days)
    since = today - tally.day
    usual, slow = formula.decay(np.array(since), np.array([r.half_life_days, r.half_life_decision_days]))
    left = np.where(senior, slow, usual)
    theirs, ours, felt, weight = (
        np.where(senior, of[1], of[0]) for of in (tally.theirs, tally.ours, tally.felt, tally.weight)
    )
    return Passed(
        today=today,
        rows=rows,
        flow=flow,
        tally=tally,
        half_life=half_life,
        theirs=theirs * left,
        ours=ours * left,
        answered=tally.answered,
        liking=np.divide(felt, weight, out=np.zeros(len(senior)), where=weight > 0),
        month_sum=tally.months * formula.decay(np.array(since), r.month_half_life_days),
    )


def _latest_two(events: TieEvents, today: int) -> tuple[Ints, Ints]:
    """Rows of each pair's latest questionnaire of a day and of the one before it (−1 where there is none)."""
    tests = events.assessments
    latest = np.full(len(events.member), -1, dtype=np.int64)
    before = latest.copy()
    for row in np.flatnonzero(tests.day <= today).tolist():
        pair = tests.pair[row]
        before[pair], latest[pair] = latest[pair], row
    return latest, before


def _ended(graph: AccountGraph, events: TieEvents, passed: Passed, test: Ints, known: Ints) -> Ints:
    """Since when each pair has ended, NO_DAY of those that have not.

    All its `knows` records have ended (`known`: the pairs of those that hold), and nothing passed and no
    questionnaire was filled in from that day on. O(pairs), and O(rows) where a record has ended.
    """
    ended = np.full(len(events.member), NO_DAY, dtype=np.int64)
    knows = graph.edges[EdgeKind.KNOWS]
    until = knows.array("until").astype(np.int64)
    over = np.flatnonzero((until != NO_DAY) & (until <= passed.today))
    if not len(over):
        return ended
    pair = events.pairs_of(knows.source[over].astype(np.int64), knows.target[over].astype(np.int64))
    np.maximum.at(ended, pair[pair >= 0], until[over][pair >= 0])
    ended[known[known >= 0]] = NO_DAY
    last = np.full(len(ended), NO_DAY, dtype=np.int64)
    np.maximum.at(last, passed.flow.pair, passed.flow.day)
    asked = np.flatnonzero(test >= 0)
    last[asked] = np.maximum(last[asked], events.assessments.day[test[asked]])
    return np.where(last >= ended, NO_DAY, ended)


def _guesses(knows: EdgeTable, pair: Ints, pairs: int) -> Floats:
    """The member's own guess per pair, NaN where none; of parallel ties the first that has one."""
    guess = np.full(pairs, np.nan)
    given = knows.array("self_strength")
    told = np.flatnonzero((pair >= 0) & ~np.isnan(given))[::-1]
    guess[pair[told]] = given[told]
    return guess
