"""The options that the answer commands share, and the graph they are asked of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from graphsvc.commands.common import query_of, say, usage
from graphsvc.commands.language import both, lang
from graphsvc.features.imports.on_files import FileGraph, graph_of_files
from graphsvc.features.imports.schemas import ImportQuery
from graphsvc.features.imports.tables import SourceFile, decode
from graphsvc.features.questions import today
from models.enums import NodeKind
from models.faults import InvalidInput
from models.findings.base import Finding
from models.records import Body

_FILE = both("File (CSV, JSON; may be gzipped); repeat for more.", "文件（CSV、JSON，可为 gzip），可重复。")

AccountArgument = Annotated[
    str | None, typer.Argument(metavar="ACCOUNT", help=both("Id or name.", "客户编号或名称。"))
]
FilesOption = Annotated[
    list[Path] | None, typer.Option("--from", exists=True, dir_okay=False, metavar="FILE", help=_FILE)
]
AsOption = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="RELATION", help=both("Relation of ties that name none.", "未注明时的关系。")
    ),
]
RelationOption = Annotated[
    list[str] | None,
    typer.Option(
        "--relation",
        metavar="NAME=KIND[:reversed]",
        help=both("What a relation becomes; repeatable.", "关系的含义，可重复。"),
    ),
]
MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        exists=True,
        dir_okay=False,
        help=both("File of such rules, one a line.", "关系规则文件，每行一条。"),
    ),
]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", help=both("Encoding of the files.", "文件编码。"))
]
LevelsOption = Annotated[
    Literal["low-first", "high-first"] | None,
    typer.Option("--levels", help=both("What a numbered level column means.", "数字层级列的顺序。")),
]
ErrorsOption = Annotated[
    Path | None,
    typer.Option("--errors", dir_okay=False, help=both("CSV file for the faults.", "错误写入此 CSV 文件。")),
]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="DATE|TIME", help=both("On files: answer as of then.", "基于文件时：截至此时。")
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE|TIME",
        help=both("On a store: what was known then.", "基于存储时：当时所知的情况。"),
    ),
]
OnOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help=both("Ties that hold on that day; default today.", "该日有效的关系，默认今日。"),
    ),
]
CsvOption = Annotated[bool, typer.Option("--csv", help=both("Print CSV.", "输出 CSV。"))]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, help=both("At most so many rows.", "最多行数。"))
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the question is asked of: an account of the store, or files (then `files` is what they hold).

    `as_of` is the time whose knowledge is asked for, of a store only; `store` is its address, if given.
    """

    account: str
    files: FileGraph | None
    on: date | None
    as_of: datetime | None = None
    store: str | None = None

    @property
    def dossiers(self) -> Sequence[Body] | None:
        """The dossiers of the files."""
        return self.files.dossiers if self.files else None

    def own(self, id: str) -> str:
        """An id as whoever asks knows it."""
        return str(self.files.own(id)) if self.files else id

    def id_of(self, own: str, kind: NodeKind = NodeKind.CONTACT) -> str:
        """The way back from `own`. Raises InvalidInput if the files have nobody of that id."""
        return self.files.id_of(own, kind) if self.files else own

    def plain(self, answer: Finding) -> Any:
        """An answer as JSON values, with the ids of whoever asks."""
        value = answer.model_dump(mode="json", by_alias=True)
        return self.files.own(value) if self.files else value


def asked(
    *,
    account: str | None,
    files: Sequence[Path] | None,
    store: str | None,
    relation: str | None,
    relations: list[str] | None,
    mapping: Path | None,
    encoding: str | None,
    levels: Literal["low-first", "high-first"] | None,
    at: str | None,
    on: str | None,
    as_of: str | None,
    all_accounts: bool = False,
    across: bool = False,
) -> Asked:
    """Check that the options fit together and read the files, if any. Wrong usage exits with status 2.

    With `all_accounts` a store is asked about all its accounts, so none is named; with `across` files are
    as well.
    """
    if on is not None and at is not None:
        raise usage("Give --on or --at, not both.", "--on 与 --at 只能取其一。")
    day = None if on is None else _day(on)
    if not files:
        if any((relation, relations, mapping, encoding, levels, at)):
            raise usage(
                "--as, --relation, --mapping, --encoding, --levels and --at need --from.",
                "这些选项须与 --from 同用。",
            )
        if account is None and not (all_accounts or across):
            raise usage("Name an account, or files with --from.", "请给出客户编号，或用 --from 给出文件。")
        return Asked(account or "", None, day, moment(as_of), store)
    if as_of is not None:
        raise usage("Files have no past: give --at, not --as-of.", "文件没有历史：请用 --at 而非 --as-of。")
    if store is not None:
        raise usage("Give --store or --from, not both.", "--store 与 --from 只能取其一。")
    until = moment(at)
    query = import_query(
        as_=relation, relation=relations or [], mapping=mapping, encoding=encoding, levels=levels
    )
    options = query.options(today(), until)
    read = graph_of_files([source_file(path) for path in files], options, account, across=across)
    return Asked("" if across else read.graph.account_id, read, until.date() if until else day)


def import_query(*, mapping: Path | None, **given: object) -> ImportQuery:
    """The query of an import from options; what is no rule or encoding is wrong usage."""
    text = decode(source_file(mapping)).text if mapping else None
    query = query_of(ImportQuery, **given, mapping=text)
    try:
        query.options(today())
    except InvalidInput as error:
        raise typer.BadParameter("; ".join(fault.message(lang()) for fault in error.faults)) from None
    return query


def source_file(path: Path) -> SourceFile:
    """A file of this machine."""
    return SourceFile(path.name, path.read_bytes())


def say_notes(asked: Asked) -> None:
    """What was noticed while reading the files."""
    for note in asked.files.batch.notes if asked.files else ():
        say(both(note.en, note.zh))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise usage(
            f"{text} is not a date like 2026-01-31.", f"{text} 不是 2026-01-31 形式的日期。"
        ) from None


def moment(text: str | None) -> datetime | None:
    """A date as the end of that UTC day, or an RFC 3339 time; None if nothing was given."""
    if text is None:
        return None
    if len(text) == 10:
        return datetime.combine(_day(text), time.max, UTC)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise usage(
            f"{text} is neither a date nor a time like 2026-01-31T09:00:00Z.",
            f"{text} 既不是日期，也不是 2026-01-31T09:00:00Z 形式的时间。",
        )
    return found.astimezone(UTC)
