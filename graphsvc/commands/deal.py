"""graphsvc deal: a purchase in one answer, of the store or straight of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_by, rows_of
from graphsvc.commands.common import (
    OWNER,
    query_of,
)
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.deals.schemas import DealQuery
from graphsvc.features.deals.service import deal as deal_in
from graphsvc.features.deals.service import deal_of
from models.findings.deals import Buyer, Deal
from models.terms import Degree, Term

_COLUMNS = (
    "contact_id", "name", "title", "category", "decider", "attitude", "voice", "opinion", "settled",
    "verdict", "veto", "influence", "strength", "member_id", "competitor_id", "rival_id", "theirs", "lead",
)  # fmt: skip


@answering()
def deal(
    asked: o.Asked,
    opportunity: Annotated[
        str, typer.Option("--opportunity", metavar="ID", help=both("Which purchase.", "哪个项目。"))
    ],
) -> Reply:
    """Where a purchase stands, who buys, how the room settles, what to do."""
    query = query_of(DealQuery, on=asked.on, as_of=asked.as_of)
    found = found_by(
        asked,
        lambda opened, id_, rules: deal_in(opened, OWNER, id_, opportunity, query, rules, language()),
        lambda graph: deal_of(graph, opportunity, query, asked.dossiers, lang=language()),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: Deal) -> None:
    """Where it stands, then the buying centre as a table, then the forecast and what to do."""
    for line in _standing(asked, found):
        typer.echo(line)
    header = both(
        "buyer|attitude|voice|settles|ours|of|theirs|note",
        "采购组成员|态度|话语权|趋于|我方|负责人|竞争者|备注",
    )
    print_table(header.split("|"), (_row(asked, item) for item in found.items))
    typer.echo(found.forecast.headline)
    for item in found.advice.items:
        typer.echo(f"[{_word(item.severity)}] {item.text}")


def _standing(asked: o.Asked, found: Deal) -> Iterator[str]:
    step, stage, fitting = map(_word, (found.step, found.stage, found.fitting_stage))
    mismatch = (
        "" if found.stage is found.fitting_stage else both(f" (fitting: {fitting})", f"（应为：{fitting}）")
    )
    yield both(
        f"{found.name}: buyer at {step}, we at {stage}{mismatch}.",
        f"{found.name}：客户处于“{step}”，我方处于“{stage}”{mismatch}。",
    )
    for milestone in found.milestones:
        stage, state = _word(milestone.stage), _word(milestone.state)
        day = milestone.reached_on or milestone.planned_on or ""
        yield both(
            f"  {stage}: {milestone.milestone}. {state} {day}",
            f"  {stage}：{milestone.milestone}。{state} {day}",
        ).rstrip()
    if found.criteria:
        counts = _joined(f"{_word(share.origin)} {share.count}" for share in found.criteria_by_origin)
        yield both(f"Criteria: {counts}.", f"采购指标：{counts}。")
    for window in found.windows:
        which, why = asked.own(window.opportunity_id or ""), _word(window.step)
        en, zh = f"Window open: {which}, {why}", f"窗口开启：{which}，{why}"
        if window.shuts_on:
            en, zh = f"{en}; shuts on {window.shuts_on}", f"{zh}，预计 {window.shuts_on} 关闭"
        yield both(f"{en}.", f"{zh}。")
    for role in found.missing_roles:
        yield both(f"Nobody known as {role.en}.", f"尚不清楚谁是{role.zh}。")


def _row(asked: o.Asked, item: Buyer) -> list[object]:
    unknown = both("unknown", "不明")
    notes = [_word(role) for role in item.roles]
    if item.veto:
        notes.insert(0, both("VETO", "一票否决"))
    return [
        item.name,
        _word(item.attitude) if item.attitude is not None else unknown,
        _word(item.voice) if item.voice is not None else unknown,
        f"{item.settled:+.2f}",
        item.strength,
        asked.own(item.member_id) if item.member_id else both("nobody", "无人"),
        item.theirs or None,
        _joined(notes),
    ]


def _joined(words: Iterable[str]) -> str:
    return both(", ", "、").join(words)


def _word(term: Term | Degree) -> str:
    return both(term.en, term.zh)
