"""Where we stand with each contact: the personal interest by the institutional one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from graphsvc.features.positions.service import positions_in, trail_of
from graphsvc.features.questions import Question
from graphsvc.pages.asking import Asked, Part, Shown
from models.findings.positions import PositionPoint, Standing
from models.graph import AccountGraph
from models.positions import Position
from queries.rules import Rules
from viz.layout.apart import moved_apart

FIRST = 20
MOST_TRAILS = 8
GAP, EDGE = 5.4, 2.8
"""Of the drawing, 100 wide: how far apart dots are, and how far from its edge."""


async def positions(asked: Asked) -> Shown:
    """Everybody's position, the best first. Raises NotFound."""
    question = asked.question(Question)
    found = await positions_in(asked.store, asked.scope, asked.account_id, question, asked.rules)
    names = await asked.names(found, question)
    known = [item for item in found.items if item.personal > 0 or item.institutional > 0]
    shown = known[: asked.query.limit or FIRST]
    return Shown(
        (Part("positions", found, question),),
        {
            "names": names,
            "known": known,
            "shown": shown,
            "spots": moved_apart([_place(item) for item in shown], GAP, EDGE, 100 - EDGE),
            "trails": await asyncio.to_thread(_trails, names.graph, shown, question, asked.rules),
            "corners": tuple(Position),
            "met_points": asked.rules.positions.met_points,
        },
    )


def _place(at: Standing | PositionPoint) -> tuple[float, float]:
    """Across the institutional interest, up the personal one."""
    return at.institutional, 100 - at.personal


def _trails(
    graph: AccountGraph, shown: Sequence[Standing], question: Question, rules: Rules
) -> dict[str, list[tuple[float, float]]]:
    """The ways of those who passed through several positions: where each began, and where they end."""
    moved = [item.contact_id for item in shown if len(item.passed) > 1][:MOST_TRAILS]
    found = {}
    for id_ in moved:
        trail = trail_of(graph, id_, question, rules)
        turns = {step.since for step in trail.contact.passed}
        kept = [point for point in trail.items[:-1] if point.on in turns] + trail.items[-1:]
        found[id_] = [_place(point) for point in kept]
    return found
