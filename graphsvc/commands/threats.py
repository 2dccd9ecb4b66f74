"""graphsvc threats: where competitors are closer than we are, in an account of the store or in files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, cell_of, found_by, rows_of
from graphsvc.commands.common import OWNER, query_of
from graphsvc.commands.language import both
from graphsvc.commands.output import print_table
from graphsvc.features.threats.schemas import ThreatsQuery
from graphsvc.features.threats.service import threats_of, threats_to
from models.findings.threats import CompetitorThreat, Threat, Threats

_COLUMNS = (
    "rank", "contact_id", "competitor_id", "rival_id", "theirs", "ours", "member_id", "lead", "influence",
    "points", "decides", "contested",
)  # fmt: skip


@answering()
def threats(
    asked: o.Asked,
    opportunity: Annotated[str | None, typer.Option(help=both("In this purchase.", "在此项目中。"))] = None,
) -> Reply:
    """Competitors' ties against ours, deciders where they lead first."""
    query = query_of(ThreatsQuery, on=asked.on, as_of=asked.as_of, opportunity_id=opportunity)
    found = found_by(
        asked,
        lambda opened, id_, rules: threats_to(opened, OWNER, id_, query, rules),
        lambda graph: threats_of(graph, query),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: Threats) -> None:
    header = both(
        "rank id name competitor theirs ours influence threat note",
        "名次 编号 姓名 竞争者 对方强度 我方强度 影响力 威胁 备注",
    ).split()
    print_table(header, (_row(asked, item) for item in found.items))
    for firm in found.competitors:
        for line in _about(asked, firm):
            typer.echo(line)


def _row(asked: o.Asked, item: Threat) -> list[object]:
    marks = [
        text
        for holds, text in (
            (item.decides and item.lead > 0, both("decides", "决策者")),
            (item.contested, both("contested", "争夺中")),
        )
        if holds
    ]
    ids = [cell_of(asked, item, name) for name in ("contact_id", "competitor_id")]
    numbers = [item.theirs, item.ours, item.influence, item.points]
    return [item.rank, ids[0], item.name, ids[1], *numbers, ", ".join(marks)]


def _about(asked: o.Asked, firm: CompetitorThreat) -> Iterator[str]:
    """A competitor in a few lines: where it leads, what it has installed, SWOT and the four questions."""
    names = " ".join(map(asked.own, firm.deciders))
    decides = both(f" (deciders: {names})", f"（其中决策者：{names}）") if names else ""
    points = f"{firm.points:.1f}"
    said = both(f"threat {points}, leads at {firm.leads}", f"威胁 {points}，领先于 {firm.leads} 人")
    yield f"\n{firm.name}  {said}{decides}"
    for row in firm.installed:
        rating = row.satisfaction
        rated = "" if rating is None else both(f", satisfaction {rating}/5", f"，满意度 {rating}/5")
        where = both(f"{row.product} ({row.place})", f"{row.product}（{row.place}）")
        yield _told(both("installed", "已装"), where + rated)
    yield from _texts(
        (both("strengths", "优势"), firm.strengths), (both("weaknesses", "劣势"), firm.weaknesses)
    )
    for deal in firm.purchases:
        yield _told(deal.name, f"{deal.points:.1f}")
        yield from _texts(
            (both("their features", "它们的特性"), deal.their_features),
            (both("our features", "我们的特性"), deal.our_features),
            (both("our advantages", "我们的优势"), deal.our_advantages),
            (both("their disadvantages", "它们的劣势"), deal.their_disadvantages),
            (both("chances", "机会"), deal.chances),
            (both("threats", "威胁"), deal.threats),
        )


def _texts(*texts: tuple[str, str | None]) -> Iterator[str]:
    return (f"  {_told(name, text)}" for name, text in texts if text)


def _told(name: str, text: str) -> str:
    return f"  {name}{both(': ', '：')}{text}"
