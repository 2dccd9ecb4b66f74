"""Backup, restore and verification of whole stores, the same for every kind of store.

A backup is a store's own copy of itself (SQLite) or the logical form of `files.py`, which every store can
write and take: so a store moves from one kind to the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphsvc.access.audit import AUDIT, HEADS
from graphsvc.access.keys import KEYS
from graphsvc.access.passwords import PASSWORDS
from graphsvc.access.users import USERS
from graphsvc.durable import publish
from graphsvc.errors import BackupFailed, StoreUnavailable
from graphsvc.features.history.verifying import Verdict
from graphsvc.features.history.verifying import verify as verify_log
from graphsvc.features.operations import files
from graphsvc.features.operations.files import Batch
from graphsvc.features.privacy.ledgers import done_again, is_foreign, ledger
from graphsvc.features.saved_views.service import AREA as VIEWS
from graphsvc.features.webhooks.kept import PLACES, STARTS, WEBHOOKS, rest_all
from graphsvc.rulebook import AREA as RULES
from graphsvc.settings import Settings
from graphsvc.stores.chain import Chain
from graphsvc.stores.codec import applied_of
from graphsvc.stores.erasures import AREAS, UNSCRUBBED
from graphsvc.stores.facts import Held, Key, Stub
from graphsvc.stores.keeping import Kept
from graphsvc.stores.merges import merges_told
from graphsvc.stores.open import check_backup, is_file, new_place, open_backup
from graphsvc.stores.operations import Flaw
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.stores.replay import Left, edges_of, nodes_of, reaching
from models.changes import LogHead
from models.erasures import Erasure, Ledger

PAGE = 2_000
"""Log entries read at once."""
RECORDS = 5_000
"""Records written at once."""
TRIES = 3
"""How often a logical backup is begun because values were erased under it."""


_NOTHING_OF_OURS = (AssertionError, AttributeError, KeyError, TypeError, ValueError)
"""What decoding meets where something stands that no version ever wrote."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified backup: the file, its form, how far each log reaches in it."""

    path: Path
    logical: bool
    heads: Sequence[LogHead]


@dataclass(frozen=True, slots=True)
class Restored:
    """How far each log reaches in a restored store, and who was erased in it once more."""

    heads: Sequence[LogHead]
    erased: Sequence[Erasure]


class _Unvouched(BackupFailed):
    """Values are erased and no erasure says so: one came while the logs were read, or nobody's did."""


