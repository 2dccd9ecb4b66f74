"""The full-text index of terms: written with the records, asked for candidates."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import orjson

from graphsvc.stores.codec import kind_of
from graphsvc.stores.facts import Held
from graphsvc.stores.plan import Row
from graphsvc.stores.searching import candidates
from graphsvc.stores.sqlite.facts import by_kind, held_rows, json_text
from graphsvc.stores.sqlite.threads import transaction
from models.enums import Kind, NodeKind
from models.kinds import spec_of
from models.records import Body
from queries.catalog import SqlText, sql
from queries.search.candidates import Candidate
from queries.search.terms import terms_of
from queries.search.texts import SEARCHED, Said

Made = dict[Said, list[str]]
Statement = tuple[SqlText, Mapping[str, Any]]
"""A text and the values of its parameters."""
SLICE = 5_000
"""Records in one statement."""


def forgotten(gone: Iterable[Held]) -> Iterator[Statement]:
    """Take the terms of records out of the index, while the records are still there."""
    for spec, ids in by_kind(held.key for held in gone if held.key[0] in SEARCHED).items():
        yield sql("forget_terms", spec), {"ids": json_text(ids)}


def indexed(upserts: Iterable[Row]) -> Iterator[Statement]:
    """Write the terms of new records, and of those whose terms have changed. O(terms)."""
    rows = [row for row in upserts if row.held.stored.kind in SEARCHED]
    made: Made = {}
    before = {row.key: _terms(row.before, made) for row in rows if row.before}
    told = ((row, _terms(row.held, made)) for row in rows)
    return _put((*row.key, terms) for row, terms in told if not row.before or terms != before[row.key])


def indexed_new(kind: Kind, account: str, bodies: Iterable[Body]) -> Iterator[Statement]:
    """Write the terms of new records of an account. O(terms)."""
    if kind in SEARCHED:
        made: Made = {}
        yield from _put((kind, body["id"], terms_of(kind, account, body, made)) for body in bodies)


def fill(connection: sqlite3.Connection) -> None:
    """Index every record that is there. O(records)."""
    for kind in SEARCHED:
        text, after = sql("find", spec_of(kind)), ""
        while held := held_rows(connection, text, kind, after=after, where="{}", limit=SLICE):
            made: Made = {}
            for statement, params in _put((*one.key, _terms(one, made)) for one in held):
                connection.execute(statement, params)
            after = held[-1].stored.id


def merge(connection: sqlite3.Connection) -> None:
    """Write the index anew as one piece, without what is left in it of removed terms. O(index).

    The pages that become free keep their bytes unless `PRAGMA secure_delete` is on.
    """
    connection.execute(sql("merge_terms"))


def search(
    connection: sqlite3.Connection,
    expressions: Sequence[str],
    kinds: Sequence[NodeKind],
    accounts: str | None,
    on: date,
    after: str,
    limit: int,
) -> list[Candidate]:
    """The records that may be meant, in one read transaction."""
    day = on.isoformat()
    params = {"kinds": json_text(kinds), "accounts": accounts, "on": day, "after": after, "limit": limit}
    with transaction(connection, "BEGIN"):
        row = connection.execute(sql("search"), {**params, "expressions": json_text(expressions)}).fetchone()
        keys = [(kind_of(kind), id_) for kind, id_ in orjson.loads(row[0])]
        found = [
            held.stored
            for spec, ids in by_kind(keys).items()
            for held in held_rows(connection, sql("records", spec), spec.kind, ids=json_text(ids))
        ]
        owners = json_text(sorted({stored.account for stored in found if stored.account}))
        names = orjson.loads(connection.execute(sql("account_names"), {"accounts": owners}).fetchone()[0])
        people = json_text([id_ for kind, id_ in keys if kind is NodeKind.CONTACT])
        jobs = connection.execute(sql("open_jobs"), {"contacts": people, "on": day}).fetchone()
    return candidates(found, {id_: name for id_, name, _ in names}, orjson.loads(jobs[0]))


def _terms(held: Held, made: Made) -> str | None:
    return terms_of(held.stored.kind, held.stored.account, held.stored.body, made)


def _put(indexed: Iterable[tuple[Kind, str, str | None]]) -> Iterator[Statement]:
    of_kind: dict[Kind, list[list[str | None]]] = {}
    for kind, id_, terms in indexed:
        of_kind.setdefault(kind, []).append([id_, terms])
    for kind, rows in of_kind.items():
        text = sql("put_terms", spec_of(kind))
        for part in _slices(rows):
            yield text, {"rows": json_text(part)}


def _slices(rows: list[list[str | None]]) -> Iterator[list[list[str | None]]]:
    return (rows[start : start + SLICE] for start in range(0, len(rows), SLICE))
