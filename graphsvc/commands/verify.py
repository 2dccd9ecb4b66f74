"""graphsvc verify: whether a store or a backup is whole, and its change logs as they were written."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from graphsvc.commands.common import (
    OWNER,
    JsonOption,
    LangOption,
    StoreOption,
    say,
    settings_for,
    told,
    usage,
)
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json, print_table
from graphsvc.features.history.verifying import Verdict
from graphsvc.features.history.verifying import verify as verify_log
from graphsvc.features.operations.service import verify as verify_store
from graphsvc.features.operations.service import verify_backup
from graphsvc.stores.open import open_beside
from graphsvc.stores.operations import Flaw


def verify(
    backup: Annotated[
        Path | None,
        typer.Argument(
            exists=True, dir_okay=False, help=both("A backup, not a store.", "备份文件（而非存储）。")
        ),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option(metavar="ID", help=both("Only this log; firm is our own.", "仅此日志；firm 为我方。")),
    ] = None,
    anchor: Annotated[
        str | None,
        typer.Option(
            metavar="SEQUENCE:HASH",
            help=both("A place of this log noted earlier.", "此前记下的该日志位置。"),
        ),
    ] = None,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Check how the store is kept and every entry of its logs; exit status 1 if something is wrong.

    A service may have the store meanwhile.
    """
    place = _anchor(anchor) if anchor else None
    if place and account is None:
        raise usage("--anchor needs --account.", "--anchor 需要同时给出 --account。")

    if backup and (account or store):
        raise usage("A backup is verified whole, without a store.", "备份须整体校验，不能同时指定存储。")

    async def run() -> tuple[Sequence[Flaw], Sequence[Verdict]]:
        settings = settings_for(store_url=store)
        if backup:
            return await verify_backup(backup, settings, OWNER)
        opened = await open_beside(settings.store_url, settings)
        try:
            if account:
                return [], [await verify_log(opened, OWNER, account, place)]
            return await verify_store(opened, OWNER)
        finally:
            await opened.close()

    with told():
        flaws, found = asyncio.run(run())
        _print(flaws, found, json)
        if flaws or not all(verdict.good for verdict in found):
            raise typer.Exit(1)


def _print(flaws: Sequence[Flaw], found: Sequence[Verdict], json: bool) -> None:
    if json:
        rows = [_row(verdict) for verdict in found]
        print_json({"items": rows, "flaws": [both(flaw.en, flaw.zh) for flaw in flaws]})
    else:
        header = both("log entries hash", "日志 条数 哈希").split()
        print_table(header, ([v.head.account, v.head.sequence, v.head.hash] for v in found))
    for flaw in flaws:
        say(both(flaw.en, flaw.zh))
    for verdict in found:
        _say(verdict)


def _say(verdict: Verdict) -> None:
    if verdict.first_bad is not None:
        log, bad = verdict.head.account, verdict.first_bad
        say(both(f"Entry {bad} of log {log} is not as written.", f"日志 {log} 的第 {bad} 条已被改动。"))
    if verdict.unlike is not None:
        kind, id_ = verdict.unlike
        say(both(f"{kind.en} {id_} is not as its log left it.", f"{kind.zh} {id_} 与其日志不符。"))


def _row(verdict: Verdict) -> dict[str, Any]:
    head = verdict.head
    unlike = verdict.unlike and dict(zip(("kind", "id"), verdict.unlike, strict=True))
    found = {"first_bad": verdict.first_bad, "unlike": unlike}
    return {"log": head.account, "entries": head.sequence, "hash": head.hash, **found}


def _anchor(text: str) -> tuple[int, str]:
    sequence, colon, hash_ = text.partition(":")
    if not (colon and sequence.isascii() and sequence.isdigit() and hash_):
        raise usage("--anchor is SEQUENCE:HASH as verify prints them.", "--anchor 的格式为 序号:哈希。")
    return int(sequence), hash_
