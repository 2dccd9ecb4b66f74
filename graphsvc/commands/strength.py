"""graphsvc strength: how strong the ties are, in an account of the store or straight in files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

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
from graphsvc.features.strength.schemas import StrengthQuery
from graphsvc.features.strength.service import last_message_day, pairs_of, strengths, strengths_of
from models.enums import InteractionKind, NodeKind
from models.faults import Code, Fault, InvalidInput
from models.findings.strength import PairStrengths, Strengths, TieStrength

_COLUMNS = ("source_id", "target_id", "strength")


@answering()
def strength(
    asked: o.Asked,
    best_per: Annotated[
        Literal["contact"] | None,
        typer.Option(help=both("One row per contact: its strongest tie.", "每位联系人只列最强的一条关系。")),
    ] = None,
    limit: o.LimitOption = None,
) -> Reply:
    """How strong each tie is, 0 to 100 points, strongest first."""
    query = query_of(StrengthQuery, on=asked.on, as_of=asked.as_of, best_per=best_per, limit=limit)
    if asked.files and not len(asked.files.graph.nodes[NodeKind.MEMBER]):
        o.say_notes(asked)
        pairs = _pairs(asked, query)
        told = [(asked.own(pair.source_id), asked.own(pair.target_id), pair.strength) for pair in pairs.items]
        return Reply(pairs, (_COLUMNS, told), lambda: _tell_pairs(told))
    found = found_by(
        asked,
        lambda opened, id_, rules: strengths(opened, OWNER, id_, query, rules),
        lambda graph: strengths_of(graph, query),
    )
    rows = ((asked.own(tie.member_id), asked.own(tie.contact_id), tie.strength) for tie in found.items)
    return Reply(found, (_COLUMNS, rows), lambda: _tell(asked, found))


def _pairs(asked: o.Asked, query: StrengthQuery) -> PairStrengths:
    """The pairs of files that know none of ours: by messages alone, on the last day unless told otherwise."""
    assert asked.files is not None
    graph = asked.files.graph
    last = last_message_day(graph)
    if last is None:
        raise InvalidInput(Fault(Code.NO_TIMES))
    if asked.on is None:
        say(
            both(
                f"Strength on {last}, the day of the last message.", f"关系强度截至最后一条消息之日 {last}。"
            )
        )
    found = pairs_of(graph, asked.on or last)
    return found.model_copy(update={"items": found.items[: query.limit]})


def _tell(asked: o.Asked, found: Strengths) -> None:
    header = both(
        "ours theirs strength grade depth warmth note", "我方 对方 强度 等级 交情 热度 备注"
    ).split()
    print_table(
        header,
        (
            [
                asked.own(tie.member_id),
                asked.own(tie.contact_id),
                tie.strength,
                getattr(tie.grade, lang()),
                tie.depth,
                tie.warmth,
                ", ".join(_notes(tie)),
            ]
            for tie in found.items
        ),
    )


def _notes(tie: TieStrength) -> Iterator[str]:
    if tie.cooling:
        yield both("cooling", "降温")
    if tie.goal and not tie.goal.reached:
        grade, way = getattr(tie.goal.target_grade, lang()), next(iter(tie.goal.ways), None)
        if way is None:
            yield both(f"wanted {grade}: no way seen", f"目标{grade}：暂无可行途径")
        elif way.least_points is not None:
            yield both(
                f"wanted {grade}: a questionnaire of {way.least_points} points",
                f"目标{grade}：测评须达 {way.least_points} 分",
            )
        else:
            kind = next(getattr(kind, lang()) for kind in InteractionKind if kind == way.kind)
            yield both(f"wanted {grade}: {way.acts} × {kind.lower()}", f"目标{grade}：{kind} {way.acts} 次")


def _tell_pairs(rows: Iterable[Sequence[object]]) -> None:
    print_table(both("from to strength", "起点 目标 强度").split(), rows)
