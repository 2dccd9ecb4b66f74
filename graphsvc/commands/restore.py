"""graphsvc restore: a backup brought to a new place."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from graphsvc.commands.common import OWNER, JsonOption, LangOption, say, settings_for, told
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json
from graphsvc.features.operations.service import Restored
from graphsvc.features.operations.service import restore as bring_back
from graphsvc.features.privacy.reaching import named_erasures, reached_erasures


def restore(
    backup: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help=both("The backup.", "备份文件。"))
    ],
    store: Annotated[
        str,
        typer.Option("--store", metavar="URL", help=both("A new, empty place.", "新的空位置。")),
    ],
    erasures: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE|URL",
            help=both(
                "Erasures to do again: a file that graphsvc erasures wrote, or a store; repeatable.",
                "需重新执行的清除：graphsvc erasures 写出的文件，或一个存储，可重复。",
            ),
        ),
    ] = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Restore a backup and verify it; the place can be opened only then. Any kind of store will do.

    Whoever was erased after the backup is erased in it too.
    """

    async def run() -> Restored:
        url, deployed = settings.store_url, settings_for()
        named = await named_erasures(erasures or (), deployed)
        reached = await reached_erasures(url, deployed)
        return await bring_back(backup, url, settings, OWNER, named, reached)

    with told():
        settings = settings_for(store_url=store)
        done = asyncio.run(run())
        heads = done.heads
        entries = sum(head.sequence for head in heads)
        for erasure in done.erased:
            say(both(f"Erased again: {erasure.contact}", f"已重新清除：{erasure.contact}"))
        if json:
            erased = [erasure.contact for erasure in done.erased]
            ends = {head.account: head.sequence for head in heads}
            print_json({"store": store, "heads": ends, "erased_again": erased})
        else:
            en = f"{store}: restored and verified, with {entries} log entries of {len(heads)} logs"
            typer.echo(both(en, f"{store}：已恢复并校验，含 {len(heads)} 个日志的 {entries} 条记录"))
