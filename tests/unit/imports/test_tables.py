"""Bytes to rows: encodings, delimiters, headers, and everything a file can have wrong."""

from __future__ import annotations

import csv
import gzip
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.features.imports.archives import opened
from graphsvc.features.imports.tables import SourceFile, decode, table_of
from models.faults import Code, InvalidInput

TEXT = "id,姓名\n1,张伟\n2,李娜\n"


def rows(data: bytes, encoding: str | None = None) -> list[tuple[int, tuple[str, ...]]]:
    (given,) = [inside for inside, _ in opened(SourceFile("f.csv", data))]
    table = table_of(decode(given, encoding))
    if table.faults:
        raise InvalidInput(*table.faults)
    return list(table.rows)


@pytest.mark.parametrize(
    ("codec", "shown"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("gbk", "GB18030 (GBK)"),
        ("gb18030", "GB18030 (GBK)"),
    ],
)
def test_every_supported_encoding_gives_the_same_rows(codec: str, shown: str) -> None:
    decoded = decode(SourceFile("f.csv", TEXT.encode(codec)))
    assert decoded.encoding == shown
    assert decoded.guessed == (shown == "GB18030 (GBK)")
    assert table_of(decoded).header == ("id", "姓名")
    assert table_of(decoded).rows == ((2, ("1", "张伟")), (3, ("2", "李娜")))


def test_the_encoding_can_be_overruled() -> None:
    data = "id\n张\n".encode("gbk")
    assert rows(data, "gb2312") == [(2, ("张",))]
    with pytest.raises(InvalidInput) as error:
        rows(data, "utf-8")
    assert error.value.faults[0].code is Code.BAD_ENCODING


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_found(mark: str) -> None:
    assert rows(f"id{mark}name\n1{mark}Ana\n".encode()) == [(2, ("1", "Ana"))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(end: str) -> None:
    assert rows(f"id,name{end}1,Ana{end}2,Bob".encode()) == [(2, ("1", "Ana")), (3, ("2", "Bob"))]


def test_empty_rows_are_skipped_and_short_rows_filled_but_rows_keep_their_numbers() -> None:
    assert rows(b"\nid,name,title\n\n1,Ana\n,,\n2,Bob,CEO\n") == [
        (4, ("1", "Ana", "")),
        (6, ("2", "Bob", "CEO")),
    ]


def test_cells_are_stripped_composed_and_freed_of_the_formula_guard() -> None:
    assert rows("id,name\n 1 ,'=1+1\n2,e\u0301\n3,'quoted'\n".encode()) == [
        (2, ("1", "=1+1")),
        (3, ("2", "é")),
        (4, ("3", "'quoted'")),
    ]


def test_gzip_is_undone_also_of_several_parts() -> None:
    data = gzip.compress(b"id\n1\n") + gzip.compress(b"2\n")
    assert rows(data) == [(2, ("1",)), (3, ("2",))]


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"", Code.EMPTY_FILE, None),
        (b" \n\t\n", Code.EMPTY_FILE, None),
        (b",,\n,,\n", Code.EMPTY_FILE, None),
        (b"\xef\xbb\xbf", Code.EMPTY_FILE, None),
        (b"\xff\xfe\n", Code.BAD_ENCODING, 1),
        (b"id\n1\n\xff\xff\xff\n", Code.BAD_ENCODING, 3),
        (b"id\n" + "张伟李娜王芳陈立新".encode() * 4 + b"\xe5\xbc\n", Code.BAD_ENCODING, 2),
        (b"id,name\n1,a\x00b\n2,c\n", Code.BAD_FILE, 2),
        (b"id,name\n1,Ana,extra\n", Code.BAD_FILE, 2),
        (b'id,name\n1,"Ana\n2,Bob\n', Code.BAD_FILE, 2),
        (b"id,name,Name\n1,Ana,Ann\n", Code.BAD_FILE, 1),
        (b"id\n" + b"x" * 200_000, Code.BAD_FILE, 2),
        (b"PK\x03\x04 a workbook", Code.BAD_FILE, None),
        (gzip.compress(b"id\n1\n" * 99, mtime=0)[:-9], Code.BAD_FILE, None),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_row(data: bytes, code: Code, row: int | None) -> None:
    with pytest.raises(InvalidInput) as error:
        rows(data)
    fault = error.value.faults[0]
    assert (fault.code, fault.file, fault.row) == (code, "f.csv", row)


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    try:
        table = table_of(decode(SourceFile("f.csv", data)))
    except InvalidInput as error:
        refused, lengths = error.faults, set()
    else:
        refused, lengths = (), {len(cells) - len(table.header) for _, cells in table.rows}
    assert lengths <= {0}
    assert all(fault.file == "f.csv" and fault.message() and fault.message("zh") for fault in refused)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Z"]), min_size=1, max_size=6).filter(
    lambda text: not text.startswith("'")
)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_what_is_written_is_read(pairs: list[tuple[str, str]], codec: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("id", "name"), *pairs])
    expected = [tuple(unicodedata.normalize("NFC", cell) for cell in pair) for pair in pairs]
    assert [cells for _, cells in rows(out.getvalue().encode(codec))] == expected
