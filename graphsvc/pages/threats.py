"""Competitors: whom they hold, against what of ours, and what is known of them."""

from __future__ import annotations

from graphsvc.features.threats.schemas import ThreatsQuery
from graphsvc.features.threats.service import threats_to
from graphsvc.pages.asking import Asked, Part, Shown
from graphsvc.pages.naming import Names
from models.fields import Label


async def threats(asked: Asked) -> Shown:
    """Competitors' ties against ours, the worst first. Raises NotFound, InvalidInput."""
    question = asked.question(ThreatsQuery)
    found = await threats_to(asked.store, asked.scope, asked.account_id, question, asked.rules)
    names = Names(await asked.graph(), found.provenance.on, asked.lang, asked.rules, question.opportunity_id)
    api = f"accounts/{asked.account_id}/threats"
    return Shown((Part("threats", Label("Threats", "竞争威胁"), found, api, question),), {"names": names})
