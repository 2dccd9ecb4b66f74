"""Columns of a snapshot: from lists of JSON values, as a store or a file gives them, to numpy arrays."""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

import numpy as np

from models.enums import Degree, Term

Values = np.ndarray[Any, Any] | tuple[Any, ...]

NOT_SET = -1
"""The code of an empty value in a column of a closed vocabulary."""


class Form(StrEnum):
    """How a column is held in memory."""

    NUMBER = "number"  # float64, NaN where empty; integers and degrees too
    FLAG = "flag"  # int8: 1, 0, −1 where empty
    CODE = "code"  # int16: place in the vocabulary, −1 where empty
    DAY = "day"  # int32 days since 1970-01-01, NO_DAY where empty
    TIME = "time"  # int64 seconds since 1970-01-01 UTC
    TEXT = "text"  # tuple of str, None where empty
    JSON = "json"  # tuple of lists or dicts


NO_DAY = np.iinfo(np.int32).min
SECONDS_A_DAY = 86_400
"""Times of a column per day: `at // SECONDS_A_DAY` is a column of days."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field held as a column; `vocabulary` belongs to the form CODE."""

    name: str
    form: Form
    vocabulary: type[Term] | None = None

    def decode(self, values: Sequence[Any]) -> Values:
        """One array (or tuple) of a list of JSON values, empty ones None. O(n)."""
        match self.form:
            case Form.NUMBER:
                return np.array(values, dtype=np.float64)
            case Form.FLAG:
                return _looked_up(_FLAGS, values, np.int8)
            case Form.CODE:
                assert self.vocabulary is not None
                return _looked_up(_codes(self.vocabulary), values, np.int16)
            case Form.DAY:
                return _looked_up(_days(values), values, np.int32)
            case Form.TIME:
                return (
                    np.array([value[:19] for value in values], dtype="U19")
                    .astype("datetime64[s]")
                    .astype(np.int64)
                )
            case Form.TEXT | Form.JSON:
                return tuple(values)

    def plain(self, values: Values) -> list[Any]:
        """The JSON values of a decoded column, empty ones None: the way back from `decode`. O(n)."""
        if isinstance(values, tuple):
            return list(values)
        match self.form:
            case Form.NUMBER:
                return [None if math.isnan(value) else value for value in values.tolist()]
            case Form.FLAG:
                return [None if value == NOT_SET else bool(value) for value in values.tolist()]
            case Form.CODE:
                words = [str(term) for term in self.vocabulary or ()]
                return [None if value == NOT_SET else words[value] for value in values.tolist()]
            case Form.DAY:
                return [None if value == NO_DAY else iso_day(value) for value in values.tolist()]
            case _:
                return [f"{np.datetime64(value, 's')}Z" for value in values.tolist()]


_FLAGS = {None: NOT_SET, False: 0, True: 1}


def _looked_up(
    numbers: Mapping[Any, int], values: Sequence[Any], form: type[np.signedinteger[Any]]
) -> Values:
    return np.fromiter(map(numbers.__getitem__, values), dtype=form, count=len(values))


@cache
def _codes(vocabulary: type[Term]) -> Mapping[str | None, int]:
    return {None: NOT_SET, **{str(term): index for index, term in enumerate(vocabulary)}}


def _days(values: Sequence[str | None]) -> Mapping[str | None, int]:
    """The number of each day that occurs: a column has many rows, and few days."""
    days = [day for day in dict.fromkeys(values) if day is not None]
    numbers = np.array(days, dtype="U10").astype("datetime64[D]").astype(np.int64).tolist()
    return {None: NO_DAY, **dict(zip(days, numbers, strict=True))}


@lru_cache(maxsize=None, typed=True)  # typed, for equal words of two vocabularies are equal terms
def code_of(term: Term) -> int:
    """The code a term has in columns of its vocabulary."""
    return list(type(term)).index(term)


def day_number(day: date) -> int:
    """Days since 1970-01-01, the unit of columns of days."""
    return (day - date(1970, 1, 1)).days


def is_within(day: str, since: str | None, until: str | None) -> bool:
    """Whether an ISO day lies in since ≤ day < until; empty is open."""
    return (since or "") <= day and (until is None or day < until)


def iso_day(number: int) -> str:
    """The ISO date of a day number."""
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()


def column_of(name: str, annotation: Any) -> Column:
    """The column of a record's field, by the type of the field."""
    kinds = [part for part in _parts(annotation) if part is not types.NoneType]
    if len(kinds) != 1 or not isinstance(kinds[0], type):
        return Column(name, Form.JSON)
    kind = kinds[0]
    if issubclass(kind, Term):
        return Column(name, Form.CODE, kind)
    for base, form in _FORMS:
        if issubclass(kind, base):
            return Column(name, form)
    return Column(name, Form.JSON)


_FORMS: tuple[tuple[type, Form], ...] = (
    (bool, Form.FLAG),
    (Degree, Form.NUMBER),
    (int, Form.NUMBER),
    (float, Form.NUMBER),
    (str, Form.TEXT),
    (datetime, Form.TIME),
    (date, Form.DAY),
)


def _parts(annotation: Any) -> list[Any]:
    """The members of a union, each without its metadata."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _parts(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [part for member in typing.get_args(annotation) for part in _parts(member)]
    return [annotation]
