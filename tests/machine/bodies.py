"""Bodies of every kind with every field, made from the declarations of the model, over a few ids.

Most name what lies in one account, so that most change sets can be applied; some do not.
"""

from __future__ import annotations

import types
import typing
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

import annotated_types
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from models.enums import EdgeKind, Kind, NodeKind
from models.fields import Ref
from models.kinds import EDGE_SPECS, NODE_SPECS, spec_of
from models.nodes import QUESTIONS
from models.records import Body, Record, read_record
from models.specs import SOURCE_KIND

N, E = NodeKind, EdgeKind
ACCOUNTS = ("a", "b")
IDS: dict[NodeKind, dict[str, list[str]]] = {
    N.ACCOUNT: {"a": ["a"], "b": ["b"]},
    N.DEPARTMENT: {"a": ["d1", "d2", "d3"], "b": ["d4"]},
    N.CONTACT: {"a": ["p1", "p2", "p3", "p4"], "b": ["p5", "p6"]},
    N.OPPORTUNITY: {"a": ["o1", "o2"], "b": ["o3"]},
    N.INTERACTION: {"a": ["i1", "i2"], "b": ["i3"]},
    N.ASSESSMENT: {"a": ["s1"], "b": ["s2"]},
    N.ACTION: {"a": ["t1"], "b": ["t2"]},
    N.DOSSIER: {"a": ["x1", "x2"], "b": ["x3"]},
    N.MEMBER: {"": ["m1", "m2"]},
    N.COMPETITOR: {"": ["k1", "k2"]},
    N.RIVAL: {"": ["r1"]},
    N.PRODUCT: {"": ["q1", "q2"]},
}
EDGE_IDS = ("e1", "e2", "e3", "e4", "e5", "e6")
TEXTS = ("x", "陈 Müller", '"=1,\n\x7f', "🦊")
NAMES = ("x", "陈 Müller", '"=1,', "🦊")
DAYS = ("2024-02-29", "2025-03-01", "2026-12-31")
_SHAPE = ("account_id", "source_kind", "line", "kind", "since", "until", "external_ids", "at")
"""Fields that rules are about: they stand in more bodies than others."""
_NEEDED = ("reached_on",)
"""Fields without which a validator refuses, though they may be left out (a milestone has one of two days)."""


def ids(kind: NodeKind, account: str) -> list[str]:
    """The ids of a kind that lie in an account, or in the firm."""
    return IDS[kind].get(account) or IDS[kind].get("", [])


@st.composite
def records(draw: st.DrawFn, kind: Kind, id_: str | None = None) -> Record:
    """A valid record of a kind; its references may lead nowhere."""
    account = draw(st.sampled_from(ACCOUNTS))
    if id_ is None:
        own = EDGE_IDS if isinstance(kind, EdgeKind) else ids(kind, account)
        id_ = draw(st.sampled_from(own))
    elif isinstance(kind, NodeKind) and not NODE_SPECS[kind].firm:
        account = next(home for home, its in IDS[kind].items() if id_ in its)
    return read_record(kind, draw(_bodies(kind, account)) | {"id": id_})


@cache
def _bodies(kind: Kind, account: str) -> st.SearchStrategy[Body]:
    fields = spec_of(kind).record.model_fields
    if isinstance(kind, NodeKind):
        return _fields(fields, account)
    spec = EDGE_SPECS[kind]

    @st.composite
    def edge(draw: st.DrawFn) -> Body:
        homes = st.sampled_from([account] * 3 + list(ACCOUNTS)) if spec.crosses else st.just(account)
        start = draw(st.sampled_from(spec.sources))
        source = draw(homes.flatmap(lambda home: st.sampled_from(ids(start, home))))
        others = [id_ for id_ in ids(spec.target, draw(homes)) if id_ != source]
        target = draw(st.sampled_from(others or [id_ for id_ in _all(spec.target) if id_ != source]))
        ends = {"source_id": source, "target_id": target}
        if spec.more_sources:
            ends[SOURCE_KIND] = str(start)
        return draw(_fields(fields, account, tuple(ends))) | ends

    return edge()


def _all(kind: NodeKind) -> list[str]:
    return [id_ for its in IDS[kind].values() for id_ in its]


