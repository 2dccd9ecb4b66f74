"""What all answers share: plain values, evidence, and what they were computed from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Generic, Protocol, Self, TypeVar

from pydantic import BaseModel, ConfigDict


class Finding(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(frozen=True)


class Provenance(Finding):
    """What an answer was computed from and how; the same provenance means the same answer."""

    algorithm: str
    version: str
    rules_version: str
    parameters: dict[str, Any]
    account_sequence: int
    firm_sequence: int
    as_of: datetime | None = None
    on: date


Item = TypeVar("Item")


class Traced(Protocol):
    """Any answer that says what it was computed from."""

    @property
    def provenance(self) -> Provenance: ...

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self: ...


class Answer(Finding, Generic[Item]):
    """A list of findings, best first. `next_cursor` is set by the API where more follow."""

    items: list[Item]
    next_cursor: str | None = None
    provenance: Provenance


class Evidence(Finding):
    """A record a number rests on, with its share of it."""

    kind: str
    id: str
    points: float | None = None
