"""The relation matrix of products: what stands where, whose it is, and how content they are with it."""

from __future__ import annotations

from datetime import date

from models.enums import EdgeKind, InstalledAt, NodeKind
from models.findings.base import Evidence
from models.findings.installed import Installed
from models.graph import AccountGraph

__all__ = ["installed_products"]

_PLACES = {place: list(InstalledAt).index(place) for place in InstalledAt}


def installed_products(graph: AccountGraph, *, on: date) -> list[Installed]:
    """Every product in use on a day, by whose it is (ours first, then by competitor), product and place.

    One line a record: what two suppliers delivered to one department are two lines. O(records log records).
    """
    uses, products = graph.on(on).edges[EdgeKind.USES], graph.nodes[NodeKind.PRODUCT]
    kinds = {str(place): place for place in InstalledAt}
    rivals = graph.nodes[NodeKind.COMPETITOR]
    found = []
    for row in uses.rows(graph.nodes):
        product, place_kind = products.position[row["target_id"]], kinds[row["source_kind"]]
        places = graph.nodes[NodeKind.ACCOUNT if place_kind is InstalledAt.ACCOUNT else NodeKind.DEPARTMENT]
        owner = products.texts("competitor_id")[product]
        place = rivals.position.get(owner or "", -1)
        found.append(
            Installed(
                product_id=row["target_id"],
                product=products.texts("name")[product],
                family=products.texts("family")[product],
                competitor_id=owner,
                competitor=rivals.texts("name")[place] if place >= 0 else None,
                place_kind=place_kind,
                place_id=row["source_id"],
                place=places.texts("name")[places.position[row["source_id"]]],
                quantity=row.get("quantity"),
                satisfaction=row.get("satisfaction"),
                supplier=row.get("supplier"),
                since=row.get("since"),
                evidence=[Evidence(kind=EdgeKind.USES, id=row["id"])],
            )
        )
    return sorted(
        found,
        key=lambda line: (
            line.competitor_id or "",
            line.product_id,
            _PLACES[line.place_kind],
            line.place_id,
            line.evidence[0].id,
        ),
    )
