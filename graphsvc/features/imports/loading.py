"""Files opened, decoded and recognised, before any row is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graphsvc.features.imports.archives import opened
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.forms import Sheet, is_document, listed, sheet_of
from graphsvc.features.imports.headers import Form
from graphsvc.features.imports.tables import Decoded, FileOnDisk, SourceFile, Table, decode, table_of
from graphsvc.features.imports.workbooks import tables_of
from models.faults import Fault, InvalidInput
from models.fields import Label

_LONGEST_NAMES = 1000
RowKey = tuple[str, int | str]
"""A row or record of a file: its number, or its pointer in a document."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Files decoded and recognised. `faults` are of rows left out, `left_out` names rows not to be read."""

    texts: tuple[Decoded, ...] = ()
    documents: tuple[Decoded, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[Label, ...] = ()
    faults: tuple[Fault, ...] = ()
    left_out: frozenset[RowKey] = frozenset()

    @property
    def names(self) -> str:
        """The names of the files, for the log."""
        files = [*(text.file for text in self.texts), *(sheet.table.file for sheet in self.sheets)]
        return ", ".join(dict.fromkeys(files))[:_LONGEST_NAMES]

    @property
    def size(self) -> int:
        """How many rows the tables have."""
        return sum(len(sheet.table.rows) for sheet in self.sheets)

    def of_form(self, form: Form) -> list[Sheet]:
        """The tables of a form, in the order they were given."""
        return [sheet for sheet in self.sheets if sheet.form is form]

    def account_texts(self, options: ImportOptions) -> list[str]:
        """Every text that names an account: the option's and those of account columns."""
        texts = [options.account] if options.account else []
        for sheet in self.of_form(Form.ACCOUNTS):
            texts += [text for _, cells in sheet.rows() if (text := cells.get("id") or cells.get("name"))]
        for sheet in self.of_form(Form.PEOPLE):
            named = (cells.get("account") or cells.get("account_name") for _, cells in sheet.rows())
            texts += [text for text in named if text]
        return list(dict.fromkeys(texts))

    def account_ids(self) -> Iterator[tuple[str, str]]:
        """The name and id of each account in a table that gives both."""
        for sheet in self.of_form(Form.ACCOUNTS):
            for _, cells in sheet.rows():
                if "id" in cells and "name" in cells:
                    yield cells["name"], cells["id"]

    def without(self, faults: Iterable[Fault]) -> Loaded:
        """The same files without the rows that have faults. Raises InvalidInput if one has no row."""
        faults = tuple(faults)
        found = {key_of(fault) for fault in faults}
        wanted = frozenset(key for key in found if key is not None)
        if None in found or not wanted - self.left_out:
            raise InvalidInput(*faults)
        left_out = self.left_out | wanted
        sheets = tuple(_without(sheet, left_out) for sheet in self.sheets)
        return replace(self, sheets=sheets, left_out=left_out, faults=(*self.faults, *faults))


def key_of(fault: Fault) -> RowKey | None:
    """The row or record a fault lies in; None if it is the whole file's."""
    if fault.file is None:
        return None
    if fault.row is not None:
        return fault.file, fault.row
    parts = (fault.pointer or "").split("/")
    return (fault.file, "/".join(parts[:3])) if len(parts) > 2 else None


def load(files: Sequence[SourceFile | FileOnDisk], options: ImportOptions) -> Loaded:
    """Open, decode and recognise files. Raises InvalidInput with every file's faults. O(bytes)."""
    parts: list[Loaded] = []
    faults: list[Fault] = []
    for file in files:
        try:
            parts += [_loaded(inside, workbook, options) for inside, workbook in opened(file)]
        except InvalidInput as error:
            faults += error.faults
    of_rows = [fault for part in parts for fault in part.faults]
    if faults or (of_rows and not options.per_row):
        raise InvalidInput(*faults, *of_rows)
    return Loaded(
        tuple(text for part in parts for text in part.texts),
        tuple(document for part in parts for document in part.documents),
        tuple(sheet for part in parts for sheet in part.sheets),
        tuple(note for part in parts for note in part.notes),
        tuple(of_rows),
    )


def _loaded(file: SourceFile, workbook: bool, options: ImportOptions) -> Loaded:
    if workbook:
        return _of_workbook(tables_of(file))
    decoded = decode(file, options.encoding)
    if is_document(decoded):
        return Loaded((decoded,), documents=(decoded,))
    table = table_of(decoded)
    return Loaded((decoded,), sheets=(sheet_of(table),), faults=table.faults)


def _of_workbook(tables: Sequence[Table]) -> Loaded:
    """The sheets of a workbook that have a form; others are noted, unless none has one."""
    sheets: list[Sheet] = []
    notes: list[Label] = []
    refused: list[Fault] = []
    for table in tables:
        try:
            sheets.append(sheet_of(table))
        except InvalidInput as error:
            refused += error.faults
            names = listed([name for name in table.header if name])
            en, zh = f"not used, its columns are {names}", f"未使用，其列为 {names}"
            notes.append(Label(f"{table.file}: {en}", f"{table.file}：{zh}"))
    if not sheets:
        raise InvalidInput(*refused)
    faults = tuple(fault for sheet in sheets for fault in sheet.table.faults)
    return Loaded(sheets=tuple(sheets), notes=tuple(notes), faults=faults)


def _without(sheet: Sheet, left_out: frozenset[RowKey]) -> Sheet:
    table = sheet.table
    rows = tuple(row for row in table.rows if (table.file, row[0]) not in left_out)
    return sheet if len(rows) == len(table.rows) else replace(sheet, table=replace(table, rows=rows))
