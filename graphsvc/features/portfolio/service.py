"""The accounts of the scope beside each other: the tiers that sales suggest, and who matters in each."""

from __future__ import annotations

import asyncio

from graphsvc.errors import NotFound
from graphsvc.features.across import portfolio_known, sequences_across
from graphsvc.features.portfolio.schemas import InfluencersQuery, PortfolioQuery
from graphsvc.stores.port import GraphStore, Scope
from models.findings.base import Provenance
from models.findings.portfolio import AccountInfluencer, Influencers, Portfolio, PortfolioLine
from queries.portfolio.leading import leading, merged
from queries.portfolio.lines import VERSION, portfolio_lines
from queries.portfolio.standing import account_standing
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
    found = Portfolio(
        items=await asyncio.to_thread(portfolio_lines, accounts, on=on, rules=rules, lang=lang),
        provenance=Provenance(
            algorithm="tiers by cumulated sales",
            version=VERSION,
            rules_version=rules.version,
            parameters={"accounts": len(accounts)},
            account_sequence=at.account,
            firm_sequence=at.firm,
            on=on,
        ),
    )
    return query.stamped(found)


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
    at, on = await sequences_across(store, scope, query.as_of), query.day()
    found: list[list[AccountInfluencer]] = []
    for account in await store.accounts(scope):
        try:
            graph = await store.account_graph(scope, account.id, query.as_of)
        except NotFound:  # not there yet at the time asked for, or no longer
            continue
        found.append(
            await asyncio.to_thread(
                leading,
                graph,
                account.name,
                on=on,
                rules=rules,
                step=query.step,
                measure=query.measure,
                category=query.category,
                most=query.per_account,
                max_strength=query.max_strength,
            )
        )
    asked = query.model_dump(
        mode="json", include={"step", "measure", "category", "per_account", "max_strength"}
    )
    answer = Influencers(
        items=merged(found),
        provenance=Provenance(
            algorithm="influencers of all accounts",
            version="1",
            rules_version=rules.version,
            parameters={**asked, "accounts": len(found)},
            account_sequence=at.account,
            firm_sequence=at.firm,
            on=on,
        ),
    )
    return query.stamped(answer)
