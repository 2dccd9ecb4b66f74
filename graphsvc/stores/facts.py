"""What a plan must know of the store, and what it still needs: the talk between plan and adapters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from models.changes import LogHead, Stored
from models.enums import Kind, NodeKind
from models.kinds import FIRM
from models.values import value

if TYPE_CHECKING:
    from graphsvc.stores.draft import Writing
    from graphsvc.stores.port import Scope

Key = tuple[Kind, str]
ExternalKey = tuple[NodeKind, str, str]
"""Kind, system and value of an id in another system."""


@value
class Held:
    """A record as the store has it. `other` is the account of an edge's other end, if it is another one.

    `sequence` is that of its last change, in the log of its account or of the firm.
    """

    stored: Stored
    other: str | None = None
    sequence: int = 0

    @property
    def key(self) -> Key:
        """Which record it is."""
        return (self.stored.kind, self.stored.id)


@dataclass(frozen=True, slots=True)
class Stub:
    """What a deleted record leaves: its id, the revision it had come to, and where its deletion is logged."""

    key: Key
    log: str
    sequence: int
    revision: int


def last_change(held: Iterable[Held], stubs: Iterable[Stub]) -> tuple[str, int] | None:
    """The log and the sequence of a record's last change: of the record, or of what its deletion left."""
    for found in held:
        return found.stored.account or FIRM, found.sequence
    for stub in stubs:
        return stub.log, stub.sequence
    return None


def known_to(scope: Scope, held: Iterable[Held], stubs: Iterable[Stub]) -> set[Key]:
    """Which records lie in the scope; of those that are gone, which were logged there when they went."""
    there = {found.key: scope.sees(found.stored.account) for found in held}
    gone = {stub.key: scope.sees(None if stub.log == FIRM else stub.log) for stub in stubs}
    return {key for key, sees in {**gone, **there}.items() if sees}


@value
class Link:
    """An edge of those that may not lead in a circle: a solid line, or that an account owns another.

    Empty days are open.
    """

    kind: Kind
    id: str
    source: str
    target: str
    since: str | None
    until: str | None

    @property
    def key(self) -> Key:
        """The record the link stands for."""
        return (self.kind, self.id)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a plan asks the store for next; every part is one question about a whole set.

    `touching`: nodes to be deleted, whose edges and referrers are wanted. `lines`: contacts, wanted are the
    solid lines on every way up from them. `owners`: accounts, wanted is whom they own, through any others.
    `departments`: accounts, wanted is the parent of each department. `erasures`: whether anybody was erased
    at all; `identifiers` (stores/identifiers.py): wanted is which are those of people who were.
    """

    records: tuple[Key, ...] = ()
    stubs: tuple[Key, ...] = ()
    external: tuple[ExternalKey, ...] = ()
    touching: tuple[Key, ...] = ()
    lines: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    sequences: tuple[str, ...] = ()
    erasures: bool = False
    identifiers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        asked = (self.records, self.stubs, self.external, self.touching, self.lines, self.owners)
        return any((*asked, self.departments, self.sequences, self.erasures, self.identifiers))


@dataclass(slots=True)
class Facts:
    """What was fetched so far, inside one transaction. None: asked for and not there.

    `changed`: the writings that differ from what is there, once that is known.
    """

    records: dict[Key, Held | None] = field(default_factory=dict)
    stubs: dict[Key, Stub | None] = field(default_factory=dict)
    external: dict[ExternalKey, str | None] = field(default_factory=dict)
    touching: dict[Key, tuple[Key, ...]] = field(default_factory=dict)
    links: dict[Key, Link] = field(default_factory=dict)
    lines_asked: set[str] = field(default_factory=set)
    owners_asked: set[str] = field(default_factory=set)
    parents: dict[str, dict[str, str | None]] = field(default_factory=dict)
    heads: dict[str, LogHead] = field(default_factory=dict)
    erasures: bool | None = None
    erased: dict[str, bool] = field(default_factory=dict)
    changed: dict[Kind, list[Writing]] | None = None

    def answer(self, asked: Needs, *, erasures: bool = False, **found: dict[Any, Any]) -> None:
        """Take the answers to what was asked; what is not among them is not there."""
        records, stubs, external = (found.get(name, {}) for name in ("records", "stubs", "external"))
        self.records.update({key: records.get(key) for key in asked.records})
        self.stubs.update({key: stubs.get(key) for key in asked.stubs})
        self.external.update({key: external.get(key) for key in asked.external})
        self.touching.update({key: tuple(found.get("touching", {}).get(key, ())) for key in asked.touching})
        self.links.update(found.get("links", {}))
        self.lines_asked.update(asked.lines)
        self.owners_asked.update(asked.owners)
        self.parents.update(
            {account: found.get("departments", {}).get(account, {}) for account in asked.departments}
        )
        self.heads.update({log: found.get("heads", {}).get(log) or LogHead(log) for log in asked.sequences})
        if asked.erasures:
            self.erasures = erasures
        self.erased.update({it: it in found.get("erased", {}) for it in asked.identifiers})
