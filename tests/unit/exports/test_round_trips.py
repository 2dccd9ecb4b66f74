"""What leaves in a file that can be imported comes back as it was; what a table cannot hold is left alone."""

from __future__ import annotations

import asyncio
import io
import tempfile
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.features.exports.formats import WRITERS, ExportFormat
from graphsvc.features.exports.service import whole_document
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile, bare
from graphsvc.formulas import guarded, unguarded
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code, InvalidInput
from models.records import read_record
from tests.lengths import cases
from tests.unit.imports.reading import options
from tests.unit.imports.test_identity import accounts

OWNER = Scope(actor="test", dossiers=True)
Records = list[tuple[Kind, dict[str, Any]]]
Check = Callable[[GraphStore, GraphStore], Awaitable[None]]
TIES = (EdgeKind.REPORTS_TO, EdgeKind.INFLUENCES, EdgeKind.MESSAGES, EdgeKind.BOND)


def file_of(document: dict[str, Any], form: ExportFormat) -> bytes:
    return b"".join(WRITERS[form].chunks(document))


async def take(store: GraphStore, form: ExportFormat, document: dict[str, Any]) -> int:
    files = [SourceFile("all", file_of(document, form))]
    return (await import_files(store, OWNER, files, options())).put


def with_stores(records: Records, check: Check) -> None:
    """Run a check on a store that holds the records and on an empty one."""

    async def run(folder: Path) -> None:
        urls = [f"sqlite:///{folder / name}" for name in ("one.db", "two.db")]
        one, two = [await open_store(url, Settings(_env_file=None)) for url in urls]
        try:
            puts = tuple(Put(kind, read_record(kind, body)) for kind, body in records)
            await one.apply(OWNER, ChangeSet("given", puts))
            await check(one, two)
        finally:
            await one.close()
            await two.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))


@settings(max_examples=cases(40), deadline=None)
@given(accounts(), st.sampled_from([ExportFormat.JSON, ExportFormat.NDJSON]))
def test_documents_come_back_whole(records: Records, form: ExportFormat) -> None:
    async def check(one: GraphStore, two: GraphStore) -> None:
        document = await whole_document(one, OWNER)
        assert await take(two, form, document) == len(records)
        assert await whole_document(two, OWNER) == document
        assert await take(one, form, document) == 0

    with_stores(records, check)


@settings(max_examples=cases(60), deadline=None)
@given(accounts())
def test_tables_over_the_same_records_change_nothing(records: Records) -> None:
    async def check(one: GraphStore, _: GraphStore) -> None:
        document = await whole_document(one, OWNER)
        await take(one, ExportFormat.CSV, document)
        assert await whole_document(one, OWNER) == document

    with_stores(in_cells(records), check)


@settings(max_examples=cases(60), deadline=None)
@given(accounts())
def test_tables_bring_back_people_and_their_ties(records: Records) -> None:
    async def check(one: GraphStore, two: GraphStore) -> None:
        document = await whole_document(one, OWNER)
        await take(two, ExportFormat.CSV, document)
        assert held(await whole_document(two, OWNER)) == held(document)

    with_stores(in_cells(records), check)


def in_cells(value: Any) -> Any:
    """Records whose texts are as cells hold them: composed, nothing unseen around them, never empty."""
    if isinstance(value, str):
        return bare(value) or "x"
    if isinstance(value, list):
        return [in_cells(item) for item in value]
    if isinstance(value, tuple):
        kind, body = value
        return kind, in_cells(body)
    return {name: in_cells(item) for name, item in value.items()} if isinstance(value, dict) else value


def held(document: dict[str, Any]) -> dict[str, Any]:
    """What two tables hold of a graph document."""
    fields = ("id", "account_id", "name", "latin_name", "status")
    common = ("id", "source_id", "target_id", "kind", "since", "until", "confidence", "note")
    own = ("line", "weight", "stated", "basis", "polarity", "count", "first", "last")
    mail = ("id", "source_id", "target_id", "count", "first", "last")
    return {
        "accounts": [
            (row["id"], row["name"]) for row in document["nodes"] if row["kind"] == NodeKind.ACCOUNT
        ],
        "people": [
            {name: row.get(name) for name in fields}
            for row in document["nodes"]
            if row["kind"] == NodeKind.CONTACT
        ],
        "ties": [
            {name: row.get(name) for name in (mail if row["kind"] == EdgeKind.MESSAGES else common + own)}
            for row in document["edges"]
            if row["kind"] in TIES
        ],
    }


@given(st.text())
def test_the_guard_of_a_cell_is_undone_whatever_the_text(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


DOCUMENT = {
    "format": "graphsvc/1",
    "nodes": [
        {"kind": "account", "id": "a", "name": "霁川"},
        {"kind": "contact", "id": "1", "account_id": "a", "name": "=HYPERLINK(1)"},
        {"kind": "contact", "id": "2", "account_id": "a", "name": "张伟"},
    ],
    "edges": [{"kind": "reports_to", "id": "r", "source_id": "2", "target_id": "1"}],
}


def test_no_cell_starts_a_formula_and_excel_reads_the_chinese() -> None:
    archive = zipfile.ZipFile(io.BytesIO(file_of(DOCUMENT, ExportFormat.CSV)))
    people = archive.read("people.csv")
    assert people.startswith(b"\xef\xbb\xbf")
    assert "1,'=HYPERLINK(1),,a,霁川".encode() in people
    assert archive.namelist() == ["people.csv", "ties.csv"]


async def test_a_cut_file_of_lines_is_noticed_wherever_it_was_cut(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path / 'cut.db'}", Settings(_env_file=None))
    data = file_of(DOCUMENT, ExportFormat.NDJSON)
    try:
        for length in range(1, len(data) - 1):
            with pytest.raises(InvalidInput) as error:
                await import_files(store, OWNER, [SourceFile("cut.ndjson", data[:length])], options())
            assert error.value.faults[0].file == "cut.ndjson"
        assert await store.accounts(OWNER) == []
        assert (await import_files(store, OWNER, [SourceFile("all", data[:-1])], options())).put == 4
    finally:
        await store.close()


@pytest.mark.parametrize(
    "more", [b'{"kind": "account", "id": "b", "name": "B"}\n', b'{"end": {"records": 4}}\n']
)
async def test_nothing_may_follow_the_end(tmp_path: Path, more: bytes) -> None:
    store = await open_store(f"sqlite:///{tmp_path / 'more.db'}", Settings(_env_file=None))
    try:
        data = file_of(DOCUMENT, ExportFormat.NDJSON) + more
        with pytest.raises(InvalidInput) as error:
            await import_files(store, OWNER, [SourceFile("more", data)], options())
        assert error.value.faults[0].code is Code.BAD_FILE
    finally:
        await store.close()
