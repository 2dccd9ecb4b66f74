"""The hash chain of the change log: how entries are sealed, and what is wrong with a chain.

An entry's hash is SHA-256 over the hash before it, its header and the digests of its values; a digest is
SHA-256 over 16 random bytes and the canonical JSON of the value. So the chain verifies without the values,
and nobody can guess a value from its digest.

Of an erased value the salt is gone and what is left stands in its place. No digest speaks for that; the
erasure's notice does: the last entry of its change set in each log it reached, whose reason holds a digest
of all that is left of erased values in that log up to there.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from graphsvc.stores.codec import body_text, moment_text
from models.changes import LogEntry, LogHead, Seal
from models.enums import Kind
from models.records import Body
from models.values import value

SALT_BYTES = 16
_NOTICE = re.compile(r"^erase contact \S+((?: \S+=[0-9a-f]{64})+)$")


@value
class Sealed:
    """An entry ready to be written: its values as canonical JSON, and its seal."""

    entry: LogEntry
    before: str | None
    after: str | None
    seal: Seal


def sealed(entries: Iterable[LogEntry], heads: Mapping[str, LogHead]) -> Iterator[Sealed]:
    """Entries chained to the heads of their logs, in their order. O(bytes)."""
    hashes = {log: head.hash for log, head in heads.items()}
    for entry in entries:
        before, after = _text(entry.before), _text(entry.after)
        salt_before, digest_before = _salted(before)
        salt_after, digest_after = _salted(after)
        hash_ = _hash(hashes[entry.account], entry, digest_before, digest_after)
        hashes[entry.account] = hash_
        yield Sealed(entry, before, after, Seal(salt_before, salt_after, digest_before, digest_after, hash_))


def salted(texts: Sequence[bytes]) -> list[tuple[str, str]]:
    """A new salt for each of some canonical values, and the digest of both. O(bytes)."""
    salts = os.urandom(SALT_BYTES * len(texts))
    each = [salts[start : start + SALT_BYTES] for start in range(0, len(salts), SALT_BYTES)]
    return [
        (salt.hex(), hashlib.sha256(salt + text).hexdigest()) for salt, text in zip(each, texts, strict=True)
    ]


def chained(first: LogEntry, head: LogHead, made: Iterable[tuple[Kind, str, str]]) -> Iterator[str]:
    """The hashes of entries that go on from `first` by one each, and from the head of their log.

    Of each are told kind, id and the digest of its value; all else is as of the first. O(entries).
    """
    header, hash_ = _header(first), head.hash
    for sequence, (kind, id_, digest) in enumerate(made, first.sequence):
        header[_SEQUENCE], header[_KIND], header[_ID] = sequence, kind, id_
        hash_ = _hash_of(hash_, header, None, digest)
        yield hash_


def as_sealed(entry: LogEntry) -> Sealed:
    """An entry that was sealed before, as it was."""
    assert entry.seal is not None
    return Sealed(entry, _text(entry.before), _text(entry.after), entry.seal)


class Remains:
    """The digest of all that is left of erased values in a log, entry by entry in its order."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self.first: int | None = None

    def add(self, sequence: int, before: Body | None, after: Body | None) -> None:
        """Take an entry with what is left of its erased values; None for a value that is whole. O(bytes)."""
        self._sum.update(orjson.dumps([sequence, before, after], option=orjson.OPT_SORT_KEYS))
        self.first = sequence if self.first is None else self.first

    def follow(self, entry: LogEntry) -> None:
        """Take an entry as it stands, if something of it was erased."""
        if entry.erased and entry.seal is not None:
            before = None if entry.seal.salt_before else entry.before
            self.add(entry.sequence, before, None if entry.seal.salt_after else entry.after)

    def digest(self) -> str:
        """The digest so far."""
        return self._sum.hexdigest()


def notice(contact: str, digests: Mapping[str, str]) -> str:
    """The reason of an erasure: whose, and what is left in each log it reached."""
    told = " ".join(f"{log}={digest}" for log, digest in sorted(digests.items()))
    return f"erase contact {contact} {told}"


class Chain:
    """A log gone through from its beginning; `head` is its last good entry."""

    def __init__(self, account: str) -> None:
        self.head = LogHead(account)
        self._remains = Remains()
        self._said: str | None = None

    def follow(self, entries: Iterable[LogEntry]) -> int | None:
        """The sequence of the first of the next entries that does not go on; None if all do. O(bytes)."""
        for entry in entries:
            sequence = self.head.sequence + 1
            if entry.sequence != sequence or entry.account != self.head.account or not self._holds(entry):
                return sequence
            assert entry.seal is not None
            self.head = LogHead(entry.account, sequence, entry.seal.hash, entry.at)
            self._remains.follow(entry)
            if entry.tells_erasure:
                self._said = _said(entry)
        return None

    def unvouched(self) -> int | None:
        """The first erased entry, if no erasure says that what is left of them is what it left."""
        return None if self._said == self._remains.digest() else self._remains.first

    def _holds(self, entry: LogEntry) -> bool:
        """Whether an entry's values fit its digests, and these its hash."""
        seal = entry.seal
        if seal is None:
            return False
        values = (
            (seal.salt_before, entry.before, seal.digest_before),
            (seal.salt_after, entry.after, seal.digest_after),
        )
        try:
            if not all(_fits(salt, value, digest) for salt, value, digest in values):
                return False
        except ValueError:  # a salt that is none of ours
            return False
        return _hash(self.head.hash, entry, seal.digest_before, seal.digest_after) == seal.hash


def _fits(salt: str | None, value: Body | None, digest: str | None) -> bool:
    """Whether a value is the one a digest was made of, or stands for one that was erased."""
    if salt is None:
        return (value is None) == (digest is None)
    return _digest(salt, _text(value)) == digest


def _said(notice_: LogEntry) -> str | None:
    """What the notice of an erasure says of what is left in its log."""
    found = _NOTICE.match(notice_.reason or "")
    told = dict(part.rsplit("=", 1) for part in found[1].split()) if found else {}
    return told.get(notice_.account)


def _text(body: Body | None) -> str | None:
    return None if body is None else body_text(body)


def _salted(text: str | None) -> tuple[str, str] | tuple[None, None]:
    """A new salt for a value, and the digest of both."""
    if text is None:
        return None, None
    salt = os.urandom(SALT_BYTES)
    return salt.hex(), _digest_of(salt, text)


def _digest_of(salt: bytes, text: str) -> str:
    return hashlib.sha256(salt + text.encode()).hexdigest()


def _digest(salt: str | None, text: str | None) -> str | None:
    if (salt is None) != (text is None):
        raise ValueError("a salt and its value come and go together")
    if salt is None or text is None:
        return None
    return _digest_of(bytes.fromhex(salt), text)


def _hash(previous: str, entry: LogEntry, digest_before: str | None, digest_after: str | None) -> str:
    return _hash_of(previous, _header(entry), digest_before, digest_after)


_SEQUENCE, _KIND, _ID = 1, 5, 6
"""Where they stand in the header of an entry."""


def _header(entry: LogEntry) -> list[Any]:
    return [
        entry.account,
        entry.sequence,
        moment_text(entry.at),
        entry.actor,
        entry.change_set,
        entry.kind,
        entry.id,
        entry.revision,
        entry.prior,
        entry.reason,
        entry.request_id,
    ]


def _hash_of(previous: str, header: list[Any], digest_before: str | None, digest_after: str | None) -> str:
    return hashlib.sha256(orjson.dumps([previous, header, digest_before, digest_after])).hexdigest()
