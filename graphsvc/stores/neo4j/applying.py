"""A change set applied inside one transaction: locks, facts, plan, rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from neo4j import AsyncManagedTransaction

from graphsvc.stores.codec import applied_of
from graphsvc.stores.draft import Draft
from graphsvc.stores.erasures import line_of
from graphsvc.stores.imports import check_writer
from graphsvc.stores.neo4j import erasures
from graphsvc.stores.neo4j import facts as answers
from graphsvc.stores.neo4j.imports import holds
from graphsvc.stores.neo4j.locks import lock
from graphsvc.stores.neo4j.server import ask
from graphsvc.stores.neo4j.writing import write
from graphsvc.stores.plan import Plan, facts_before, needs, plan
from graphsvc.stores.rehearsal import Rehearsal
from graphsvc.stores.rules_of_edges import is_owned
from models.changes import Applied
from models.enums import NodeKind
from models.kinds import FIRM, NODE_SPECS
from queries.catalog import cypher

Clock = Callable[[], datetime]
"""Read when the logs are locked: what is written later has a later time."""

_FIRM_KINDS = {kind for kind, spec in NODE_SPECS.items() if spec.firm}


class MoreLogs(Exception):
    """The change set reaches logs that were not locked: begin anew and lock these."""

    def __init__(self, logs: set[str]) -> None:
        super().__init__(sorted(logs))
        self.logs = logs


async def apply(
    transaction: AsyncManagedTransaction, draft: Draft, clock: Clock, more: set[str], owner: str
) -> Applied:
    """Write a change set; `more` are logs an earlier attempt was short of. Raises MoreLogs, Again.

    That of an import is written only if its process is `owner`.
    """
    done = await _applied(transaction, draft)
    if done is not None:
        return done
    locked = more | await _logs_of(transaction, draft)
    await lock(transaction, locked)
    done = await _applied(transaction, draft)  # somebody may have sent it while this one waited
    if done is not None:
        return done
    made = await planned(transaction, draft, clock)
    if not made.applied.sequences.keys() <= locked:
        raise MoreLogs(locked | made.applied.sequences.keys())
    if made.entries:
        logs = made.applied.sequences
        check_writer(await holds(transaction, logs), logs, draft.change_set.of_import, owner)
        await write(transaction, draft, made)
    await erasures.keep(transaction, line_of(draft.change_set, draft.scope.actor, clock()))
    return made.applied


async def check(
    transaction: AsyncManagedTransaction, draft: Draft, clock: Clock, after: Rehearsal | None = None
) -> Applied:
    """What `apply` would do, with the same errors."""
    done = await _applied(transaction, draft)
    return done if done is not None else (await planned(transaction, draft, clock, after)).applied


async def _logs_of(transaction: AsyncManagedTransaction, draft: Draft) -> set[str]:
    """The logs a change set is sure to reach: those of what it changes and of the ends of its edges."""
    if draft.change_set.new_in is not None:
        return {draft.change_set.new_in}
    logs, keys = set(), set(draft.deletions)
    for key, writing in draft.writings.items():
        keys.add(key)
        keys.update(writing.ends or ())
        if key[0] is NodeKind.ACCOUNT:
            logs.add(key[1])
        elif "account_id" in writing.body:
            logs.add(writing.body["account_id"])
    if any(kind in _FIRM_KINDS for kind, _ in (*draft.writings, *draft.deletions)):
        logs.add(FIRM)
    if any(is_owned(w.kind, w.body) for w in draft.writings.values()):
        logs.add(FIRM)  # ways of owners cross all accounts: two halves of a circle are not written at once
    wanted = sorted(key for key in keys if key[0] not in _FIRM_KINDS)
    return logs | await answers.accounts_of(transaction, wanted)


async def _applied(transaction: AsyncManagedTransaction, draft: Draft) -> Applied | None:
    """What the same change set did, if it was applied before."""
    row = await ask(transaction, cypher("applied"), id=draft.change_set.id)
    if row is None:
        return None
    draft.check_sent_again(row[0])
    return applied_of(draft.change_set.id, row[1])


async def planned(
    transaction: AsyncManagedTransaction, draft: Draft, clock: Clock, after: Rehearsal | None = None
) -> Plan:
    """What is to be written for a change set, inside the transaction that is open."""
    facts = after.facts(draft) if after else facts_before(draft)
    while asked := await asyncio.to_thread(needs, draft, facts):
        await answers.fetch(transaction, asked, facts)
    made = await asyncio.to_thread(plan, draft, facts, clock(), after is None)
    if after is not None:
        after.learn(draft, facts, made)
    return made
