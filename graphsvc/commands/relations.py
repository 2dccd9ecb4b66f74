"""graphsvc relations: who is tied to whom and what stands where, of the store or straight of files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, cell_of, found_by, rows_of
from graphsvc.commands.common import OWNER, query_of
from graphsvc.commands.language import both
from graphsvc.commands.output import print_table
from graphsvc.features.relations.schemas import RelationsQuery
from graphsvc.features.relations.service import relations as relations_in
from graphsvc.features.relations.service import relations_of
from models.findings.installed import Installed
from models.findings.relations import Relation, Relations

_PEOPLE = ("one_id", "other_id", "weight", "kind", "edge_id", "from_id", "ties", "conflict")
_PRODUCTS = (
    "product_id", "product", "family", "competitor_id", "competitor", "place_kind", "place_id", "place",
    "quantity", "satisfaction", "supplier", "since",
)  # fmt: skip


@answering()
def relations(
    asked: o.Asked,
    opportunity: Annotated[
        str | None,
        typer.Option(metavar="ID", help=both("With influences of this purchase.", "计入此项目中的影响。")),
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(metavar="ID", help=both("Only pairs of this contact.", "只看此联系人。")),
    ] = None,
    products: Annotated[
        bool, typer.Option("--products", help=both("Product by department instead.", "改看产品与部门。"))
    ] = False,
    limit: o.LimitOption = None,
) -> Reply:
    """Person by person the strongest tie between two contacts; with --products what is in use where."""
    query = query_of(
        RelationsQuery,
        on=asked.on,
        as_of=asked.as_of,
        opportunity_id=opportunity,
        contact_id=None if contact is None else asked.id_of(contact),
        limit=limit,
    )
    found = found_by(
        asked,
        lambda opened, id_, rules: relations_in(opened, OWNER, id_, query, rules),
        lambda graph: relations_of(graph, query),
    )
    if products:
        installed = found.installed[:limit]
        return Reply(found, rows_of(asked, _PRODUCTS, installed), lambda: _tell_products(installed))
    return Reply(found, rows_of(asked, _PEOPLE, found.items), lambda: _tell_people(asked, found))


def _tell_people(asked: o.Asked, found: Relations) -> None:
    header = both("one other weight tie from ties note", "甲 乙 强度 关系 起点 关系数 备注")
    print_table(header.split(), (_pair(asked, pair) for pair in found.items))


def _tell_products(installed: Sequence[Installed]) -> None:
    header = both(
        "product from at quantity satisfaction supplier since", "产品 厂商 位置 数量 满意度 供应商 启用日"
    )
    print_table(header.split(), map(_product, installed))


def _pair(asked: o.Asked, pair: Relation) -> list[object]:
    one, other, source = (cell_of(asked, pair, name) for name in ("one_id", "other_id", "from_id"))
    note = both("conflict", "有矛盾") if pair.conflict else ""
    return [one, other, f"{pair.weight:.2f}", both(pair.kind.en, pair.kind.zh), source, pair.ties, note]


def _product(line: Installed) -> list[object]:
    maker = line.competitor or line.competitor_id or both("ours", "我方")
    return [line.product, maker, line.place, line.quantity, line.satisfaction, line.supplier, line.since]
