"""The portfolio's rows are the same on every store, and hold nothing of accounts outside the scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from graphsvc.features.across import portfolio_known
from graphsvc.stores.port import GraphStore, Scope
from models.enums import AccountStatus, TeamRole, Tier, TierReason
from queries.portfolio.lines import PortfolioAccount, Service
from tests.contract.writing import EVERYTHING, E, N, put, tie, write

ACME = PortfolioAccount(
    "acme",
    "王 & Co",
    AccountStatus.CUSTOMER,
    Tier.A,
    TierReason.STRATEGIC,
    0.1 + 0.2,
    "CNY",
    (Service(TeamRole.OWNER, None, None), Service(TeamRole.SPONSOR, "2025-01-01", "2025-06-01")),
    ((1e15, "EUR"), (None, None)),
)
BOLT = PortfolioAccount("bolt", "Bolt", AccountStatus.PROSPECT, None, None, None, None)


async def told(store: GraphStore) -> None:
    await write(
        store,
        put(
            N.ACCOUNT,
            "acme",
            name="王 & Co",
            status="customer",
            tier="A",
            tier_reason="strategic",
            annual_volume=0.1 + 0.2,
            currency="CNY",
        ),
        tie(E.SERVES, "mia", "acme", role="owner"),
        tie(E.SERVES, "max", "acme", role="sponsor", since="2025-01-01", until="2025-06-01"),
        put(N.OPPORTUNITY, "deal", value=1e15, currency="EUR"),
        put(N.OPPORTUNITY, "vague"),
        put(N.OPPORTUNITY, "gone", status="lost", value=7.0),
    )


def plain(row: PortfolioAccount) -> PortfolioAccount:
    """A row with its parts in an order of their own: which way a store reads them says nothing."""
    team = tuple(sorted(row.team, key=lambda service: str(service.role)))
    deals = tuple(sorted(row.deals, key=lambda deal: -(deal[0] or 0)))
    return replace(row, team=team, deals=deals)


async def test_rows_tell_sales_teams_and_open_purchases(filled: GraphStore) -> None:
    await told(filled)
    assert [plain(row) for row in await filled.portfolio(EVERYTHING)] == [ACME, BOLT]


async def test_of_the_past_the_logs_tell(filled: GraphStore) -> None:
    before = datetime.now(UTC)
    await told(filled)
    later = await portfolio_known(filled, EVERYTHING, datetime(2999, 1, 1, tzinfo=UTC))
    assert [plain(row) for row in later] == [ACME, BOLT]
    assert [row.team for row in await portfolio_known(filled, EVERYTHING, before)] == [(), ()]


async def test_rows_of_the_scope_only(filled: GraphStore) -> None:
    await told(filled)
    assert await filled.portfolio(Scope("tester", frozenset({"bolt"}))) == [BOLT]
    (row,) = await filled.portfolio(Scope("tester", frozenset({"acme", "nowhere"})))
    assert plain(row) == ACME
    assert await filled.portfolio(Scope("tester", frozenset())) == []


async def test_an_empty_store_has_no_rows(store: GraphStore) -> None:
    assert await store.portfolio(EVERYTHING) == []
