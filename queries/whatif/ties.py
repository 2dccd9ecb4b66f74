"""A tie taken to be as strong as was wished: by the questionnaire of the day that comes nearest."""

from __future__ import annotations

from datetime import date

import numpy as np

from models.columns import code_of
from models.editing import with_record
from models.enums import NodeKind
from models.findings.whatif import Assumed
from models.graph import AccountGraph
from models.questionnaire import LATEST, QUESTIONNAIRES, Answer
from models.records import body_of, read_record
from models.whatif import Tie
from queries.numbers import significant
from queries.rules import Rules
from queries.strength.prospect import Prospects
from queries.strength.state import TieState, tie_state
from queries.strength.table import strength_table

__all__ = ["tied"]

_QUESTIONS = tuple(question.id for question in QUESTIONNAIRES[LATEST])
_MOST = max(Answer) * len(_QUESTIONS)


def tied(
    graph: AccountGraph, change: Tie, number: int, *, on: date, rules: Rules
) -> tuple[AccountGraph, Assumed]:
    """The graph in which one of ours stands with a contact as wished, and how strong the tie came out.

    Strength is never stored, so the tie gets what would make it so: a questionnaire of the day with the
    points that come nearest to the strength (or the fewest that reach the grade's lowest points; none where
    it is as strong already). Everything that reads ties then reads this one: chains, trust, guesses of
    attitude. Whoever is barely met cannot become an ally by a form alone: `strength` says what came out.
    O(rows).
    """
    wished = _wished(change, rules)
    member = graph.nodes[NodeKind.MEMBER].position[change.member_id]
    contact = graph.contacts.position[change.contact_id]
    now = _strength(graph, member, contact, on, rules)
    if change.grade is not None and now >= wished:
        return graph, _assumed(change, wished, now, None)
    rated = _rated(graph, change, number, 0, on)
    points = _nearest(tie_state(rated, on, rules), member, contact, change, wished, rules)
    graph = _rated(graph, change, number, points, on)
    return graph, _assumed(change, wished, _strength(graph, member, contact, on, rules), points)


def _wished(change: Tie, rules: Rules) -> float:
    """The strength that is wished, of a grade its lowest points."""
    if change.grade is None:
        assert change.strength is not None
        return change.strength
    return (0.0, *rules.strength.grade_points)[code_of(change.grade)]


def _nearest(state: TieState, member: int, contact: int, change: Tie, wished: float, rules: Rules) -> int:
    """The points of a questionnaire: enough for a grade, else as near as they come; of equals the fewer."""
    pair = state.events.pairs_of(np.array([member]), np.array([contact]))
    tie = Prospects.of(state, pair, rules.strength)
    strengths = [float(tie.rated(points / _MOST).strength(rules.strength)[0]) for points in range(_MOST + 1)]
    if change.grade is not None:
        return next((points for points, each in enumerate(strengths) if each >= wished), _MOST)
    return min(range(_MOST + 1), key=lambda points: (abs(round(strengths[points] - wished, 9)), points))


def _rated(graph: AccountGraph, change: Tie, number: int, points: int, on: date) -> AccountGraph:
    """The graph with a questionnaire of the end of the day, its points spread evenly."""
    each, more = divmod(points, len(_QUESTIONS))
    body = {
        "id": f"what-if-{number}",
        "account_id": graph.account_id,
        "at": f"{on}T23:59:59Z",
        "member_id": change.member_id,
        "contact_id": change.contact_id,
        "answers": {question: each + (place < more) for place, question in enumerate(_QUESTIONS)},
    }
    return with_record(graph, NodeKind.ASSESSMENT, body_of(read_record(NodeKind.ASSESSMENT, body)))


def _strength(graph: AccountGraph, member: int, contact: int, on: date, rules: Rules) -> float:
    """The strength of a tie as every answer reads it; 0 without one."""
    table = strength_table(graph, on=on, rules=rules)
    return float(table.strength[(table.member == member) & (table.contact == contact)].sum())


def _assumed(change: Tie, wished: float, strength: float, points: int | None) -> Assumed:
    return Assumed(
        member_id=change.member_id,
        contact_id=change.contact_id,
        wished=wished,
        strength=significant(strength),
        points=points,
    )
