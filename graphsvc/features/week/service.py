"""What one of ours should do this week, over the accounts that member serves."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from graphsvc.errors import NotFound
from graphsvc.features.dossiers import dossiers_about
from graphsvc.features.week.schemas import WeekQuery
from graphsvc.stores.port import GraphStore, Scope
from models.enums import EdgeKind, NodeKind
from models.faults import Code, Fault, InvalidInput
from models.findings.week import Week
from models.graph import AccountGraph
from models.records import Body
from queries.rules import DEFAULT_RULES, Rules
from queries.week.account import AccountWeek, account_week, roles_of
from queries.week.answer import week

_PAGE = 200


async def week_of_member(
    store: GraphStore, scope: Scope, query: WeekQuery, rules: Rules = DEFAULT_RULES, lang: str = "en"
) -> Week:
    """The week of a member over the accounts of the scope that he serves on the day, the most urgent first.

    One account after the other: as many graphs as there are accounts would fill the memory. The past asks
    every account of the scope whether he served it then. Raises InvalidInput, StoreUnavailable.
    """
    name, on = await _name(store, scope, query.member), query.day()
    found: list[AccountWeek] = []
    for account_id in await _candidates(store, scope, query):
        try:
            graph = await store.account_graph(scope, account_id, query.as_of)
            dossiers = await dossiers_about(store, scope, graph, query.as_of)
        except NotFound:  # not there yet at the time asked for, or no longer
            continue
        if roles_of(graph.on(on), query.member):
            found.append(await asyncio.to_thread(_of_account, graph, query, dossiers, rules, lang))
    return query.stamped(week(found, query.member, name, on=on, rules=rules))


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
    members = graph.nodes[NodeKind.MEMBER]
    if query.member not in members.position:
        raise _unknown(query.member)
    name = str(members.texts("name")[members.position[query.member]])
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
    found: set[str] = set()
    after = ""
    while True:
        page = await store.find(
            scope, EdgeKind.SERVES, where={"source_id": query.member}, after=after, limit=_PAGE
        )
        found.update(row.body["target_id"] for row in page)
        if len(page) < _PAGE:
            return sorted(found)
        after = page[-1].id


async def _name(store: GraphStore, scope: Scope, member_id: str) -> str:
    try:
        return str((await store.get(scope, NodeKind.MEMBER, member_id)).body["name"])
    except NotFound:
        raise _unknown(member_id) from None


def _unknown(member_id: str) -> InvalidInput:
    return InvalidInput(
        Fault(Code.UNKNOWN_RECORD, {"kind": NodeKind.MEMBER, "id": member_id}, pointer="/member")
    )
