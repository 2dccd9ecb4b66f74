"""What a plan must know of the store, and what it still needs: the talk between plan and adapters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from models.changes import Stored
from models.enums import EdgeKind, Kind, NodeKind

Key = tuple[Kind, str]
ExternalKey = tuple[NodeKind, str, str]
"""Kind, system and value of an id in another system."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record as the store has it. `other` is the account of an edge's other end, if it is another one."""

    stored: Stored
    other: str | None = None

    @property
    def key(self) -> Key:
        """Which record it is."""
        return (self.stored.kind, self.stored.id)


@dataclass(frozen=True, slots=True)
class SolidLine:
    """A solid reporting line; empty days are open."""

    id: str
    source: str
    target: str
    since: str | None
    until: str | None

    @property
    def key(self) -> Key:
        """The record the line stands for."""
        return (EdgeKind.REPORTS_TO, self.id)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a plan asks the store for next; every part is one question about a whole set.

    `touching`: nodes to be deleted, whose edges and referrers are wanted. `lines`: contacts, wanted are the
    solid lines on every way up from them. `departments`: accounts, wanted is the parent of each department.
    """

    records: tuple[Key, ...] = ()
    external: tuple[ExternalKey, ...] = ()
    touching: tuple[Key, ...] = ()
    lines: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    sequences: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.records, self.external, self.touching, self.lines, self.departments, self.sequences))


@dataclass(slots=True)
class Facts:
    """What was fetched so far, inside one transaction. None: asked for and not there."""

    records: dict[Key, Held | None] = field(default_factory=dict)
    external: dict[ExternalKey, str | None] = field(default_factory=dict)
    touching: dict[Key, tuple[Key, ...]] = field(default_factory=dict)
    lines: dict[str, SolidLine] = field(default_factory=dict)
    lines_asked: set[str] = field(default_factory=set)
    parents: dict[str, dict[str, str | None]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)

    def answer(self, asked: Needs, **found: dict[Any, Any]) -> None:
        """Take the answers to what was asked; what is not among them is not there."""
        self.records.update({key: found.get("records", {}).get(key) for key in asked.records})
        self.external.update({key: found.get("external", {}).get(key) for key in asked.external})
        self.touching.update({key: tuple(found.get("touching", {}).get(key, ())) for key in asked.touching})
        self.lines.update(found.get("lines", {}))
        self.lines_asked.update(asked.lines)
        self.parents.update(
            {account: found.get("departments", {}).get(account, {}) for account in asked.departments}
        )
        self.sequences.update({log: found.get("sequences", {}).get(log, 0) for log in asked.sequences})
