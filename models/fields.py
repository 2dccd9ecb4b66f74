"""How a record's field is declared: labels, unit and what it points at, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints

LONGEST_NAME = 200

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)]
Text = Annotated[str, StringConstraints(max_length=4000)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class OnDelete(StrEnum):
    """What deleting the record a field points at does to the record that holds the field."""

    REFUSE = "refuse"
    CLEAR = "clear"
    CASCADE = "cascade"


@dataclass(frozen=True, slots=True)
class Label:
    """One fact in both languages."""

    en: str
    zh: str


class Unfit(ValueError):
    """A value that cannot be taken, and why, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.label = Label(en, zh)


@dataclass(frozen=True, slots=True)
class Ref:
    """Metadata of a field that holds the id (or ids) of a record of another kind."""

    kind: str
    on_delete: OnDelete


def field(en: str, zh: str, default: Any = None, *, unit: str = "", **limits: Any) -> Any:
    """A record's field with its labels; `limits` go to Pydantic (ge, le, max_length …)."""
    extra: dict[str, Any] = {"label": {"en": en, "zh": zh}}
    if unit:
        extra["unit"] = unit
    if callable(default):
        return Field(default_factory=default, title=en, json_schema_extra=extra, **limits)
    return Field(default, title=en, json_schema_extra=extra, **limits)
