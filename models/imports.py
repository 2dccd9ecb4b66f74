"""How far an import has come, as a store keeps it: enough to end it after its process is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.enums import ImportStage

ACTIVE = (ImportStage.RUNNING, ImportStage.UNDOING)
"""While an import is one of these, it holds its accounts."""


Place = tuple[datetime, str]
"""Where an import stands among others: when it was started, and its id."""


@dataclass(frozen=True, slots=True)
class ImportState:
    """An import: of which files (`digest` is SHA-256 over them and how they were read), by whom, since when.

    `holds` names the logs that nobody else may write meanwhile. Its batches are the change sets `<id>.1` to
    `<id>.<total>`; `done` of them are written, or already so. It says nothing of what the rows hold.
    """

    id: str
    actor: str
    files: tuple[str, ...]
    digest: str
    holds: tuple[str, ...]
    started: datetime
    stage: ImportStage
    done: int = 0
    total: int = 0
    put: int = 0
    unchanged: int = 0
    ended: datetime | None = None

    @property
    def place(self) -> Place:
        """Where it stands in the list of imports."""
        return self.started, self.id

    @property
    def active(self) -> bool:
        """Whether it is still at work, or was cut off."""
        return self.stage in ACTIVE

    def batch(self, number: int) -> str:
        """The id of a batch's change set, from 1 on."""
        return f"{self.id}.{number}"
