"""How strong the ties of our people to an account are."""

from __future__ import annotations

import asyncio
from datetime import date

import numpy as np

from graphsvc.errors import NotFound
from graphsvc.features.strength.schemas import StrengthQuery, TrailQuery
from graphsvc.stores.port import GraphStore, Scope
from models.columns import SECONDS_A_DAY, iso_day
from models.enums import EdgeKind
from models.findings.strength import PairStrength, PairStrengths, Strengths, StrengthTrail
from models.graph import AccountGraph
from queries.numbers import significant_all
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.strength.messages import message_events, message_strengths
from queries.strength.table import VERSION, tie_strengths
from queries.strength.trail import strength_over_time


async def strengths(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    query: StrengthQuery,
    rules: Rules = DEFAULT_RULES,
    most: int | None = None,
) -> Strengths:
    """Every tie of ours to the account, strongest first. Raises NotFound, InvalidInput, StoreUnavailable.

    With `most` the first so many.
    """
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(strengths_of, graph, query, rules, most))


def strengths_of(
    graph: AccountGraph, query: StrengthQuery, rules: Rules = DEFAULT_RULES, most: int | None = None
) -> Strengths:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    return tie_strengths(
        graph,
        on=query.day(),
        rules=rules,
        member_id=query.member_id,
        contact_id=query.contact_id,
        best_per_contact=query.best_per == "contact",
        limit=query.limit,
        most=most,
    )


async def trail(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    member_id: str,
    contact_id: str,
    query: TrailQuery,
    rules: Rules = DEFAULT_RULES,
) -> StrengthTrail:
    """One tie at month ends. Raises NotFound, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, query.as_of)
    return query.stamped(await asyncio.to_thread(trail_of, graph, member_id, contact_id, query, rules))


def trail_of(
    graph: AccountGraph, member_id: str, contact_id: str, query: TrailQuery, rules: Rules = DEFAULT_RULES
) -> StrengthTrail:
    """The same of a graph in hand, as file mode has it. Raises NotFound, InvalidInput."""
    found = strength_over_time(graph, member_id, contact_id, on=query.day(), months=query.months, rules=rules)
    if not found.items:
        raise NotFound(EdgeKind.KNOWS, f"{member_id} – {contact_id}")
    return found


def last_message_day(graph: AccountGraph) -> date | None:
    """The day of the last message between contacts; None if no message has a time."""
    times = message_events(graph).time
    return date.fromisoformat(iso_day(int(times.max()) // SECONDS_A_DAY)) if len(times) else None


def pairs_of(graph: AccountGraph, on: date, rules: Rules = DEFAULT_RULES) -> PairStrengths:
    """Both orders of every pair of contacts that exchanged messages by the end of the UTC day `on`.

    Strongest first, equal ones by (source, target). Ties that only count messages have no times and give
    no row. O(messages log messages).
    """
    log = message_events(graph)
    found = message_strengths(log.source, log.target, log.time, log.recipients, on=on, rules=rules)
    ids = graph.contacts.ids
    order = np.lexsort((found.target, found.source, -found.strength))
    points = significant_all(found.strength[order]).tolist()
    ends = zip(found.source[order].tolist(), found.target[order].tolist(), points, strict=True)
    return PairStrengths(
        items=[
            PairStrength(source_id=ids[source], target_id=ids[target], strength=strength)
            for source, target, strength in ends
        ],
        provenance=provenance_of(graph, on, rules, "strength of messages", VERSION),
    )
