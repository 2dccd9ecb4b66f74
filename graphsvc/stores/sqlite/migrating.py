"""The schema of a file, version by version. A version is `schema/NNN_name.sql`, then what fills it, if any.

Each version is made in one transaction, with its number (`PRAGMA user_version`, its last statement): a file
has it whole or not at all.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import orjson

from graphsvc.stores.sqlite import erasures, searching
from graphsvc.stores.sqlite.threads import transaction
from models.kinds import SPECS
from queries.catalog import sql

Fill = Callable[[sqlite3.Connection], None]
FILLS: Mapping[int, Fill] = {3: searching.fill, 5: erasures.fill_merges}
"""What a version computes from the records that are there, by its number."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the schema: the statements that make it of the one before, and what fills it."""

    number: int
    name: str
    statements: tuple[str, ...]
    fill: Fill | None


@cache
def versions() -> tuple[Version, ...]:
    """All versions, in order."""
    return tuple(_versions())


def newest() -> int:
    """The version this code writes."""
    return versions()[-1].number


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a file from `version` (0: a new file) to the newest one."""
    for step in versions()[version:]:
        with transaction(connection, "BEGIN IMMEDIATE"):
            for statement in step.statements:
                connection.execute(statement)
            if step.fill is not None:
                step.fill(connection)


def column_layout() -> str:
    """A fingerprint of which fields are mirrored in which columns."""
    layout = {str(spec.kind): [column.name for column in spec.columns] for spec in SPECS}
    return hashlib.sha256(orjson.dumps(layout)).hexdigest()


def is_mirrored(connection: sqlite3.Connection) -> bool:
    """Whether a file's columns mirror the fields that the kinds' rows name now."""
    row = connection.execute(sql("column_layout")).fetchone()
    return row is not None and row[0] == column_layout()


def mirror(connection: sqlite3.Connection) -> None:
    """Fill the mirrored columns from the bodies again if the kinds' rows say other columns than last time."""
    if is_mirrored(connection):
        return
    with transaction(connection, "BEGIN IMMEDIATE"):
        for spec in SPECS:
            connection.execute(sql("mirror", spec))
        connection.execute(sql("set_column_layout"), {"value": column_layout()})


def fingerprint(connection: sqlite3.Connection) -> str:
    """A digest of a file's tables and indexes, whatever they hold.

    Tables that a virtual table keeps for itself are left out: their texts are of the SQLite that made them.
    """
    objects = orjson.loads(connection.execute(sql("schema_objects")).fetchone()[0])
    virtual = tuple(f"{name}_" for _, name, text in objects if text.upper().startswith("CREATE VIRTUAL"))
    own = [
        [type_, name, " ".join(text.split())] for type_, name, text in objects if not name.startswith(virtual)
    ]
    return hashlib.sha256(orjson.dumps(own)).hexdigest()


def fingerprint_of(version: int) -> str:
    """The fingerprint of a file of a version, which is built in memory to see."""
    return _built(versions()[:version])


@cache
def _built(steps: tuple[Version, ...]) -> str:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in steps:
            for statement in step.statements:
                connection.execute(statement)
        return fingerprint(connection)


def _versions() -> Iterator[Version]:
    texts = files("graphsvc.stores.sqlite") / "schema"
    names = sorted(text.name for text in texts.iterdir() if text.name.endswith(".sql"))
    for number, name in enumerate(names, start=1):
        whole = re.sub(r"^\s*--.*\n", "", (texts / name).read_text("utf-8"), flags=re.MULTILINE)
        statements = tuple(filter(None, (part.strip() for part in whole.split(";\n"))))
        assert statements[-1] == f"PRAGMA user_version = {number}", f"{name} is not version {number}"
        yield Version(number, name[4:-4], statements, FILLS.get(number))
