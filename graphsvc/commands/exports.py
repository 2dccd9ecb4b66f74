"""graphsvc export: an account, or everything, as a graph document."""

from __future__ import annotations

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
    with_account,
    with_store,
)
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json
from graphsvc.features.exports.service import graph_document, whole_document


def exports(
    account: Annotated[
        str | None, typer.Option(metavar="ID-or-NAME", help=both("Only this account.", "仅此客户。"))
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", dir_okay=False, help=both("File; default: stdout.", "文件；默认标准输出。")
        ),
    ] = None,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Write accounts as a graph document (JSON); importing it gives the same graph."""
    with told():
        if account is None:
            found = with_store(store, lambda opened: whole_document(opened, OWNER))
        else:
            found = with_account(store, account, lambda opened, id_: graph_document(opened, OWNER, id_))
        if output is None:
            print_json(found)
        else:
            output.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
