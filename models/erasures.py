"""An erasure: whom it was asked for, what it reached, and the marks by which the person is known again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from models.enums import Kind


@dataclass(frozen=True, slots=True)
class Mention:
    """A record of others whose words name a person: in which fields now (JSON pointers), or only before."""

    kind: Kind
    id: str
    account: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Erasing:
    """What is asked: to erase a contact. `id` names the change set, and makes it safe to send again.

    `also` are other records whose words are to go as well, present and past. `reason` is kept beside the
    erasure, never in the log. `marks` are those of an erasure that is done again on an older backup.
    `mentions`, `reasons` (change sets whose reason names him) and `saved_views` (whose name does) were found
    before, for a person to judge.
    """

    id: str
    contact: str
    reason: str | None = None
    request_id: str | None = None
    also: tuple[tuple[Kind, str], ...] = ()
    marks: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    reasons: tuple[str, ...] = ()
    saved_views: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure was: `people` are the contact and those that were merged into him.

    `records` were stripped, `dossiers` deleted, `entries` of logs lost words. `origin` is the hash of the
    first entry of the account's log: by it other states of the same store are known. It holds nothing of the
    person but ids and marks. `request_id` is that of who asked for it.
    """

    id: str
    at: datetime
    actor: str
    account: str
    contact: str
    people: tuple[str, ...] = ()
    reason: str | None = None
    also: tuple[tuple[Kind, str], ...] = ()
    records: int = 0
    dossiers: int = 0
    entries: int = 0
    mentions: tuple[Mention, ...] = ()
    reasons: tuple[str, ...] = ()
    saved_views: tuple[str, ...] = ()
    origin: str = ""
    marks: tuple[str, ...] = ()
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All erasures of a store, oldest first, with the key of their marks (None if there was none yet)."""

    key: str | None = None
    erasures: tuple[Erasure, ...] = field(default=())
