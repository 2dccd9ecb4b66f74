"""graphsvc chains: how a decision can be reached, in an account of the store or straight in files."""

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
    usage,
)
from graphsvc.commands.language import both
from graphsvc.commands.output import print_table
from graphsvc.features.chains.schemas import ChainsQuery
from graphsvc.features.chains.service import chains as chains_in
from graphsvc.features.chains.service import chains_of
from models.enums import ChainSource, Step
from models.findings.chains import Chain, Chains

_COLUMNS = ("source_id", "target_id", "rank", "probability", "reach", "path")
_Row = tuple[str, str, int, float, float, str]


@answering()
def chains(
    asked: o.Asked,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to", metavar="ID", help=both("Whom to reach; default: who decides.", "目标，默认决策者。")
        ),
    ] = None,
    source: Annotated[
        str, typer.Option(metavar="ID|ours|competitor|all", help=both("Who starts.", "起点。"))
    ] = "ours",
    opportunity: Annotated[str | None, typer.Option(help=both("In this purchase.", "在此项目中。"))] = None,
    step: Annotated[Step | None, typer.Option(help=both("At this step.", "在此采购步骤。"))] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=20, help=both("Chains per pair.", "每对的条数。"))] = 3,
    limit: o.LimitOption = None,
) -> Reply:
    """The best ways to those who decide, and through whom."""
    if asked.files and not to:
        raise usage("On files, say whom to reach with --to ID.", "基于文件时须用 --to 指明目标。")
    everybody = next((each for each in ChainSource if each == source), None)
    query = query_of(
        ChainsQuery, on=asked.on, as_of=asked.as_of, target_id=[asked.id_of(own) for own in to or []],
        source=everybody or ChainSource.OURS, source_id=None if everybody else asked.id_of(source),
        opportunity_id=opportunity, step=step, k=k, limit=limit,
    )  # fmt: skip
    found = found_by(
        asked,
        lambda opened, id_, rules: chains_in(opened, OWNER, id_, query, rules),
        lambda graph: chains_of(graph, query),
    )
    _say_missing(found)
    rows = sorted((_row(asked, chain) for chain in found.items), key=lambda row: (row[0], row[1], row[2]))
    return Reply(found, (_COLUMNS, rows), lambda: _tell(rows))


def _say_missing(found: Chains) -> None:
    """What is not among the chains, and why."""
    if missing := len(found.unreachable):
        say(both(f"{missing} pairs are joined by no path.", f"{missing} 对之间没有路径。"))
    left_out = found.targets_left_out
    if found.truncated:
        say(
            both(
                f"The account is large: {left_out} more were not reached for; ask for them by themselves.",
                f"客户规模较大：另有 {left_out} 位未计算，请分别查询。",
            )
        )
    elif left_out:
        say(
            both(
                f"{left_out} more decide; name them with --to to see their chains.",
                f"另有 {left_out} 位决策者未列出，可用 --to 指定。",
            )
        )


def _tell(rows: Sequence[_Row]) -> None:
    header = both("from to rank probability reach path", "起点 目标 名次 概率 触达率 路径").split()
    print_table(
        header, ([*row[:3], f"{row[3]:.1%}", f"{row[4]:.1%}", row[5].replace(">", " > ")] for row in rows)
    )


def _row(asked: o.Asked, chain: Chain) -> _Row:
    ends = asked.own(chain.source_id), asked.own(chain.target_id)
    path = ">".join(asked.own(id_) for id_ in chain.path)
    return (*ends, chain.rank, chain.probability, chain.reach, path)
