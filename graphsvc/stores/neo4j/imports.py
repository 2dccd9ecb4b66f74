"""States of imports and the logs they hold, in the database."""

from __future__ import annotations

from collections.abc import Iterable

from neo4j import AsyncManagedTransaction

from graphsvc.errors import ImportTaken, NoImport
from graphsvc.stores.codec import moment_text
from graphsvc.stores.imports import LEASE_S, Holds, check_holder, state_of, state_text
from graphsvc.stores.neo4j.locks import lock
from graphsvc.stores.neo4j.server import ask, tell
from models.imports import ImportState, Place
from queries.catalog import cypher


async def holds(transaction: AsyncManagedTransaction, logs: Iterable[str] | None = None) -> Holds:
    """What imports hold, of all logs or of some. O(holds)."""
    wanted = None if logs is None else sorted(logs)
    rows = await ask(transaction, cypher("import_holds"), logs=wanted)
    return {log: (import_, owner) for log, import_, owner in rows}


async def keep(transaction: AsyncManagedTransaction, state: ImportState, owner: str) -> None:
    """Write a state down; its logs are held while it is active, and let go then. Raises AccountImporting.

    To hold a log its lock is taken: a write that is under way there ends first.
    """
    held = await holds(transaction)
    own = {log for log, holder in held.items() if holder[0] == state.id}
    if state.active and own != set(state.holds):
        await lock(transaction, set(state.holds) - own)
        held = await holds(transaction)
    if state.active:
        check_holder(held, state, owner)
    elif any(held[log][1] != owner for log in own):
        raise ImportTaken
    told = {"active": state.active, "owner": owner, "told": state_text(state)}
    row = {**told, "started": moment_text(state.started)}
    await tell(transaction, cypher("keep_import"), id=state.id, row=row)
    if not state.active:
        await tell(transaction, cypher("release_logs"), id=state.id)
    elif more := sorted(set(state.holds) - own):
        await tell(transaction, cypher("hold_logs"), id=state.id, owner=owner, logs=more)


async def lost(transaction: AsyncManagedTransaction, owner: str, but: Iterable[str]) -> list[ImportState]:
    """Take over the imports whose lease is over, oldest first."""
    params = {"owner": owner, "but": list(but), "lease": int(LEASE_S * 1000)}
    told = await ask(transaction, cypher("lost_imports"), **params)
    return sorted(map(state_of, told), key=lambda state: (state.started, state.id))


async def state(transaction: AsyncManagedTransaction, id: str) -> ImportState:
    """One import. Raises NoImport."""
    told = await ask(transaction, cypher("import_state"), id=id)
    if told is None:
        raise NoImport(id)
    return state_of(told)


async def states(
    transaction: AsyncManagedTransaction, limit: int, before: Place | None = None
) -> list[ImportState]:
    """The newest imports before a place, newest first."""
    started, id_ = (moment_text(before[0]), before[1]) if before else (None, None)
    told = await ask(transaction, cypher("import_states"), limit=limit, started=started, id=id_)
    return list(map(state_of, told))
