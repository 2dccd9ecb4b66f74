"""Competitors: whom they hold, against what of ours, and what is known of them."""

from __future__ import annotations

from graphsvc.features.threats.schemas import ThreatsQuery
from graphsvc.features.threats.service import threats_to
from graphsvc.pages.asking import Asked, Part, Shown
from models.enums import IndustryFactor, NodeKind

FIVE_FORCES = (
    IndustryFactor.RIVALRY,
    IndustryFactor.ENTRANTS,
    IndustryFactor.SUBSTITUTES,
    IndustryFactor.SUPPLIERS,
    IndustryFactor.BUYERS,
)
"""Porter's five forces (1979), in his order but for rivalry, which they surround."""


async def threats(asked: Asked) -> Shown:
    """Competitors' ties against ours, the worst first. Raises NotFound, InvalidInput."""
    question = asked.question(ThreatsQuery)
    found = await threats_to(asked.store, asked.scope, asked.account_id, question, asked.rules)
    account = await asked.record(NodeKind.ACCOUNT, asked.account_id)
    notes = account.body.get("industry_notes") or {}
    return Shown(
        (Part("threats", found, question),),
        {
            "names": await asked.names(found, question),
            "industry": account.body.get("industry"),
            "forces": [(factor, notes[factor]) for factor in FIVE_FORCES if factor in notes],
            "surroundings": [
                (factor, notes[factor])
                for factor in IndustryFactor
                if factor in notes and factor not in FIVE_FORCES
            ],
        },
    )
