"""graphsvc accounts: the list of accounts."""

from __future__ import annotations

from dataclasses import asdict

from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, told, with_store
from graphsvc.commands.language import both
from graphsvc.commands.options import CsvOption
from graphsvc.commands.output import print_csv, print_json, print_table


def accounts(
    csv: CsvOption = False, json: JsonOption = False, store: StoreOption = None, lang: LangOption = None
) -> None:
    """List the accounts, the largest open value first."""
    with told():
        rows = [asdict(row) for row in with_store(store, lambda opened: opened.accounts(OWNER))]
        if json:
            print_json({"items": rows})
        elif csv:
            print_csv(_COLUMNS, ([row[name] for name in _COLUMNS] for row in rows))
        else:
            header = both(
                "id name tier people departments opportunities value", "编号 名称 分级 人数 部门 项目 金额"
            )
            shown = [{**row, "open_value": f"{row['open_value']:,.0f}"} for row in rows]
            print_table(header.split(), ([row[name] for name in _COLUMNS] for row in shown))


_COLUMNS = ("id", "name", "tier", "people", "departments", "open_opportunities", "open_value")
