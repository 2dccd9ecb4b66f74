"""Which form a table has, which column holds which field, and that docs/files.md says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphsvc.features.exports.formats import ExportFormat
from graphsvc.features.imports.forms import listed, sheet_of
from graphsvc.features.imports.headers import COLUMNS, Form
from graphsvc.features.imports.relations import KNOWN
from graphsvc.features.imports.tables import LARGEST_TEXT, Table
from graphsvc.features.imports.workbooks import MOST_CELLS

DOCUMENT = (Path(__file__).parents[3] / "docs" / "files.md").read_text("utf-8")


def table(*header: str) -> Table:
    return Table("f.csv", header, ())


@pytest.mark.parametrize(
    ("header", "form"),
    [
        (("id", "age"), Form.PEOPLE),
        (("Name",), Form.PEOPLE),
        (("姓名", "部门"), Form.PEOPLE),
        (("id", "source"), Form.PEOPLE),
        (("source", "target"), Form.TIES),
        (("From", "To", "Type"), Form.TIES),
        (("id", "source", "target", "weight"), Form.TIES),
        (("source", "target", "unix_time", "kind"), Form.MESSAGES),
        (("Sender", "Recipient", "Sent at"), Form.MESSAGES),
        (("发件人", "收件人", "时间"), Form.MESSAGES),
    ],
)
def test_the_form_follows_from_the_header(header: tuple[str, ...], form: Form) -> None:
    assert sheet_of(table(*header)).form is form


def test_a_fields_own_name_goes_before_other_names_and_those_are_listed_as_unused() -> None:
    sheet = sheet_of(table("姓名", "Manager", "name", "manager_id", "联系人"))
    assert sheet.headers == {"name": "name", "manager_id": "manager_id"}
    assert sheet.ignored == ["姓名", "Manager", "联系人"]


def test_of_many_columns_only_the_first_are_listed() -> None:
    assert listed([f"c{number}" for number in range(22)]).endswith("c18, c19 … +2")


def test_every_column_is_documented_with_all_its_names() -> None:
    for form, fields in COLUMNS.items():
        for name, (own, *others) in fields.items():
            assert own == name
            assert f"| {form.en} | `{name}` | {', '.join(others)} |" in DOCUMENT


def test_every_relation_is_documented_with_what_it_becomes() -> None:
    for name, relation in KNOWN.items():
        row = next(
            line
            for line in DOCUMENT.splitlines()
            if line.startswith("| ") and f"`{name}`" in line.split("|")[1]
        )
        assert row.split("|")[2].strip() == relation.described().en


def test_every_form_and_export_format_is_documented() -> None:
    for form in Form:
        assert f"\n| {form.en} | " in DOCUMENT
    for format_ in ExportFormat:
        assert f"\n| `{format_}` | " in DOCUMENT
    assert f"{MOST_CELLS:,} cells" in DOCUMENT
    assert f"{LARGEST_TEXT // 1_000_000} MB" in DOCUMENT
