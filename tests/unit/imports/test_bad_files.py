"""Files that must not be taken: each is refused at a named place, in both languages, and changes nothing."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graphsvc.features.exports.service import whole_document
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.faults import Code, Fault, InvalidInput
from tests.unit.imports import bad_documents, bad_files
from tests.unit.imports.bad_files import THERE, TIES, WIDE
from tests.unit.imports.reading import options

CASES = [*bad_files.CASES, *bad_documents.CASES]
OWNER = Scope(actor="test")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[GraphStore]:
    opened = await open_store(f"sqlite:///{tmp_path / 'bad.db'}", Settings(_env_file=None))
    await import_files(opened, OWNER, [SourceFile("people.csv", THERE.encode())], options(account="acme"))
    yield opened
    await opened.close()


async def refused(store: GraphStore, data: bytes) -> tuple[Fault, ...]:
    before, sequences = await whole_document(store, OWNER), await store.sequences(OWNER, "acme")
    with pytest.raises(InvalidInput) as error:
        await import_files(store, OWNER, [SourceFile("f", data)], options(account="acme"))
    assert await whole_document(store, OWNER) == before
    assert await store.sequences(OWNER, "acme") == sequences
    return error.value.faults


def test_no_case_stands_twice() -> None:
    assert len(CASES) == len({content for content, _, _ in CASES}) > 240


@pytest.mark.parametrize(("content", "code", "place"), CASES, ids=range(len(CASES)))
async def test_it_is_refused_at_its_place_and_nothing_changes(
    store: GraphStore, content: str | bytes, code: Code, place: str
) -> None:
    faults = await refused(store, content.encode() if isinstance(content, str) else content)
    fault = faults[0]
    assert fault.code is code, fault
    assert fault.place().startswith(place)
    assert "{detail}" not in fault.message("en")
    assert fault.message("zh")


GOOD = [
    "\ufeffid,姓名\n9,王芳\n",
    "id;姓名\n9;王芳\n",
    "id\t姓名\n9\t王芳\n",
    "id,姓名\r9,王芳\r",
    "id,姓名,部门\n9,王芳\n",
    "sep=;\nid;姓名\n9;王芳\n",
    "id,姓名\r\n9,王芳\r\n\x1a",
    "id,姓名\n\u202d9\u202c,\u200b王芳\ufeff\n\u200b,\n",
    "编号,姓名," + ",".join(WIDE) + "\n9,王芳\n",
]


@pytest.mark.parametrize("content", GOOD, ids=range(len(GOOD)))
async def test_odd_but_clear_tables_are_taken(store: GraphStore, content: str) -> None:
    for data in (content.encode(), content.encode("utf-16"), gzip.compress(content.encode())):
        await import_files(store, OWNER, [SourceFile("f", data)], options(account="acme"))
        assert [account.people for account in await store.accounts(OWNER)] == [3]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026年1月5日", "2026-01-05"),
        ("2026 年 01 月 05 日", "2026-01-05"),
        ("2026/1/5", "2026-01-05"),
        ("2026.1.5", "2026-01-05"),
        ("20260105", "2026-01-05"),
        ("1767571200", "2026-01-05"),
    ],
)
async def test_days_are_read_as_people_write_them(store: GraphStore, written: str, day: str) -> None:
    data = f"{TIES},since\n1,2,bond,{written}\n".encode()
    await import_files(store, OWNER, [SourceFile("f", data)], options(account="acme"))
    (edge,) = [row for row in (await whole_document(store, OWNER))["edges"] if row["kind"] == "bond"]
    assert edge["since"] == day
