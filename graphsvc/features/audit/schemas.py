"""The audit trail as it is asked for and told."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from graphsvc.access.audit import AuditEntry
from models.access import Audited
from models.fields import AskedTime


class AuditQuery(BaseModel):
    """What can be asked of the trail."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    actor: str | None = Field(None, max_length=200, description="Only what this one did, by name.")
    act: Audited | None = Field(None, description="Only entries of this kind.")
    since: AskedTime | None = Field(None, alias="from", description="Only entries since then.")
    until: AskedTime | None = Field(None, alias="to", description="Only entries until then.")


class AuditPage(BaseModel):
    """Entries, the newest first."""

    items: list[AuditEntry]
    next_cursor: str | None


class AuditCheck(BaseModel):
    """Whether the trail is whole: `first_fault` is the first entry that is missing, changed or not linked."""

    entries: int
    first_fault: int | None
