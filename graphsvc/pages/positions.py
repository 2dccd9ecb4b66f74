"""Where we stand with each contact: the personal interest by the institutional one."""

from __future__ import annotations

import asyncio

from graphsvc.features.positions.service import positions_in
from graphsvc.features.questions import Question
from graphsvc.features.views.answers import trails
from graphsvc.pages.asking import Asked, Part, Shown
from models.findings.positions import Standing
from models.positions import Position
from viz.layout.apart import moved_apart

FIRST = 20
GAP, EDGE = 5.3, 2.8
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
            "places": {item.contact_id: place for place, item in enumerate(shown)},
            "trails": await asyncio.to_thread(trails, names.graph, shown, question.day(), asked.rules),
            "corners": tuple(Position),
            "met_points": asked.rules.positions.met_points,
        },
    )


def _place(at: Standing) -> tuple[float, float]:
    """Across the institutional interest, up the personal one."""
    return at.institutional, 100 - at.personal
