"""One row per kind of node and edge: its record, its place in the API, its snapshot columns, its references.

A new kind is one row here. Stores, API, files, snapshots and docs/schema.md read these rows.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from models import edges, nodes
from models.columns import Column, column_of
from models.enums import EdgeKind, Kind, NodeKind
from models.fields import OnDelete, Ref

FIRM = "firm"
"""The log of records that belong to no account."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A field (by its path, "*" for each item of a list) that holds the id of a record of `kind`."""

    path: tuple[str, ...]
    kind: NodeKind
    on_delete: OnDelete


@dataclass(frozen=True, slots=True)
class NodeSpec:
    """A kind of node. `firm` kinds belong to no account; others hold their account's id in `account_id`."""

    kind: NodeKind
    record: type[nodes.Node]
    plural: str
    column_names: tuple[str, ...]
    firm: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The fields a snapshot holds as columns, in the order the stores mirror them."""
        return _columns(self.record, self.column_names)


@dataclass(frozen=True, slots=True)
class EdgeSpec:
    """A kind of edge. `crosses` kinds may join people of two accounts; `undirected` ones read both ways."""

    kind: EdgeKind
    record: type[edges.Edge]
    source: NodeKind
    target: NodeKind
    column_names: tuple[str, ...]
    groups: tuple[str, ...]
    crosses: bool = False
    undirected: bool = False

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


_NODES = (
    NodeSpec(NodeKind.ACCOUNT, nodes.Account, "accounts", ("name", "status", "tier", "industry", "region")),
    NodeSpec(NodeKind.DEPARTMENT, nodes.Department, "departments", ("name", "parent_id", "function")),
    NodeSpec(
        NodeKind.CONTACT,
        nodes.Contact,
        "contacts",
        ("name", "latin_name", "status", "placeholder", "restricted", "confirmed_on"),
    ),
    NodeSpec(NodeKind.MEMBER, nodes.Member, "members", ("name", "latin_name", "title", "city"), firm=True),
    NodeSpec(NodeKind.COMPETITOR, nodes.Competitor, "competitors", ("name",), firm=True),
    NodeSpec(
        NodeKind.RIVAL, nodes.Rival, "rivals", ("name", "latin_name", "title", "competitor_id"), firm=True
    ),
    NodeSpec(
        NodeKind.OPPORTUNITY,
        nodes.Opportunity,
        "opportunities",
        (
            "name",
            "value",
            "currency",
            "step",
            "step_since",
            "stage",
            "status",
            "tender_issued_on",
            "milestones",
        ),
    ),
    NodeSpec(
        NodeKind.INTERACTION,
        nodes.Interaction,
        "interactions",
        ("at", "kind", "direction", "sentiment", "resolved_on", "score", "member_ids", "contact_ids"),
    ),
    NodeSpec(
        NodeKind.ASSESSMENT,
        nodes.Assessment,
        "assessments",
        ("at", "member_id", "contact_id", "version", "answers"),
    ),
)

_CONTACT = NodeKind.CONTACT
_EDGES = (
    EdgeSpec(
        EdgeKind.WORKS_IN,
        edges.WorksIn,
        _CONTACT,
        NodeKind.DEPARTMENT,
        ("title", "rung", "level", "function", "primary"),
        ("structure",),
    ),
    EdgeSpec(
        EdgeKind.REPORTS_TO,
        edges.ReportsTo,
        _CONTACT,
        _CONTACT,
        ("line",),
        ("structure", "chain"),
        crosses=True,
    ),
    EdgeSpec(
        EdgeKind.INFLUENCES,
        edges.Influences,
        _CONTACT,
        _CONTACT,
        ("weight", "stated", "basis", "opportunity_id"),
        ("tie", "chain"),
        crosses=True,
    ),
    EdgeSpec(
        EdgeKind.MESSAGES,
        edges.Messages,
        _CONTACT,
        _CONTACT,
        ("count", "active_days", "first", "last", "events"),
        ("tie", "chain"),
    ),
    EdgeSpec(
        EdgeKind.BOND,
        edges.Bond,
        _CONTACT,
        _CONTACT,
        ("polarity", "basis", "weight"),
        ("tie",),
        crosses=True,
        undirected=True,
    ),
    EdgeSpec(
        EdgeKind.KNOWS,
        edges.Knows,
        NodeKind.MEMBER,
        _CONTACT,
        ("personal", "institutional", "self_strength", "target_grade", "referral_ok", "handed_over_from"),
        ("tie", "ours"),
    ),
    EdgeSpec(EdgeKind.COURTS, edges.Courts, NodeKind.RIVAL, _CONTACT, ("strength",), ("tie", "theirs")),
    EdgeSpec(
        EdgeKind.PLAYS,
        edges.Plays,
        _CONTACT,
        NodeKind.OPPORTUNITY,
        ("roles", "attitude", "voice", "concerns", "votes"),
        ("deal",),
    ),
    EdgeSpec(EdgeKind.SERVES, edges.Serves, NodeKind.MEMBER, NodeKind.ACCOUNT, ("role",), ("ours",)),
    EdgeSpec(
        EdgeKind.COMPETES_IN,
        edges.CompetesIn,
        NodeKind.COMPETITOR,
        NodeKind.OPPORTUNITY,
        ("status",),
        ("deal", "theirs"),
    ),
)

NODE_SPECS: Mapping[NodeKind, NodeSpec] = types.MappingProxyType({spec.kind: spec for spec in _NODES})
EDGE_SPECS: Mapping[EdgeKind, EdgeSpec] = types.MappingProxyType({spec.kind: spec for spec in _EDGES})
SPECS: tuple[Spec, ...] = (*_NODES, *_EDGES)


KINDS: tuple[Kind, ...] = tuple(spec.kind for spec in SPECS)


def spec_of(kind: Kind) -> Spec:
    """The row of `kind`."""
    return NODE_SPECS[kind] if isinstance(kind, NodeKind) else EDGE_SPECS[kind]


def kind_named(name: str) -> Kind | None:
    """The node or edge kind called `name`, or None. O(1)."""
    return _BY_NAME.get(name)


_BY_NAME: dict[str, Kind] = {str(spec.kind): spec.kind for spec in SPECS}


@cache
def references(kind: Kind) -> tuple[Reference, ...]:
    """Every reference field of a kind that is not an edge's end, nested ones included."""
    return tuple(_walk(spec_of(kind).record, ()))


