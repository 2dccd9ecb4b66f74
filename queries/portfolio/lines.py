"""The portfolio line by line: tiers, open purchases, and what is wrong with an account among the others."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.columns import is_within
from models.enums import AccountStatus, NodeKind, TeamRole, Tier, TierReason
from models.fields import Label
from models.findings.portfolio import Money, PortfolioLine
from queries.advice.account import team_gaps
from queries.advice.alerts import Alert, told
from queries.advice.words.account import AccountRule
from queries.numbers import significant
from queries.portfolio.tiers import Sales, Suggested, suggested_tiers
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["VERSION", "PortfolioAccount", "Service", "amounts_of", "portfolio_lines"]

VERSION = "1"
_NO_TIER = Label("no tier", "不分级")


@dataclass(frozen=True, slots=True)
class Service:
    """That one of ours has a role in an account's team, since and until days (ISO; empty is open)."""

    role: TeamRole
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class PortfolioAccount:
    """What a store knows of an account for the portfolio. `deals`: value and currency of the open ones."""

    id: str
    name: str
    status: AccountStatus
    tier: Tier | None
    tier_reason: TierReason | None
    annual_volume: float | None
    currency: str | None
    team: tuple[Service, ...] = ()
    deals: tuple[tuple[float | None, str | None], ...] = ()


def portfolio_lines(
    accounts: Sequence[PortfolioAccount], *, on: date, rules: Rules = DEFAULT_RULES, lang: str = "en"
) -> list[PortfolioLine]:
    """The accounts with the tiers their sales suggest and with warnings, in the words of `lang`.

    By currency (those that name none last), then the largest sales first, then by id. The suggestion is
    made among these accounts alone. O(n log n).
    """
    tiers = suggested_tiers((Sales(row.id, row.annual_volume, row.currency) for row in accounts), rules.tiers)
    ranked = sorted(
        accounts,
        key=lambda row: (row.currency is None, row.currency or "", -(row.annual_volume or 0), row.id),
    )
    return [_line(account, tiers[account.id], on, rules, lang) for account in ranked]


def amounts_of(deals: Iterable[tuple[float | None, str | None]]) -> list[Money]:
    """What purchases are worth together, currency by currency; without one last. O(purchases)."""
    values: dict[str | None, list[float]] = {}
    for value, currency in deals:
        if value is not None:
            values.setdefault(currency, []).append(value)
    return [
        Money(currency=currency, value=significant(math.fsum(values[currency])))
        for currency in sorted(values, key=lambda name: (name is None, name or ""))
    ]


def _line(
    account: PortfolioAccount, suggested: Suggested, on: date, rules: Rules, lang: str
) -> PortfolioLine:
    amounts = amounts_of(account.deals)
    return PortfolioLine(
        account_id=account.id,
        name=account.name,
        status=account.status,
        tier=account.tier,
        tier_reason=account.tier_reason,
        suggested_tier=suggested.tier,
        overruled=_overruled(account, suggested),
        annual_volume=account.annual_volume,
        currency=account.currency,
        cumulated_share=suggested.cumulated_share,
        open_opportunities=len(account.deals),
        open_value=None if len(amounts) > 1 else sum(amount.value for amount in amounts),
        open_values=amounts,
        warnings=told(_warnings(account, suggested, on), rules.advice.severity, lang),
    )


def _overruled(account: PortfolioAccount, suggested: Suggested) -> bool:
    """Whether a tier was set that sales do not suggest; without any sales known nothing is overruled."""
    set_and_known = account.tier is not None and suggested.cumulated_share is not None
    return set_and_known and account.tier != suggested.tier


def _warnings(account: PortfolioAccount, suggested: Suggested, on: date) -> Iterator[Alert]:
    if _overruled(account, suggested) and account.tier_reason is None:
        params = {"tier": account.tier, "suggested": suggested.tier or _NO_TIER}
        evidence = ((NodeKind.ACCOUNT, account.id),)
        yield Alert(AccountRule.TIER_WITHOUT_REASON, params, evidence)
    yield from team_gaps(account.id, account.tier, set(_roles(account.team, on.isoformat())))


def _roles(team: Iterable[Service], day: str) -> Iterator[TeamRole]:
    for service in team:
        if is_within(day, service.since, service.until):
            yield service.role
