"""graphsvc search: records by what people type."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands.common import (
    OWNER,
    JsonOption,
    LangOption,
    StoreOption,
    query_of,
    say,
    told,
    with_account,
    with_store,
)
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json, print_table
from graphsvc.features.questions import today
from graphsvc.features.search.schemas import SearchPage, SearchQuery
from graphsvc.features.search.service import search as search_store
from graphsvc.stores.port import GraphStore


def search(
    text: Annotated[
        str,
        typer.Argument(
            help=both(
                "A name in any script, pinyin, initials, a title …", "任意文字的姓名、拼音、首字母、职务等"
            )
        ),
    ],
    account: Annotated[
        str | None, typer.Option(metavar="ID-or-NAME", help=both("Only this account.", "仅此客户。"))
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help=both("Only this kind, e.g. contact.", "仅此类型，如 contact。"))
    ] = None,
    limit: Annotated[int, typer.Option(help=both("At most so many.", "最多条数。"))] = 50,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Find people, accounts and other records by name."""
    query = query_of(SearchQuery, q=text, kind=kind, limit=limit)

    async def work(opened: GraphStore, account_id: str | None = None) -> tuple[SearchPage, object]:
        asked = query.model_copy(update={"account_id": account_id})
        return await search_store(opened, OWNER, asked, today())

    with told():
        found, more = with_store(store, work) if account is None else with_account(store, account, work)
        if json:
            print_json(found.model_dump(mode="json"))
            return
        header = both(
            "kind id name title department account score", "类型 编号 名称 职务 部门 客户 得分"
        ).split()
        rows = [
            [one.kind, one.id, one.name, one.title, one.department, one.account_name, one.score]
            for one in found.items
        ]
        print_table(header, rows)
        if more is not None or found.truncated:
            say(both("There are more; type more of the name.", "还有更多结果；请输入更完整的名称。"))
