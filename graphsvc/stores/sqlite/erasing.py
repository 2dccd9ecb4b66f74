"""A person erased from the file: records, logs, search, imports, and then the file's own bytes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from datetime import datetime

import orjson

from graphsvc.errors import NotFound
from graphsvc.stores.chain import as_sealed
from graphsvc.stores.codec import applied_of
from graphsvc.stores.draft import Draft
from graphsvc.stores.erasing import Strike, Written, file_names_erased, written
from graphsvc.stores.erasures import STATE, UNSCRUBBED
from graphsvc.stores.facts import Held, Key, last_change
from graphsvc.stores.identifiers import new_key
from graphsvc.stores.imports import check_writer, state_text
from graphsvc.stores.keeping import Kept
from graphsvc.stores.merges import MERGES, merged_into
from graphsvc.stores.port import Scope
from graphsvc.stores.sqlite import erasures, facts, reading, searching
from graphsvc.stores.sqlite.applying import planned
from graphsvc.stores.sqlite.facts import json_text
from graphsvc.stores.sqlite.imports import holds, states
from graphsvc.stores.sqlite.threads import transaction
from graphsvc.stores.sqlite.writing import write_log, write_records
from models.changes import ChangeSet, LogEntry, LogHead
from models.enums import NodeKind
from models.erasures import Erasing, Erasure
from models.faults import Code, Fault, InvalidInput
from models.kinds import FIRM
from queries.catalog import sql

PAGE = 5_000
"""Log entries read at once."""
STATES = 1_000_000
PATIENCE_S = 10.0
"""How long readers that hold an older state of the file are waited for."""
LOOK_AGAIN_S = 0.05


def erase(
    connection: sqlite3.Connection, scope: Scope, asked: Erasing, now: datetime, owner: str, dry_run: bool
) -> Erasure:
    """Erase a person in one transaction; the bytes of the file are `scrub`'s. O(logs reached).

    Raises NotFound, InvalidInput, AccountImporting.
    """
    with transaction(connection, "BEGIN IMMEDIATE"):
        done = _done(connection, asked)
        if done is not None:
            return done
        log, revision = _found(connection, scope, asked)
        people = _people(connection, asked.contact)
        strike = Strike(people, frozenset(asked.also))
        _follow(connection, strike, log, _also(connection, scope, asked))
        changes = tuple(strike.changes(_held(connection, people, asked.also)))
        made = planned(connection, Draft(ChangeSet(asked.id, changes), Scope(scope.actor)), now)
        logs = tuple({log, *strike.reached})
        heads = {name: LogHead(name) for name in logs} | facts.heads(connection, logs)
        secret = erasures.key(connection) or new_key()
        told = written(asked, scope.actor, log, strike, made, heads, revision, now, secret)
        if dry_run:
            return told.erasure
        reached = told.plan.applied.sequences
        check_writer(holds(connection, reached), reached, None, owner)
        _write(connection, strike, told, secret)
        return told.erasure


def scrub(connection: sqlite3.Connection) -> None:
    """Write the file anew, so that nothing is left in it, or beside it, of what was removed. O(file).

    If readers hold an older state too long it stays noted as to be done.
    """
    connection.execute("PRAGMA secure_delete = ON")
    try:
        searching.merge(connection)
        connection.execute(sql("rewrite_file"))
        end = time.monotonic() + PATIENCE_S
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() >= end:
                return
            time.sleep(LOOK_AGAIN_S)
        connection.execute(sql("throw_away"), {"area": STATE, "keys": json_text([UNSCRUBBED])})
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.execute("PRAGMA secure_delete = OFF")


def is_unscrubbed(connection: sqlite3.Connection) -> bool:
    """Whether somebody was erased whose bytes may still be in the file."""
    return erasures.kept(connection, STATE, UNSCRUBBED) is not None


def _found(connection: sqlite3.Connection, scope: Scope, asked: Erasing) -> tuple[str, int]:
    """The log of the contact and the revision he has come to. Raises NotFound."""
    key: Key = (NodeKind.CONTACT, asked.contact)
    held = facts.records(connection, (key,)).get(key)
    stub = facts.stubs(connection, (key,)).get(key)
    place = last_change([held] if held else [], [stub] if stub else [])
    if place is None or not scope.sees(None if place[0] == FIRM else place[0]):
        raise NotFound(*key)
    return place[0], held.stored.revision if held else stub.revision if stub else 0


def _done(connection: sqlite3.Connection, asked: Erasing) -> Erasure | None:
    """The same erasure, if it was done before."""
    if connection.execute(sql("applied"), {"id": asked.id}).fetchone() is None:
        return None
    found = [erasure for erasure in erasures.ledger(connection).erasures if erasure.id == asked.id]
    if not found or (found[0].contact, found[0].also) != (asked.contact, asked.also):
        raise InvalidInput(Fault(Code.REUSED, {"id": asked.id}, "/id"))
    return found[0]


def _also(connection: sqlite3.Connection, scope: Scope, asked: Erasing) -> Iterable[Held]:
    """The other records whose words are to go. Raises NotFound."""
    there = facts.records(connection, asked.also)
    for key in asked.also:
        if key not in there or not scope.sees(there[key].stored.account):
            raise NotFound(*key)
    return there.values()


def _people(connection: sqlite3.Connection, contact: str) -> frozenset[str]:
    """The contact and those that were merged into him and are no more."""
    merged = merged_into(contact, erasures.kept_in(connection, MERGES))
    there = facts.records(connection, [(NodeKind.CONTACT, id_) for id_ in merged])
    return frozenset([contact, *(id_ for id_ in merged if (NodeKind.CONTACT, id_) not in there)])


def _follow(connection: sqlite3.Connection, strike: Strike, log: str, also: Iterable[Held]) -> None:
    """Go through the person's own log, then those that his ties reach into, and those of the others."""
    for page in _pages(connection, log):
        strike.follow(page, own=True)
    ids = json_text(list(strike.change_sets))
    row = connection.execute(sql("done"), {"ids": ids}).fetchone()
    logs = {name for id_, _, result in orjson.loads(row[0]) for name in applied_of(id_, result).entries}
    logs |= {held.stored.account or FIRM for held in also}
    for other in sorted(logs - {log}):
        for page in _pages(connection, other):
            strike.follow(page, own=False)


