"""What is left of a person who was erased: a seat without a name, ties and numbers without words.

Words go, whatever they say; numbers, days, closed words and ids stay, so that charts and numbers still stand.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from models.enums import EdgeKind, Kind, NodeKind
from models.fields import Ref
from models.kinds import EDGE_SPECS, spec_of
from models.records import Body

ERASED_NAME = "已清除 (erased)"
ERASED_LATIN = "erased"
"""What stands where a name or a text must stand. The same for everybody who was erased."""

_SEAT = frozenset(["id", "account_id", "status", "restricted", "confirmed_on"])
_GONE: Final = object()


def anonymous(body: Body) -> Body:
    """The seat that an erased contact leaves: id, account, status, whether restricted, when confirmed.

    >>> anonymous({"id": "p", "account_id": "a", "name": "Ana", "wants": {"status": 3}, "restricted": False})
    ... # doctest: +NORMALIZE_WHITESPACE
    {'id': 'p', 'account_id': 'a', 'restricted': False, 'name': '已清除 (erased)', 'latin_name': 'erased',
     'placeholder': True, 'channels': [], 'wants': {}, 'needs': {}, 'not_same_as': [], 'external_ids': {}}
    """
    kept = {name: value for name, value in body.items() if name in _SEAT}
    empty: Body = {"channels": [], "wants": {}, "needs": {}, "not_same_as": [], "external_ids": {}}
    return {**kept, "name": ERASED_NAME, "latin_name": ERASED_LATIN, "placeholder": True, **empty}


def is_anonymous(body: Body) -> bool:
    """Whether a contact's body is a seat and nothing more."""
    return anonymous(body) == body


def without_texts(kind: Kind, body: Body, keep: Collection[str] = ()) -> Body:
    """A record without its words: ids, days, numbers and closed words stay, and the fields of `keep`.

    A text that must be there becomes `ERASED_NAME`; a part that cannot do without a text goes. O(size).
    """
    fields = spec_of(kind).record.model_fields
    found: Body = {}
    for name, value in body.items():
        info = fields.get(name)
        if info is None:
            continue  # of an older model: nobody knows what it holds
        left = value if name in keep else _left(info.annotation, info.metadata, value)
        if left is not _GONE:
            found[name] = left
        elif info.is_required():
            found[name] = ERASED_NAME
    return found


def words_in(kind: Kind, body: Body) -> Iterator[tuple[str, str]]:
    """Every text of a record that people wrote, with the JSON pointer of its place."""
    for name, value in body.items():
        info = spec_of(kind).record.model_fields.get(name)
        if info is not None:
            yield from _words(info.annotation, info.metadata, value, f"/{name}")


def is_about(kind: Kind, body: Body, people: Collection[str]) -> bool:
    """Whether a record is about these contacts alone.

    They, ties at them, assessments of them, their dossiers, actions for them, and interactions in which no
    other contact took part. What is about others too is left to a person to judge.
    """
    if kind is NodeKind.CONTACT:
        return body["id"] in people
    if isinstance(kind, EdgeKind):
        ends = EDGE_SPECS[kind].ends(body)
        return any(end_kind is NodeKind.CONTACT and id_ in people for end_kind, id_ in ends)
    if kind is NodeKind.INTERACTION:
        present = body.get("contact_ids", ())
        return bool(present) and all(id_ in people for id_ in present)
    return body.get("contact_id") in people


def erased(kind: Kind, body: Body, people: Collection[str], also: Collection[tuple[Kind, str]] = ()) -> Body:
    """What is left of a record when contacts are erased: the body itself if it says nothing of them alone.

    `also` are records whose words are to go as well; they keep their names.
    """
    if kind is NodeKind.CONTACT and body["id"] in people:
        return anonymous(body)
    if is_about(kind, body, people):
        return without_texts(kind, body)
    return without_texts(kind, body, ("name", "latin_name")) if (kind, body["id"]) in also else body


def _left(annotation: Any, metadata: Collection[Any], value: Any) -> Any:
    annotation, metadata = _plain(annotation, metadata)
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if value is None:
        return None
    if origin is list:
        items = (_left(inner[0], (), item) for item in value)
        return [item for item in items if item is not _GONE]
    if origin is dict:
        pairs = ((key, _left(inner[1], (), item)) for key, item in value.items())
        return {key: item for key, item in pairs if item is not _GONE}
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _part(annotation, value)
    return _GONE if _is_free(annotation, metadata) else value


def _part(model: type[BaseModel], value: Mapping[str, Any]) -> Any:
    found = {}
    for name, item in value.items():
        info = model.model_fields.get(name)
        left = _GONE if info is None else _left(info.annotation, info.metadata, item)
        if left is not _GONE:
            found[name] = left
        elif info is not None and info.is_required():
            return _GONE
    return found


def _words(annotation: Any, metadata: Collection[Any], value: Any, place: str) -> Iterator[tuple[str, str]]:
    annotation, metadata = _plain(annotation, metadata)
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if value is None:
        return
    if origin is list:
        for number, item in enumerate(value):
            yield from _words(inner[0], (), item, f"{place}/{number}")
    elif origin is dict:
        for key, item in value.items():
            yield from _words(inner[1], (), item, f"{place}/{key}")
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, item in value.items():
            if (info := annotation.model_fields.get(name)) is not None:
                yield from _words(info.annotation, info.metadata, item, f"{place}/{name}")
    elif _is_free(annotation, metadata):
        yield place, str(value)


def _plain(annotation: Any, metadata: Collection[Any]) -> tuple[Any, Collection[Any]]:
    """An annotation without "or nothing" and without metadata, and the metadata."""
    while True:
        origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is typing.Annotated:
            annotation, metadata = inner[0], [*metadata, *inner[1:]]
        elif origin in (typing.Union, types.UnionType):
            annotation = next(part for part in inner if part is not types.NoneType)
        else:
            return annotation, metadata


def _is_free(annotation: Any, metadata: Collection[Any]) -> bool:
    """Whether a field holds words: text that is neither an id nor of a set form."""
    formed = (isinstance(data, Ref) or getattr(data, "pattern", None) for data in metadata)
    return annotation is str and not any(formed)
