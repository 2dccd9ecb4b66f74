"""From files to one batch of drafts: each file is decoded, recognised and read in the right order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphsvc.features.imports.accounts import AccountsReader
from graphsvc.features.imports.batch import Batch, ImportOptions, Known, Place
from graphsvc.features.imports.checks import check_ends, check_lines
from graphsvc.features.imports.departments import Departments
from graphsvc.features.imports.directory import Directory
from graphsvc.features.imports.documents import read_document
from graphsvc.features.imports.forms import Sheet, counted, listed
from graphsvc.features.imports.headers import Form
from graphsvc.features.imports.lines import Lines
from graphsvc.features.imports.loading import Loaded, load
from graphsvc.features.imports.messages import MessagesReader
from graphsvc.features.imports.people import PeopleReader
from graphsvc.features.imports.progress import Phase, Progress, silent
from graphsvc.features.imports.roles import RolesReader
from graphsvc.features.imports.tables import Decoded, SourceFile
from graphsvc.features.imports.ties import TiesReader
from models.enums import NodeKind
from models.faults import Code, InvalidInput

_OF_PEOPLE = (Form.TIES, Form.ROLES, Form.MESSAGES)
"""The forms whose rows mean people of an account."""
_OF_EVENTS = (Form.ROLES, Form.MESSAGES)
"""Those of them that bring nodes too: opportunities, interactions."""


def read_files(files: Sequence[SourceFile], options: ImportOptions) -> Batch:
    """Read files with no store behind them: all rows are one account's, every end must be in the files.

    Faults in rows are in the batch. Raises InvalidInput for files that cannot be read at all.
    """
    return read(load(files, options), Batch(options, Known(), alone=True))


def read(loaded: Loaded, batch: Batch, progress: Progress = silent) -> Batch:
    """Read what was loaded into a batch, over what it knows of the store. O(rows)."""
    directory = Directory(batch.known, batch.options.id_prefix)
    departments, lines = Departments(batch), Lines(batch)
    for decoded in loaded.texts:
        if decoded.guessed:
            batch.note(
                f"{decoded.file} was read as {decoded.encoding}", f"{decoded.file} 按 {decoded.encoding} 读取"
            )
    progress(Phase.READING, 0, loaded.size)
    batch.notes += loaded.notes
    for document in loaded.documents:
        _document(document, batch, directory, loaded)
    for sheet in loaded.sheets:
        _say_form(sheet, batch)
    if not batch.alone:
        accounts = AccountsReader(batch)
        for sheet in loaded.of_form(Form.ACCOUNTS):
            accounts.read(sheet)
    if _account_is_clear(loaded, batch):
        _people(loaded, batch, directory, PeopleReader(batch, directory, departments, lines))
        departments.finish()
        if not any(sheet.form in _OF_EVENTS for sheet in loaded.sheets):
            batch.nodes_are_in()
        _between_people(loaded, batch, directory, lines, progress)
    _say_ended(batch)
    check_lines(batch)
    if batch.alone and not batch.faults:
        check_ends(batch)
    return batch


def _between_people(
    loaded: Loaded, batch: Batch, directory: Directory, lines: Lines, progress: Progress
) -> None:
    ties, roles = TiesReader(batch, directory, lines), RolesReader(batch, directory)
    messages = MessagesReader(batch, directory)
    for reader, form in ((ties, Form.TIES), (roles, Form.ROLES), (messages, Form.MESSAGES)):
        for sheet in loaded.of_form(form):
            progress(Phase.READING, 0, loaded.size)
            reader.read(sheet)
    lines.finish()
    ties.finish()
    roles.finish()
    messages.finish()


def _document(document: Decoded, batch: Batch, directory: Directory, loaded: Loaded) -> None:
    file = document.file
    try:
        count = read_document(document, batch, directory, loaded.left_out)
    except InvalidInput as error:
        batch.refuse(error)
    else:
        batch.note(f"{file}: graph document, {counted(count, 'record')}", f"{file}：图文档，{count} 条记录")


def _account_is_clear(loaded: Loaded, batch: Batch) -> bool:
    """Whether ties and messages have an account whose people they can mean; a fault of each file if not."""
    asking = [sheet for sheet in loaded.sheets if sheet.form in _OF_PEOPLE]
    if batch.alone or loaded.documents or loaded.of_form(Form.PEOPLE) or not asking:
        return True
    wanted = batch.options.account
    if wanted and not batch.known.accounts[wanted].new:
        return True
    for sheet in asking:
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
        count = sum(
            reader.read_end(*end)
            for sheet in loaded.sheets
            if sheet.form in _OF_PEOPLE
            for end in _ends(sheet)
        )
        batch.note(
            f"{counted(count, 'person is', 'people are')} taken from the ties", f"从关系中得到 {count} 人"
        )


def _ends(sheet: Sheet) -> Iterator[tuple[Place, str]]:
    for place, cells in sheet.rows():
        for name in ("source", "target", "contact"):
            if name in cells:
                yield place, cells[name]


def _say_form(sheet: Sheet, batch: Batch) -> None:
    file, rows = sheet.table.file, len(sheet.table.rows)
    batch.note(f"{file}: {sheet.form.en}, {counted(rows, 'row')}", f"{file}：{sheet.form.zh}，{rows} 行")
    if sheet.ignored:
        names = listed(sheet.ignored)
        batch.note(f"{file}: columns that are not used: {names}", f"{file}：未使用的列：{names}")


def _say_ended(batch: Batch) -> None:
    for kind, count in batch.ended.items():
        batch.note(
            f"{count} {kind} of before ended today, as the files say otherwise",
            f"{count} 条原有{kind.zh}关系与文件不符，于今日结束",
        )
