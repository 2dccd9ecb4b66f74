"""The accounts of the scope with the tiers that their sales suggest."""

from __future__ import annotations

import asyncio

from graphsvc.features.portfolio.schemas import PortfolioQuery
from graphsvc.features.questions import today
from graphsvc.stores.port import GraphStore, Scope
from models.findings.base import Provenance
from models.findings.portfolio import Portfolio
from models.kinds import FIRM
from queries.portfolio.lines import VERSION, portfolio_lines
from queries.rules import DEFAULT_RULES, Rules


async def portfolio(
    store: GraphStore, scope: Scope, query: PortfolioQuery, rules: Rules = DEFAULT_RULES, lang: str = "en"
) -> Portfolio:
    """Every account of the scope. Tiers are suggested among these alone. Raises StoreUnavailable."""
    # Read before the accounts: what is written in between makes a cursor too old, never too new.
    sequences = {head.account: head.sequence for head in await store.heads(scope)}
    accounts = await store.portfolio(scope)
    on = query.on or today()
    firm = sequences.pop(FIRM, 0)
    return Portfolio(
        items=await asyncio.to_thread(portfolio_lines, accounts, on=on, rules=rules, lang=lang),
        provenance=Provenance(
            algorithm="tiers by cumulated sales",
            version=VERSION,
            rules_version=rules.version,
            parameters={"accounts": len(accounts)},
            account_sequence=sum(sequences.values()),
            firm_sequence=firm,
            on=on,
        ),
    )
