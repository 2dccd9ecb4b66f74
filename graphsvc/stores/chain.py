"""The hash chain of the change log: how entries are sealed, and what is wrong with a chain.

An entry's hash is SHA-256 over the hash before it, its header and the digests of its values; a digest is
SHA-256 over 16 random bytes and the canonical JSON of the value. So the chain verifies without the values,
and nobody can guess a value from its digest.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import orjson

from graphsvc.stores.codec import body_text, moment_text
from models.changes import LogEntry, LogHead, Seal
from models.records import Body

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
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
        salt_before, salt_after = _salt(before), _salt(after)
        digests = _digest(salt_before, before), _digest(salt_after, after)
        hash_ = _hash(hashes[entry.account], entry, *digests)
        hashes[entry.account] = hash_
        yield Sealed(entry, before, after, Seal(salt_before, salt_after, *digests, hash_))


def as_sealed(entry: LogEntry) -> Sealed:
    """An entry that was sealed before, as it was."""
    assert entry.seal is not None
    return Sealed(entry, _text(entry.before), _text(entry.after), entry.seal)


def first_bad(entries: Iterable[LogEntry], last: LogHead) -> int | None:
    """The sequence of the first entry that does not continue the chain after `last`; None if all do.

    O(bytes).
    """
    sequence, hash_ = last.sequence, last.hash
    for entry in entries:
        sequence += 1
        if entry.sequence != sequence or entry.account != last.account or not _holds(entry, hash_):
            return sequence
        assert entry.seal is not None
        hash_ = entry.seal.hash
    return None


def _holds(entry: LogEntry, before: str) -> bool:
    """Whether an entry's values fit its digests, and these its hash."""
    seal = entry.seal
    if seal is None:
        return False
    values = (
        (seal.salt_before, entry.before, seal.digest_before),
        (seal.salt_after, entry.after, seal.digest_after),
    )
    try:
        if any(_digest(salt, _text(value)) != digest for salt, value, digest in values):
            return False
    except ValueError:  # a salt that is gone, or no salt of ours
        return False
    return _hash(before, entry, seal.digest_before, seal.digest_after) == seal.hash


def _text(body: Body | None) -> str | None:
    return None if body is None else body_text(body)


def _salt(text: str | None) -> str | None:
    return None if text is None else os.urandom(SALT_BYTES).hex()


def _digest(salt: str | None, text: str | None) -> str | None:
    if (salt is None) != (text is None):
        raise ValueError("a salt and its value come and go together")
    if salt is None or text is None:
        return None
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def _hash(previous: str, entry: LogEntry, digest_before: str | None, digest_after: str | None) -> str:
    header = [
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
    return hashlib.sha256(orjson.dumps([previous, header, digest_before, digest_after])).hexdigest()
