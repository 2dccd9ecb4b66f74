"""What those who run the service ask of a store: its schema, its flaws, a copy, and a move to another place.

A store moves as its log: entries as they were sealed and change sets as they were done. Records, references,
ids in other systems and stubs all follow from that (`stores/replay.py`), on whatever store it is to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from graphsvc.stores.facts import Held, Stub
from models.changes import LogEntry, LogHead

if TYPE_CHECKING:
    from graphsvc.stores.port import Scope


@dataclass(frozen=True, slots=True)
class Migration:
    """What opening a store did to its schema. `backup` is the copy taken before, if there was need of one."""

    before: int
    after: int
    backup: Path | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a store that is not as it must be."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Done:
    """A change set that was applied: the digest of what was asked, and as JSON what it did."""

    id: str
    digest: str
    result: str


@dataclass(frozen=True, slots=True)
class GraphsKept:
    """Account graphs since the start, found in memory or read; and how many are kept in what room."""

    found: int
    read: int
    kept: int
    nbytes: int


class Operations(Protocol):
    """The part of the port that is for running the service, not for using it."""

    @property
    def graphs_kept(self) -> GraphsKept:
        """How often account graphs were found in memory or read, and what is kept now."""

    async def migrated(self) -> Migration:
        """What opening it did to the schema. Raises StoreUnavailable."""

    async def integrity(self, scope: Scope) -> Sequence[Flaw]:
        """What is wrong with how things are kept; the chain of the logs is `verify`'s. O(store)."""

    async def copy(self, scope: Scope, target: Path) -> bool:
        """Copy the store as it is now, verified, to a file that is not there; False if it is none itself.

        Raises BackupFailed, StorageFull.
        """

    async def cut(self, scope: Scope) -> Sequence[LogHead]:
        """`heads` of one moment: no change set reaches into one of them and not into another."""

    async def done(self, scope: Scope, ids: Sequence[str]) -> Sequence[Done]:
        """What these change sets did, in the order of `ids`; those whose logs lie in the scope."""

    async def keep_log(self, scope: Scope, entries: Sequence[LogEntry], done: Sequence[Done]) -> None:
        """Go on with one log as another store sealed it. A change set comes with its first entries."""

    async def keep_records(self, scope: Scope, records: Sequence[Held], stubs: Sequence[Stub]) -> None:
        """Keep new records, and what deleted ones left, without a word in the log. Nodes before edges."""

    async def keep_references(self, scope: Scope, records: Sequence[Held]) -> None:
        """Note what records refer to, when all of them are there."""
