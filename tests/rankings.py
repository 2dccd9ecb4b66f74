"""Asking invented accounts for their key influencers."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.findings.influence import Influencer, Ranking
from queries.influence.ranking import rank_influencers
from tests.invented import Invented

DAY = date(2025, 3, 1)


def ranking(account: Invented, **asked: Any) -> Ranking:
    return rank_influencers(account.graph(), on=DAY, **asked)


def items(account: Invented, **asked: Any) -> dict[str, Influencer]:
    return {item.contact_id: item for item in ranking(account, **asked).items}


def shares(account: Invented, **asked: Any) -> dict[str, float]:
    return {id_: item.share for id_, item in items(account, **asked).items()}


def people(*ids: str) -> Invented:
    account = Invented()
    for id_ in ids:
        account.contact(id_)
    return account
