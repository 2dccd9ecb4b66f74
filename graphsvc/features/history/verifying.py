"""Whether a change log is as it was written: every entry, in order, up to its head and to a noted anchor."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graphsvc.stores.chain import Chain
from graphsvc.stores.port import GraphStore, Scope
from models.changes import LogEntry, LogHead
from models.enums import Kind

PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a log: its last good entry, and the sequence of the first bad one (None: all good).

    `unlike` is the first record that is not as a good log left it.

    `head` noted elsewhere is the anchor of a later verification: it finds a log that was cut or made anew.
    """

    head: LogHead
    first_bad: int | None = None
    unlike: tuple[Kind, str] | None = None

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return self.first_bad is None and self.unlike is None


async def verify(
    store: GraphStore, scope: Scope, account: str, anchor: tuple[int, str] | None = None
) -> Verdict:
    """Whether a log is whole; `anchor` is a sequence and the hash it had. O(bytes of the log).

    Finds edited, deleted, inserted and reordered entries, and a cut end. Who can rewrite the whole log and
    its head is found by the anchor only. The records of a good log are compared with what it leaves.
    Raises NotFound, StoreUnavailable.
    """
    found = await _chain(store, scope, account, anchor)
    if found.first_bad is not None:
        return found
    return replace(found, unlike=await store.unlike_log(scope, account))


async def _chain(store: GraphStore, scope: Scope, account: str, anchor: tuple[int, str] | None) -> Verdict:
    for again in (True, False):
        chain = Chain(account)
        found = await _followed(store, scope, chain, anchor)
        bad = chain.unvouched()
        if found.first_bad is not None or bad is None:
            return found
        if not again:
            break
        # An erasure that came between two pages looks the same: read once more.
    return replace(found, first_bad=bad)


async def _followed(store: GraphStore, scope: Scope, chain: Chain, anchor: tuple[int, str] | None) -> Verdict:
    while True:
        last = chain.head
        page = await _page(store, scope, last)
        if page is None:
            return Verdict(last, last.sequence + 1)
        if not page:
            return await _ended(store, scope, chain, anchor)
        bad = await asyncio.to_thread(chain.follow, page)
        good = page[: chain.head.sequence - last.sequence]
        if anchor and any(e.sequence == anchor[0] and e.seal and e.seal.hash != anchor[1] for e in good):
            return Verdict(last, anchor[0])
        if bad is not None:
            return Verdict(chain.head, bad)


async def _page(store: GraphStore, scope: Scope, last: LogHead) -> Sequence[LogEntry] | None:
    """The entries after `last`; fewer where one cannot even be read, None if that is the first of them."""
    limit = PAGE
    while True:
        try:
            return await store.log(scope, last.account, after=last.sequence, limit=limit)
        except (AssertionError, AttributeError, KeyError, TypeError, ValueError):
            # What stands there is no entry of ours: find the first such by reading less.
            if limit == 1:
                return None
            limit //= 2


async def _ended(store: GraphStore, scope: Scope, chain: Chain, anchor: tuple[int, str] | None) -> Verdict:
    """The verdict on a log that ends with the chain: its head says the same, the anchor lies in it."""
    last = chain.head
    heads = {head.account: head for head in await store.heads(scope)}
    head = heads.get(last.account) or LogHead(last.account)
    if head.sequence > last.sequence and await store.log(scope, last.account, last.sequence, 1):
        return await _followed(store, scope, chain, anchor)  # written meanwhile
    if head.sequence != last.sequence:
        return Verdict(last, min(head.sequence, last.sequence) + 1)
    if head.hash != last.hash:
        return Verdict(last, last.sequence)
    if anchor and anchor[0] > last.sequence:
        return Verdict(last, last.sequence + 1)
    return Verdict(last)
