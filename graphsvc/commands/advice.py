"""graphsvc advice: what to look at, in an account of the store or straight in files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_by
from graphsvc.commands.common import (
    OWNER,
    query_of,
    say,
)
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.advice.schemas import AdviceQuery
from graphsvc.features.advice.service import advice_about, advice_of
from models.findings.warnings import Advice, Warned

_COLUMNS = ("severity", "rule", "text", "next_step", "opportunity_id")


@answering()
def advice(
    asked: o.Asked,
    opportunity: Annotated[
        str | None,
        typer.Option(
            "--opportunity", metavar="ID", help=both("Only what concerns this one.", "仅限该项目。")
        ),
    ] = None,
) -> Reply:
    """Warnings by rule, the most urgent first."""
    query = query_of(AdviceQuery, opportunity_id=opportunity, on=asked.on, as_of=asked.as_of)
    found = found_by(
        asked,
        lambda opened, id_, rules: advice_about(opened, OWNER, id_, query, rules, language()),
        lambda graph: advice_of(graph, query, asked.dossiers, lang=language()),
    )
    rows = [
        [item.severity, item.rule, item.text, _next_step(item), item.opportunity_id] for item in found.items
    ]
    return Reply(found, (_COLUMNS, rows), lambda: _tell(found, rows))


def _tell(found: Advice, rows: Sequence[Sequence[object]]) -> None:
    header = both("urgency rule what next opportunity", "紧急度 规则 内容 下一步 项目").split()
    print_table(header, ([getattr(degree, language()), *rest] for degree, *rest in rows))
    if found.left_off:
        more = ", ".join(f"{rule} {count}" for rule, count in found.left_off.items())
        say(both(f"Left off: {more}", f"另有未列出：{more}"))


def _next_step(item: Warned) -> str:
    """What to do about it, or the action that was made of it."""
    if item.suggested is not None:
        return item.suggested.text
    if item.action is None:
        return ""
    due = f" ({item.action.due})" if item.action.due else ""
    return both(f"action {item.action.id}{due}", f"行动 {item.action.id}{due}")
