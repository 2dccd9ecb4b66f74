"""How the room will settle, who holds it, and whom to win over first."""

from __future__ import annotations

from graphsvc.features.forecast.schemas import ForecastQuery
from graphsvc.features.forecast.service import forecast as forecast_in
from graphsvc.pages.asking import Asked, Part, Shown

FIRST = 20


async def forecast(asked: Asked) -> Shown:
    """The forecast of a purchase, or of all open ones. Raises NotFound, InvalidInput."""
    question = asked.question(ForecastQuery)
    found = await forecast_in(asked.store, asked.scope, asked.account_id, question, asked.rules, asked.lang)
    names = await asked.names(found, question)
    return Shown(
        (Part("forecast", found, question),),
        {"names": names, "shown": found.items[: asked.query.limit or FIRST]},
    )
