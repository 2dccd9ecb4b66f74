"""Two records that stand for one thing become one: empty fields are filled, lists and maps united."""

from __future__ import annotations

import typing
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import references, spec_of
from models.records import Body

KEYS = frozenset(["id", "account_id", "source_id", "target_id", "since", "until"])
"""What a united record has from the one that is kept; periods are set by rules of their own."""
LONGEST_SYSTEM = 60


@dataclass(frozen=True, slots=True)
class Differing:
    """A field (of a map: field.key) in which two records differ: the value kept, and the other's."""

    field: str
    kept: Any
    other: Any


def united(kind: Kind, kept: Body, other: Body, prefer: Collection[str] = ()) -> tuple[Body, list[Differing]]:
    """`kept` with what only `other` has; where they differ `kept` holds, but for the fields of `prefer`.

    Lists are joined without repeats; of maps the keys. O(size of both).
    """
    body, differing = dict(kept), list[Differing]()
    ours: Any
    theirs: Any
    for name, info in spec_of(kind).record.model_fields.items():
        ours, theirs = kept.get(name), other.get(name)
        if name in KEYS or _empty(theirs):
            continue
        if name in prefer:
            ours, theirs = theirs, ours
        if _empty(ours) or _empty(theirs):
            body[name] = theirs if _empty(ours) else ours
        elif typing.get_origin(info.annotation) is dict:
            body[name] = {**theirs, **ours}
            both = ((key, ours[key], theirs[key]) for key in ours if key in theirs)
            differing += [Differing(f"{name}.{key}", one, two) for key, one, two in both if one != two]
        elif isinstance(ours, list):
            body[name] = [*ours, *(item for item in theirs if item not in ours)]
        else:
            body[name] = ours
            if ours != theirs:
                differing.append(Differing(name, ours, theirs))
    return body, differing


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def united_messages(body: Body, kept: Body, other: Body) -> Body:
    """Counts add up, for a message stands under one of two ids; one that is listed twice counts once."""
    events = sorted({tuple(event) for row in (kept, other) for event in row["events"]})
    twice = len(kept["events"]) + len(other["events"]) - len(events)
    made = {**body, "events": [list(event) for event in events]}
    made["count"] = max(kept["count"] + other["count"] - twice, len(events))
    for name, first in (("first", min), ("last", max), ("active_days", max)):
        values = [row[name] for row in (kept, other) if row.get(name) is not None]
        if values:
            made[name] = first(values)
    return made


def united_ids(kept: Mapping[str, str], other: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Ids in other systems, none lost: a second one of a system stands under its name with a number.

    Also the names that were made so.
    """
    ids, renamed = dict(kept), list[str]()
    for system, value in other.items():
        if ids.get(system, value) == value:
            ids[system] = value
            continue
        number = 2
        while (name := f"{system[:LONGEST_SYSTEM]}.{number}") in ids:
            number += 1
        ids[name] = value
        renamed.append(name)
    return ids, renamed


def overlap(one: Body, other: Body) -> bool:
    """Whether the periods of two edges have a day in common; empty ends are open."""
    start = max(one.get("since") or "", other.get("since") or "")
    end = min(one.get("until") or "9999-99-99", other.get("until") or "9999-99-99")
    return start < end


def both_periods(body: Body, one: Body, other: Body) -> Body:
    """An edge that holds while either of two overlapping ones does."""
    made = {name: value for name, value in body.items() if name not in ("since", "until")}
    for name, first in (("since", min), ("until", max)):
        if one.get(name) and other.get(name):
            made[name] = first(one[name], other[name])
    return made


def pointing_to(kind: Kind, body: Body, old: str, new: str) -> Body:
    """A body whose ends and references that name the contact `old` name `new`, in lists once."""
    if isinstance(kind, EdgeKind):
        spec = spec_of(kind)
        ends = zip(("source_id", "target_id"), spec.ends(body), strict=True)  # type: ignore[union-attr]
        body = {**body, **{name: new for name, end in ends if end == (NodeKind.CONTACT, old)}}
    for reference in references(kind):
        if reference.kind is NodeKind.CONTACT:
            body = _replaced(body, reference.path, old, new)
    return body


def names(kind: Kind, body: Body, contact: str) -> bool:
    """Whether a record ends at a contact or refers to it."""
    return pointing_to(kind, body, contact, "") != body


def _replaced(value: Any, path: tuple[str, ...], old: str, new: str) -> Any:
    if value is None:
        return None
    if path[0] == "*":
        if len(path) > 1:
            return [_replaced(item, path[1:], old, new) for item in value]
        return list(dict.fromkeys(new if item == old else item for item in value))
    if path[0] not in value:
        return value
    if len(path) == 1:
        return {**value, path[0]: new if value[path[0]] == old else value[path[0]]}
    return {**value, path[0]: _replaced(value[path[0]], path[1:], old, new)}
