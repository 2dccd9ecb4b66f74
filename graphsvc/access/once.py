"""Requests sent again with their Idempotency-Key: carried out once, also where a secret is told once.

What a key stands for lies beside the graph for a day: a mark of what was asked, and what came of it by id or
name. It is written in the transaction of what it tells, and holds neither the key nor a secret.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import orjson

from graphsvc.access.desk import Desk
from graphsvc.conflicts import DoneBefore, KeptSince, UnderWay
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from models.faults import Code, Fault, InvalidInput

REQUESTS = "request"
"""The area of what is kept."""
REMEMBERED = timedelta(hours=24)
UNDER_WAY = timedelta(minutes=1)
"""After so long a request that was begun and not ended is taken for cut off, and may be done again."""


@dataclass(slots=True)
class Claim:
    """The right to carry a request out; `made` is what came of it before, None where it is to be done now."""

    store: GraphStore
    made: Mapping[str, Any] | None = None
    _begun: Kept | None = None
    _until: datetime | None = None

    def refuse_again(self) -> None:
        """Raises DoneBefore, where the answer of then held a secret."""
        if self.made is not None:
            raise DoneBefore(self.made)

    async def keep(
        self,
        things: Sequence[tuple[Kept, int | None]],
        made: Mapping[str, Any],
        away: Sequence[tuple[str, str]] = (),
    ) -> Sequence[Kept]:
        """`GraphStore.keep_all`, and in its transaction what was `made`. Raises KeptSince."""
        begun, rows = self._begun, list(things)
        if begun is not None:
            rows.append(
                (replace(begun, body={**begun.body, "made": made}, expires=self._until), begun.version)
            )
        self._begun = None  # from now on it may be done, whatever is heard of it
        try:
            kept = await self.store.keep_all(rows, away) if rows or away else ()
        except KeptSince:
            self._begun = begun
            raise
        return kept[: len(things)]

    async def begin(self, key: str, place: Kept, until: datetime, now: datetime) -> None:
        """Find out what came of it before, or begin. Raises InvalidInput, UnderWay."""
        there = await self.store.kept(REQUESTS, place.key)
        if there is not None and there.live(now):
            if there.body["asked"] != place.body["asked"]:
                raise InvalidInput(Fault(Code.KEY_REUSED, {"key": key}, pointer="/header/Idempotency-Key"))
            self.made = there.body.get("made")
            if self.made is None:
                raise UnderWay
            return
        try:
            self._begun = await self.store.keep(place, expected=there.version if there else 0)
        except KeptSince:
            raise UnderWay from None
        self._until = until

    async def let_go(self) -> None:
        """It came to nothing: whoever sends it again may try."""
        if self._begun is not None:
            await self.store.throw_away(REQUESTS, [self._begun.key])


@asynccontextmanager
async def once(desk: Desk, actor: str, key: str | None, *asked: object) -> AsyncIterator[Claim]:
    """A claim to carry out what was `asked`, as JSON; without a key it is carried out each time.

    Two reads and a write more. Raises UnderWay, and InvalidInput where the key stands for something else.
    """
    claim = Claim(desk.store)
    if key is not None:
        now, told = desk.clock(), orjson.dumps([key, asked], option=orjson.OPT_SORT_KEYS).decode()
        mark = desk.digest(REQUESTS, f"{actor}\0{key}")
        body = {"asked": desk.digest(REQUESTS, told)}
        await claim.begin(key, Kept(REQUESTS, mark, actor, body, now + UNDER_WAY), now + REMEMBERED, now)
    try:
        yield claim
    except BaseException:
        await asyncio.shield(claim.let_go())
        raise
