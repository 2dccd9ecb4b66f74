"""Where we stand with each contact: the personal interest by the institutional one."""

from __future__ import annotations

from graphsvc.features.positions.service import positions_in
from graphsvc.features.questions import Question
from graphsvc.pages.asking import Asked, Part, Shown
from models.positions import Position

FIRST = 20


async def positions(asked: Asked) -> Shown:
    """Everybody's position, the best first. Raises NotFound."""
    question = asked.question(Question)
    found = await positions_in(asked.store, asked.scope, asked.account_id, question, asked.rules)
    known = [item for item in found.items if item.personal > 0 or item.institutional > 0]
    return Shown(
        (Part("positions", found, question),),
        {
            "names": await asked.names(found, question),
            "known": known,
            "shown": known[: asked.query.limit or FIRST],
            "corners": tuple(Position),
            "met_points": asked.rules.positions.met_points,
        },
    )
