"""What a store keeps beside the graph: secrets of sign-in, sessions, keys, subscriptions, saved views.

None of it is said of an account, none of it is history: it is replaced, runs out and is thrown away without a
line in a log. Records of the field never lie here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import orjson

from graphsvc.conflicts import KeptSince
from graphsvc.stores.codec import moment_of, moment_text


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing: `key` is unique in its `area`, `owner` is whose it is, `version` grows with each change."""

    area: str
    key: str
    owner: str
    body: Mapping[str, Any] = field(default_factory=dict)
    expires: datetime | None = None
    version: int = 0

    def live(self, now: datetime) -> bool:
        """Whether it has not run out at a moment."""
        return self.expires is None or now < self.expires


class Keeping(Protocol):
    """The part of the port for what is kept beside the graph."""

    async def keep(self, thing: Kept, expected: int | None = None) -> Kept:
        """Keep a thing in place of the one of its area and key; gives it with its new version.

        `expected` is the version that must be there now, 0 for none. Raises KeptSince if it is another.
        """

    async def keep_all(
        self, things: Sequence[tuple[Kept, int | None]], away: Sequence[tuple[str, str]] = ()
    ) -> Sequence[Kept]:
        """Keep several, each as `keep` does, and throw others `away` (area, key): all or nothing."""

    async def kept(self, area: str, key: str) -> Kept | None:
        """One thing, also one that has run out. An indexed read."""

    async def kept_in(self, area: str, owner: str | None = None) -> Sequence[Kept]:
        """All of an area, or an owner's, by key."""

    async def throw_away(self, area: str, keys: Sequence[str]) -> int:
        """Keep these no longer; gives how many there were."""

    async def throw_away_expired(self, now: datetime) -> int:
        """Keep no longer what has run out by now; gives how many."""


def row_of(thing: Kept) -> dict[str, Any]:
    """A thing as both stores write it."""
    return {
        "area": thing.area,
        "key": thing.key,
        "owner": thing.owner,
        "expires": thing.expires and moment_text(thing.expires),
        "body": orjson.dumps(thing.body, option=orjson.OPT_SORT_KEYS).decode(),
    }


def thing_of(row: Sequence[Any]) -> Kept:
    """The way back, from [area, key, owner, body, expires, version]."""
    area, key, owner, body, expires, version = row
    return Kept(area, key, owner, orjson.loads(body), expires and moment_of(expires), version)


def renewed(thing: Kept, version: int | None) -> Kept:
    """The thing with the version it was given, or KeptSince if it was given none."""
    if version is None:
        raise KeptSince
    return Kept(thing.area, thing.key, thing.owner, thing.body, thing.expires, version)
