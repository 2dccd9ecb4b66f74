"""graphsvc accounts: the list of accounts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, in_force, told, with_store
from graphsvc.commands.language import both
from graphsvc.commands.options import CsvOption
from graphsvc.commands.output import print_csv, print_json, print_table
from graphsvc.features.portfolio.schemas import PortfolioQuery
from graphsvc.features.portfolio.service import portfolio, with_standing
from graphsvc.stores.port import GraphStore
from models.findings.portfolio import AccountStanding

_STANDING = tuple(AccountStanding.model_fields)
_COLUMNS = (
    "id", "name", "tier", "suggested_tier", "people", "departments", "open_opportunities", "open_value",
    "open_values", *_STANDING,
)  # fmt: skip
_OF_LINE = {"suggested_tier", "overruled", "open_value", "open_values", *_STANDING}


def accounts(
    csv: CsvOption = False, json: JsonOption = False, store: StoreOption = None, lang: LangOption = None
) -> None:
    """List the accounts, by currency the largest open value first, with the tier their sales suggest."""
    with told():
        rows = with_store(store, _rows)
        if json:
            print_json({"items": rows})
        elif csv:
            told_so = ({**row, "open_values": _amounts(row)} for row in rows)
            print_csv(_COLUMNS, ([row[name] for name in _COLUMNS] for row in told_so))
        else:
            header = both(
                "id name tier suggested people departments opportunities value "
                "trust shape threads hub share overdue strength trend",
                "编号 名称 分级 建议 人数 部门 项目 金额 "
                "信任 覆盖形状 单线风险 最依赖 依赖占比 逾期 关系总强度 90天变化",
            )
            shown = [name for name in _COLUMNS if name != "open_value"]
            print_table(header.split(), ([_shown(row)[name] for name in shown] for row in rows))


async def _rows(store: GraphStore) -> list[dict[str, Any]]:
    rules = await in_force(store)
    listed = await portfolio(store, OWNER, PortfolioQuery.model_validate({}), rules)
    found = await with_standing(store, OWNER, listed, rules)
    lines = {line.account_id: line for line in found.items}
    return [
        {
            **asdict(row),
            **lines[row.id].model_dump(mode="json", include=_OF_LINE),
        }
        for row in await store.accounts(OWNER)
        if row.id in lines  # else it was made a moment ago
    ]


def _amounts(row: dict[str, Any], form: str = "") -> str:
    """What is open, currency by currency."""
    return "; ".join(
        f"{amount['value']:{form}} {amount['currency'] or ''}".strip() for amount in row["open_values"]
    )


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row as the table tells it: a suggestion that is in force already is no news."""
    suggested = row["suggested_tier"] or ("–" if row["overruled"] else None)
    same = suggested == row["tier"]
    return {
        **row,
        "suggested_tier": None if same else suggested,
        "open_values": _amounts(row, ",.0f") or "0",
        "shape": None if row["shape"] is None else f"{row['shape']:.2f}",
        "hub_share": None if row["hub_share"] is None else f"{row['hub_share']:.0%}",
    }
