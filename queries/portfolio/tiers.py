"""The ABC of a portfolio: which tier each account would have by its sales alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from models.enums import Tier
from queries.numbers import significant
from queries.rules import DEFAULT_RULES
from queries.rules.portfolio import TierRules

__all__ = ["Sales", "Suggested", "suggested_tiers"]


@dataclass(frozen=True, slots=True)
class Sales:
    """What we sell to an account in a year; volume and currency may be unknown."""

    id: str
    annual_volume: float | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggested tier (None: below all tiers, or nothing is known), and the share of sales down to here."""

    tier: Tier | None
    cumulated_share: float | None


def suggested_tiers(
    accounts: Iterable[Sales], rules: TierRules = DEFAULT_RULES.tiers
) -> Mapping[str, Suggested]:
    """The tier that its sales suggest for each account, the largest first (equal ones by id).

    An account belongs to the tier in whose share of the sales it begins, so the one that crosses a bound
    belongs to the tier above it. Sums are exact. Each currency is ranked by itself, and so are those that
    name none: rates of exchange are nobody's guess. No volume, or none but zeros: no tier. O(n log n).
    """
    currencies: dict[str | None, list[Sales]] = {}
    found = {}
    for account in accounts:
        found[account.id] = Suggested(None, None)
        if account.annual_volume is not None:
            currencies.setdefault(account.currency, []).append(account)
    bounds, bound = [], Fraction(0)
    for tier, share in rules.shares.items():
        bound += Fraction(str(share))
        bounds.append((tier, bound))
    for rows in currencies.values():
        ranked = sorted(rows, key=lambda row: (-(row.annual_volume or 0), row.id))
        volumes = [Fraction(row.annual_volume or 0) for row in ranked]
        total, before = sum(volumes, Fraction(0)), Fraction(0)
        for row, volume in zip(ranked, volumes, strict=True):
            if volume:
                within = next((tier for tier, bound in bounds if before < bound * total), None)
                before += volume
                found[row.id] = Suggested(within, significant(float(before / total)))
    return found
