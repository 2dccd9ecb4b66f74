"""Files that must not be taken: each is refused at a named place, in both languages, and changes nothing."""

from __future__ import annotations

import gzip
import json
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
from tests.unit.imports.reading import options
from tests.unit.imports.xlsx import DATE, number, rows_of, text, workbook

OWNER = Scope(actor="test")
THERE = "id,name,manager_id\n1,张伟,\n2,李娜,1\n"
TIES = "source,target,relation"
WIDE = [f"c{number}" for number in range(10_000)]
HEAD = '{"format": "graphsvc/1"'


def document(*nodes: dict[str, object]) -> str:
    return json.dumps({"format": "graphsvc/1", "nodes": nodes})


def contact(**fields: object) -> dict[str, object]:
    return {"kind": "contact", "id": "c", "account_id": "acme", "name": "C", **fields}


def sheet(*rows: list[str]) -> bytes:
    return workbook({"t": rows_of(*rows)})


CASES: list[tuple[str | bytes, Code, str]] = [
    # What cannot be decoded.
    ("", Code.EMPTY_FILE, "f"),
    (b"\xef\xbb\xbf", Code.EMPTY_FILE, "f"),
    (b"\xff\xfe", Code.EMPTY_FILE, "f"),
    (b"\xff\xfe\x00\xd8\x00\x00", Code.BAD_ENCODING, "f row 1"),
    (b"id\n1\n\xff\xff\xff\n", Code.BAD_ENCODING, "f row 3"),
    ("id,姓名\n1,张伟".encode("utf-16-le")[:-1], Code.BAD_ENCODING, "f"),
    (b"id,name\n1,Ana\x00\n", Code.BAD_FILE, "f row 2"),
    (gzip.compress(b"id\n1\n")[:-4], Code.BAD_FILE, "f"),
    (gzip.compress(b""), Code.BAD_FILE, "f"),
    (b"PK\x03\x04", Code.BAD_FILE, "f"),
    # Tables whose shape is wrong, with every mark and line end.
    ("\ufeffid,name\n9,Ana,extra\n", Code.BAD_FILE, "f row 2"),
    ("id,name\n9,Ana,extra\n".encode("utf-16"), Code.BAD_FILE, "f row 2"),
    ("id;name\n9;Ana;extra\n", Code.BAD_FILE, "f row 2"),
    ("id\tname\n9\tAna\textra\n", Code.BAD_FILE, "f row 2"),
    ("id,name\r9,Ana\r8,Bob,extra\r", Code.BAD_FILE, "f row 3"),
    ("id,name,Name\n9,Ana,Ann\n", Code.BAD_FILE, "f row 1 column Name"),
    ("姓名,姓名\n张,伟\n", Code.BAD_FILE, "f row 1 column 姓名"),
    ('id,name\n9,"Ana\n', Code.BAD_FILE, "f row 2"),
    ('id,name\n9,"A"na\n', Code.BAD_FILE, "f row 2"),
    ("id\n" + "x" * 200_000, Code.BAD_FILE, "f row 2"),
    (",".join(WIDE) + "\n1\n", Code.UNKNOWN_TABLE, "f row 1"),
    ("id," + ",".join(WIDE) + "\n9" + "," * 10_001 + "x\n", Code.BAD_FILE, "f row 2"),
    ("age,city\n1,2\n", Code.UNKNOWN_TABLE, "f row 1"),
    # Rows that say what cannot be.
    ("id,name\n9,Ana\n9,Bob\n", Code.SAME_ID, "f row 3 column id"),
    ("id,boss\n9,99\n", Code.UNKNOWN_PERSON, "f row 2 column boss"),
    ("id,boss\n9,9\n", Code.SELF_TIE, "f row 2 column boss"),
    ("id,boss\n8,9\n9,8\n", Code.CYCLE, "f row 3 column boss"),
    ("id,level\n9,sky\n", Code.INVALID_VALUE, "f row 2 column level"),
    ("id,status\n9,gone fishing\n", Code.INVALID_VALUE, "f row 2 column status"),
    ("id,部门,部门职能\n9,IT,magic\n", Code.INVALID_VALUE, "f row 2 column 部门职能"),
    ("id,部门,部门职能\n8,IT,user\n9,IT,legal\n", Code.INVALID_VALUE, "f row 3 column 部门职能"),
    ("id,部门,上级部门\n8,IT,A\n9,IT,B\n", Code.INVALID_VALUE, "f row 3 column 上级部门"),
    ("id,name\n9," + "x" * 300 + "\n", Code.INVALID_VALUE, "f row 2 column name"),
    (f"{TIES},since\n1,2,advice,2026-02-30\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},since\n1,2,advice,2026年13月1日\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},since\n1,2,advice,20260230\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},since\n1,2,advice,45000\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},since\n1,2,advice,0000-00-00\n", Code.INVALID_VALUE, "f row 2 column since"),
    (f"{TIES},since,until\n1,2,advice,2026-02-02,2026-02-01\n", Code.INVALID_VALUE, "f row 2"),
    (f"{TIES},weight\n1,2,influences,1.01\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},weight\n1,2,influences,nan\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},weight\n1,2,influences,1e999\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},weight\n1,2,messages,-3\n", Code.INVALID_VALUE, "f row 2 column weight"),
    (f"{TIES},confidence\n1,2,bond,7\n", Code.INVALID_VALUE, "f row 2 column confidence"),
    (f"{TIES},basis\n1,2,bond,luck\n", Code.INVALID_VALUE, "f row 2 column basis"),
    (f"{TIES},edge_id\n1,2,bond,a b\n", Code.INVALID_VALUE, "f row 2 column edge_id"),
    (f"{TIES},edge_id\n1,2,bond,e\n2,1,bond,e\n", Code.TWICE, "f row 3"),
    (f"{TIES}\n1,1,bond\n", Code.SELF_TIE, "f row 2 column target"),
    (f"{TIES}\n1,,bond\n", Code.MISSING, "f row 2 column target"),
    (f"{TIES}\n1,2,=cmd|calc\n", Code.UNKNOWN_RELATION, "f row 2 column relation"),
    (f"{TIES}\n1,2,reports_to\n", Code.CYCLE, "f row 2"),
    ("source,target,time\n1,2,25:00\n", Code.INVALID_VALUE, "f row 2 column time"),
    ("source,target,time\n1,2,2026-01-01T25:00\n", Code.INVALID_VALUE, "f row 2 column time"),
    ("source,target,unix_time\n1,2,1e300\n", Code.INVALID_VALUE, "f row 2 column unix_time"),
    ("source,target,time,recipients\n1,2,2026-01-01,0\n", Code.INVALID_VALUE, "f row 2 column recipients"),
    ("deal,contact,role\nD,1,wizard\n", Code.INVALID_VALUE, "f row 2 column role"),
    ("deal,contact,role\nD,99,user\n", Code.UNKNOWN_PERSON, "f row 2 column contact"),
    ("deal,contact,role\n,1,user\n", Code.MISSING, "f row 2"),
    ("客户名称,行业,人数\n甲,水务,很多\n", Code.INVALID_VALUE, "f row 2 column 人数"),
    ("客户编号,行业\nA,水务\nA,电力\n", Code.SAME_ID, "f row 3 column 客户编号"),
    # Documents.
    ('{"format": "graphsvc/9"}', Code.BAD_FILE, "f"),
    ("[]", Code.BAD_FILE, "f"),
    (HEAD + ', "nodes": [}', Code.BAD_JSON, "f row 1"),
    (HEAD + ', "nodes": {}}', Code.INVALID_VALUE, "f /nodes"),
    (HEAD + ', "nodes": [7]}', Code.INVALID_VALUE, "f /nodes/0"),
    (HEAD + ', "extra": 1}', Code.UNKNOWN_FIELD, "f"),
    (HEAD + ', "nodes": [], "nodes": []}', Code.BAD_JSON, "f"),
    (document(contact(name="a\u0000b")), Code.BAD_JSON, "f"),
    (HEAD + ', "nodes": [{"kind": "contact", "name": "\\ud800"}]}', Code.BAD_JSON, "f"),
    (HEAD + ', "nodes": [{"kind": "contact", "name": NaN}]}', Code.BAD_JSON, "f"),
    (document({"kind": "dragon", "id": "d"}), Code.UNKNOWN_KIND, "f /nodes/0"),
    (document(contact(age=7)), Code.UNKNOWN_FIELD, "f /nodes/0/age"),
    (document(contact(placeholder="yes")), Code.INVALID_VALUE, "f /nodes/0/placeholder"),
    (document(contact(id="a b")), Code.INVALID_VALUE, "f /nodes/0/id"),
    (document(contact(), contact()), Code.TWICE, "f /nodes/1"),
    ("[" * 100_000, Code.BAD_JSON, "f"),
    (HEAD + '}\n{"kind": "contact"\n', Code.BAD_JSON, "f row 2"),
    (HEAD + ', "end_line": true}\n', Code.BAD_FILE, "f"),
    (HEAD + '}\n{"end": {"records": 5}}\n', Code.BAD_FILE, "f"),
    # Workbooks.
    (sheet(["age"], ["7"]), Code.UNKNOWN_TABLE, "f[t] row 1"),
    (sheet(["id", "ID"], ["7", "8"]), Code.BAD_FILE, "f[t] row 1 column ID"),
    (sheet(["id"], ["7", "extra"]), Code.BAD_FILE, "f[t] row 2"),
    (sheet(["id", "上级"], ["7", "99"]), Code.UNKNOWN_PERSON, "f[t] row 2 column 上级"),
    (sheet(["source", "target", "since"], ["1", "2", "2026-02-30"]), Code.NO_RELATION, "f[t] row 2"),
    (workbook({"t": rows_of(["source", "target", "relation", "since"]) + f'<row r="2">{text("1", "A2")}'
     f'{text("2", "B2")}{text("bond", "C2")}{number(45000, "D2")}</row>'}), Code.INVALID_VALUE,
     "f[t] row 2 column since"),
    (workbook({"t": rows_of(["id"]) + f'<row r="1048576">{text("7", "XFD1048576")}</row>'}),
     Code.BAD_FILE, "f"),
    (workbook({"t": rows_of(["id", "level"]) + f'<row r="2">{text("7", "A2")}{number(1, "B2", DATE)}</row>'}),
     Code.INVALID_VALUE, "f[t] row 2 column level"),
]  # fmt: skip


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