def _fields(
    fields: dict[str, FieldInfo], account: str, given: tuple[str, ...] = ()
) -> st.SearchStrategy[Body]:
    """Bodies without the `given` fields: all that are needed, some that rules are about, two others."""
    wanted = {name: info for name, info in fields.items() if name not in ("id", *given)}
    made = {name: _field(name, info, account) for name, info in wanted.items()}
    needed = {
        name: made[name]
        for name, info in fields.items()
        if name in made and (info.is_required() or name in _NEEDED)
    }
    shape = {name: made[name] for name in made if name in _SHAPE or _refers(fields[name])}
    rest = [name for name in made if name not in needed and name not in shape]

    @st.composite
    def body(draw: st.DrawFn) -> Body:
        found = {name: draw(strategy) for name, strategy in needed.items()}
        for name in shape:
            if name not in found and draw(st.integers(0, 2)) == 0:
                found[name] = draw(shape[name])
        for name in draw(st.lists(st.sampled_from(rest), max_size=2, unique=True)) if rest else ():
            found[name] = draw(made[name])
        return found

    return body()


def _refers(info: FieldInfo) -> bool:
    return "Ref(" in repr(info)


def _mostly(value: str, *others: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*[value] * 12, *others])


def _field(name: str, info: FieldInfo, account: str) -> st.SearchStrategy[Any]:
    if name == "account_id":
        return _mostly(account, *ACCOUNTS)
    if name == "since":
        return st.sampled_from(DAYS[:2])
    if name == "until":
        return st.sampled_from(DAYS[1:])
    if name == "external_ids":
        return st.dictionaries(st.sampled_from(["crm", "erp"]), st.sampled_from(["7", "8"]), max_size=2)
    if name == "answers":
        return st.dictionaries(st.sampled_from(QUESTIONS[:3]), st.integers(0, 4), max_size=2)
    if name == "events":
        return st.sampled_from([[], [[0, 1]], [[5, 2], [9, 1]]])
    if name == "milestones":
        made = _value(info.annotation, info.metadata, account)
        return made.map(lambda rows: list({row["stage"]: row for row in rows}.values()))
    if name == "currency":
        return st.sampled_from(["EUR", "CNY"])
    return _value(info.annotation, info.metadata, account)


def _value(annotation: Any, metadata: list[Any], account: str) -> st.SearchStrategy[Any]:
    if typing.get_origin(annotation) is typing.Annotated:
        annotation, *given = typing.get_args(annotation)
        more = [part for data in given for part in (data.metadata if isinstance(data, FieldInfo) else [data])]
        return _value(annotation, [*metadata, *more], account)
    for ref in (data for data in metadata if isinstance(data, Ref)):
        kind = next(kind for kind in IDS if kind == ref.kind)
        return st.sampled_from([*ids(kind, account) * 6, *_all(kind)])
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        return _value(next(part for part in parts if part is not type(None)), metadata, account)
    if origin is list:
        return st.lists(_value(parts[0], [], account), max_size=2)
    if origin is dict:
        return st.dictionaries(*(_value(part, [], account) for part in parts), max_size=2)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _fields(annotation.model_fields, account)
    return _plain(annotation, metadata)


def _plain(annotation: Any, metadata: list[Any]) -> st.SearchStrategy[Any]:
    if issubclass(annotation, Enum):
        return st.sampled_from([term.value for term in annotation])
    if annotation is bool:
        return st.booleans()
    if issubclass(annotation, int | float):
        low = next((data.ge for data in metadata if isinstance(data, annotated_types.Ge)), 0)
        high = next((data.le for data in metadata if isinstance(data, annotated_types.Le)), 9)
        between = 1 / 3 if annotation is float else low + 1
        return st.sampled_from([annotation(value) for value in (low, min(between, high), high)])
    if annotation is date:
        return st.sampled_from(DAYS)
    if annotation is datetime:
        return st.sampled_from([f"{day}T09:30:00+08:00" for day in DAYS])
    assert annotation is str, annotation
    if any("_readable" in repr(data) for data in metadata):
        return st.sampled_from(NAMES)
    pattern = any("pattern" in repr(data) and "pattern=None" not in repr(data) for data in metadata)
    return st.just("id-1") if pattern else st.sampled_from(TEXTS)
