"""Competitors: whom they hold, against what of ours, and what is known of them."""

from __future__ import annotations

from graphsvc.features.threats.schemas import ThreatsQuery
from graphsvc.features.threats.service import threats_to
from graphsvc.pages.asking import Asked, Part, Shown


async def threats(asked: Asked) -> Shown:
    """Competitors' ties against ours, the worst first. Raises NotFound, InvalidInput."""
    question = asked.question(ThreatsQuery)
    found = await threats_to(asked.store, asked.scope, asked.account_id, question, asked.rules)
    return Shown((Part("threats", found, question),), {"names": await asked.names(found, question)})
