"""Erasures as the database keeps them: the key of the marks, the marks, what each erasure was."""

from __future__ import annotations

from collections.abc import Iterable

from neo4j import AsyncManagedTransaction

from graphsvc.stores.erasures import ERASURES, KEY, MARKS, STATE, key_of, key_thing, ledger_of, things
from graphsvc.stores.identifiers import mark
from graphsvc.stores.keeping import Kept, row_of, thing_of
from graphsvc.stores.neo4j.server import ask, tell
from models.erasures import Erasure, Ledger
from queries.catalog import cypher


async def key(transaction: AsyncManagedTransaction) -> str | None:
    """The key of the marks; None if nobody was ever erased."""
    found = await ask(transaction, cypher("kept"), place=place_of(STATE, KEY))
    return key_of(thing_of(found) if found else None)


async def erased(transaction: AsyncManagedTransaction, identifiers: tuple[str, ...]) -> dict[str, bool]:
    """Which identifiers are of people who were erased."""
    secret = await key(transaction) if identifiers else None
    if secret is None:
        return {}
    marks = {place_of(MARKS, mark(secret, identifier)): identifier for identifier in identifiers}
    found = await ask(transaction, cypher("kept_of"), places=list(marks))
    return {marks[place]: True for place in found}


async def number(transaction: AsyncManagedTransaction) -> int:
    """How many people have been erased."""
    return int(await ask(transaction, cypher("count_kept"), area=ERASURES))


async def ledger(transaction: AsyncManagedTransaction) -> Ledger:
    """All erasures, inside the transaction that is open."""
    secret = await key(transaction)
    found = [await kept_in(transaction, area) for area in (ERASURES, MARKS)]
    return ledger_of(None if secret is None else key_thing(secret), *found)


async def remember(
    transaction: AsyncManagedTransaction, secret: str | None, erasures: Iterable[Erasure]
) -> None:
    """Keep erasures, with the key of their marks."""
    kept = [] if secret is None else [key_thing(secret)]
    kept += [thing for erasure in erasures for thing in things(erasure)]
    await keep(transaction, kept)


async def keep(transaction: AsyncManagedTransaction, things: Iterable[Kept]) -> None:
    """Keep things, whatever is there."""
    rows = [{"place": place_of(thing.area, thing.key), "set": row_of(thing)} for thing in things]
    if rows:
        await tell(transaction, cypher("keep_many"), rows=rows)


async def kept_in(transaction: AsyncManagedTransaction, area: str) -> list[Kept]:
    """All of an area."""
    return [thing_of(row) for row in await ask(transaction, cypher("kept_in"), area=area, owner=None)]


def place_of(area: str, name: str) -> str:
    """Area and key as one text, so that one constraint keeps them unique; areas have no slash."""
    return f"{area}/{name}"
