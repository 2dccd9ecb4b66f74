"""What an interest is made of: one line for each record, whose points add up to it."""

from __future__ import annotations

from models.enums import EdgeKind, NodeKind
from models.findings.base import Evidence
from models.graph import AccountGraph
from queries.numbers import significant
from queries.positions.interests import Interest, Met
from queries.rules import Rules
from queries.strength.formula import decay

__all__ = ["lines_of", "reason_of"]


def lines_of(
    graph: AccountGraph, interest: Interest, found: Met, point: int, on: int, rules: Rules
) -> list[Evidence]:
    """The lines of an interest at a point, the heaviest first, then by kind and id. O(moves log moves).

    The questionnaire has what its half-life left; what the moves add to or take from it is split by what is
    left of each one's mass: as the gain depends on their sum alone, these are its Aumann–Shapley values
    (R. Aumann and L. Shapley, Values of Non-Atomic Games, 1974).
    """
    hand = int(found.hand[point])
    if hand >= 0:
        knows = graph.edges[EdgeKind.KNOWS].ids[interest.by_hand.row[hand]]
        return [Evidence(kind=EdgeKind.KNOWS, id=knows, points=significant(float(found.value[point])))]
    rows = []
    test, base = int(found.test[point]), float(found.base[point])
    if test >= 0:
        item = int(interest.events.assessments.item[test])
        rows.append((base, str(NodeKind.ASSESSMENT), graph.nodes[NodeKind.ASSESSMENT].ids[item]))
    moves, mass = interest.moves, float(found.mass[point])
    each = slice(int(found.first[point]), int(found.end[point]))
    left = moves.mass[each] * decay(on - moves.day[each], rules.positions.move_half_life_days)
    gain = (float(found.value[point]) - base) / mass if mass else (100 - base) / rules.positions.move_scale
    for share, item, action in zip(left, moves.item[each].tolist(), moves.action[each].tolist(), strict=True):
        kind = NodeKind.ACTION if action else NodeKind.INTERACTION
        rows.append((gain * float(share), str(kind), graph.nodes[kind].ids[item]))
    rows.sort(key=lambda row: (-abs(row[0]), row[1], row[2]))
    return [Evidence(kind=kind, id=id_, points=significant(points)) for points, kind, id_ in rows]


def reason_of(graph: AccountGraph, interest: Interest, found: Met, point: int) -> str | None:
    """The reason given for the value set by hand that stands at a point; None without one."""
    hand = int(found.hand[point])
    reasons = graph.edges[EdgeKind.KNOWS].texts("reason")
    return None if hand < 0 else reasons[interest.by_hand.row[hand]]
