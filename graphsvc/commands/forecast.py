"""graphsvc forecast: how the opinion of the room settles, of the store or straight of files."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_by, rows_of
from graphsvc.commands.common import OWNER, query_of, say
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.forecast.schemas import ForecastQuery
from graphsvc.features.forecast.service import forecast as forecast_in
from graphsvc.features.forecast.service import forecast_of
from models.enums import Step
from models.findings.forecast import Forecast, Lever, Settling
from models.opinions import OpinionSource

_COLUMNS = (
    "contact_id", "name", "decider", "attitude", "source", "opinion", "settled", "verdict", "weight", "sway",
    "veto",
)  # fmt: skip


@answering()
def forecast(
    asked: o.Asked,
    opportunity: Annotated[str | None, typer.Option(help=both("In this purchase.", "在此项目中。"))] = None,
    step: Annotated[Step | None, typer.Option(help=both("At this step.", "在此采购步骤。"))] = None,
) -> Reply:
    """How the opinion of the room settles, deciders first, and whom to win over."""
    query = query_of(ForecastQuery, on=asked.on, as_of=asked.as_of, opportunity_id=opportunity, step=step)
    found = found_by(
        asked,
        lambda opened, id_, rules: forecast_in(opened, OWNER, id_, query, rules, language()),
        lambda graph: forecast_of(graph, query, lang=language()),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: Forecast) -> None:
    header = both("who now settles verdict weight note", "人员 现在 趋于 结论 权重 备注").split()
    print_table(header, (_row(item) for item in found.items))
    say(found.headline)
    header = both("win over|to|gain|chance|through", "争取|态度升至|增益|可达概率|路径").split("|")
    print_table(header, (_lever(asked, item) for item in found.levers))
    say(both("A model of who listens to whom, not a promise.", "这是关于谁听谁的模型，不是承诺。"))


def _row(item: Settling) -> list[object]:
    notes = [both("veto", "一票否决")] if item.veto else []
    if item.source is OpinionSource.GUESSED:
        notes.append(getattr(item.source, language()).lower())
    verdict = getattr(item.verdict, language())
    opinions = [f"{value:+.2f}" for value in (item.opinion, item.settled)]
    return [item.name, *opinions, verdict, f"{item.weight:.1%}", ", ".join(notes)]


def _lever(asked: o.Asked, item: Lever) -> list[object]:
    way = " > ".join(asked.own(id_) for id_ in item.path) or both("no way", "无路径")
    return [item.name, getattr(item.to, language()), f"{item.gain:+.3f}", f"{item.probability:.0%}", way]
