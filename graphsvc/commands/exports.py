"""graphsvc export: an account, or everything, as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from graphsvc.commands.common import (
    OWNER,
    JsonOption,
    LangOption,
    StoreOption,
    told,
    usage,
    with_account,
    with_store,
)
from graphsvc.commands.language import both
from graphsvc.commands.options import AsOfOption, moment
from graphsvc.features.exports.formats import WRITERS, ExportFormat
from graphsvc.features.exports.service import graph_document, whole_document
from graphsvc.features.privacy.exporting import person_document


def exports(
    account: Annotated[
        str | None, typer.Option(metavar="ID-or-NAME", help=both("Only this account.", "仅此客户。"))
    ] = None,
    form: Annotated[
        ExportFormat,
        typer.Option(
            "--format",
            help=both(
                "json, ndjson and csv can be imported again; csv is a zip of people.csv and ties.csv.",
                "json、ndjson、csv 可再次导入；csv 为 people.csv 与 ties.csv 的 zip。",
            ),
        ),
    ] = ExportFormat.JSON,
    contact: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help=both("All that is held about one person, as JSON.", "关于某个人的全部数据（JSON）。"),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", dir_okay=False, help=both("File; default: stdout.", "文件；默认标准输出。")
        ),
    ] = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Write accounts as a file; json, ndjson and csv can be imported again."""
    if json and form is not ExportFormat.JSON:
        raise usage("Give --json or --format, not both.", "--json 与 --format 只能取其一。")
    if output is None and form is ExportFormat.CSV and sys.stdout.isatty():
        raise usage("A zip is no text: name a file with -o.", "zip 不是文本：请用 -o 指定文件。")
    then = moment(as_of)
    if then is not None and account is None:
        raise usage("--as-of needs --account.", "--as-of 需要同时给出 --account。")
    if contact is not None and (account or as_of or form is not ExportFormat.JSON):
        raise usage("--contact stands alone.", "--contact 不能与其他选择同用。")
    with told():
        chunks = _person(store, contact) if contact else _graph(store, account, form, then)
        if output is None:
            for chunk in chunks:
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
        else:
            with output.open("wb") as file:
                file.writelines(chunks)


def _person(store: str | None, contact: str) -> Iterable[bytes]:
    found = with_store(store, lambda opened: person_document(opened, OWNER, contact))
    return [orjson.dumps(found, option=orjson.OPT_INDENT_2), b"\n"]


def _graph(
    store: str | None, account: str | None, form: ExportFormat, then: datetime | None
) -> Iterable[bytes]:
    if account is None:
        found = with_store(store, lambda opened: whole_document(opened, OWNER))
    else:
        found = with_account(store, account, lambda opened, id_: graph_document(opened, OWNER, id_, then))
    return WRITERS[form].chunks(found)
