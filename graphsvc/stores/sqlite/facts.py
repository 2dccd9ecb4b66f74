"""Answers to what a plan needs, each a few set-based questions whose answer is one row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from graphsvc.stores.codec import kind_of, moment_of
from graphsvc.stores.facts import ExternalKey, Facts, Held, Key, Link, Needs, Stub
from graphsvc.stores.sqlite import erasures
from models.changes import LogHead, Stored
from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import NODE_SPECS, Spec, spec_of
from queries.catalog import SqlText, sql

BETWEEN = "\x1e"
"""Stands between the values of a column; it cannot be part of a JSON text, an id or a moment."""


def json_text(value: Any) -> str:
    """A parameter that carries many values."""
    return orjson.dumps(value).decode()


def rows(connection: sqlite3.Connection, text: SqlText, **params: Any) -> Iterator[tuple[str, ...]]:
    """The rows of a question that gives each column as one text. Empty fields are empty texts."""
    columns = connection.execute(text, params).fetchone()
    if columns is None or columns[0] is None:
        return iter(())
    return zip(*(column.split(BETWEEN) for column in columns), strict=True)


def held_rows(connection: sqlite3.Connection, text: SqlText, kind: Kind, **params: Any) -> list[Held]:
    """Records of a kind, from a question with the columns of records.sql."""
    return [
        Held(
            Stored(
                kind,
                orjson.loads(body),
                account or None,
                int(revision),
                moment_of(created),
                moment_of(updated),
            ),
            other or None,
            int(sequence),
        )
        for _, account, other, revision, sequence, created, updated, body in rows(connection, text, **params)
    ]


def fetch(connection: sqlite3.Connection, asked: Needs, facts: Facts) -> None:
    """Answer all that is asked."""
    facts.answer(
        asked,
        records=records(connection, asked.records),
        stubs=stubs(connection, asked.stubs),
        external=external(connection, asked.external),
        touching=touching(connection, asked.touching),
        links={**_lines(connection, asked.lines), **_owned(connection, asked.owners)},
        departments=_departments(connection, asked.departments),
        heads=heads(connection, asked.sequences),
        erasures=asked.erasures and erasures.key(connection) is not None,
        erased=erasures.erased(connection, asked.identifiers),
    )


def by_kind(keys: Iterable[Key]) -> Mapping[Spec, list[str]]:
    """Ids by the row of their kind, in the order the kinds first come."""
    found: dict[Kind, list[str]] = {}
    for kind, id_ in keys:
        found.setdefault(kind, []).append(id_)
    return {spec_of(kind): ids for kind, ids in found.items()}


def records(connection: sqlite3.Connection, keys: Iterable[Key]) -> dict[Key, Held]:
    """The records of these kinds and ids that are there."""
    return {
        (spec.kind, held.stored.id): held
        for spec, ids in by_kind(keys).items()
        for held in held_rows(connection, sql("records", spec), spec.kind, ids=json_text(ids))
    }


def stubs(connection: sqlite3.Connection, keys: tuple[Key, ...]) -> dict[Key, Stub]:
    """What the deleted ones of these records left."""
    return {
        (spec.kind, id_): Stub((spec.kind, id_), log, int(sequence), int(revision))
        for spec, ids in by_kind(keys).items()
        for id_, log, sequence, revision in rows(connection, sql("stubs", spec), ids=json_text(ids))
    }


def external(connection: sqlite3.Connection, keys: tuple[ExternalKey, ...]) -> dict[ExternalKey, str]:
    """Who has these ids in other systems."""
    if not keys:
        return {}
    found = connection.execute(sql("external_ids"), {"keys": json_text(keys)}).fetchone()
    if found[0] is None:
        return {}
    kinds, systems, ids = (found[place].split(BETWEEN) for place in (0, 1, 3))
    each = zip(kinds, systems, orjson.loads(found[2]), ids, strict=True)
    return {(NodeKind(kind), system, value): id_ for kind, system, value, id_ in each}  # type: ignore[call-arg]


def touching(connection: sqlite3.Connection, nodes: tuple[Key, ...]) -> dict[Key, dict[Key, None]]:
    """The edges at these nodes and the records that refer to them, in order."""
    found: dict[Key, dict[Key, None]] = {}
    for spec, ids in by_kind(nodes).items():
        texts = [sql("edges_at", spec), sql("referrers", spec)]
        if spec is NODE_SPECS[NodeKind.ACCOUNT]:
            texts.append(sql("belongings"))
        for text in texts:
            for node, kind, id_ in rows(connection, text, ids=json_text(ids)):
                found.setdefault((spec.kind, node), {})[kind_of(kind), id_] = None
    return {node: dict(sorted(keys.items())) for node, keys in found.items()}


def _lines(connection: sqlite3.Connection, contacts: tuple[str, ...]) -> dict[Key, Link]:
    if not contacts:
        return {}
    return _links(EdgeKind.REPORTS_TO, rows(connection, sql("solid_lines"), contacts=json_text(contacts)))


def _owned(connection: sqlite3.Connection, accounts: tuple[str, ...]) -> dict[Key, Link]:
    if not accounts:
        return {}
    return _links(EdgeKind.CHANNEL, rows(connection, sql("owned"), accounts=json_text(accounts)))


def _links(kind: EdgeKind, found: Iterable[tuple[str, ...]]) -> dict[Key, Link]:
    return {
        (kind, id_): Link(kind, id_, source, target, since or None, until or None)
        for id_, source, target, since, until in found
    }


def _departments(
    connection: sqlite3.Connection, accounts: tuple[str, ...]
) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    if accounts:
        for account, id_, parent in rows(connection, sql("department_parents"), accounts=json_text(accounts)):
            found.setdefault(account, {})[id_] = parent or None
    return found


def heads(connection: sqlite3.Connection, logs: tuple[str, ...]) -> dict[str, LogHead]:
    """How far these logs have come; those that are empty are left out."""
    if not logs:
        return {}
    found = head_rows(connection, sql("sequences"), logs=json_text(logs))
    return {head.account: head for head in found}


def head_rows(connection: sqlite3.Connection, text: SqlText, **params: Any) -> list[LogHead]:
    """Heads of logs, from a question with the columns of sequences.sql."""
    return [
        LogHead(log, int(value), hash_, moment_of(at))
        for log, value, hash_, at in rows(connection, text, **params)
    ]
