"""graphsvc influencers: who matters most in each account, of all the store or files hold."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_across, rows_of
from graphsvc.commands.common import OWNER, query_of
from graphsvc.commands.language import both
from graphsvc.commands.output import print_table
from graphsvc.features.portfolio.schemas import InfluencersQuery
from graphsvc.features.portfolio.service import influencers as influencers_in
from graphsvc.features.portfolio.service import influencers_of
from models.enums import Category, Step
from models.findings.portfolio import AccountInfluencer, Influencers
from models.measures import Measure

_COLUMNS = tuple(AccountInfluencer.model_fields)


@answering(account=None)
def influencers(
    asked: o.Asked,
    step: Annotated[Step | None, typer.Option(help=both("Rank for this step.", "按此采购步骤排名。"))] = None,
    measure: Annotated[Measure | None, typer.Option(help=both("How to score.", "计分方法。"))] = None,
    category: Annotated[
        Category | None, typer.Option(help=both("Only these buyers.", "只看此类客户。"))
    ] = None,
    per_account: Annotated[
        int, typer.Option(min=1, max=50, help=both("People of each account.", "每个客户最多几人。"))
    ] = 5,
    max_strength: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=100,
            help=both("Only whom none of ours knows better.", "只看我方关系不强于此值的人。"),
        ),
    ] = None,
) -> Reply:
    """The most influential people of every account, and who of ours knows each best."""
    query = query_of(
        InfluencersQuery,
        on=asked.on,
        as_of=asked.as_of,
        step=step,
        measure=measure,
        category=category,
        per_account=per_account,
        max_strength=max_strength,
    )
    found = found_across(
        asked,
        lambda opened, rules: influencers_in(opened, OWNER, query, rules),
        lambda files: influencers_of(
            [(graph, files.names[graph.account_id]) for graph in files.graphs], query
        ),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: Influencers) -> None:
    header = both(
        "account rank name score category strength of note", "客户 名次 姓名 分数 类别 关系强度 我方 备注"
    )
    print_table(header.split(), (_row(asked, person) for person in found.items))


def _row(asked: o.Asked, person: AccountInfluencer) -> list[object]:
    category = "" if person.category is None else both(person.category.en, person.category.zh)
    known_by = "" if person.known_by is None else asked.own(person.known_by)
    notes = [
        word
        for holds, word in (
            (person.key_player, both("key player", "关键人物")),
            (person.hidden, both("hidden", "隐性影响者")),
        )
        if holds
    ]
    return [
        person.account,
        person.rank,
        person.name,
        person.score,
        category,
        person.strength,
        known_by,
        both(", ", "、").join(notes),
    ]
