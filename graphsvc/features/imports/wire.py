"""Imports as the API shows them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel

from graphsvc.features.imports.jobs import Job
from graphsvc.features.imports.schemas import ImportResult
from models.enums import ImportStage
from models.imports import ImportState

_QUEUED = "queued"


class Progress(BaseModel):
    """How far an import is: of `total` steps of this phase so many are done."""

    phase: str | None
    done: int
    total: int


class ImportProblem(BaseModel):
    """Why an import failed."""

    code: str | None
    detail: str


class ImportJob(BaseModel):
    """An import; what its rows did is told until the service ends, how many records it wrote for good."""

    id: str
    state: ImportStage | Literal["queued"]
    started: AwareDatetime
    ended: AwareDatetime | None = None
    files: list[str]
    dry_run: bool
    progress: Progress
    result: ImportResult | None
    refused: int = 0
    problem: ImportProblem | None = None
    put: int | None = None
    unchanged: int | None = None


class ImportJobs(BaseModel):
    """Imports, the newest first."""

    items: list[ImportJob]
    next_cursor: str | None = None


def job_wire(job: Job, lang: str, code: str | None) -> dict[str, Any]:
    """A job: where it stands, how far it is, and its result once it is there; `code` is its error's."""
    phase, done, total = job.progress or (None, 0, 0)
    error = job.error
    return {
        "id": job.id,
        "state": job.stage or _QUEUED,
        "started": job.asked,
        "files": [file.name for file in job.files],
        "dry_run": job.dry_run,
        "progress": {"phase": phase, "done": done, "total": total},
        "result": job.result.model_dump(mode="json") if job.result else None,
        "refused": len(job.refused),
        "problem": None if error is None else {"code": code, "detail": _detail(error, lang)},
    }


def _detail(error: Exception, lang: str) -> str:
    said = getattr(error, lang, None)
    return said if isinstance(said, str) else {"en": "Rows are wrong.", "zh": "部分行有误。"}[lang]


def state_wire(state: ImportState) -> dict[str, Any]:
    """What the store remembers of an import."""
    return {
        "id": state.id,
        "state": state.stage,
        "started": state.started,
        "ended": state.ended,
        "files": list(state.files),
        "dry_run": False,
        "progress": {"phase": None, "done": state.done, "total": state.total},
        "result": None,
        "put": state.put,
        "unchanged": state.unchanged,
    }
