"""What one of ours should do this week, over the accounts that member serves."""

from __future__ import annotations

from collections.abc import Sequence

from graphsvc.errors import NotFound
from graphsvc.features.dossiers import evidence_of, with_dossiers
from graphsvc.features.week.schemas import WeekQuery
from graphsvc.stores.listing import every
from graphsvc.stores.port import GraphStore, Scope
from models.enums import EdgeKind, NodeKind
from models.faults import InvalidInput
from models.findings.week import Week
from models.graph import AccountGraph
from models.records import Body
from queries.naming import not_here, position_of
from queries.rules import DEFAULT_RULES, Rules
from queries.week.account import AccountWeek, account_week, roles_of
from queries.week.answer import week


async def week_of_member(
    store: GraphStore,
    scope: Scope,
    query: WeekQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
    request_id: str | None = None,
) -> Week:
    """The week of a member over the accounts of the scope that he serves on the day, the most urgent first.

    Whose dossier it tells of is noted.

    One account after the other: as many graphs as there are accounts would fill the memory. The past asks
    every account of the scope whether he served it then. Raises InvalidInput, StoreUnavailable.
    """
    name = await _name(store, scope, query.member)
    found: list[AccountWeek] = []
    for account_id in await _candidates(store, scope, query):
        try:
            graph = await store.account_graph(scope, account_id, query.as_of)
            if roles_of(graph.on(query.day()), query.member):
                found.append(await _in_account(store, scope, graph, query, rules, lang, request_id))
        except NotFound:  # not there yet at the time asked for, or no longer
            continue
    return query.stamped(week(found, query.member, name, on=query.day(), rules=rules))


async def _in_account(
    store: GraphStore,
    scope: Scope,
    graph: AccountGraph,
    query: WeekQuery,
    rules: Rules,
    lang: str,
    request_id: str | None,
) -> AccountWeek:
    return await with_dossiers(
        store,
        scope,
        graph,
        query.as_of,
        lambda dossiers: _of_account(graph, query, dossiers, rules, lang),
        lambda found: evidence_of(found.items),
        request_id,
    )


def week_of(
    graph: AccountGraph,
    query: WeekQuery,
    dossiers: Sequence[Body] | None,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> Week:
    """The same of one graph in hand, as file mode has it, whether the member serves it or not.

    Raises InvalidInput for who is none of ours.
    """
    place = position_of(graph, NodeKind.MEMBER, query.member, "/member")
    name = str(graph.nodes[NodeKind.MEMBER].texts("name")[place])
    found = [_of_account(graph, query, dossiers, rules, lang)]
    return week(found, query.member, name, on=query.day(), rules=rules)


def _of_account(
    graph: AccountGraph, query: WeekQuery, dossiers: Sequence[Body] | None, rules: Rules, lang: str
) -> AccountWeek:
    return account_week(graph, query.member, on=query.day(), rules=rules, dossiers=dossiers, lang=lang)


async def _candidates(store: GraphStore, scope: Scope, query: WeekQuery) -> list[str]:
    """By id, the accounts that the member serves on any day; of the past, all of the scope."""
    if query.as_of is not None:
        return sorted(account.id for account in await store.accounts(scope))
    served = every(store, scope, EdgeKind.SERVES, where={"source_id": query.member})
    return sorted({row.body["target_id"] async for row in served})


async def _name(store: GraphStore, scope: Scope, member_id: str) -> str:
    try:
        return str((await store.get(scope, NodeKind.MEMBER, member_id)).body["name"])
    except NotFound:
        raise InvalidInput(not_here(NodeKind.MEMBER, member_id, "/member")) from None
