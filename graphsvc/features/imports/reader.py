"""From files to one batch of drafts: each file is decoded, recognised and read in the right order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graphsvc.features.imports.batch import Batch, ImportOptions, Known, Place
from graphsvc.features.imports.checks import check_ends, check_lines
from graphsvc.features.imports.departments import Departments
from graphsvc.features.imports.directory import Directory
from graphsvc.features.imports.documents import read_document
from graphsvc.features.imports.forms import Form, Sheet, is_document, listed, sheet_of
from graphsvc.features.imports.lines import Lines
from graphsvc.features.imports.messages import MessagesReader
from graphsvc.features.imports.people import PeopleReader
from graphsvc.features.imports.tables import Decoded, SourceFile, decode, table_of
from graphsvc.features.imports.ties import TiesReader
from models.enums import NodeKind
from models.faults import Code, Fault, InvalidInput

__all__ = ["ImportOptions", "Loaded", "SourceFile", "load", "read", "read_files"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Files decoded and recognised, before any row is read."""

    texts: tuple[Decoded, ...]
    documents: tuple[Decoded, ...]
    sheets: tuple[Sheet, ...]

    def of_form(self, form: Form) -> list[Sheet]:
        """The tables of a form, in the order they were given."""
        return [sheet for sheet in self.sheets if sheet.form is form]

    def account_texts(self, options: ImportOptions) -> list[str]:
        """Every text that names an account: the option's and those of account columns."""
        texts = [options.account] if options.account else []
        for sheet in self.of_form(Form.PEOPLE):
            texts += [cells["account"] for _, cells in sheet.rows() if "account" in cells]
        return list(dict.fromkeys(texts))


def load(files: Sequence[SourceFile], options: ImportOptions) -> Loaded:
    """Decode and recognise files. Raises InvalidInput with every file's faults."""
    texts, documents, sheets = [], [], []
    faults: list[Fault] = []
    for file in files:
        try:
            decoded = decode(file, options.encoding)
            texts.append(decoded)
            if is_document(decoded):
                documents.append(decoded)
            else:
                sheets.append(sheet_of(table_of(decoded)))
        except InvalidInput as error:
            faults += error.faults
    if faults:
        raise InvalidInput(*faults)
    return Loaded(tuple(texts), tuple(documents), tuple(sheets))


def read_files(files: Sequence[SourceFile], options: ImportOptions) -> Batch:
    """Read files with no store behind them: all rows are one account's, every end must be in the files.

    Faults in rows are in the batch. Raises InvalidInput for files that cannot be read at all.
    """
    return read(load(files, options), Batch(options, Known(), alone=True))


def read(loaded: Loaded, batch: Batch) -> Batch:
    """Read what was loaded into a batch, over what it knows of the store. O(rows)."""
    directory = Directory(batch.known, batch.options.id_prefix)
    departments, lines = Departments(batch), Lines(batch)
    for decoded in loaded.texts:
        if decoded.guessed:
            batch.note(
                f"{decoded.file} was read as {decoded.encoding}", f"{decoded.file} 按 {decoded.encoding} 读取"
            )
    for document in loaded.documents:
        _document(document, batch, directory)
    for sheet in loaded.sheets:
        _say_form(sheet, batch)
    if _account_is_clear(loaded, batch):
        _people(loaded, batch, directory, PeopleReader(batch, directory, departments, lines))
        departments.finish()
        ties, messages = TiesReader(batch, directory, lines), MessagesReader(batch, directory)
        for sheet in loaded.of_form(Form.TIES):
            ties.read(sheet)
        for sheet in loaded.of_form(Form.MESSAGES):
            messages.read(sheet)
        ties.finish()
        messages.finish()
    _say_ended(batch)
    check_lines(batch)
    if batch.alone and not batch.faults:
        check_ends(batch)
    return batch


def _document(document: Decoded, batch: Batch, directory: Directory) -> None:
    file = document.file
    try:
        count = read_document(document, batch, directory)
    except InvalidInput as error:
        batch.refuse(error)
    else:
        batch.note(f"{file}: graph document, {count} records", f"{file}：图文档，{count} 条记录")


def _account_is_clear(loaded: Loaded, batch: Batch) -> bool:
    """Whether ties and messages have an account whose people they can mean; a fault of each file if not."""
    if batch.alone or loaded.documents or loaded.of_form(Form.PEOPLE):
        return True
    wanted = batch.options.account
    if wanted and not batch.known.accounts[wanted].new:
        return True
    for sheet in loaded.sheets:
        place = Place(sheet.table.file)
        unknown = place.fault(Code.UNKNOWN_RECORD, kind=NodeKind.ACCOUNT, id=wanted)
        batch.faults.append(unknown if wanted else place.fault(Code.NO_ACCOUNT))
    return False


def _people(loaded: Loaded, batch: Batch, directory: Directory, reader: PeopleReader) -> None:
    sheets = loaded.of_form(Form.PEOPLE)
    for sheet in sheets:
        reader.read(sheet)
    for sheet in sheets:
        reader.report(sheet)
    if batch.alone and not sheets and not loaded.documents:
        count = sum(reader.read_end(*end) for sheet in loaded.sheets for end in _ends(sheet))
        batch.note(f"{count} people are taken from the ties", f"从关系中得到 {count} 人")


def _ends(sheet: Sheet) -> Iterator[tuple[Place, str]]:
    for place, cells in sheet.rows():
        for name in ("source", "target"):
            if name in cells:
                yield place, cells[name]


def _say_form(sheet: Sheet, batch: Batch) -> None:
    file, rows = sheet.table.file, len(sheet.table.rows)
    batch.note(f"{file}: {sheet.form.en}, {rows} rows", f"{file}：{sheet.form.zh}，{rows} 行")
    if sheet.ignored:
        names = listed(sheet.ignored)
        batch.note(f"{file}: columns that are not used: {names}", f"{file}：未使用的列：{names}")


def _say_ended(batch: Batch) -> None:
    for kind, count in batch.ended.items():
        batch.note(
            f"{count} {kind} of before ended today, as the files say otherwise",
            f"{count} 条原有{kind.zh}关系与文件不符，于今日结束",
        )
