"""graphsvc rank: the key influencers of an account, of the store or straight of files."""

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
from graphsvc.features.ranking.schemas import RankingQuery
from graphsvc.features.ranking.service import influencers, influencers_of
from models.enums import Category, Prior, Step, TieDirection
from models.findings.influence import Influencer, Ranking
from models.measures import Measure

CompareOption = Annotated[
    Step | None,
    typer.Option(help=both("Say why each moved from this step.", "说明各人相对此步骤的升降原因。")),
]
WeightsOption = Annotated[
    str | None,
    typer.Option(metavar="TYPE:NUMBER,…", help=both("Weights of tie types.", "各类关系的权重。")),
]


@answering()
def rank(
    asked: o.Asked,
    opportunity: Annotated[
        str | None, typer.Option(help=both("Rank for this purchase.", "按此项目排名。"))
    ] = None,
    step: Annotated[Step | None, typer.Option(help=both("Rank for this step.", "按此采购步骤排名。"))] = None,
    compare_step: CompareOption = None,
    measure: Annotated[Measure | None, typer.Option(help=both("How to score.", "计分方法。"))] = None,
    category: Annotated[
        Category | None, typer.Option(help=both("Only these buyers.", "只看此类客户。"))
    ] = None,
    prior: Annotated[
        Prior, typer.Option(help=both("What a seat alone is worth.", "职位本身的分量。"))
    ] = Prior.LEVEL,
    direction: Annotated[
        TieDirection, typer.Option(help=both("Which way ties are read.", "关系方向。"))
    ] = TieDirection.AS_STORED,
    weights: WeightsOption = None,
    informal: Annotated[bool, typer.Option(help=both("Count informal ties.", "计入非正式关系。"))] = True,
    limit: o.LimitOption = None,
) -> Reply:
    """Who decides and who is listened to, best first."""
    query = query_of(
        RankingQuery, on=asked.on, as_of=asked.as_of, opportunity_id=opportunity, step=step,
        compare_step=compare_step, measure=measure, category=category, prior=prior,
        direction=direction, weights=weights, informal=informal, limit=limit,
    )  # fmt: skip
    found = found_by(
        asked,
        lambda opened, id_, rules: influencers(opened, OWNER, id_, query, rules, lang()),
        lambda graph: influencers_of(graph, query, lang=lang()),
    )
    _say_measure(found, query)
    rows = ((asked.own(item.contact_id), item.score) for item in found.items)
    return Reply(found, (("id", "score"), rows), lambda: _tell(asked, found, query))


def _say_measure(found: Ranking, query: RankingQuery) -> None:
    """By what was measured, if not as asked, and how sure that is."""
    if query.measure is None and found.measure is not Measure.INFLUENCE:
        name = found.measure
        say(both(f"There are message ties only: measured by {name.en}.", f"只有邮件往来：按{name.zh}计分。"))
    if found.error:
        say(
            both(
                f"Measured from some of the people only: values ± {found.error:.2g}.",
                f"仅从部分人员起算：度量值误差 ± {found.error:.2g}。",
            )
        )


def _tell(asked: o.Asked, found: Ranking, query: RankingQuery) -> None:
    header = both("rank id name score category note", "名次 编号 姓名 得分 类别 备注").split()
    header += [both("value", "度量值")] if _has_value(found) else []
    header += [both("moved", "升降")] if query.compare_step else []
    print_table(
        header, ([item.rank, asked.own(item.contact_id), *_told(item, found)] for item in found.items)
    )


def _has_value(found: Ranking) -> bool:
    """Whether the measure has a number of its own beside the score."""
    return found.measure not in (Measure.INFLUENCE, Measure.AUTHORITY)


def _told(item: Influencer, found: Ranking) -> list[object]:
    marks = [
        text
        for holds, text in (
            (item.key_player, both("key player", "关键人物")),
            (item.hidden, both("hidden influencer", "隐性影响者")),
        )
        if holds
    ]
    category = getattr(item.category, lang()) if item.category else ""
    value = ["" if item.value is None else f"{item.value:.4f}"] if _has_value(found) else []
    moved = [item.moved.why] if item.moved else []
    return [item.name, item.score, category, ", ".join(marks), *value, *moved]
