"""graphsvc erasures: who was erased, and the file by which a restore does it again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphsvc.commands.common import JsonOption, LangOption, StoreOption, told, with_store
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json, print_table
from graphsvc.features.privacy.ledgers import ledger, write_ledger


def erasures(
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            dir_okay=False,
            help=both("Write them to this file, for restore.", "写入此文件，供恢复时使用。"),
        ),
    ] = None,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """List all erasures, or write them to a file that restore takes with --erasures."""
    with told():
        found = with_store(store, lambda opened: write_ledger(opened, output) if output else ledger(opened))
        rows = [(str(e.at)[:16], e.contact, e.account, e.actor, e.reason) for e in found.erasures]
        if json:
            names = ("at", "contact_id", "account", "actor", "reason")
            print_json({"items": [dict(zip(names, row, strict=True)) for row in rows]})
        else:
            print_table(both("at contact account by reason", "时间 联系人 客户 操作人 原因").split(), rows)
