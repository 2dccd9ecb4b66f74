"""What a strength is made of: one line for each record, whose points add up to it.

Points follow the formula in its order, each part built on those before it:
`prior` (what a stranger has), then the months of two-way contact, then what the latest questionnaire adds
to or takes from that, then what was handed over, then warmth. A part that many interactions share is split
among them: a month's points by their masses in it, warmth by each one's share of the two-way mass M,
x·∂M/∂E. As M is homogeneous of degree one these shares add up to M, and they are the Aumann–Shapley
values of warmth (R. Aumann and L. Shapley, Values of Non-Atomic Games, 1974). The sum is exact.
`without` is another question, S computed anew without the record; such differences need not add up.
"""

from __future__ import annotations

import numpy as np

from models.enums import EdgeKind, NodeKind
from models.findings.strength import Contribution
from models.graph import AccountGraph
from queries.numbers import significant
from queries.rules import Rules
from queries.rules.strength import StrengthRules
from queries.strength import formula
from queries.strength.flows import Floats, Ints, sum_by
from queries.strength.state import TieState, fading

__all__ = ["PRIOR", "contributions"]

PRIOR = "prior"
"""Kind and id of the line that stands for what everybody starts with: no record, but part of the sum."""

Line = tuple[str, str, float, float]


def contributions(
    graph: AccountGraph, state: TieState, pairs: Ints, rules: Rules
) -> list[list[Contribution]]:
    """The lines of each of `pairs`, heaviest first, then by kind and id. O(rows log rows).

    `without` of the line `prior` is S with a stranger's depth of 0 in the rules.
    """
    r = rules.strength
    ids = graph.nodes[NodeKind.INTERACTION].ids
    items = state.events.item[state.passed.rows].tolist()
    points, without = _interaction_points(state, r).tolist(), _without_interaction(state, r).tolist()
    first = np.searchsorted(state.passed.flow.pair, pairs)
    last = np.searchsorted(state.passed.flow.pair, pairs, side="right")
    others = _other_lines(graph, state, pairs, r)
    found = []
    for lines, start, end in zip(others, first.tolist(), last.tolist(), strict=True):
        for row in range(start, end):
            lines.append((str(NodeKind.INTERACTION), ids[items[row]], points[row], without[row]))
        lines.sort(key=lambda line: (-abs(line[2]), line[0], line[1]))
        found.append([_published(line) for line in lines])
    return found


def _published(line: Line) -> Contribution:
    kind, id_, points, without = line
    return Contribution(kind=kind, id=id_, points=significant(points), without=significant(without))


def _interaction_points(state: TieState, rules: StrengthRules) -> Floats:
    """Points of each row: its share of the months and of the warmth of its pair."""
    passed, flow = state.passed, state.passed.flow
    pair, months = flow.pair, flow.months
    lasting = 100 * (state.history - rules.stranger_depth)
    month = _ratio(lasting[months.pair] * passed.month_worth(rules), passed.month_sum[months.pair])
    mass = flow.theirs + flow.ours
    points = month[months.run] * _ratio(mass, sum_by(months.run, mass, len(month))[months.run])
    share = flow.theirs * formula.two_way_share(passed.theirs, passed.ours)[pair]
    share += flow.ours * formula.two_way_share(passed.ours, passed.theirs)[pair]
    warm = state.strength - 100 * state.depth
    whole = formula.two_way_mass(passed.theirs, passed.ours)
    return points + _ratio(warm[pair] * share * passed.decay(), whole[pair])


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def _without_interaction(state: TieState, rules: StrengthRules) -> Floats:
    """Strength of each row's pair, computed anew without the row. O(rows)."""
    passed, flow, rows = state.passed, state.passed.flow, state.passed.rows
    pair = flow.pair
    decay = passed.decay()
    theirs = _left(flow.theirs, state.events.theirs_next[rows], decay, passed.theirs, pair)
    ours = _left(flow.ours, state.events.ours_next[rows], decay, passed.ours, pair)
    warmth = formula.warmth(formula.two_way_mass(theirs, ours), rules)
    answers = sum_by(pair, flow.from_them, len(state.depth))
    answered = answers[pair] - flow.from_them > 0
    months = np.maximum(0.0, passed.month_sum[pair] + _month_lost(state, rules))
    own = formula.depth(formula.history(months, rules), state.score[pair], state.fade[pair], rules)
    return formula.strength(_carried_without(state, own, rules), warmth, answered, rules)


