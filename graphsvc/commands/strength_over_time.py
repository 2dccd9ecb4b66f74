"""graphsvc strength-over-time: how strong one tie was month by month, of the store or straight of files."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_by, rows_of
from graphsvc.commands.common import OWNER, query_of
from graphsvc.commands.language import both
from graphsvc.commands.output import print_table
from graphsvc.features.strength.schemas import TrailQuery
from graphsvc.features.strength.service import trail, trail_of
from models.enums import NodeKind
from models.findings.strength import StrengthPoint, StrengthTrail

_COLUMNS = tuple(StrengthPoint.model_fields)


@answering()
def strength_over_time(
    asked: o.Asked,
    member: Annotated[
        str, typer.Option("--member", metavar="ID", help=both("Who of ours.", "我方人员编号。"))
    ],
    contact: Annotated[
        str, typer.Option("--contact", metavar="ID", help=both("Whom of theirs.", "对方联系人编号。"))
    ],
    months: Annotated[
        int, typer.Option(min=1, max=120, help=both("So many month ends back.", "回溯几个月末。"))
    ] = 24,
) -> Reply:
    """How strong a tie was at the end of each month, and is now."""
    query = query_of(TrailQuery, on=asked.on, as_of=asked.as_of, months=months)
    ours, theirs = asked.id_of(member, NodeKind.MEMBER), asked.id_of(contact)
    found = found_by(
        asked,
        lambda opened, id_, rules: trail(opened, OWNER, id_, ours, theirs, query, rules),
        lambda graph: trail_of(graph, ours, theirs, query),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: StrengthTrail) -> None:
    header = both("on strength grade depth warmth", "日期 强度 等级 交情 热度").split()
    print_table(
        header,
        (
            [point.on, point.strength, both(point.grade.en, point.grade.zh), point.depth, point.warmth]
            for point in found.items
        ),
    )
