"""graphsvc duplicates: which contacts of an account are probably one person."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.common import (
    OWNER,
    JsonOption,
    LangOption,
    StoreOption,
    in_force,
    query_of,
    told,
    with_account,
)
from graphsvc.commands.language import both, lang
from graphsvc.commands.output import print_csv, print_json, print_table
from graphsvc.features.duplicates.schemas import DuplicatesQuery
from graphsvc.features.duplicates.service import duplicates as probable
from graphsvc.stores.port import GraphStore
from models.findings.duplicates import Duplicate, Duplicates


def duplicates(
    account: Annotated[str, typer.Argument(help=both("Id or name of the account.", "客户编号或名称。"))],
    min_score: Annotated[
        float | None, typer.Option("--min-score", help=both("Least score, 0 to 1.", "最低分，0 至 1。"))
    ] = None,
    across: Annotated[
        bool, typer.Option("--across", help=both("With people of other accounts.", "与其他客户的人员比较。"))
    ] = False,
    limit: o.LimitOption = None,
    csv: o.CsvOption = False,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Pairs of contacts that are probably one person, best first, and why."""
    with told():
        query = query_of(DuplicatesQuery, min_score=min_score, across=across, limit=limit)

        async def work(opened: GraphStore, id_: str) -> Duplicates:
            return await probable(opened, OWNER, id_, query, await in_force(opened))

        found = with_account(store, account, work)
        if json:
            print_json(found.model_dump(mode="json"))
        elif csv:
            rows = ((pair.contact_id, pair.other_id, pair.score) for pair in found.items)
            print_csv(("contact_id", "other_id", "score"), rows)
        else:
            header = both("score id other names because", "得分 编号 另一编号 姓名 依据").split()
            print_table(header, ([f"{pair.score:.2f}", *_shown(pair)] for pair in found.items))


def _shown(pair: Duplicate) -> list[str]:
    names = " / ".join(dict.fromkeys((pair.name, pair.other_name)))
    why = ", ".join(getattr(reason.rule, lang()) for reason in pair.reasons)
    return [pair.contact_id, pair.other_id, names, why]
