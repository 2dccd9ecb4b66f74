"""What stands between the people and the products of an account."""

from __future__ import annotations

from models.enums import EdgeKind
from models.findings.base import Answer, Evidence, Finding
from models.findings.installed import Installed


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


class Relations(Answer[Relation]):
    """Person by person, the strongest first; and product by place, ours first, then by product."""

    installed: list[Installed]
