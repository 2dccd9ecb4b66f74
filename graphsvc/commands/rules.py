"""graphsvc rules: the parameters of the formulas, shown and changed."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
import typer

from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, told, usage, with_store
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json, print_table
from graphsvc.features.rules.service import changes_of_rules, rules_changed, rules_shown
from graphsvc.rulebook import Rulebook
from graphsvc.stores.codec import utc_now
from graphsvc.stores.port import GraphStore
from models.findings.rules import RuleChanges, RulesInForce

_WIDE = 60


def rules(
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="TABLE.NAME=VALUE",
            help=both("A new value, as JSON; repeatable.", "新的取值（JSON），可重复。"),
        ),
    ] = None,
    reset: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TABLE[.NAME]", help=both("Back to the default; repeatable.", "恢复默认值，可重复。")
        ),
    ] = None,
    reason: Annotated[str | None, typer.Option(help=both("Why they are changed.", "变更原因。"))] = None,
    version: Annotated[
        str | None,
        typer.Option(help=both("Of this version, as answers name it.", "指定版本（见答案的来源信息）。")),
    ] = None,
    history: Annotated[
        bool, typer.Option("--history", help=both("Who changed what, and why.", "变更记录。"))
    ] = False,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Every parameter of the formulas with its default, or changes of them for everybody."""
    with told():
        patch = _patch(change or (), reset or ())
        if history:
            _print_history(with_store(store, lambda opened: changes_of_rules(Rulebook(opened))), json)
            return

        async def work(opened: GraphStore) -> RulesInForce:
            book = Rulebook(opened)
            if patch:
                return await rules_changed(book, OWNER, patch, None, reason, utc_now())
            return await rules_shown(book, version)

        _print(with_store(store, work), bool(patch), json)


def _patch(changes: list[str] | tuple[()], resets: list[str] | tuple[()]) -> dict[str, Any]:
    """The merge patch of the options: rows of tables are named by further dots."""
    found: dict[str, Any] = {}
    for text in changes:
        key, equals, value = text.partition("=")
        if not equals:
            raise usage("--set is TABLE.NAME=VALUE.", "--set 的格式为 表.名称=值。")
        try:
            _put(found, key, orjson.loads(value))
        except orjson.JSONDecodeError:
            raise usage(f"{value} is no JSON value.", f"{value} 不是 JSON 值。") from None
    for key in resets:
        _put(found, key, None)
    return found


def _put(patch: dict[str, Any], key: str, value: Any) -> None:
    *tables, name = key.split(".")
    for table in tables:
        patch = patch.setdefault(table, {})
    patch[name] = value


def _print(found: RulesInForce, changed: bool, json: bool) -> None:
    if json:
        print_json(found.model_dump(mode="json"))
        return
    if changed and found.change:
        after, before = found.change.after, found.change.before
        print_table(
            both("parameter before now", "参数 原值 新值").split(),
            ([key, _text(before[key]), _text(after[key])] for key in after),
        )
    elif not changed:
        print_table(
            both("parameter value default unit explained", "参数 取值 默认值 单位 说明").split(),
            (
                [row.key, _text(row.value), _text(row.default) if row.changed else "", row.unit, row.section]
                for row in found.items
            ),
        )
    typer.echo(both(f"Version {found.version}", f"版本 {found.version}"))


def _print_history(found: RuleChanges, json: bool) -> None:
    if json:
        print_json(found.model_dump(mode="json"))
        return
    print_table(
        both("number at actor version parameters reason", "编号 时间 操作人 版本 参数 原因").split(),
        (
            [row.number, str(row.at)[:16], row.actor, row.version, ", ".join(row.after), row.reason]
            for row in found.items
        ),
    )


def _text(value: Any) -> str:
    """A value as JSON; a table that is too long for a line is cut, and whole with --json."""
    text = orjson.dumps(value).decode()
    return text if len(text) <= _WIDE else f"{text[: _WIDE - 1]}…"
