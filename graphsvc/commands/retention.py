"""graphsvc retention: what is past its time goes."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands.common import (
    OWNER,
    JsonOption,
    LangOption,
    StoreOption,
    settings_for,
    told,
    with_store,
)
from graphsvc.commands.language import both
from graphsvc.commands.output import print_json, print_table
from graphsvc.features.privacy.retaining import retain
from graphsvc.features.questions import today
from queries.privacy.retention import Periods


def retention(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=both("Only say what would go.", "只列出将删除的内容。"))
    ] = False,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Delete items of dossiers past their day, and what the settings GRAPHSVC_KEEP_… say is too old."""
    with told():
        known = settings_for(store_url=store)
        periods = Periods(known.keep_personal_days, known.keep_notes_days, known.keep_actions_days)
        done = with_store(store, lambda opened: retain(opened, OWNER, periods, today(), dry_run))
        if json:
            print_json(done.model_dump(mode="json"))
            return
        header = both("account kind id rule fields", "客户 类型 编号 规则 字段").split()
        print_table(
            header,
            (
                [row.account, row.kind, row.id, both(row.rule.en, row.rule.zh), ", ".join(row.fields)]
                for row in done.items
            ),
        )
        if done.items:
            en, zh = ("Would go", "将删除") if dry_run else ("Gone", "已删除")
            typer.echo(both(f"{en}: {len(done.items)}", f"{zh}：{len(done.items)}"))
        if done.busy:
            en = f"{len(done.busy)} were written meanwhile; run it again."
            typer.echo(both(en, f"{len(done.busy)} 条期间被修改；请再次运行。"), err=True)