def _walk(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[Reference]:
    for name, info in model.model_fields.items():
        for ref in (data for data in info.metadata if isinstance(data, Ref)):
            yield Reference((*path, name), _node_kind(ref), ref.on_delete)
        yield from _inside(info.annotation, (*path, name))


def _node_kind(ref: Ref) -> NodeKind:
    return next(kind for kind in NODE_SPECS if kind == ref.kind)


def _inside(annotation: Any, path: tuple[str, ...]) -> Iterator[Reference]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _walk(annotation, path)
        return
    many = typing.get_origin(annotation) is list
    for part in typing.get_args(annotation):
        if isinstance(part, Ref):
            yield Reference(path, _node_kind(part), part.on_delete)
        else:
            yield from _inside(part, (*path, "*") if many else path)


@cache
def nested_fields(kind: Kind) -> frozenset[str]:
    """The fields whose JSON values are objects, or lists of objects or lists: no store's plain properties."""
    fields = spec_of(kind).record.model_fields.items()
    return frozenset(name for name, info in fields if _nested(info.annotation))


def _nested(annotation: Any, inside_list: bool = False) -> bool:
    origin = typing.get_origin(annotation)
    if origin is dict or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return True
    if origin is list and inside_list:
        return True
    return any(_nested(part, inside_list or origin is list) for part in typing.get_args(annotation))


def values_at(body: Any, path: tuple[str, ...]) -> Iterator[str]:
    """The values a path leads to in a record's body (its JSON form)."""
    if body is None:
        return
    if not path:
        yield body
    elif path[0] == "*":
        for item in body:
            yield from values_at(item, path[1:])
    else:
        yield from values_at(body.get(path[0]), path[1:])
