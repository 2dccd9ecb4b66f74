"""Values that are made by the row: unchangeable to the type checker, and cheap to make.

A frozen dataclass stores each field through a call, which makes one eight times as dear as it is here; an
import makes a dozen of them for each row.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """A dataclass with slots that compares by its fields; the type checker refuses to assign to them."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


def changed(one: T, **fields: Any) -> T:
    """The same value with some fields other ones."""
    return replace(one, **fields)  # type: ignore[type-var]
