"""What an engine gives: records that may be meant."""

from __future__ import annotations

from dataclasses import dataclass

from models.changes import Stored


@dataclass(frozen=True, slots=True)
class Job:
    """An open job of a contact."""

    title: str | None
    department: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be meant, its account's name and, of a contact, the open jobs, the primary first."""

    stored: Stored
    account_name: str | None = None
    jobs: tuple[Job, ...] = ()
