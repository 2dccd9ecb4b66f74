"""Row by row: good rows are kept, bad ones told with those that need them, and nothing in between."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graphsvc.features.exports.service import whole_document
from graphsvc.features.imports.errors import HEADER, errors_csv
from graphsvc.features.imports.progress import Phase
from graphsvc.features.imports.schemas import ImportResult
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.enums import EdgeKind, NodeKind
from models.faults import Code, InvalidInput
from tests.unit.imports.reading import options, source
from tests.unit.imports.xlsx import rows_of, workbook

OWNER = Scope(actor="test")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[GraphStore]:
    opened = await open_store(f"sqlite:///{tmp_path / 'rows.db'}", Settings(_env_file=None))
    yield opened
    await opened.close()


async def take(store: GraphStore, **texts: str | bytes) -> ImportResult:
    files = [source(f"{name}.csv", text) for name, text in texts.items()]
    return await import_files(store, OWNER, files, options(account="acme", per_row=True))


def told(result: ImportResult) -> list[tuple[str, Code]]:
    return [(row.place, row.code) for row in result.refused]


async def test_good_rows_are_kept_and_those_that_need_a_bad_one_are_not(store: GraphStore) -> None:
    people = "id,level,boss\n1,decision,\n2,sky,1\n3,,2\n4,,1\n5,,3\n6,,7,extra\n"
    ties = "source,target,relation\n1,4,advice\n1,2,advice\n4,1,hates\n"
    result = await take(store, people=people, ties=ties)
    assert told(result) == [
        ("people.csv row 3 column level", Code.INVALID_VALUE),
        ("people.csv row 4 column boss", Code.UNKNOWN_PERSON),
        ("people.csv row 6 column boss", Code.UNKNOWN_PERSON),
        ("people.csv row 7", Code.BAD_FILE),
        ("ties.csv row 3 column target", Code.UNKNOWN_PERSON),
        ("ties.csv row 4 column relation", Code.UNKNOWN_RELATION),
    ]
    document = await whole_document(store, OWNER)
    assert [row["id"] for row in document["nodes"] if row["kind"] == NodeKind.CONTACT] == ["1", "4"]
    assert {row["kind"] for row in document["edges"]} >= {EdgeKind.INFLUENCES, EdgeKind.REPORTS_TO}


async def test_what_the_store_alone_knows_is_left_out_by_its_row(store: GraphStore) -> None:
    await import_files(store, OWNER, [source("n.csv", "id\nx\n")], options(account="north"))
    result = await take(store, people="id\n1\nx\n2\n")
    assert told(result) == [("people.csv row 3 column id", Code.ID_TAKEN)]
    assert result.kinds[NodeKind.CONTACT] == 2


async def test_records_of_documents_are_left_out_one_by_one(store: GraphStore) -> None:
    nodes = [{"kind": "account", "id": "a", "name": "A"}, {"kind": "dragon"}, {"kind": "member", "id": "m"}]
    result = await take(store, doc=json.dumps({"format": "graphsvc/1", "nodes": nodes}))
    assert told(result) == [("doc.csv /nodes/1", Code.UNKNOWN_KIND), ("doc.csv /nodes/2/name", Code.MISSING)]
    assert result.put == 1


async def test_rows_of_sheets_are_left_out(store: GraphStore) -> None:
    book = workbook({"人员": rows_of(["编号", "层级"], ["1", "高"], ["2", ""])})
    result = await take(store, book=book)
    assert told(result) == [("book.csv[人员] row 2 column 层级", Code.INVALID_VALUE)]
    assert result.kinds[NodeKind.CONTACT] == 1


async def test_nothing_is_left_when_every_row_is_bad(store: GraphStore) -> None:
    result = await take(store, people="id,level\n1,sky\n2,sea\n")
    assert (len(result.refused), result.put, result.accounts) == (2, 0, [])
    assert await store.accounts(OWNER) == []


@pytest.mark.parametrize("text", ["", "age\n7\n", "id,ID\n1,2\n", '{"format": "graphsvc/1", "nodes": 7}'])
async def test_a_file_that_is_no_table_is_refused_whole(store: GraphStore, text: str) -> None:
    with pytest.raises(InvalidInput):
        await take(store, people="id\n1\n", other=text)
    assert await store.accounts(OWNER) == []


async def test_rows_that_need_one_another_too_deeply_are_refused_whole(store: GraphStore) -> None:
    deep = "id,level,boss\n0,sky,\n" + "".join(f"{n},,{n - 1}\n" for n in range(1, 300))
    with pytest.raises(InvalidInput) as error:
        await take(store, people=deep)
    assert error.value.faults[0].row == 2
    assert await store.accounts(OWNER) == []


async def test_the_refused_rows_make_a_table_without_formulas(store: GraphStore) -> None:
    result = await take(store, people="id,=boss()\n1,\n", more="id,level\n2,=cmd()\n")
    for lang in ("en", "zh"):
        data = errors_csv(result.refused, lang)
        header, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        assert tuple(header) == HEADER
        assert row[:3] == ["more.csv", "2", "level"]
        assert row[5].startswith("'=cmd()")


async def test_whoever_waits_is_told_each_phase(store: GraphStore) -> None:
    said: list[tuple[Phase, int, int]] = []
    await import_files(
        store,
        OWNER,
        [SourceFile("p.csv", b"id\n1\n2\n")],
        options(account="acme"),
        progress=lambda phase, done, total: said.append((phase, done, total)),
    )
    assert list(dict.fromkeys(phase for phase, _, _ in said)) == list(Phase)
    assert all(done <= total for _, done, total in said)
