"""graphsvc smallest-set: the fewest people near most of an account, of the store or straight of files."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_by
from graphsvc.commands.common import (
    OWNER,
    query_of,
    say,
)
from graphsvc.commands.language import both, lang
from graphsvc.commands.output import print_table
from graphsvc.features.ranking.schemas import SmallestSetQuery
from graphsvc.features.ranking.service import smallest, smallest_of
from models.findings.keyplayers import SmallestSet


@answering()
def smallest_set(
    asked: o.Asked,
    size: Annotated[
        int | None, typer.Option(help=both("So many people.", "人数；默认取达标所需的最少人数。"))
    ] = None,
    goal: Annotated[
        float | None,
        typer.Option(help=both("Joint proximity to pass, 0 to 1.", "须达到的合计邻近度，0 至 1。")),
    ] = None,
    opportunity: Annotated[
        str | None,
        typer.Option(help=both("Count this purchase's influences too.", "计入仅限此项目的影响关系。")),
    ] = None,
) -> Reply:
    """The fewest people who together are near most of the account."""
    query = query_of(
        SmallestSetQuery, on=asked.on, as_of=asked.as_of, size=size, goal=goal, opportunity_id=opportunity
    )
    found = found_by(
        asked,
        lambda opened, id_, rules: smallest(opened, OWNER, id_, query, rules),
        lambda graph: smallest_of(graph, query),
    )
    rows = ((seat.rank, asked.own(seat.contact_id), seat.gain, seat.alone) for seat in found.items)
    return Reply(found, (("rank", "id", "gain", "alone"), rows), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: SmallestSet) -> None:
    header = both(
        "rank id name category gain alone nearest", "次序 编号 姓名 类别 增量 单独 就近人数"
    ).split()
    print_table(
        header,
        (
            [
                seat.rank,
                asked.own(seat.contact_id),
                seat.name,
                getattr(seat.category, lang()) if seat.category else "",
                f"{seat.gain:.3f}",
                f"{seat.alone:.3f}",
                seat.nearest,
            ]
            for seat in found.items
        ),
    )
    say(_summary(found))


def _summary(found: SmallestSet) -> str:
    passed = both("passed", "已达标") if found.passed else both("not passed", "未达标")
    sure = (
        both("no better set exists", "无更优组合")
        if found.exact
        else both(
            f"at least {found.at_least:.0%} of the best possible", f"至少为最优组合的 {found.at_least:.0%}"
        )
    )
    return both(
        f"Joint proximity {found.proximity:.3f}, goal {found.goal:g}: {passed}; {sure}.",
        f"合计邻近度 {found.proximity:.3f}，目标 {found.goal:g}：{passed}；{sure}。",
    )
