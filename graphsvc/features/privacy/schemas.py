"""What privacy is asked and what it answers."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from models.fields import Id, Name, Text
from models.kinds import OPEN_KINDS
from models.nodes import Channel
from models.privacy import FilesState, LedgerState

_ASKED = ConfigDict(frozen=True, strict=True, extra="forbid")
Reason = Text | None


class RecordRef(BaseModel):
    """A record by kind and id."""

    model_config = _ASKED

    kind: str = Field(json_schema_extra={"enum": [str(kind) for kind in sorted(OPEN_KINDS)]})
    id: Id


class EraseBody(BaseModel):
    """What an erasure is asked for. Keep names out of the reason: it stays."""

    model_config = _ASKED

    reason: Reason = Field(None, description="Why, or the number of the request.")
    also: list[RecordRef] = Field(
        [], max_length=1000, description="Other records whose words are to go too, present and past."
    )
    dry_run: bool = Field(False, description="Say what would be done, write nothing.")


class MentionWire(BaseModel):
    """A record of others that names him, for a person to judge; without fields it did so before."""

    kind: str
    id: str
    account: str
    fields: list[str]


class NamingView(BaseModel):
    """A saved view whose name names somebody; its owner renames or deletes it."""

    id: str
    account: str
    owner: str


class ErasureReport(BaseModel):
    """What an erasure did, or would do.

    `people` went with him (merged duplicates). `records` were stripped, `dossiers` deleted, `entries` of
    logs lost words; `marks` keep him from being entered again. `mentions` and `reasons` (of change sets) are
    of others and were left alone, and so were the names of `saved_views`. `files`: whether the store's own
    files are free of him by now; `ledger`: whether a restore of an older backup will know (docs/privacy.md).
    """

    change_set: str | None
    dry_run: bool
    contact_id: str
    account: str
    people: list[str]
    records: int
    dossiers: int
    entries: int
    marks: int
    mentions: list[MentionWire]
    saved_views: list[NamingView]
    reasons: list[str]
    files: FilesState
    ledger: LedgerState


class RestrictBody(BaseModel):
    """An objection to profiling, or its end. Keep names out of the reason: it stands in the change log."""

    model_config = _ASKED

    restricted: bool = Field(True, description="False takes him into analysis again.")
    reason: str = Field(min_length=1, max_length=4000, description="Why.")


class Restriction(BaseModel):
    """Whether a contact is left out of analysis."""

    contact_id: str
    restricted: bool
    revision: int
    change_set: str | None = Field(description="What was written; null if it was so already.")


class AllowBody(BaseModel):
    """What somebody is known by who may be entered although it is marked: as in a contact's record."""

    model_config = _ASKED

    account_id: Id
    id: Id | None = None
    name: Name | None = None
    channels: list[Channel] = Field([], max_length=100)
    external_ids: dict[Id, Name] = {}


class Allowed(BaseModel):
    """How many marks were lifted."""

    lifted: int
