"""A person erased from the database: records, logs, search and imports, in one transaction.

What the server's own files keep of it (store files until their places are used again, transaction logs until
they are pruned) is out of reach of any query; docs/privacy.md says how to come to a database without it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence

from neo4j import AsyncManagedTransaction

from graphsvc.errors import NotFound
from graphsvc.stores.chain import Sealed, as_sealed
from graphsvc.stores.codec import applied_of
from graphsvc.stores.draft import Draft
from graphsvc.stores.erasing import Strike, Written, file_names_erased, written
from graphsvc.stores.facts import Held, Key, last_change
from graphsvc.stores.identifiers import new_key
from graphsvc.stores.imports import check_writer, state_text
from graphsvc.stores.merges import MERGES, merged_into, merges_told
from graphsvc.stores.neo4j import erasures, facts, reading
from graphsvc.stores.neo4j.applying import Clock, MoreLogs, planned
from graphsvc.stores.neo4j.imports import holds, states
from graphsvc.stores.neo4j.locks import lock
from graphsvc.stores.neo4j.server import Server, ask, tell
from graphsvc.stores.neo4j.writing import PACK, packs_of, write_log, write_records
from graphsvc.stores.port import Scope
from models.changes import ChangeSet, LogEntry, LogHead
from models.enums import NodeKind
from models.erasures import Erasing, Erasure
from models.faults import Code, Fault, InvalidInput
from models.kinds import FIRM
from queries.catalog import cypher

PAGE = 5_000
"""Log entries read at once."""
STATES = 1_000_000


async def erase(
    transaction: AsyncManagedTransaction,
    scope: Scope,
    asked: Erasing,
    clock: Clock,
    owner: str,
    more: set[str],
    dry_run: bool,
) -> Erasure:
    """Erase a person; `more` are logs an earlier attempt was short of. O(logs reached).

    Raises MoreLogs, Again; NotFound, InvalidInput, AccountImporting.
    """
    log, _ = await _found(transaction, scope, asked)
    locked = {log, *more}
    await lock(transaction, locked)
    done = await _done(transaction, asked)
    if done is not None:
        return done
    log, revision = await _found(transaction, scope, asked)
    people = await _people(transaction, asked.contact)
    strike = Strike(people, frozenset(asked.also))
    await _follow(transaction, strike, log, await _also(transaction, scope, asked))
    changes = tuple(strike.changes(await _held(transaction, people, asked.also)))
    made = await planned(transaction, Draft(ChangeSet(asked.id, changes), Scope(scope.actor)), clock)
    logs = {log, *strike.reached}
    heads = {name: LogHead(name) for name in logs}
    heads |= {name: head for name, (head, _) in (await facts.heads(transaction, logs)).items()}
    secret = await erasures.key(transaction) or new_key()
    told = written(asked, scope.actor, log, strike, made, heads, revision, clock(), secret)
    if dry_run:
        return told.erasure
    reached = told.plan.applied.sequences
    if not reached.keys() <= locked:
        raise MoreLogs(locked | reached.keys())
    check_writer(await holds(transaction, reached), reached, None, owner)
    await _write(transaction, strike, told, secret)
    return told.erasure


async def fill_merges(server: Server, deadline_s: float) -> None:
    """Keep what was merged before merges were kept. O(log)."""

    async def work(transaction: AsyncManagedTransaction) -> None:
        packs = await ask(transaction, cypher("merges"))
        entries = [entry for pack in packs for entry in reading.entries_of(pack)]
        entries.sort(key=lambda entry: (entry.account, entry.sequence))
        things = {thing.key: thing for thing in merges_told(entries)}
        await erasures.keep(transaction, things.values())

    await server.write(work, deadline_s)


async def _found(transaction: AsyncManagedTransaction, scope: Scope, asked: Erasing) -> tuple[str, int]:
    """The log of the contact and the revision he has come to. Raises NotFound."""
    key: Key = (NodeKind.CONTACT, asked.contact)
    held = await facts.records(transaction, [key])
    stubs = list((await facts.stubs(transaction, [key])).values())
    place = last_change(held, stubs)
    if place is None or not scope.sees(None if place[0] == FIRM else place[0]):
        raise NotFound(*key)
    return place[0], held[0].stored.revision if held else stubs[0].revision


async def _done(transaction: AsyncManagedTransaction, asked: Erasing) -> Erasure | None:
    """The same erasure, if it was done before."""
    if await ask(transaction, cypher("applied"), id=asked.id) is None:
        return None
    ledger = await erasures.ledger(transaction)
    found = [erasure for erasure in ledger.erasures if erasure.id == asked.id]
    if not found or (found[0].contact, found[0].also) != (asked.contact, asked.also):
        raise InvalidInput(Fault(Code.REUSED, {"id": asked.id}, "/id"))
    return found[0]


async def _also(transaction: AsyncManagedTransaction, scope: Scope, asked: Erasing) -> Iterable[Held]:
    """The other records whose words are to go. Raises NotFound."""
    there = {held.key: held for held in await facts.records(transaction, asked.also)}
    for key in asked.also:
        if key not in there or not scope.sees(there[key].stored.account):
            raise NotFound(*key)
    return there.values()


async def _people(transaction: AsyncManagedTransaction, contact: str) -> frozenset[str]:
    """The contact and those that were merged into him and are no more."""
    merged = merged_into(contact, await erasures.kept_in(transaction, MERGES))
    there = {
        held.key for held in await facts.records(transaction, [(NodeKind.CONTACT, id_) for id_ in merged])
    }
    return frozenset([contact, *(id_ for id_ in merged if (NodeKind.CONTACT, id_) not in there)])


async def _follow(
    transaction: AsyncManagedTransaction, strike: Strike, log: str, also: Iterable[Held]
) -> None:
    """Go through the person's own log, then those that his ties reach into, and those of the others."""
    async for page in _pages(transaction, log):
        await asyncio.to_thread(strike.follow, page, True)
    rows = await ask(transaction, cypher("done"), ids=list(strike.change_sets))
    logs = {name for id_, _, result in rows for name in applied_of(id_, result).entries}
    logs |= {held.stored.account or FIRM for held in also}
    for other in sorted(logs - {log}):
        async for page in _pages(transaction, other):
            await asyncio.to_thread(strike.follow, page, False)


