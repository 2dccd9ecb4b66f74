"""What a merge of two people is asked and what it answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from models.doubles import MergeEffect
from models.fields import Id
from models.nodes import Contact

NOT_TO_PREFER = frozenset(["id", "account_id", "external_ids", "restricted", "not_same_as"])
"""Fields of a contact that no choice settles: ids stay or are joined, an objection holds."""

_PREFERABLE: list[JsonValue] = [*sorted(Contact.model_fields.keys() - NOT_TO_PREFER)]


class MergeBody(BaseModel):
    """The other entry of the same person. Where the two differ `this` one holds, unless preferred."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    duplicate_id: Id = Field(description="The contact that goes; everything tied to it moves to this one.")
    dry_run: bool = Field(False, description="Say what would be done, write nothing.")
    prefer: dict[str, Literal["this", "other"]] = Field(
        {},
        max_length=50,
        description="Field → whose value is kept where both have one.",
        json_schema_extra={"propertyNames": {"enum": _PREFERABLE}},
    )


class DifferingField(BaseModel):
    """A field in which two records differed; values of private kinds are not told."""

    field: str
    kept: Any
    other: Any


class MergedRecord(BaseModel):
    """A record that the merge did more to than move it; `into` took it up."""

    effect: MergeEffect
    kind: str
    id: str
    into: str | None
    differing: list[DifferingField]


class MergeResult(BaseModel):
    """What a merge did, or would do: `change_set` is what to undo.

    `moved`: how many records of each kind name this contact now; `differing`: fields of the two contacts.
    """

    change_set: str | None
    dry_run: bool
    contact: dict[str, Any]
    moved: dict[str, int]
    differing: list[DifferingField]
    notes: list[MergedRecord]
    put: int
    deleted: int
