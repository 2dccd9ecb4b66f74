"""The accounts of the scope beside each other: the tiers that sales suggest, and who matters in each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from graphsvc.errors import NotFound
from graphsvc.features.across import portfolio_known, sequences_across
from graphsvc.features.portfolio.schemas import InfluencersQuery, PortfolioQuery
from graphsvc.stores.port import UNSTORED, GraphStore, Scope, Sequences
from models.findings.portfolio import AccountInfluencer, Influencers, Portfolio, PortfolioLine
from models.graph import AccountGraph
from queries.portfolio.leading import leading, merged
from queries.portfolio.lines import VERSION, portfolio_lines
from queries.portfolio.standing import account_standing
from queries.provenance import provenance_across
from queries.rules import DEFAULT_RULES, Rules

AT_ONCE = 4
"""Accounts whose standing is made side by side."""


async def portfolio(
    store: GraphStore, scope: Scope, query: PortfolioQuery, rules: Rules = DEFAULT_RULES, lang: str = "en"
) -> Portfolio:
    """Every account of the scope. Tiers are suggested among these alone. Raises StoreUnavailable."""
    at = await sequences_across(store, scope, query.as_of)
    accounts = await portfolio_known(store, scope, query.as_of)
    on = query.day()
    lines = await asyncio.to_thread(portfolio_lines, accounts, on=on, rules=rules, lang=lang)
    made = provenance_across(
        (at.account, at.firm), on, rules, "tiers by cumulated sales", VERSION, accounts=len(accounts)
    )
    return query.stamped(Portfolio(items=lines, provenance=made))


async def with_standing(
    store: GraphStore, scope: Scope, found: Portfolio, rules: Rules = DEFAULT_RULES
) -> Portfolio:
    """The lines with how each account stands with us: ask for those of a page. Raises StoreUnavailable.

    At most `AT_ONCE` accounts at a time, whose graphs the store may let go afterwards.
    """
    free = asyncio.Semaphore(AT_ONCE)

    async def stand(line: PortfolioLine) -> PortfolioLine:
        async with free:
            try:
                graph = await store.account_graph(scope, line.account_id, found.provenance.as_of)
            except NotFound:  # deleted a moment ago
                return line
            standing = await asyncio.to_thread(account_standing, graph, on=found.provenance.on, rules=rules)
        return line.model_copy(update=standing.model_dump())

    items = await asyncio.gather(*map(stand, found.items))
    return found.model_copy(update={"items": items})


async def influencers(
    store: GraphStore, scope: Scope, query: InfluencersQuery, rules: Rules = DEFAULT_RULES
) -> Influencers:
    """The most influential people of every account of the scope. Raises InvalidInput, StoreUnavailable.

    One account after the other: as many graphs as there are accounts would fill the memory.
    """
    at = await sequences_across(store, scope, query.as_of)
    found: list[list[AccountInfluencer]] = []
    for account in await store.accounts(scope):
        try:
            graph = await store.account_graph(scope, account.id, query.as_of)
        except NotFound:  # not there yet at the time asked for, or no longer
            continue
        found.append(await asyncio.to_thread(_leading, graph, account.name, query, rules))
    return query.stamped(_influencers(found, query, rules, at))


def influencers_of(
    accounts: Iterable[tuple[AccountGraph, str]], query: InfluencersQuery, rules: Rules = DEFAULT_RULES
) -> Influencers:
    """The same of graphs in hand with their accounts' names, as file mode has them. Raises InvalidInput."""
    found = [_leading(graph, name, query, rules) for graph, name in accounts]
    return _influencers(found, query, rules, UNSTORED)


def _leading(
    graph: AccountGraph, account: str, query: InfluencersQuery, rules: Rules
) -> list[AccountInfluencer]:
    return leading(
        graph,
        account,
        on=query.day(),
        rules=rules,
        step=query.step,
        measure=query.measure,
        category=query.category,
        most=query.per_account,
        max_strength=query.max_strength,
    )


def _influencers(
    found: Sequence[Sequence[AccountInfluencer]], query: InfluencersQuery, rules: Rules, at: Sequences
) -> Influencers:
    asked = query.model_dump(
        mode="json", include={"step", "measure", "category", "per_account", "max_strength"}
    )
    made = provenance_across(
        (at.account, at.firm),
        query.day(),
        rules,
        "influencers of all accounts",
        "1",
        **asked,
        accounts=len(found),
    )
    return Influencers(items=merged(found), provenance=made)
