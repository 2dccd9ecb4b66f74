"""graphsvc advice: what to look at in an account of the store."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, query_of, told, with_account
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_csv, print_json, print_table
from graphsvc.features.advice.schemas import AdviceQuery
from graphsvc.features.advice.service import advice_about

_COLUMNS = ("severity", "rule", "text", "opportunity_id")


def advice(
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help=both("Id or name.", "客户编号或名称。"))],
    opportunity: Annotated[
        str | None,
        typer.Option(
            "--opportunity", metavar="ID", help=both("Only what concerns this one.", "仅限该项目。")
        ),
    ] = None,
    on: o.OnOption = None,
    csv: o.CsvOption = False,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Warnings by rule, the most urgent first."""
    with told():
        query = query_of(AdviceQuery, opportunity_id=opportunity, on=on)
        found = with_account(
            store, account, lambda opened, id_: advice_about(opened, OWNER, id_, query, lang=language())
        )
        if json:
            print_json(found.model_dump(mode="json"))
            return
        rows = [[getattr(item, name) for name in _COLUMNS] for item in found.items]
        if csv:
            print_csv(_COLUMNS, rows)
        else:
            header = both("urgency rule what opportunity", "紧急度 规则 内容 项目").split()
            print_table(header, ([getattr(degree, language()), *rest] for degree, *rest in rows))
