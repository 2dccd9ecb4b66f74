"""Invented accounts for tests: one call per record, every record read as the service reads it."""

from __future__ import annotations

from typing import Any, Self

from models.at_hand import graph_of
from models.enums import EdgeKind, Function, Kind, Level, NodeKind
from models.graph import AccountGraph
from models.records import Body, body_of, read_record


class Invented:
    """Records of one account, added call by call; `graph()` makes the account graph of them.

    People may be given a seat at once: `contact("ana", Level.MANAGEMENT, Function.USER)`.
    Ids of edges are made of kind and ends unless given.
    """

    def __init__(self, account_id: str = "acme") -> None:
        self.account_id = account_id
        self.records: list[tuple[Kind, Body]] = []
        self._units: set[str] = set()
        self._add(NodeKind.ACCOUNT, id=account_id, name=account_id.title())

    def department(self, id: str, function: Function = Function.OTHER, **fields: Any) -> Self:
        self._units.add(id)
        return self._node(NodeKind.DEPARTMENT, id, name=id.title(), function=function, **fields)

    def contact(
        self, id: str, level: Level | None = None, function: Function | None = None, **fields: Any
    ) -> Self:
        self._node(NodeKind.CONTACT, id, **{"name": id.title(), **fields})
        if level is None and function is None:
            return self
        unit = f"dept-{function or Function.OTHER}"
        if unit not in self._units:
            self.department(unit, function or Function.OTHER)
        return self.edge(EdgeKind.WORKS_IN, id, unit, level=level)

    def opportunity(self, id: str, **fields: Any) -> Self:
        return self._node(NodeKind.OPPORTUNITY, id, name=id.title(), **fields)

    def reports(self, report: str, boss: str, **fields: Any) -> Self:
        return self.edge(EdgeKind.REPORTS_TO, report, boss, **fields)

    def influences(self, source: str, target: str, weight: float | None = None, **fields: Any) -> Self:
        return self.edge(EdgeKind.INFLUENCES, source, target, weight=weight, **fields)

    def bond(self, one: str, other: str, **fields: Any) -> Self:
        return self.edge(EdgeKind.BOND, one, other, **fields)

    def messages(self, sender: str, recipient: str, count: int = 1, **fields: Any) -> Self:
        return self.edge(EdgeKind.MESSAGES, sender, recipient, count=count, **fields)

    def plays(self, contact: str, opportunity: str, *roles: str, **fields: Any) -> Self:
        return self.edge(EdgeKind.PLAYS, contact, opportunity, roles=list(roles), **fields)

    def edge(self, kind: EdgeKind, source: str, target: str, **fields: Any) -> Self:
        id_ = fields.pop("id", None) or f"{kind}-{source}-{target}"
        return self._add(kind, id=id_, source_id=source, target_id=target, **fields)

    def graph(self) -> AccountGraph:
        """The account graph of the records. Raises pydantic.ValidationError for one that is none."""
        return graph_of(self.account_id, self.records)

    def _node(self, node_kind: NodeKind, id: str, **fields: Any) -> Self:
        return self._add(node_kind, id=id, account_id=self.account_id, **fields)

    def _add(self, record_kind: Kind, **fields: Any) -> Self:
        self.records.append((record_kind, body_of(read_record(record_kind, fields))))
        return self
