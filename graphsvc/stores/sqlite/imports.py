"""States of imports and the logs they hold, in the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import orjson

from graphsvc.errors import ImportTaken, NoImport
from graphsvc.stores.codec import moment_text
from graphsvc.stores.imports import Holds, check_holder, state_of, state_text
from graphsvc.stores.sqlite.facts import json_text
from graphsvc.stores.sqlite.threads import transaction
from models.imports import ImportState, Place
from queries.catalog import sql


def holds(connection: sqlite3.Connection, logs: Iterable[str] | None = None) -> Holds:
    """What imports hold, of all logs or of some. O(holds)."""
    wanted = None if logs is None else json_text(sorted(logs))
    rows = orjson.loads(connection.execute(sql("import_holds"), {"logs": wanted}).fetchone()[0])
    return {log: (import_, owner) for log, import_, owner in rows}


def keep(connection: sqlite3.Connection, state: ImportState, owner: str) -> None:
    """Write a state down; its logs are held while it is active, and let go then. Raises AccountImporting."""
    with transaction(connection, "BEGIN IMMEDIATE"):
        held = holds(connection)
        if state.active:
            check_holder(held, state, owner)
        elif any(holder[0] == state.id and holder[1] != owner for holder in held.values()):
            raise ImportTaken
        params = {"id": state.id, "started": moment_text(state.started), "active": state.active}
        connection.execute(sql("keep_import"), {**params, "owner": owner, "told": state_text(state)})
        connection.execute(sql("release_logs"), {"id": state.id})
        if state.active:
            connection.execute(sql("hold_logs"), {"id": state.id, "logs": json_text(state.holds)})


def lost(connection: sqlite3.Connection, owner: str, but: Iterable[str]) -> list[ImportState]:
    """Take the imports that were cut off, oldest first."""
    with transaction(connection, "BEGIN IMMEDIATE"):
        rows = orjson.loads(
            connection.execute(sql("lost_imports"), {"but": json_text(list(but))}).fetchone()[0]
        )
        if rows:
            connection.execute(
                sql("own_imports"), {"owner": owner, "ids": json_text([row[0] for row in rows])}
            )
    return sorted((state_of(told) for _, told in rows), key=lambda state: (state.started, state.id))


def state(connection: sqlite3.Connection, id: str) -> ImportState:
    """One import. Raises NoImport."""
    row = connection.execute(sql("import_state"), {"id": id}).fetchone()
    if row is None:
        raise NoImport(id)
    return state_of(row[0])


def states(connection: sqlite3.Connection, limit: int, before: Place | None = None) -> list[ImportState]:
    """The newest imports before a place, newest first."""
    started, id_ = (moment_text(before[0]), before[1]) if before else (None, None)
    params = {"limit": limit, "started": started, "id": id_}
    told = orjson.loads(connection.execute(sql("import_states"), params).fetchone()[0])
    return [state_of(text) for text in told]
