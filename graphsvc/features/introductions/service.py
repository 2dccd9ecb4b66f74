"""Who could bring us to somebody, over all accounts of the scope."""

from __future__ import annotations

import asyncio

from graphsvc.errors import NotFound
from graphsvc.features.introductions.schemas import IntroductionsQuery
from graphsvc.features.questions import today
from graphsvc.stores.port import GraphStore, Scope
from models.findings.introductions import Introductions
from models.graph import AccountGraph
from queries.introductions.answer import introductions
from queries.introductions.crossing import holding, nearest_accounts
from queries.rules import DEFAULT_RULES, Rules


async def introductions_to(
    store: GraphStore, scope: Scope, account_id: str, query: IntroductionsQuery, rules: Rules = DEFAULT_RULES
) -> Introductions:
    """The best ways to a contact of the account, over the accounts of the scope that lie near it.

    Raises NotFound, InvalidInput, StoreUnavailable.
    """
    on = query.on or today()
    graphs = [await store.account_graph(scope, account_id)]
    ties, links = holding(await store.crossing_ties(scope), (await store.channels(scope)).ties, on)
    near, left_out = nearest_accounts(account_id, ties, links, rules.introductions.most_accounts)
    for other in near[1:]:
        try:
            graphs.append(await store.account_graph(scope, other))
        except NotFound:  # deleted a moment ago
            continue
    return await asyncio.to_thread(
        introductions,
        graphs,
        to=query.to,
        on=on,
        rules=rules,
        ties=ties,
        links=links,
        k=query.k,
        left_out=left_out,
    )


def introductions_of(
    graph: AccountGraph, query: IntroductionsQuery, rules: Rules = DEFAULT_RULES
) -> Introductions:
    """The same inside a graph in hand, as file mode has it."""
    return introductions([graph], to=query.to, on=query.on or today(), rules=rules, k=query.k)
