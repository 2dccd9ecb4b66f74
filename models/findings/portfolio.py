"""The accounts among each other."""

from __future__ import annotations

from models.enums import AccountStatus, Category, Tier, TierReason
from models.findings.base import Answer, Finding
from models.findings.warnings import Warned


class Money(Finding):
    """An amount; without a currency where none was said."""

    currency: str | None
    value: float


class AccountStanding(Finding):
    """How an account stands with us, no purchase in particular.

    `single_threads`: departments and deciders that hang on one of ours; `hub_share`: of all our strength
    that hangs on `hub_id`; `overdue`: contacts past their rhythm; `strength`: the sum of our ties, `trend`
    what it gained in 90 days.
    """

    trust: float
    shape: float | None
    single_threads: int
    hub_id: str | None
    hub_share: float | None
    overdue: int
    strength: float
    trend: float


class PortfolioLine(Finding):
    """An account among the others. `cumulated_share`: of the sales in its currency, down to this account.

    `overruled`: the tier in force is another than the suggested one, for `tier_reason` if there is one.
    `open_value` is empty where the open purchases are in several currencies (see `open_values`). From `trust`
    on as in `AccountStanding`; all empty for an account that was deleted a moment ago.
    """

    account_id: str
    name: str
    status: AccountStatus
    tier: Tier | None
    tier_reason: TierReason | None
    suggested_tier: Tier | None
    overruled: bool
    annual_volume: float | None
    currency: str | None
    cumulated_share: float | None
    open_opportunities: int
    open_value: float | None
    open_values: list[Money]
    trust: float | None = None
    shape: float | None = None
    single_threads: int | None = None
    hub_id: str | None = None
    hub_share: float | None = None
    overdue: int | None = None
    strength: float | None = None
    trend: float | None = None
    warnings: list[Warned]


class Portfolio(Answer[PortfolioLine]):
    """The accounts of the scope, the largest sales of each currency first.

    Provenance: `account_sequence` is the sum over the accounts, so any change moves it.
    """


class AccountInfluencer(Finding):
    """One of the most influential people of an account, and who of ours knows him best, if anybody.

    `rank`, `score` and `share` are those of his account. `strength` is 0–100, 0 where nobody knows him.
    """

    account_id: str
    account: str
    rank: int
    contact_id: str
    name: str
    score: float
    share: float
    category: Category | None
    key_player: bool
    hidden: bool
    strength: float
    known_by: str | None


class Influencers(Answer[AccountInfluencer]):
    """The most influential people of all accounts of the scope, by score, which is relative to the first of
    the own account: so every account's first lead. Provenance: `account_sequence`
    is the sum over the accounts, so any change moves it.
    """