async def backup(store: GraphStore, scope: Scope, target: Path, logical: bool = False) -> Backup:
    """Back the store up, also under load: it holds at least every write acknowledged before.

    `target` appears when it is whole, verified and synced. Raises BackupFailed, StorageFull, OSError.
    """
    if await asyncio.to_thread(target.exists):
        raise BackupFailed.exists(target)
    heads = await store.cut(scope)
    if not logical and await store.copy(scope, target):
        return Backup(target, False, heads)
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        for left in reversed(range(TRIES)):
            heads = await _dump(store, scope, unfinished)
            try:
                await asyncio.to_thread(_check, unfinished)
                break
            except _Unvouched:
                if not left:
                    raise
        await asyncio.to_thread(publish, unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return Backup(target, True, heads)


async def restore(
    source: Path,
    url: str,
    settings: Settings,
    scope: Scope,
    ledgers: Sequence[Ledger] = (),
    reached: Sequence[Ledger] = (),
) -> Restored:
    """Restore a backup to a new, empty place, which can be opened only when all of it is verified.

    Whom `ledgers` say was erased after the backup is erased in it before anybody can open it; those of
    `reached` are left out if they are of another store. Raises BackupFailed, StartRefused.
    """
    logical = await asyncio.to_thread(files.is_logical, source)
    heads: Sequence[LogHead] = []
    if logical:
        heads = await asyncio.to_thread(_check, source)
    else:
        await asyncio.to_thread(check_backup, source)
    async with new_place(url, settings, source) as store:
        if logical:
            await _load(store, scope, _read(source))
            if not await asyncio.to_thread(files.keeps_merges, source):
                await _tell_merges(store, scope)
            for thing in await asyncio.to_thread(lambda: list(files.kept_in(source))):
                await store.keep(thing)
        elif not is_file(url):
            original = await open_backup(source, settings)
            try:
                heads = await original.cut(scope)
                await _load(store, scope, _batches(original, scope, heads))
                for thing in await _kept(original):
                    await store.keep(thing)
            finally:
                await original.close()
        own = [one for one in reached if not await is_foreign(store, scope, one)]
        erased = await restored(store, scope, [*ledgers, *own])
        return Restored(await _compare(store, scope, heads), erased)


async def restored(store: GraphStore, scope: Scope, ledgers: Sequence[Ledger]) -> Sequence[Erasure]:
    """What is to be done to every store that comes out of a backup, before anybody uses it."""
    await rest_all(store)
    return await done_again(store, scope, ledgers)


_ALSO = (USERS, PASSWORDS, KEYS, AUDIT, HEADS, VIEWS, WEBHOOKS, STARTS, PLACES)


async def _kept(store: GraphStore) -> list[Kept]:
    """What a store keeps of erasures, reads, rules, users, keys, the audit trail, saved views, webhooks.

    Not sessions and links, nor what is to be done about its own file.
    """
    things = [thing for area in (*AREAS, RULES, *_ALSO) for thing in await store.kept_in(area)]
    return [thing for thing in things if thing.key != UNSCRUBBED]


async def verify(store: GraphStore, scope: Scope) -> tuple[Sequence[Flaw], Sequence[Verdict]]:
    """How a whole store is kept, and whether each of its logs is as it was written. O(store)."""
    flaws = list(await store.integrity(scope))
    verdicts: list[Verdict] = []
    try:
        heads = await store.heads(scope)
        verdicts = [await verify_log(store, scope, head.account) for head in heads]
    except _NOTHING_OF_OURS as error:
        flaws.append(Flaw(f"What is kept cannot be read: {error}.", f"存储的内容无法读取：{error}。"))
    except StoreUnavailable:
        if not flaws:
            raise  # else the damage that was found is why
    return flaws, verdicts


async def verify_backup(
    path: Path, settings: Settings, scope: Scope
) -> tuple[Sequence[Flaw], Sequence[Verdict]]:
    """The same of a backup, which is only read. Raises BackupFailed, StartRefused."""
    if await asyncio.to_thread(files.is_logical, path):
        return [], [Verdict(head) for head in await asyncio.to_thread(_check, path)]
    store = await open_backup(path, settings)
    try:
        return await verify(store, scope)
    finally:
        await store.close()


async def _dump(store: GraphStore, scope: Scope, target: Path) -> Sequence[LogHead]:
    before = await ledger(store)
    while True:
        heads, kept = await store.cut(scope), await _kept(store)
        after = await ledger(store)
        if after == before:
            break  # no erasure that the logs up to these heads do not hold, or that is not in the ledger
        before = after
    with target.open("wb") as file:
        writer = files.Writer(file, heads)
        await asyncio.to_thread(writer.keep, kept)
        async for batch in _batches(store, scope, heads):
            await asyncio.to_thread(writer.batch, batch)
        await asyncio.to_thread(writer.end)
    return heads


async def _batches(store: GraphStore, scope: Scope, heads: Sequence[LogHead]) -> AsyncIterator[Batch]:
    """The logs up to these heads, one after the other. Only an erasure changes what stands there."""
    for head in heads:
        last = ""
        for after in range(0, head.sequence, PAGE):
            limit = min(PAGE, head.sequence - after)
            entries = await store.log(scope, head.account, after, limit)
            if len(entries) != limit:
                raise BackupFailed.flawed(f"Log {head.account} has gaps.", f"日志 {head.account} 不连续。")
            ids = [id_ for id_ in dict.fromkeys(entry.change_set for entry in entries) if id_ != last]
            done = await store.done(scope, ids)
            # A change set of several logs comes with the first of them.
            own = [row for row in done if min(applied_of(row.id, row.result).entries) == head.account]
            yield Batch(entries, own)
            last = entries[-1].change_set


async def _read(source: Path) -> AsyncIterator[Batch]:
    batches: Iterator[Batch] = files.batches(source)
    while (batch := await asyncio.to_thread(next, batches, None)) is not None:
        yield batch


async def _load(store: GraphStore, scope: Scope, batches: AsyncIterator[Batch]) -> None:
    """Fill an empty store: the logs, then what they leave, nodes before the edges between them."""
    async for batch in batches:
        await store.keep_log(scope, batch.entries, batch.done)
    heads = await store.heads(scope)
    accounts: dict[Key, str | None] = {}
    stubs: dict[Key, Stub] = {}
    for head in heads:
        left = await _left(store, scope, head)
        for key, stub in left.stubs.items():
            stubs[key] = max(stub, stubs.get(key, stub), key=lambda one: one.revision)
        nodes = nodes_of(left)
        accounts.update({held.key: held.stored.account for held in nodes})
        await _keep(store, scope, nodes)
    await store.keep_records(scope, (), list(stubs.values()))
    for head in heads:
        left = await _left(store, scope, head)
        edges = [reaching(held, accounts) for held in edges_of(left)]
        await _keep(store, scope, edges)
        every = [*nodes_of(left), *edges]
        for start in range(0, len(every), RECORDS):
            await store.keep_references(scope, every[start : start + RECORDS])


async def _left(store: GraphStore, scope: Scope, head: LogHead) -> Left:
    left = Left()
    for after in range(0, head.sequence, PAGE):
        left.follow(await store.log(scope, head.account, after, PAGE))
    return left


async def _tell_merges(store: GraphStore, scope: Scope) -> None:
    """Keep what was merged, by the logs, where the backup is of before that was kept."""
    for head in await store.heads(scope):
        for after in range(0, head.sequence, PAGE):
            for thing in merges_told(await store.log(scope, head.account, after, PAGE)):
                await store.keep(thing)


async def _keep(store: GraphStore, scope: Scope, records: Sequence[Held]) -> None:
    for start in range(0, len(records), RECORDS):
        await store.keep_records(scope, records[start : start + RECORDS], ())


async def _compare(store: GraphStore, scope: Scope, heads: Sequence[LogHead]) -> Sequence[LogHead]:
    """The heads of a restored store. Raises BackupFailed unless it is whole and reaches as far as `heads`."""
    flaws, verdicts = await verify(store, scope)
    for flaw in flaws:
        raise BackupFailed.flawed(flaw.en, flaw.zh)
    for verdict in verdicts:
        if verdict.first_bad is not None:
            log = verdict.head.account
            raise BackupFailed.flawed(f"Log {log} is not as written.", f"日志 {log} 已被改动。")
    found = {verdict.head.account: verdict.head.sequence for verdict in verdicts}
    if any(found.get(head.account, 0) < head.sequence for head in heads):
        raise BackupFailed.flawed("Entries are missing.", "缺少日志条目。")
    return [verdict.head for verdict in verdicts]


def _check(path: Path) -> list[LogHead]:
    """Read a logical backup whole: its sum, the chain of each log up to the head it names. O(bytes)."""
    heads = {head.account: head for head in files.heads_of(path)}
    chains = {log: Chain(log) for log in heads}
    for batch in files.batches(path):
        log = batch.entries[0].account
        bad = chains.setdefault(log, Chain(log)).follow(batch.entries)
        if bad is not None:
            raise BackupFailed.flawed(*_said(log, bad))
    for log, chain in chains.items():
        if (bad := chain.unvouched()) is not None:
            raise _Unvouched.flawed(*_said(log, bad))
    if {log: chain.head for log, chain in chains.items()} != heads:
        raise BackupFailed.flawed("Logs end before their heads.", "日志未到其末尾。")
    return list(heads.values())


def _said(log: str, bad: int) -> tuple[str, str]:
    return f"Entry {bad} of log {log} is not as written.", f"日志 {log} 的第 {bad} 条已被改动。"
