"""Whom to meet again, and what to have confirmed."""

from __future__ import annotations

import asyncio

from graphsvc.features.questions import Question
from graphsvc.stores.port import GraphStore, Scope
from models.findings.cadence import ConfirmList, OverdueContacts
from models.graph import AccountGraph
from queries.cadence.confirm import confirm_list
from queries.cadence.overdue import overdue
from queries.rules import DEFAULT_RULES, Rules


async def overdue_in(
    store: GraphStore, scope: Scope, account_id: str, query: Question, rules: Rules = DEFAULT_RULES
) -> OverdueContacts:
    """Contacts past their rhythm, the most influential first. Raises NotFound, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(overdue_of, graph, query, rules))


def overdue_of(graph: AccountGraph, query: Question, rules: Rules = DEFAULT_RULES) -> OverdueContacts:
    """The same of a graph in hand, as file mode has it."""
    return overdue(graph, on=query.day(), rules=rules)


async def confirm_in(
    store: GraphStore, scope: Scope, account_id: str, query: Question, rules: Rules = DEFAULT_RULES
) -> ConfirmList:
    """The week's cards and ties to confirm, and people to assess. Raises NotFound, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(confirm_of, graph, query, rules))


def confirm_of(graph: AccountGraph, query: Question, rules: Rules = DEFAULT_RULES) -> ConfirmList:
    """The same of a graph in hand, as file mode has it."""
    return confirm_list(graph, on=query.day(), rules=rules)
