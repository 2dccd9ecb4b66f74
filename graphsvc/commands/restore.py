"""graphsvc restore: a backup brought to a new place."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from graphsvc.commands.common import OWNER, JsonOption, LangOption, settings_for, told
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json
from graphsvc.features.operations.service import restore as bring_back


def restore(
    backup: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help=both("The backup.", "备份文件。"))
    ],
    store: Annotated[
        str,
        typer.Option("--store", metavar="URL", help=both("A new, empty place.", "新的空位置。")),
    ],
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Restore a backup and verify it; the place can be opened only then. Any kind of store will do."""
    with told():
        settings = settings_for(store_url=store)
        heads = asyncio.run(bring_back(backup, settings.store_url, settings, OWNER))
        entries = sum(head.sequence for head in heads)
        if json:
            print_json({"store": store, "heads": {head.account: head.sequence for head in heads}})
        else:
            en = f"{store}: restored and verified, with {entries} log entries of {len(heads)} logs"
            typer.echo(both(en, f"{store}：已恢复并校验，含 {len(heads)} 个日志的 {entries} 条记录"))