async def _pages(transaction: AsyncManagedTransaction, log: str) -> AsyncIterator[list[LogEntry]]:
    after = 0
    while page := await reading.log(transaction, log, after, PAGE):
        yield page
        after = page[-1].sequence


async def _held(
    transaction: AsyncManagedTransaction, people: frozenset[str], also: Iterable[Key]
) -> list[Held]:
    """The records as they stand that may say something of the person."""
    nodes: list[Key] = [(NodeKind.CONTACT, id_) for id_ in sorted(people)]
    hanging = [key for keys in (await facts.touching(transaction, nodes)).values() for key in keys]
    return await facts.records(transaction, dict.fromkeys([*nodes, *hanging, *also]))


async def _write(transaction: AsyncManagedTransaction, strike: Strike, told: Written, secret: str) -> None:
    await _strike(transaction, strike.struck)
    ids = sorted({entry.change_set for entry in strike.struck})
    await tell(transaction, cypher("forget_digests"), ids=ids)
    slots = await write_records(transaction, told.plan)
    await write_log(transaction, told.plan, told.rows, told.digest, slots)
    for state in await states(transaction, STATES):
        if (now := file_names_erased(state, strike.words)) != state:
            await tell(transaction, cypher("rename_import_files"), id=state.id, told=state_text(now))
    await erasures.remember(transaction, secret, [told.erasure])


async def _strike(transaction: AsyncManagedTransaction, struck: Sequence[LogEntry]) -> None:
    """Write packs of entries anew, with those that lost words in place of what they were."""
    waiting = {(entry.account, entry.sequence): entry for entry in struck}
    while waiting:
        log, sequence = next(iter(waiting))
        found = await ask(transaction, cypher("log_pack"), account=log, sequence=sequence, pack=PACK)
        entries: list[Sealed] = [
            as_sealed(waiting.pop((log, entry.sequence), entry)) for entry in reading.entries_of(found)
        ]
        await tell(transaction, cypher("strike_log"), rows=list(packs_of(entries)))
