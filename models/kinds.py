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
from models.dossier import Dossier
from models.enums import EdgeKind, Kind, NodeKind
from models.fields import OnDelete, Ref
from models.privacy import FieldClass
from models.specs import SOURCE_KIND
from models.specs import EdgeSpec as EdgeSpec
from models.specs import NodeSpec as NodeSpec
from models.specs import Spec as Spec

FIRM = "firm"
"""The log of records that belong to no account."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A field (by its path, "*" for each item of a list) that holds the id of a record of `kind`."""

    path: tuple[str, ...]
    kind: NodeKind
    on_delete: OnDelete


_NODES = (
    NodeSpec(
        NodeKind.ACCOUNT,
        nodes.Account,
        "accounts",
        (
            "name",
            "status",
            "tier",
            "industry",
            "region",
            "annual_volume",
            "currency",
            "channel_role",
            "goals",
        ),
    ),
    NodeSpec(
        NodeKind.DEPARTMENT, nodes.Department, "departments", ("name", "parent_id", "function", "mandate")
    ),
    NodeSpec(
        NodeKind.CONTACT,
        nodes.Contact,
        "contacts",
        (
            "name",
            "latin_name",
            "status",
            "placeholder",
            "restricted",
            "confirmed_on",
            "channels",
            "external_ids",
            "not_same_as",
            "personality",
            "wants",
            "needs",
        ),
        field_class=FieldClass.PERSONAL,
    ),
    NodeSpec(
        NodeKind.MEMBER,
        nodes.Member,
        "members",
        (
            "name",
            "latin_name",
            "title",
            "city",
            "rung",
            "itinerary",
            "hometown",
            "university",
            "former_employers",
            "hobbies",
        ),
        firm=True,
    ),
    NodeSpec(
        NodeKind.COMPETITOR, nodes.Competitor, "competitors", ("name", "strengths", "weaknesses"), firm=True
    ),
    NodeSpec(
        NodeKind.RIVAL, nodes.Rival, "rivals", ("name", "latin_name", "title", "competitor_id"), firm=True
    ),
    NodeSpec(NodeKind.PRODUCT, nodes.Product, "products", ("name", "competitor_id", "family"), firm=True),
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
            "criteria",
            "budget_state",
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
        field_class=FieldClass.PERSONAL,
    ),
    NodeSpec(
        NodeKind.ACTION,
        nodes.Action,
        "actions",
        ("kind", "text", "member_id", "contact_id", "opportunity_id", "due", "done_on", "from_rule"),
    ),
    NodeSpec(
        NodeKind.DOSSIER,
        Dossier,
        "dossiers",
        ("contact_id",),
        private=True,
        one_per="contact_id",
        field_class=FieldClass.DOSSIER,
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
        (
            "personal",
            "institutional",
            "reason",
            "self_strength",
            "target_grade",
            "referral_ok",
            "handed_over_from",
        ),
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
        (
            "status",
            "their_features",
            "our_features",
            "our_advantages",
            "their_disadvantages",
            "chances",
            "threats",
        ),
        ("deal", "theirs"),
    ),
    EdgeSpec(
        EdgeKind.USES,
        edges.Uses,
        NodeKind.ACCOUNT,
        NodeKind.PRODUCT,
        (SOURCE_KIND, "quantity", "satisfaction", "supplier"),
        ("ours", "theirs"),
        more_sources=(NodeKind.DEPARTMENT,),
    ),
    EdgeSpec(
        EdgeKind.CHANNEL,
        edges.Channel,
        NodeKind.ACCOUNT,
        NodeKind.ACCOUNT,
        ("kind", "share"),
        ("structure",),
        crosses=True,
        of_source=True,
    ),
)

NODE_SPECS: Mapping[NodeKind, NodeSpec] = types.MappingProxyType({spec.kind: spec for spec in _NODES})
EDGE_SPECS: Mapping[EdgeKind, EdgeSpec] = types.MappingProxyType({spec.kind: spec for spec in _EDGES})
SPECS: tuple[Spec, ...] = (*_NODES, *_EDGES)


KINDS: tuple[Kind, ...] = tuple(spec.kind for spec in SPECS)
OPEN_SPECS: tuple[Spec, ...] = tuple(spec for spec in SPECS if isinstance(spec, EdgeSpec) or not spec.private)
"""The kinds that plain routes and exports hold: all but those with a right of their own."""
OPEN_KINDS = frozenset(spec.kind for spec in OPEN_SPECS)


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
