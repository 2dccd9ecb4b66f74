"""Workbooks and zip files: sheets as tables, dates of both calendars, formulas, and harmful ones."""

from __future__ import annotations

import io
import zipfile

import pytest

from graphsvc.features.imports import archives, workbooks
from graphsvc.features.imports.archives import opened
from graphsvc.features.imports.loading import load
from graphsvc.features.imports.tables import SourceFile
from graphsvc.features.imports.workbooks import tables_of
from models.enums import EdgeKind, NodeKind
from models.faults import Code, InvalidInput
from tests.unit.imports.reading import bodies_of, options
from tests.unit.imports.xlsx import DATE, formula, number, rows_of, text, workbook

PEOPLE = rows_of(["编号", "姓名", "上级"], ["1", "张伟", ""], ["2", "李娜", "1"])
TIES = rows_of(["source", "target", "relation"], ["2", "1", "advice"])


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.csv", data)
    return out.getvalue()


def fault_of(data: bytes) -> tuple[Code, str]:
    with pytest.raises(InvalidInput) as error:
        load([SourceFile("book.xlsx", data)], options())
    fault = error.value.faults[0]
    assert fault.message("en")
    assert fault.message("zh")
    return fault.code, fault.place()


def test_each_sheet_is_a_table() -> None:
    book = workbook({"人员": PEOPLE, "Ties": TIES, "Empty": ""})
    assert [body["name"] for body in bodies_of(NodeKind.CONTACT, book=book)] == ["张伟", "李娜"]
    (tie,) = bodies_of(EdgeKind.INFLUENCES, book=book)
    assert (tie["source_id"], tie["target_id"]) == ("1", "2")


def test_a_sheet_without_a_form_is_noted_beside_others_and_refused_alone() -> None:
    notes = rows_of(["填表说明"], ["请勿修改"])
    loaded = load([SourceFile("book.xlsx", workbook({"说明": notes, "人员": PEOPLE}))], options())
    assert [note.en for note in loaded.notes] == ["book.xlsx[说明]: not used, its columns are 填表说明"]
    assert fault_of(workbook({"说明": notes})) == (Code.UNKNOWN_TABLE, "book.xlsx[说明] row 1")


@pytest.mark.parametrize(("from_1904", "day"), [(False, "2023-03-15"), (True, "2027-03-16")])
def test_days_follow_the_calendar_of_the_workbook(from_1904: bool, day: str) -> None:
    row = f'<row r="2">{text("1", "A2")}{text("2", "B2")}{number(45000, "C2", DATE)}</row>'
    sheet = rows_of(["source", "target", "since"]) + row
    (table,) = tables_of(SourceFile("book.xlsx", workbook({"t": sheet}, from_1904=from_1904)))
    assert table.rows == ((2, ("1", "2", day)),)


def test_formulas_count_as_what_they_were_computed_to_and_numbers_are_written_plainly() -> None:
    cells = formula('CONCAT("张","伟")', "张伟", "B2") + number(13800138000, "C2") + number(0.6, "D2")
    sheet = rows_of(["id", "name", "phone", "x"]) + f'<row r="2">{number(7, "A2")}{cells}</row>'
    (table,) = tables_of(SourceFile("book.xlsx", workbook({"t": sheet})))
    assert table.rows == ((2, ("7", "张伟", "13800138000", "0.6")),)


def test_rows_keep_the_numbers_a_spreadsheet_shows() -> None:
    sheet = f'<row r="3">{text("id", "B3")}</row><row r="6">{text("7", "B6")}</row>'
    (table,) = tables_of(SourceFile("book.xlsx", workbook({"t": sheet})))
    assert (table.header, table.rows) == (("id",), ((6, ("7",)),))


def test_a_cell_in_the_last_corner_takes_no_memory_of_ours() -> None:
    corner = rows_of(["id"]) + f'<row r="1048576">{text("7", "XFD1048576")}</row>'
    assert fault_of(workbook({"t": corner})) == (Code.BAD_FILE, "book.xlsx")


def test_more_cells_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_CELLS", 5)
    assert fault_of(workbook({"t": PEOPLE})) == (Code.BAD_FILE, "book.xlsx")


def test_a_bomb_is_refused_by_what_it_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_TEXT", 10_000)
    bomb = workbook({"t": PEOPLE}, more={"xl/media/zeros.bin": bytes(20_000)})
    assert fault_of(bomb) == (Code.BAD_FILE, "book.xlsx")


def test_a_bomb_that_lies_about_its_size_fails_its_checksum() -> None:
    book = bytearray(workbook({"t": PEOPLE}, more={"xl/media/zeros.bin": bytes(2_000_000)}))
    true, claimed = (2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert book.count(true) == 2
    assert fault_of(bytes(book.replace(true, claimed))) == (Code.BAD_FILE, "book.xlsx")


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no zip at all",
        workbook({"t": PEOPLE})[:-100],
        zipped(inner=zipped(people=b"id\n1\n")),
        workbook({"t": "<row><c"}),
        zipped(people=b"id\n1\n").replace(b"PK\x01\x02", b"PK\x01\x03"),
    ],
)
def test_damaged_archives_are_refused(data: bytes) -> None:
    assert fault_of(data)[0] is Code.BAD_FILE


def test_an_empty_workbook_is_an_empty_file() -> None:
    assert fault_of(workbook({"t": ""})) == (Code.EMPTY_FILE, "book.xlsx")


def test_a_zip_of_tables_is_each_of_them() -> None:
    files = list(opened(SourceFile("all.zip", zipped(people=b"id\n1\n", ties=b"source,target\n"))))
    assert [(file.name, workbook) for file, workbook in files] == [
        ("all.zip/people.csv", False),
        ("all.zip/ties.csv", False),
    ]
