"""graphsvc backup: a verified copy of a whole store."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, settings_for, told
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json
from graphsvc.features.operations.service import Backup
from graphsvc.features.operations.service import backup as back_up
from graphsvc.stores.open import open_beside


def backup(
    target: Annotated[Path, typer.Argument(help=both("A file that is not there.", "尚不存在的文件。"))],
    logical: Annotated[
        bool,
        typer.Option(
            "--logical",
            help=both("In the form every kind of store can take.", "写成任何类型的存储都能恢复的格式。"),
        ),
    ] = False,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Write a backup, verify it, then give it its name. A service may have the store meanwhile."""

    async def run() -> Backup:
        settings = settings_for(store_url=store)
        opened = await open_beside(settings.store_url, settings)
        try:
            return await back_up(opened, OWNER, target, logical)
        finally:
            await opened.close()

    with told():
        made = asyncio.run(run())
        entries = sum(head.sequence for head in made.heads)
        if json:
            heads = {head.account: head.sequence for head in made.heads}
            print_json({"path": str(made.path), "logical": made.logical, "heads": heads})
        else:
            en = f"{made.path}: verified, with {entries} log entries of {len(made.heads)} logs"
            typer.echo(both(en, f"{made.path}：已校验，含 {len(made.heads)} 个日志的 {entries} 条记录"))
