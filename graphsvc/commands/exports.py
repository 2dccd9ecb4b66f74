"""graphsvc export: an account, or everything, as a graph document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, told, with_store
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json
from graphsvc.features.exports.service import graph_document, whole_document
from graphsvc.stores.port import GraphStore


def exports(
    account: Annotated[
        str | None, typer.Option(metavar="ID", help=both("Only this account.", "仅此客户。"))
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

    async def document(opened: GraphStore) -> dict[str, Any]:
        if account is None:
            return await whole_document(opened, OWNER)
        return await graph_document(opened, OWNER, account)

    with told():
        found = with_store(store, document)
        if output is None:
            print_json(found)
        else:
            output.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
