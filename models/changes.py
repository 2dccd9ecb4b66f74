"""Change sets (what a write asks for) and log entries (what the change log keeps of it)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from models.enums import Kind, NodeKind
from models.privacy import PrivateAct
from models.records import Body, Record, body_of
from models.values import value


@value
class CheckedBody:
    """The body of a record that was validated before: what `body_of` gave, not to be validated again."""

    body: Body

    @property
    def id(self) -> str:
        """The record's id."""
        id_: str = self.body["id"]
        return id_


@value
class Put:
    """Write a record. `expected` is the revision the client read: 0 = must be new, None = any."""

    kind: Kind
    record: Record | CheckedBody
    expected: int | None = None

    @property
    def body(self) -> Body:
        """The record as JSON values."""
        return self.record.body if isinstance(self.record, CheckedBody) else body_of(self.record)

    def says(self, field: str) -> bool:
        """Whether a field was given, not filled in."""
        given = self.record.body if isinstance(self.record, CheckedBody) else self.record.model_fields_set
        return field in given


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove a record; `expected` as in `Put`."""

    kind: Kind
    id: str
    expected: int | None = None


Change = Put | Delete


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Puts and deletes, applied whole or not at all. `id` makes it safe to send again.

    An `exact` one is refused if anything but the named records would change, or if one of them is not at
    the revision it expects, which of a deleted record is the one it had come to. One `of_import` may write
    only what its import holds, all others only what no import holds; if it is `new_in` an account, it was
    rehearsed while that was held, and is nothing but new records of the account: the rules are not asked
    again. One that `merges` makes two contacts one: who goes, and into whom. A `private` one is of private
    data: what is done, and with whose; a line of the journal is written with it.
    """

    id: str
    changes: tuple[Change, ...]
    reason: str | None = None
    request_id: str | None = None
    exact: bool = False
    of_import: str | None = None
    new_in: str | None = None
    merges: tuple[str, str] | None = None
    private: tuple[PrivateAct, str] | None = None


@value
class Seal:
    """What chains an entry to the one before it: salts and digests of its values, and its hash, all hex.

    When a value is erased its salt goes with it and what is left of it stands in its place; the digest
    stays, and the chain still verifies.
    """

    salt_before: str | None
    salt_after: str | None
    digest_before: str | None
    digest_after: str | None
    hash: str

    def told(self) -> list[str | None]:
        """Its fields in their order, as stores keep them."""
        return [self.salt_before, self.salt_after, self.digest_before, self.digest_after, self.hash]


@dataclass(frozen=True, slots=True)
class LogHead:
    """How far a log has come: its last entry's sequence, hash and time. An empty log has none of them."""

    account: str
    sequence: int = 0
    hash: str = ""
    at: datetime | None = None


@value
class LogEntry:
    """One change of one record. `before` and `after` are bodies; both are None where the other end's
    account only learns that a tie of it changed. `sequence` is gap-free per account (or "firm");
    `prior` is the sequence of the record's change before this one, 0 if this log has none."""

    account: str
    sequence: int
    at: datetime
    actor: str
    change_set: str
    kind: Kind
    id: str
    before: Body | None
    after: Body | None
    revision: int
    reason: str | None = None
    request_id: str | None = None
    prior: int = 0
    seal: Seal | None = None

    @property
    def erased(self) -> bool:
        """Whether words of its values are gone because a person was erased."""
        seal = self.seal
        return seal is not None and (
            (seal.digest_before is not None and seal.salt_before is None)
            or (seal.digest_after is not None and seal.salt_after is None)
        )

    @property
    def tells_erasure(self) -> bool:
        """Whether it is the notice of an erasure: an entry of a contact that has no values at all."""
        silent = self.seal is not None and not (self.seal.digest_before or self.seal.digest_after)
        return silent and self.kind is NodeKind.CONTACT


@value
class Stored:
    """A record as a store keeps it; `account` is None for firm records."""

    kind: Kind
    body: Body
    account: str | None
    revision: int
    created_at: datetime
    updated_at: datetime

    @property
    def id(self) -> str:
        """The record's id."""
        id_: str = self.body["id"]
        return id_


@dataclass(frozen=True, slots=True)
class Applied:
    """What a change set did: how many records were put, deleted or already so, and the new sequences.

    `deleted` counts what went along (edges of a deleted node); `cleared` counts the records that only lost
    a reference to it. `revisions` holds every record that was put, also the unchanged ones. `entries` is
    how many entries each log got: they are the last ones up to its new sequence.
    """

    change_set: str
    put: int
    deleted: int
    unchanged: int
    sequences: dict[str, int]
    revisions: dict[tuple[Kind, str], int]
    cleared: int = 0
    entries: dict[str, int] = field(default_factory=dict)
