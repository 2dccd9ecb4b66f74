"""Tiers that sales suggest: bounds, ties, currencies, what overrules them, and A accounts without a team."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import AccountStatus, TeamRole, Tier, TierReason
from models.findings.portfolio import PortfolioLine
from queries.portfolio.lines import PortfolioAccount, Service, portfolio_lines
from queries.portfolio.tiers import Sales, suggested_tiers

ON = date(2025, 6, 15)
OWNER, SPONSOR = Service(TeamRole.OWNER, None, None), Service(TeamRole.SPONSOR, None, None)


def tiers(*volumes: float | None, currency: str | None = "CNY") -> list[str | None]:
    """The suggested tiers of accounts of these volumes, in their order."""
    sales = [Sales(f"{place:03}", volume, currency) for place, volume in enumerate(volumes)]
    return [found.tier for found in suggested_tiers(sales).values()]


def account(id: str, volume: float | None = None, **fields: object) -> PortfolioAccount:
    plain = PortfolioAccount(
        id, id.title(), AccountStatus.CUSTOMER, None, None, volume, "CNY", (OWNER, SPONSOR)
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def lines(*accounts: PortfolioAccount, lang: str = "en") -> dict[str, PortfolioLine]:
    return {line.account_id: line for line in portfolio_lines(accounts, on=ON, lang=lang)}


def rules(line: PortfolioLine) -> list[str]:
    return [warning.rule for warning in line.warnings]


def test_the_account_that_crosses_a_bound_belongs_to_the_tier_above() -> None:
    assert tiers(40, 20, 15, 15, 10) == ["A", "A", "B", "C", None]
    assert tiers(*[1] * 10) == [*"AAAAABBC", None, None], "on a bound the next tier begins"
    assert tiers(*[0.1] * 10) == [*"AAAAABBC", None, None], "sums are exact"
    assert tiers(100) == ["A"]


def test_what_is_not_known_or_nothing_has_no_tier() -> None:
    assert tiers(None, 0, 5) == [None, None, "A"]
    assert tiers(0, 0) == [None, None]
    assert tiers() == []
    assert suggested_tiers([Sales("x", 0, "CNY")])["x"].cumulated_share is None


def test_equal_accounts_come_in_the_order_of_their_ids() -> None:
    sales = [Sales(id_, 10.0, None) for id_ in "dcba"]
    assert [id_ for id_, found in suggested_tiers(sales).items() if found.tier is Tier.A] == ["b", "a"]


def test_each_currency_is_ranked_by_itself() -> None:
    found = suggested_tiers(
        [Sales("a", 1e9, "JPY"), Sales("b", 6.0, "EUR"), Sales("c", 4.0, "EUR"), Sales("d", 1.0, None)]
    )
    assert {id_: (row.tier, row.cumulated_share) for id_, row in found.items()} == {
        "a": (Tier.A, 1.0),
        "b": (Tier.A, 0.6),
        "c": (Tier.B, 1.0),
        "d": (Tier.A, 1.0),
    }


@given(st.lists(st.floats(0, 1e15) | st.none(), max_size=30))
def test_tiers_are_those_of_the_rule_by_its_words(volumes: list[float | None]) -> None:
    sales = [Sales(f"{place:03}", volume, None) for place, volume in enumerate(volumes)]
    found = suggested_tiers(sales)
    total = sum(Fraction(volume or 0) for volume in volumes)
    for row in sales:
        larger = [
            other
            for other in sales
            if (-(other.annual_volume or 0), other.id) < (-(row.annual_volume or 0), row.id)
        ]
        above = sum((Fraction(other.annual_volume or 0) for other in larger), Fraction(0))
        bounds = {Tier.A: Fraction(5, 10), Tier.B: Fraction(7, 10), Tier.C: Fraction(8, 10)}
        within = [tier for tier, bound in bounds.items() if above < bound * total]
        expected = within[0] if within and row.annual_volume else None
        assert found[row.id].tier == expected
        share = found[row.id].cumulated_share
        assert share is None or share == pytest.approx(
            float((above + Fraction(row.annual_volume or 0)) / total)
        )


def test_a_tier_set_against_the_sales_is_overruled_and_wants_a_reason() -> None:
    found = lines(
        account("big", 90.0, tier=Tier.A),
        account("odd", 5.0, tier=Tier.B),
        account("dear", 4.0, tier=Tier.A, tier_reason=TierReason.CANNOT_LOSE),
        account("new", None, tier=Tier.C),
        account("unset", 1.0),
    )
    assert {id_: line.overruled for id_, line in found.items()} == {
        "big": False,
        "odd": True,
        "dear": True,
        "unset": False,
        "new": False,
    }
    assert {id_: rules(line) for id_, line in found.items() if line.warnings} == {
        "odd": ["tier-without-reason"]
    }
    (warning,) = found["odd"].warnings
    assert (warning.text, warning.severity) == (
        "Its tier is B · important, its sales suggest no tier, and no reason is given.",
        "low",
    )
    assert [(item.kind, item.id) for item in warning.evidence] == [("account", "odd")]


@pytest.mark.parametrize(
    ("team", "missing"),
    [
        ((OWNER, SPONSOR), []),
        ((OWNER,), ["高层"]),
        ((SPONSOR, Service(TeamRole.EXPERT, None, None)), ["客户经理"]),
        ((), ["客户经理", "高层"]),
        ((OWNER, Service(TeamRole.SPONSOR, None, ON.isoformat())), ["高层"]),
        ((OWNER, Service(TeamRole.SPONSOR, "2025-06-16", None)), ["高层"]),
        ((OWNER, Service(TeamRole.SPONSOR, ON.isoformat(), "2025-06-16")), []),
    ],
)
def test_an_a_account_wants_owner_and_sponsor(team: tuple[Service, ...], missing: list[str]) -> None:
    (line,) = portfolio_lines([account("acme", 1.0, tier=Tier.A, team=team)], on=ON, lang="zh")
    assert [warning.text for warning in line.warnings] == [f"A 级客户没有指定{role}。" for role in missing]
    (other,) = portfolio_lines([account("acme", 1.0, tier=None, team=team)], on=ON)
    assert other.warnings == [], "no tier is in force"


def test_open_values_are_never_added_across_currencies() -> None:
    found = lines(
        account("one", deals=((1.0, "CNY"), (None, "CNY"), (2.5, "CNY"))),
        account("two", deals=((1.0, "EUR"), (2.0, None))),
        account("none"),
    )
    told = {id_: (line.open_opportunities, line.open_value) for id_, line in found.items()}
    assert told == {"one": (3, 3.5), "two": (2, None), "none": (0, 0.0)}
    assert [(money.currency, money.value) for money in found["two"].open_values] == [
        ("EUR", 1.0),
        (None, 2.0),
    ]


def test_lines_come_by_currency_then_sales_then_id() -> None:
    found = portfolio_lines(
        [
            account("d", None),
            account("c", 1.0),
            account("b", 1.0),
            account("a", 9.0, currency="USD"),
            account("e", 99.0, currency=None),
        ],
        on=ON,
    )
    assert [line.account_id for line in found] == ["b", "c", "d", "a", "e"]
    assert math.isclose(found[0].cumulated_share or 0, 0.5)
