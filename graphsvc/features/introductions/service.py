"""Who could bring us to somebody, over all accounts of the scope."""

from __future__ import annotations

import asyncio

from graphsvc.errors import NotFound
from graphsvc.features.across import channels_known, crossing_ties_known
from graphsvc.features.introductions.schemas import IntroductionsQuery
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
    on, then = query.day(), query.as_of
    graphs = [await store.account_graph(scope, account_id, then)]
    crossing = await crossing_ties_known(store, scope, then)
    ties, links = holding(crossing, (await channels_known(store, scope, then)).ties, on)
    near, left_out = nearest_accounts(account_id, ties, links, rules.introductions.most_accounts)
    for other in near[1:]:
        try:
            graphs.append(await store.account_graph(scope, other, then))
        except NotFound:  # deleted a moment ago
            continue
    found = await asyncio.to_thread(
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
    return query.stamped(found)


def introductions_of(
    graph: AccountGraph, query: IntroductionsQuery, rules: Rules = DEFAULT_RULES
) -> Introductions:
    """The same inside a graph in hand, as file mode has it."""
    return introductions([graph], to=query.to, on=query.day(), rules=rules, k=query.k)
