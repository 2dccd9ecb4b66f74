"""graphsvc import: files into the store, whole or row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from graphsvc.commands import options as o
from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, say, told, with_store
from graphsvc.commands.language import both, lang
from graphsvc.commands.output import print_json
from graphsvc.commands.waiting import shown
from graphsvc.features.imports.errors import errors_csv
from graphsvc.features.imports.schemas import ImportQuery, ImportResult, RowRefused
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.features.questions import today
from models.faults import InvalidInput

PATIENCE_S = 600.0
"""Longest a batch may take: no request waits for it, and who sits before it may end it."""


def imports(
    files: Annotated[
        list[Path],
        typer.Argument(
            exists=True, dir_okay=False, metavar="FILES…", help=both("Files to import.", "要导入的文件。")
        ),
    ],
    account: Annotated[
        str | None,
        typer.Option(
            metavar="ID-or-NAME",
            help=both("Whose people these are; made if new.", "所属客户；不存在则新建。"),
        ),
    ] = None,
    relation: o.AsOption = None,
    relations: o.RelationOption = None,
    mapping: o.MappingOption = None,
    id_prefix: Annotated[
        str, typer.Option("--id-prefix", metavar="P", help=both("Put before the files' ids.", "编号前缀。"))
    ] = "",
    encoding: o.EncodingOption = None,
    levels: o.LevelsOption = None,
    mode: Annotated[
        Literal["atomic", "per-row"], typer.Option(help=both("Whole, or row by row.", "整体或逐行。"))
    ] = "atomic",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=both("Write nothing.", "只检查，不写入。"))
    ] = False,
    errors: o.ErrorsOption = None,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Bring files into the store: graph documents, tables, workbooks, CRM exports, message logs."""
    with told():
        query = o.import_query(
            account=account, as_=relation, relation=relations or [], mapping=mapping, id_prefix=id_prefix,
            encoding=encoding, levels=levels, mode=mode, dry_run=dry_run,
        )  # fmt: skip
        given = [o.source_file(path) for path in files]
        result = _imported(store, given, query, errors)
        _write_errors(errors, result.refused)
        if json:
            print_json(result.model_dump(mode="json"))
        else:
            _print(result)
        if result.refused:
            raise typer.Exit(1)


def _imported(
    url: str | None, files: list[SourceFile], query: ImportQuery, errors: Path | None
) -> ImportResult:
    options = query.options(today())
    with shown() as progress, _refusal_kept(errors):
        return with_store(
            url,
            lambda store: import_files(
                store, OWNER, files, options, dry_run=query.dry_run, progress=progress
            ),
            PATIENCE_S,
        )


@contextmanager
def _refusal_kept(path: Path | None) -> Iterator[None]:
    """Write what refuses the whole import to the file as well."""
    try:
        yield
    except InvalidInput as error:
        _write_errors(path, [RowRefused.of(fault) for fault in error.faults])
        raise


def _write_errors(path: Path | None, refused: list[RowRefused]) -> None:
    if path is not None:
        path.write_bytes(errors_csv(refused, lang()))


def _print(result: ImportResult) -> None:
    for note in result.notes:
        say(both(note.en, note.zh))
    for use in result.columns if result.dry_run else ():
        read_as = use.field or both("ignored", "忽略")
        say(f"{use.file}: {use.column} → {read_as} ({', '.join(use.values)})")
    for row in result.refused:
        say(f"{row.place}: {getattr(row.message, lang())}")
    if count := len(result.refused):
        say(both(f"{count} faults; their rows are left out.", f"{count} 处错误，所在行未导入。"))
    for account in result.accounts:
        new = both(" (new)", "（新建）") if account.new else ""
        name = "" if account.name == account.id else f" {account.name}"
        typer.echo(both(f"account {account.id}{name}{new}", f"客户 {account.id}{name}{new}"))
    for kind, count in result.kinds.items():
        typer.echo(f"{count:>8} {getattr(kind, lang()) if lang() == 'zh' else kind}")
    if result.dry_run:
        typer.echo(
            both(
                f"Nothing was written: {result.put} records would be, {result.unchanged} are so already.",
                f"未写入：将写入 {result.put} 条，{result.unchanged} 条已是如此。",
            )
        )
    else:
        typer.echo(
            both(
                f"{result.put} records written, {result.unchanged} were so already.",
                f"写入 {result.put} 条，{result.unchanged} 条已是如此。",
            )
        )
