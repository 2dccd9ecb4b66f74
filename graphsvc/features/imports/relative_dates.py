"""Dates relative to the day of loading, so that a file of examples never ages."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from pydantic import BaseModel

from graphsvc.features.imports.batch import Place
from models.enums import Kind
from models.kinds import spec_of
from models.records import Body

_RELATIVE = re.compile(r"today(?:([+-]\d{1,5})d)?(?:T(\d{2}:\d{2}(?::\d{2})?)Z?)?")


def resolve(kind: Kind, body: Body, today: date, place: Place) -> None:
    """Turn the relative dates of a record's body into dates, in place. Raises InvalidInput."""
    for path, timed in _dated(kind):
        for holder in _holders(body, path[:-1]):
            text = holder.get(path[-1])
            found = _RELATIVE.fullmatch(text) if isinstance(text, str) else None
            if found:
                holder[path[-1]] = _absolute(found, timed, today, place)


def _absolute(found: re.Match[str], timed: bool, today: date, place: Place) -> str:
    try:
        day = (today + timedelta(days=int(found[1] or 0))).isoformat()
    except OverflowError:
        raise place.unreadable("", found[0], "a date", "日期") from None
    return f"{day}T{found[2] or '00:00'}Z" if timed else day


def _holders(body: Any, path: tuple[str, ...]) -> Iterator[Body]:
    """The objects a path leads to, "*" being each item of a list."""
    if not path:
        if isinstance(body, dict):
            yield body
    elif path[0] == "*":
        for item in body if isinstance(body, list) else ():
            yield from _holders(item, path[1:])
    elif isinstance(body, dict):
        yield from _holders(body.get(path[0]), path[1:])


@cache
def _dated(kind: Kind) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """The fields of a kind that hold a date (False) or a time (True), nested ones included."""
    return tuple(_walk(spec_of(kind).record, ()))


def _walk(annotation: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, info in annotation.model_fields.items():
            yield from _walk(info.annotation, (*path, name))
    elif isinstance(annotation, type) and issubclass(annotation, date):
        yield path, issubclass(annotation, datetime)
    else:
        origin = typing.get_origin(annotation)
        if origin in (list, typing.Annotated, typing.Union, types.UnionType):
            inside = (*path, "*") if origin is list else path
            for part in typing.get_args(annotation):
                yield from _walk(part, inside)
