"""How goods reach those who use them, across accounts."""

from __future__ import annotations

from models.enums import AccountStatus, ChannelLink, ChannelRole, Tier
from models.findings.base import Answer, Evidence, Finding


class ChannelStop(Finding):
    """An account of the channel map. `depth`: the most links that goods pass before they reach it.

    None where no goods are known to pass; accounts that supply each other in a circle have one depth.
    """

    account_id: str
    name: str
    status: AccountStatus
    tier: Tier | None
    role: ChannelRole | None
    depth: int | None


class ChannelStep(Finding):
    """What one account does for another. `goods` pass along it; `against`: up the order of the roles."""

    source_id: str
    target_id: str
    kind: ChannelLink
    share: float | None
    goods: bool
    against: bool
    edge_id: str
    evidence: list[Evidence]


class ChannelMap(Answer[ChannelStep]):
    """The links between accounts of the scope, as goods pass them; `accounts` are their ends.

    Provenance: `account_sequence` is the sum over the accounts, so any change moves it.
    """

    accounts: list[ChannelStop]
