"""Erasures as the file keeps them: the key of the marks, the marks, what each erasure was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import orjson

from graphsvc.stores.erasures import ERASURES, KEY, MARKS, STATE, key_of, key_thing, ledger_of, things
from graphsvc.stores.identifiers import mark
from graphsvc.stores.keeping import Kept, row_of, thing_of
from graphsvc.stores.merges import merge_told
from models.erasures import Erasure, Ledger
from queries.catalog import sql


def key(connection: sqlite3.Connection) -> str | None:
    """The key of the marks; None if nobody was ever erased."""
    return key_of(kept(connection, STATE, KEY))


def erased(connection: sqlite3.Connection, identifiers: tuple[str, ...]) -> dict[str, bool]:
    """Which identifiers are of people who were erased."""
    secret = key(connection) if identifiers else None
    if secret is None:
        return {}
    marks = {mark(secret, identifier): identifier for identifier in identifiers}
    keys = orjson.dumps(list(marks)).decode()
    row = connection.execute(sql("kept_of"), {"area": MARKS, "keys": keys}).fetchone()
    return {marks[found]: True for found in orjson.loads(row[0])}


def number(connection: sqlite3.Connection) -> int:
    """How many people have been erased."""
    return int(connection.execute(sql("count_kept"), {"area": ERASURES}).fetchone()[0])


def ledger(connection: sqlite3.Connection) -> Ledger:
    """All erasures, inside the transaction that is open."""
    secret = kept(connection, STATE, KEY)
    return ledger_of(secret, *(kept_in(connection, area) for area in (ERASURES, MARKS)))


def remember(connection: sqlite3.Connection, secret: str | None, erasures: Iterable[Erasure]) -> None:
    """Keep erasures, with the key of their marks."""
    if secret is not None:
        keep(connection, key_thing(secret))
    for erasure in erasures:
        for thing in things(erasure):
            keep(connection, thing)


def keep(connection: sqlite3.Connection, thing: Kept) -> None:
    """Keep a thing, whatever is there."""
    connection.execute(sql("keep"), {**row_of(thing), "expected": None}).fetchone()


def kept(connection: sqlite3.Connection, area: str, name: str) -> Kept | None:
    """One thing."""
    found = kept_in(connection, area, name)
    return found[0] if found else None


def kept_in(connection: sqlite3.Connection, area: str, name: str | None = None) -> list[Kept]:
    """All of an area, or one thing of it."""
    row = connection.execute(sql("kept"), {"area": area, "key": name, "owner": None}).fetchone()
    return [thing_of(told) for told in orjson.loads(row[0])]


def fill_merges(connection: sqlite3.Connection) -> None:
    """Keep what was merged before merges were kept. O(log)."""
    row = connection.execute(sql("merges")).fetchone()
    for gone, reason in orjson.loads(row[0]):
        if (thing := merge_told(gone, reason)) is not None:
            keep(connection, thing)
