"""New records written as the JSON they are: SQLite takes their columns out of it, and no row is made of them.

It leaves what `writing.write` would leave of the same change set, at half the work of the processor.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from graphsvc.stores.adding import Added
from graphsvc.stores.chain import chained
from graphsvc.stores.codec import moment_text
from graphsvc.stores.draft import Draft, Writing, named
from graphsvc.stores.sqlite import searching
from graphsvc.stores.sqlite.searching import Statement
from graphsvc.stores.sqlite.writing import add_change_set, many, run
from models.enums import EdgeKind, Kind
from models.kinds import EDGE_SPECS, NODE_SPECS, EdgeSpec, Spec
from queries.catalog import sql


@dataclass(frozen=True, slots=True)
class _Run:
    """Records of a kind that follow each other in a change set. `params`: bodies, and where they begin."""

    spec: Spec
    place: int
    writings: Sequence[Writing]
    params: dict[str, Any]

    @property
    def kind(self) -> Kind:
        return self.spec.kind


def write(connection: sqlite3.Connection, draft: Draft, added: Added) -> None:
    """Write new records and their log inside the transaction that is open. O(bytes)."""
    number = add_change_set(connection, added.first, added.applied, draft.digest)
    run(connection, _statements(draft, added, number), len(draft.writings))


def _statements(draft: Draft, added: Added, change_set: int) -> Iterator[Statement]:
    account, at = added.first.account, moment_text(added.first.at)
    runs = sorted(_runs(draft, added), key=lambda run: isinstance(run.kind, EdgeKind))
    for one in runs:
        text = sql("add_edges" if isinstance(one.kind, EdgeKind) else "add_nodes", one.spec)
        yield text, {**one.params, "account": account, "at": at}
        yield from searching.indexed_new(one.kind, account, [writing.body for writing in one.writings])
    external = [
        [*key, writing.key[1]] for one in runs for writing in one.writings for key in writing.external_ids()
    ]
    yield from many(sql("take_external_ids"), external)
    mentions = [
        [*target, *writing.key]
        for one in runs
        for writing in one.writings
        for target in named(one.kind, writing.body)
    ]
    yield from many(sql("add_mentions"), mentions)
    yield from _log(draft, added, runs, change_set)


def _runs(draft: Draft, added: Added) -> Iterator[_Run]:
    place = 0
    for spec, group in groupby(draft.writings.values(), key=_spec):
        writings = list(group)
        texts = draft.texts[place : place + len(writings)]
        rows = b"[%b]" % b",".join(texts)
        yield _Run(spec, place, writings, {"rows": rows.decode(), "first": added.first.sequence + place})
        place += len(writings)


def _spec(writing: Writing) -> Spec:
    """The row of a record's kind; of an edge that may begin at several kinds, as beginning at its own."""
    kind = writing.kind
    if not isinstance(kind, EdgeKind):
        return NODE_SPECS[kind]
    spec: EdgeSpec = EDGE_SPECS[kind]
    return spec.beginning_at(spec.source_of(writing.body)) if spec.more_sources else spec


def _log(draft: Draft, added: Added, runs: Sequence[_Run], change_set: int) -> Iterator[Statement]:
    each = zip(draft.writings, draft.salted, strict=True)
    hashes = list(
        chained(added.first, added.head, ((kind, id_, digest) for (kind, id_), (_, digest) in each))
    )
    account = added.first.account
    for one in runs:
        part = slice(one.place, one.place + len(one.writings))
        seals = "".join(
            f"{salt}{digest}{hash_}"
            for (salt, digest), hash_ in zip(draft.salted[part], hashes[part], strict=True)
        )
        told = {"kind": one.kind, "account": account, "change_set": change_set, "seals": seals.encode()}
        yield sql("add_new_entries"), {**one.params, **told}
    end = [account, added.applied.sequences[account], hashes[-1], moment_text(added.first.at)]
    yield from many(sql("move_sequences"), [end])
