"""graphsvc complaints: what is open and what it costs, in an account of the store or in files."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, cell_of, found_by, rows_of
from graphsvc.commands.common import OWNER
from graphsvc.commands.language import both
from graphsvc.commands.output import print_table
from graphsvc.features.complaints.service import complaints_in, complaints_of
from graphsvc.features.questions import Question
from models.findings.complaints import Complaints, DepartmentSatisfaction, OpenComplaint

_COLUMNS = ("rank", "id", "since", "days", "contact_ids", "member_ids", "cost", "decider_id")


@answering()
def complaints(
    asked: o.Asked,
) -> Reply:
    """Open complaints, the costliest first, and how satisfied each department is."""
    query = Question(on=asked.on, as_of=asked.as_of)
    found = found_by(
        asked,
        lambda opened, id_, rules: complaints_in(opened, OWNER, id_, query, rules),
        lambda graph: complaints_of(graph, query),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: Complaints) -> None:
    header = both(
        "id|days|people|ours|cost|on the way to", "编号|未结天数|客户人员|我方|触达率损失|目标"
    ).split("|")
    print_table(header, (_row(asked, item) for item in found.items))
    if found.satisfaction:
        typer.echo()
        header = both(
            "department surveys surveyed complaints products", "部门 调查均分 受访人数 未结投诉 已装产品"
        ).split()
        print_table(header, map(_department, found.satisfaction))


def _row(asked: o.Asked, item: OpenComplaint) -> list[object]:
    people = both(", ", "、").join(item.names)
    ids = [cell_of(asked, item, name) for name in ("id", "member_ids", "decider_id")]
    return [ids[0], item.days, people, ids[1], f"{item.cost:.1%}", ids[2]]


def _department(row: DepartmentSatisfaction) -> list[object]:
    return [row.name, row.score, row.surveyed, row.complaints, both(", ", "、").join(_products(row))]


def _products(row: DepartmentSatisfaction) -> Iterator[str]:
    """The products installed there, each with its score and whether it is a competitor's."""
    for product in row.products:
        rated = "–" if product.satisfaction is None else f"{product.satisfaction}/5"
        whose = both("competitor's", "竞品") if product.competitor_id else both("ours", "我方")
        yield both(f"{product.name} ({whose}, {rated})", f"{product.name}（{whose}，{rated}）")
