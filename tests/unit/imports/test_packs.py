"""Rows leave the reader in packs while it reads: in which order, and what is said of wrong ones."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import orjson
import pytest

from graphsvc.features.exports.service import whole_document
from graphsvc.features.imports import reading
from graphsvc.features.imports.batch import AccountRef, Known
from graphsvc.features.imports.checking import CheckedBatch
from graphsvc.features.imports.loading import load
from graphsvc.features.imports.reader import read
from graphsvc.features.imports.rows import Pack
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import Scope
from models.enums import EdgeKind, Kind, Line, NodeKind
from models.faults import Code, InvalidInput
from models.records import Body
from tests.unit.imports.reading import options, source

OWNER = Scope(actor="test")
ACME = AccountRef("acme", "acme", False)


def files(people: int = 9, weight: str = "0.5") -> list[SourceFile]:
    """People under one boss, and ties in a circle, the last of which has a weight."""
    rows = "".join(f"q{n},Name {n},Lab,{'q0' if n else ''}\n" for n in range(people))
    ties = "".join(f"q{n},q{(n + 1) % people},influences,0.5\n" for n in range(people - 1))
    last = f"q0,q2,influences,{weight}\n"
    return [
        source("people.csv", f"id,name,department,manager_id\n{rows}"),
        source("ties.csv", f"source,target,relation,weight\n{ties}{last}"),
    ]


def packed(given: list[SourceFile], known: Known) -> tuple[list[Pack], list[Pack]]:
    """The packs of files that were told while they were read, and those told at the end."""
    told: list[Pack] = []
    wanted = options(account="acme")
    batch = read(load(given, wanted), CheckedBatch(wanted, known, pack_rows=4, each=told.append))
    assert isinstance(batch, CheckedBatch)
    while_reading = list(told)
    batch.checked()
    return while_reading, told[len(while_reading) :]


def test_all_records_of_a_document_are_of_one_source_and_counted() -> None:
    nodes = ",".join(f'{{"kind": "member", "id": "m{n}", "name": "Name {n}"}}' for n in range(9))
    wanted = options(account="acme")
    loaded = load([source("team.json", f'{{"format": "graphsvc/1", "nodes": [{nodes}]}}')], wanted)
    batch = read(loaded, CheckedBatch(wanted, Known(accounts={"acme": ACME}), pack_rows=4))
    assert isinstance(batch, CheckedBatch)
    checked = batch.checked()
    assert (checked.sources, checked.kinds) == ([("team.json", {})], {NodeKind.MEMBER: 9})


def rows_of(packs: list[Pack]) -> list[tuple[Kind, Body]]:
    return [(put.kind, put.body) for put in chain.from_iterable(pack.puts() for pack in packs)]


def test_nodes_then_ties_leave_while_they_are_read_and_lines_at_the_end() -> None:
    early, late = packed(files(), Known(accounts={"acme": ACME}))
    assert [pack.size for pack in (*early, *late)] == [4] * 9
    kinds = [kind for kind, _ in rows_of([*early, *late])]
    nodes, jobs, ties, lines = [NodeKind.DEPARTMENT, *[NodeKind.CONTACT] * 9], 9, 9, 8
    assert sorted(kinds[:10]) == sorted(nodes)
    assert kinds[10:] == [
        *[EdgeKind.WORKS_IN] * jobs,
        *[EdgeKind.INFLUENCES] * ties,
        *[EdgeKind.REPORTS_TO] * lines,
    ]
    assert len(rows_of(early)) >= 10 + jobs


def test_people_of_an_account_that_is_there_leave_at_once() -> None:
    early, late = packed(files(), Known(frozenset(["acme"]), {"acme": ACME}))
    kinds = [kind for kind, _ in rows_of([*early, *late])]
    assert kinds[:8] == [NodeKind.CONTACT] * 8  # before anything else of the table is told
    assert sorted(kinds[8:10]) == [NodeKind.CONTACT, NodeKind.DEPARTMENT]
    assert kinds[10:] == [*[EdgeKind.WORKS_IN] * 9, *[EdgeKind.INFLUENCES] * 9, *[EdgeKind.REPORTS_TO] * 8]


def test_nobody_leaves_before_his_account() -> None:
    nodes = [
        *({"kind": "contact", "id": f"q{n}", "account_id": "acme", "name": f"Name {n}"} for n in range(9)),
        {"kind": "account", "id": "acme", "name": "Acme"},
        {"kind": "contact", "id": "q9", "account_id": "acme", "name": "Name 9"},
    ]
    document = source("acme.json", orjson.dumps({"format": "graphsvc/1", "nodes": nodes}).decode())
    early, late = packed([document], Known(accounts={"acme": AccountRef("acme", "Acme", True)}))
    rows = rows_of([*early, *late])
    assert rows[0][0] is NodeKind.ACCOUNT
    assert sorted(body["id"] for kind, body in rows if kind is NodeKind.CONTACT) == [
        f"q{n}" for n in range(10)
    ]


def test_all_lines_that_end_stand_before_those_that_begin() -> None:
    stored: dict[tuple[Kind, str], Body] = {
        (EdgeKind.REPORTS_TO, f"old{n}"): {
            "id": f"old{n}",
            "source_id": f"q{n}",
            "target_id": "q8",
            "line": Line.SOLID,
        }
        for n in range(1, 8)
    }
    early, late = packed(files(), Known(frozenset(["acme"]), {"acme": ACME}, stored))
    assert EdgeKind.REPORTS_TO not in [kind for kind, _ in rows_of(early)]
    lines = [body for kind, body in rows_of(late) if kind is EdgeKind.REPORTS_TO]
    assert ["until" in line for line in lines] == [True] * 7 + [False] * 8


def test_packs_keep_their_bodies_and_places() -> None:
    early, late = packed(files(), Known(accounts={"acme": ACME}))
    for pack in (*early, *late):
        assert len(orjson.loads(pack.places)) == len(pack.bodies.splitlines()) == pack.size


async def test_what_is_wrong_with_a_row_goes_before_what_the_rules_say(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path / 'import.db'}", Settings(_env_file=None))
    try:
        await import_files(store, OWNER, files(), options(account="acme"))
        with pytest.raises(InvalidInput) as rules:
            await import_files(store, OWNER, files(), options(account="bolt"))
        assert Code.ID_TAKEN in {fault.code for fault in rules.value.faults}
        with pytest.raises(InvalidInput) as rows:
            await import_files(store, OWNER, files(weight="7"), options(account="bolt"))
        assert [(fault.code, fault.file, fault.row) for fault in rows.value.faults] == [
            (Code.INVALID_VALUE, "ties.csv", 10)
        ]
    finally:
        await store.close()


async def test_a_reader_in_a_process_of_its_own_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = []
    for name, large in (("beside", 10**9), ("away", 0)):
        monkeypatch.setattr(reading, "LARGE", large)
        store = await open_store(f"sqlite:///{tmp_path / name}.db", Settings(_env_file=None))
        monkeypatch.setattr(type(store), "batch_rows", 4)
        try:
            done = await import_files(store, OWNER, files(), options(account="acme"))
            assert done.put == 1 + 1 + 9 + 9 + 9 + 8
            again = await import_files(store, OWNER, files(), options(account="acme"))
            assert again.put == 0
            whole = await whole_document(store, OWNER)
            documents.append({kind: rows for kind, rows in whole.items() if isinstance(rows, list)})
        finally:
            await store.close()
    assert documents[0] == documents[1] != {}