def _pages(connection: sqlite3.Connection, log: str) -> Iterator[list[LogEntry]]:
    after = 0
    while page := reading.log(connection, log, after, PAGE):
        yield page
        after = page[-1].sequence


def _held(connection: sqlite3.Connection, people: frozenset[str], also: Iterable[Key]) -> list[Held]:
    """The records as they stand that may say something of the person."""
    nodes = tuple((NodeKind.CONTACT, id_) for id_ in sorted(people))
    hanging = [key for keys in facts.touching(connection, nodes).values() for key in keys]
    return list(facts.records(connection, dict.fromkeys([*nodes, *hanging, *also])).values())


def _write(connection: sqlite3.Connection, strike: Strike, told: Written, secret: str) -> None:
    struck = [as_sealed(entry) for entry in strike.struck]
    places = [[row.entry.account, row.entry.sequence] for row in struck]
    rows = [
        [*place, row.before, row.after, row.seal.salt_before, row.seal.salt_after]
        for place, row in zip(places, struck, strict=True)
    ]
    connection.execute(sql("strike_log"), {"rows": json_text(rows)})
    connection.execute(sql("forget_digests"), {"rows": json_text(places)})
    write_records(connection, told.plan)
    write_log(connection, told.plan, told.rows, told.digest)
    for state in states(connection, STATES):
        if (now := file_names_erased(state, strike.words)) != state:
            connection.execute(sql("rename_import_files"), {"id": state.id, "told": state_text(now)})
    erasures.remember(connection, secret, [told.erasure])
    erasures.keep(connection, Kept(STATE, UNSCRUBBED, ""))