def _left(kept: Floats, runner_up: Floats, decay: Floats, total: Floats, pair: Ints) -> Floats:
    """E of each row's pair without the row (the day's next best takes its place); exactly 0 if alone."""
    counted = sum_by(pair, kept > 0, len(total))
    alone = (kept > 0) & (runner_up == 0) & (counted[pair] == 1)
    return np.where(alone, 0.0, np.maximum(0.0, total[pair] - (kept - runner_up) * decay))


def _month_lost(state: TieState, rules: StrengthRules) -> Floats:
    """What m loses without each row: its month may end earlier, or be two-way no longer. 0 or below."""
    flow, months = state.passed.flow, state.passed.flow.months
    run, size = months.run, len(months.pair)
    contact = flow.from_them | flow.from_us
    still = sum_by(run, flow.from_them, size)[run] - flow.from_them > 0
    still &= sum_by(run, flow.from_us, size)[run] - flow.from_us > 0
    on_last = contact & (flow.day == months.last[run])
    earlier = np.full(size, np.iinfo(np.int64).min)
    np.maximum.at(earlier, run[contact & ~on_last], flow.day[contact & ~on_last])
    only = on_last & (sum_by(run, on_last, size)[run] == 1)
    last = np.where(only, earlier[run], months.last[run])
    worth = np.zeros(len(run))
    worth[still] = formula.decay(state.today - last[still], rules.month_half_life_days)
    return worth - state.passed.month_worth(rules)[run]


def _carried_without(state: TieState, own: Floats, rules: StrengthRules) -> Floats:
    """Depth of each row's pair without the row, which may have been the predecessor's meeting as well."""
    pair, items = state.passed.flow.pair, state.events.item[state.passed.rows]
    depth = own.copy()
    handovers = state.handovers
    for heir, former in zip(handovers.pair.tolist(), handovers.former.tolist(), strict=True):
        mine, his = np.flatnonzero(pair == heir), np.flatnonzero(pair == former)
        shared = dict(zip(items[his].tolist(), own[his].tolist(), strict=True))
        left = np.array([shared.get(item, state.own_depth[former]) for item in items[mine].tolist()])
        depth[mine] = handovers.carry(own[mine], left, rules)
    return depth


def _other_lines(graph: AccountGraph, state: TieState, pairs: Ints, rules: StrengthRules) -> list[list[Line]]:
    """The lines that are no interactions: the prior, every questionnaire, the handover."""
    tests, ids = state.events.assessments, graph.nodes[NodeKind.ASSESSMENT].ids
    lines: dict[int, list[Line]] = {pair: [] for pair in pairs.tolist()}
    beginning, lowered = 100 * rules.stranger_depth, _without_prior(state, rules)
    taken = 100 * (state.own_depth - state.history)
    earlier = formula.depth(
        state.history, *fading(state.events, state.test_before, state.today, rules), rules
    )
    unasked = _strength_at(state, earlier, rules)
    for pair, found in lines.items():
        found.append((PRIOR, PRIOR, beginning, float(lowered[pair])))
    for row in np.flatnonzero(tests.day <= state.today).tolist():
        pair = int(tests.pair[row])
        if pair in lines:
            latest = state.test[pair] == row
            points, without = (taken[pair], unasked[pair]) if latest else (0.0, state.strength[pair])
            lines[pair].append(
                (str(NodeKind.ASSESSMENT), ids[tests.item[row]], float(points), float(without))
            )
    alone = formula.strength(state.own_depth, state.warmth, state.passed.answered, rules)
    for heir, edge in zip(state.handovers.pair.tolist(), state.handovers.edge, strict=True):
        if heir in lines:
            carried = 100 * float(state.depth[heir] - state.own_depth[heir])
            lines[heir].append((str(EdgeKind.KNOWS), edge, carried, float(alone[heir])))
    return list(lines.values())


def _without_prior(state: TieState, rules: StrengthRules) -> Floats:
    history = state.history - rules.stranger_depth
    own = formula.depth(history, state.score, state.fade, rules)
    former = own[state.handovers.former]
    return _strength_at(state, own, rules, former)


def _strength_at(
    state: TieState, own_depth: Floats, rules: StrengthRules, former: Floats | None = None
) -> Floats:
    """S of every pair with another depth of its own; the predecessors' depths as they are unless given."""
    handovers = state.handovers
    depth = own_depth.copy()
    left = state.own_depth[handovers.former] if former is None else former
    depth[handovers.pair] = handovers.carry(own_depth[handovers.pair], left, rules)
    return formula.strength(depth, state.warmth, state.passed.answered, rules)
