"""graphsvc introductions: who could bring us to somebody, over all accounts of the store or in files."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_by, rows_of
from graphsvc.commands.common import OWNER, query_of, say
from graphsvc.commands.language import both
from graphsvc.commands.output import print_table
from graphsvc.features.introductions.schemas import IntroductionsQuery
from graphsvc.features.introductions.service import introductions_of, introductions_to
from models.findings.introductions import GoBetween, Introduction, Introductions

_COLUMNS = (
    "rank", "member_id", "first_id", "introducer_id", "target_id", "probability", "cost", "accounts",
    "occasion", "occasion_on",
)  # fmt: skip


@answering()
def introductions(
    asked: o.Asked,
    to: Annotated[
        str | None, typer.Option("--to", metavar="ID", help=both("Whom to be introduced to.", "想结识的人。"))
    ] = None,
    ways: Annotated[int, typer.Option("-k", help=both("Ways at most.", "最多列出几条路径。"))] = 5,
) -> Reply:
    """The warm ways to a person, who is asked on each, and what asking costs."""
    query = query_of(
        IntroductionsQuery,
        **({} if to is None else {"to": asked.id_of(to)}),
        k=ways,
        on=asked.on,
        as_of=asked.as_of,
    )
    found = found_by(
        asked,
        lambda opened, id_, rules: introductions_to(opened, OWNER, id_, query, rules),
        lambda graph: introductions_of(graph, query),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: Introductions) -> None:
    _print_for_people(asked, found)


def _print_for_people(asked: o.Asked, found: Introductions) -> None:
    header = both("rank way chance cost accounts occasion", "名次 路径 概率 人情代价 跨客户数 时机").split()
    print_table(header, (_row(asked, item) for item in found.items))
    for known in found.known_by:
        who, points = asked.own(known.member_id), round(known.strength)
        say(both(f"{who} knows the person already ({points}).", f"{who} 已认识此人（{points} 分）。"))
    for person in found.barred:
        why = both(person.bar.en, person.bar.zh)
        say(both(f"Not asked: {person.name}. {why}.", f"不宜请托：{person.name}，{why}。"))
    if found.accounts_left_out:
        more = found.accounts_left_out
        say(both(f"{more} more accounts were not looked at.", f"另有 {more} 家客户未计入。"))


def _row(asked: o.Asked, item: Introduction) -> list[object]:
    names = [asked.own(item.member_id), *map(_said, item.go_betweens), asked.own(item.target_id)]
    occasion = "" if item.occasion is None else both(item.occasion.en, item.occasion.zh)
    return [
        item.rank,
        " → ".join(names),
        f"{item.probability:.2f}",
        round(item.cost),
        item.accounts,
        f"{occasion} {item.occasion_on or ''}".strip(),
    ]


def _said(person: GoBetween) -> str:
    return f"{person.name} ({person.account_id})"
