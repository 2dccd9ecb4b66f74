"""graphsvc diff: what has changed in an account between two times."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, told, usage, with_account
from graphsvc.commands.language import both, lang
from graphsvc.commands.options import moment
from graphsvc.commands.output import print_json, print_table
from graphsvc.features.history.differing import FieldChange, RecordChange
from graphsvc.features.history.differing import diff as differing
from models.kinds import kind_named

WORDS = {"added": ("added", "新增"), "removed": ("removed", "删除"), "changed": ("changed", "更改")}


def diff(
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help=both("Id or name.", "客户编号或名称。"))],
    since: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="DATE|TIME",
            help=both("The earlier time; a date is its end.", "较早时间；日期指当日结束。"),
        ),
    ],
    until: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="DATE|TIME", help=both("The later time; default now.", "较晚时间；默认现在。")
        ),
    ] = None,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """What was added, removed and changed, with every field that differs."""
    first, last = moment(since), moment(until) or datetime.now(UTC)
    assert first is not None
    if first > last:
        raise usage("--from is later than --to.", "--from 晚于 --to。")
    with told():
        found = with_account(store, account, lambda opened, id_: differing(opened, OWNER, id_, first, last))
        if json:
            items = [change.model_dump(mode="json", exclude_unset=True) for change in found.items]
            print_json(
                {
                    "from": first,
                    "to": last,
                    "first": asdict(found.first),
                    "last": asdict(found.last),
                    "items": items,
                }
            )
        else:
            header = both("change kind id name fields", "变更 类型 编号 名称 字段").split()
            print_table(header, (_row(change) for change in found.items))


def _row(change: RecordChange) -> list[str]:
    kind = kind_named(change.kind)
    assert kind is not None
    ends = (change.source_name or change.source_id, change.target_name or change.target_id)
    name = change.name or (" → ".join(end for end in ends if end))
    fields = "; ".join(map(_field, change.fields)) if change.change == "changed" else ""
    return [both(*WORDS[change.change]), getattr(kind, lang()), change.id, name, fields]


def _field(field: FieldChange) -> str:
    before, after = ("–" if value is None else str(value) for value in (field.before, field.after))
    return f"{field.name}: {before} → {after}"
