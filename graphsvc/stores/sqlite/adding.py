"""New records written as the JSON they are: SQLite takes their columns out of it, and no row is made of them.

It leaves what `writing.write` would leave of the same change set, at half the work of the processor.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from graphsvc.stores.adding import Added
from graphsvc.stores.chain import chained
from graphsvc.stores.codec import moment_text
from graphsvc.stores.draft import Draft, Run, named
from graphsvc.stores.port import Scope
from graphsvc.stores.sqlite import searching
from graphsvc.stores.sqlite.searching import Statement
from graphsvc.stores.sqlite.writing import add_change_set, many, run
from models.changes import ChangeSet
from models.enums import EdgeKind
from models.kinds import NODE_SPECS
from queries.catalog import sql


class LaidOut(Draft):
    """A change set with all made ahead that the writer would else wait for. O(bytes).

    Of new records that is all but their log, which goes on from an end that only the writer knows.
    """

    def __init__(self, change_set: ChangeSet, scope: Scope) -> None:
        super().__init__(change_set, scope)
        account = change_set.new_in
        self.beside: list[Statement] = [] if account is None else list(self._beside(account))
        self.with_digest()
        if account is not None:
            assert self.salted

    def _beside(self, account: str) -> Iterator[Statement]:
        """What is written beside the records: their terms, their ids in other systems, what they refer to."""
        for one in self.runs:
            yield from searching.indexed_new(one.kind, account, [writing.body for writing in one.writings])
        nodes = self.of_kinds(NODE_SPECS)
        external = [[*key, writing.key[1]] for writing in nodes for key in writing.external_ids()]
        yield from many(sql("take_external_ids"), external)
        mentions = [
            [*target, *key]
            for key, writing in self.writings.items()
            for target in named(key[0], writing.body)
        ]
        yield from many(sql("add_mentions"), mentions)


def write(connection: sqlite3.Connection, draft: LaidOut, added: Added) -> None:
    """Write new records and their log inside the transaction that is open. O(bytes)."""
    number = add_change_set(connection, added.first, added.applied, draft.digest)
    run(connection, _statements(draft, added, number), len(draft.writings))


def _statements(draft: LaidOut, added: Added, change_set: int) -> Iterator[Statement]:
    account, at = added.first.account, moment_text(added.first.at)
    runs = sorted(draft.runs, key=lambda run: isinstance(run.kind, EdgeKind))
    for one in runs:
        text = sql("add_edges" if isinstance(one.kind, EdgeKind) else "add_nodes", one.spec)
        yield text, {**_rows(one, added), "account": account, "at": at}
    yield from draft.beside
    yield from _log(draft, added, runs, change_set)


def _rows(run: Run, added: Added) -> dict[str, Any]:
    return {"rows": run.bodies, "first": added.first.sequence + run.place}


def _log(draft: Draft, added: Added, runs: Sequence[Run], change_set: int) -> Iterator[Statement]:
    sealed = zip(draft.writings, draft.salted, strict=True)
    hashes = list(
        chained(added.first, added.head, ((kind, id_, digest) for (kind, id_), (_, digest) in sealed))
    )
    account = added.first.account
    for one in runs:
        each = zip(draft.salted[one.part], hashes[one.part], strict=True)
        seals = "".join([f"{salt}{digest}{hash_}" for (salt, digest), hash_ in each])
        told = {"kind": one.kind, "account": account, "change_set": change_set, "seals": seals.encode()}
        yield sql("add_new_entries"), {**_rows(one, added), **told}
    end = [account, added.applied.sequences[account], hashes[-1], moment_text(added.first.at)]
    yield from many(sql("move_sequences"), [end])
