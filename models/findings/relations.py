"""What stands between the people and the products of an account."""

from __future__ import annotations

from datetime import date

from models.enums import EdgeKind, InstalledAt
from models.findings.base import Answer, Evidence, Finding


class Relation(Finding):
    """The strongest tie between two contacts, the smaller id first.

    `weight` is the probability that it carries a purchase from `from_id` on to the other; `kind` and
    `edge_id` say which tie. `ties` count all between the two; `conflict`: they are known to quarrel.
    """

    one_id: str
    other_id: str
    weight: float
    kind: EdgeKind
    edge_id: str
    from_id: str
    ties: int
    conflict: bool
    evidence: list[Evidence]


class Installed(Finding):
    """A product in use at a place of the account: the whole of it, or a department.

    Without a `competitor_id` it is ours. `satisfaction` is 1–5.
    """

    product_id: str
    product: str
    family: str | None
    competitor_id: str | None
    competitor: str | None
    place_kind: InstalledAt
    place_id: str
    place: str
    quantity: int | None
    satisfaction: int | None
    supplier: str | None
    since: date | None
    evidence: list[Evidence]


class Relations(Answer[Relation]):
    """Person by person, the strongest first; and product by place, ours first, then by product."""

    installed: list[Installed]
