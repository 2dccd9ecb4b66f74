"""What a kind's row says: its record, its place in the API, its snapshot columns, whose its records are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import BaseModel

from models.columns import Column, column_of
from models.edges import Edge
from models.enums import EdgeKind, NodeKind
from models.nodes import Node
from models.privacy import FieldClass

SOURCE_KIND = "source_kind"
"""The field that names the kind of an edge's source, where there are several."""


@dataclass(frozen=True, slots=True)
class NodeSpec:
    """A kind of node. `firm` kinds belong to no account; others hold their account's id in `account_id`.

    `private` kinds have a right of their own: no plain routes, no place in exports unless asked for.
    `one_per` names the reference that no two records of the kind share. `field_class` is the class of
    fields that declare none.
    """

    kind: NodeKind
    record: type[Node]
    plural: str
    column_names: tuple[str, ...]
    firm: bool = False
    private: bool = False
    one_per: str | None = None
    field_class: FieldClass = FieldClass.BUSINESS

    @property
    def columns(self) -> tuple[Column, ...]:
        """The fields a snapshot holds as columns, in the order the stores mirror them."""
        return _columns(self.record, self.column_names)


@dataclass(frozen=True, slots=True)
class EdgeSpec:
    """A kind of edge. `crosses` kinds may join two accounts; `undirected` ones read both ways.

    An edge belongs to the account of its target, or of its source if `of_source`. Where it may begin at
    nodes of several kinds, `source` is the first, `more_sources` are the others, and its field
    `source_kind` says which.
    """

    kind: EdgeKind
    record: type[Edge]
    source: NodeKind
    target: NodeKind
    column_names: tuple[str, ...]
    groups: tuple[str, ...]
    crosses: bool = False
    undirected: bool = False
    more_sources: tuple[NodeKind, ...] = ()
    of_source: bool = False
    field_class: FieldClass = FieldClass.BUSINESS

    @property
    def sources(self) -> tuple[NodeKind, ...]:
        """The kinds of nodes it may begin at."""
        return (self.source, *self.more_sources)

    def source_of(self, body: Mapping[str, Any]) -> NodeKind:
        """The kind of node an edge begins at, by its body; the first if the body does not say."""
        if not self.more_sources:
            return self.source
        said = body.get(SOURCE_KIND)
        return next((kind for kind in self.more_sources if kind == said), self.source)

    def ends(self, body: Mapping[str, Any]) -> tuple[tuple[NodeKind, str], tuple[NodeKind, str]]:
        """Kind and id of both nodes an edge joins, by its body."""
        return (self.source_of(body), body["source_id"]), (self.target, body["target_id"])

    def beginning_at(self, source: NodeKind) -> EdgeSpec:
        """The row as it is for edges that begin at one kind of node: what a query names."""
        return replace(self, source=source, more_sources=()) if self.more_sources else self

    @property
    def plural(self) -> str:
        """The last part of its path in the API."""
        return f"edges/{self.kind}"

    @property
    def columns(self) -> tuple[Column, ...]:
        """The fields a snapshot holds as columns, in the order the stores mirror them."""
        return _columns(self.record, ("since", "until", "confidence", "confirmed_on", *self.column_names))


Spec = NodeSpec | EdgeSpec


@cache
def _columns(record: type[BaseModel], names: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(column_of(name, record.model_fields[name].annotation) for name in names)
