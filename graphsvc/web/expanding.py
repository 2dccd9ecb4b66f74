"""The external ids of whatever the items of an answer name: read where asked for, in one place for all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from graphsvc.access.fields import shown
from graphsvc.errors import NotFound
from graphsvc.stores.port import GraphStore, Scope
from models.enums import NodeKind
from models.kinds import OPEN_KINDS

EXPAND = "expand"
EXTERNAL_IDS = "external_ids"
_AT_ONCE = 16
_KINDS = {str(kind): kind for kind in NodeKind if kind in OPEN_KINDS}
_ANYBODY = (NodeKind.CONTACT, NodeKind.MEMBER, NodeKind.RIVAL, NodeKind.COMPETITOR)
"""What an id may be of whose name does not say it: an end of a tie, a step of a path."""
_BARE = ("path", "blockers", "entry_point", "ids")
"""Names of such ids that do not end in _id."""
Named = tuple[tuple[NodeKind, ...], str]
"""An id, and the kinds it may be of."""


class Expandable(BaseModel):
    """What every answer that names records can be asked beside its own."""

    expand: Literal["external_ids"] | None = Field(
        None, description="Each item tells the external ids, as they are now, of the records it names, by id."
    )


async def with_external_ids(
    store: GraphStore, scope: Scope, items: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The items, each with `external_ids`: {id: {system: value}} of the records it names that have any.

    Of what the scope does not see, or not that field of, nothing is told. One indexed read a record.
    """
    named = [list(_named(item)) for item in items]
    wanted = list(dict.fromkeys(one for names in named for one in names))
    known: dict[Named, Mapping[str, str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found = await asyncio.gather(*(_ids(store, scope, *one) for one in some))
        known |= {one: ids for one, ids in zip(some, found, strict=True) if ids}
    return [
        {**item, EXTERNAL_IDS: {one[1]: known[one] for one in names if one in known}}
        for item, names in zip(items, named, strict=True)
    ]


async def add_external_ids(
    store: GraphStore,
    scope: Scope,
    items: Sequence[dict[str, Any]],
    named: Callable[[dict[str, Any]], Mapping[str, Any]] = lambda item: item,
) -> None:
    """Each item gets its `external_ids` where it stands; `named` says by what of it, default: all."""
    told = await with_external_ids(store, scope, [named(item) for item in items])
    for item, found in zip(items, told, strict=True):
        item[EXTERNAL_IDS] = found[EXTERNAL_IDS]


async def _ids(store: GraphStore, scope: Scope, kinds: Iterable[NodeKind], id_: str) -> Mapping[str, str]:
    """The external ids of the first of these kinds that there is of an id."""
    for kind in kinds:
        try:
            found = await store.get(scope, kind, id_)
        except NotFound:
            continue
        ids: Mapping[str, str] = shown(scope, kind, found.body).get(EXTERNAL_IDS, {})
        return ids
    return {}


def _named(value: Any, name: str = "") -> Iterator[Named]:
    """The records that a JSON value names: fields that end in _id or _ids, paths, pairs of kind and id."""
    if isinstance(value, str):
        if kinds := _kinds_of(name):
            yield kinds, value
    elif isinstance(value, list):
        for each in value:
            yield from _named(each, name)
    elif isinstance(value, dict):
        kind = _KINDS.get(str(value.get("kind")))
        if kind is not None and isinstance(value.get("id"), str):
            yield (kind,), value["id"]
        for key, each in value.items():
            yield from _named(each, key)


def _kinds_of(name: str) -> tuple[NodeKind, ...]:
    """The kinds of the records that a field of this name names; none for other fields."""
    stem = name.removesuffix("s").removesuffix("_id")
    if name in _BARE:
        return _ANYBODY
    if stem == name.removesuffix("s") or stem == "edge":
        return ()
    kind = _KINDS.get(stem.rpartition("_")[2])
    return _ANYBODY if kind is None else (kind,)
