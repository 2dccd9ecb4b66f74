"""graphsvc verify: whether the change logs are as they were written."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphsvc.commands.common import (
    OWNER,
    JsonOption,
    LangOption,
    StoreOption,
    say,
    told,
    usage,
    with_store,
)
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json, print_table
from graphsvc.features.history.verifying import Verdict
from graphsvc.features.history.verifying import verify as verify_log
from graphsvc.stores.port import GraphStore


def verify(
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
    """Check every entry of the change logs; exit status 1 if one is not as it was written."""
    place = _anchor(anchor) if anchor else None
    if place and account is None:
        raise usage("--anchor needs --account.", "--anchor 需要同时给出 --account。")

    async def work(opened: GraphStore) -> list[Verdict]:
        logs = [account] if account else [head.account for head in await opened.heads(OWNER)]
        return [await verify_log(opened, OWNER, log, place) for log in logs]

    with told():
        found = with_store(store, work)
        if json:
            print_json({"items": [_row(verdict) for verdict in found]})
        else:
            header = both("log entries hash", "日志 条数 哈希").split()
            print_table(header, ([v.head.account, v.head.sequence, v.head.hash] for v in found))
        for verdict in found:
            if verdict.first_bad is not None:
                log, bad = verdict.head.account, verdict.first_bad
                say(
                    both(
                        f"Entry {bad} of log {log} is not as written.", f"日志 {log} 的第 {bad} 条已被改动。"
                    )
                )
            if verdict.unlike is not None:
                kind, id_ = verdict.unlike
                say(both(f"{kind.en} {id_} is not as its log left it.", f"{kind.zh} {id_} 与其日志不符。"))
        if not all(verdict.good for verdict in found):
            raise typer.Exit(1)


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
