"""Erasures outlive the store: written to a file, and done again on what an older backup brings back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from graphsvc.durable import replace_whole
from graphsvc.errors import BackupFailed, NotFound
from graphsvc.stores.erasing import erasure_of, erasure_text
from graphsvc.stores.erasures import (
    ERASURES,
    KEY,
    MARKS,
    STATE,
    key_for,
    key_thing,
    ledger_of,
    missing,
    things,
)
from graphsvc.stores.port import GraphStore, Scope
from models.erasures import Erasing, Erasure, Ledger
from models.faults import InvalidInput

FORM = 1


async def ledger(store: GraphStore) -> Ledger:
    """All erasures of a store. O(marks)."""
    areas = [await store.kept_in(area) for area in (ERASURES, MARKS)]
    return ledger_of(await store.kept(STATE, KEY), *areas)


async def write_ledger(store: GraphStore, path: Path) -> Ledger:
    """Write all erasures of a store to a file, in place of what is there. Raises OSError."""
    found = await ledger(store)
    await asyncio.to_thread(replace_whole, path, ledger_bytes(found))
    return found


def ledger_bytes(found: Ledger) -> bytes:
    """A ledger as JSON; it holds ids, times and marks, and the key that makes marks of values."""
    rows = [
        {"told": orjson.loads(erasure_text(erasure)), "marks": erasure.marks} for erasure in found.erasures
    ]
    told = {"graphsvc": "erasures", "form": FORM, "key": found.key, "erasures": rows}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n"


def read_ledger(path: Path) -> Ledger:
    """The ledger of a file. Raises BackupFailed for one that is none, OSError."""
    try:
        told: Mapping[str, Any] = orjson.loads(path.read_bytes())
        if told["graphsvc"] != "erasures" or told["form"] != FORM:
            raise ValueError(told["form"])
        erasures = [
            erasure_of(orjson.dumps(row["told"]).decode(), map(str, row["marks"])) for row in told["erasures"]
        ]
    except (AssertionError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BackupFailed(
            f"{path} is no list of erasures of graphsvc.", f"{path} 不是 graphsvc 的清除记录文件。"
        ) from error
    return Ledger(told["key"], tuple(erasures))


async def done_again(store: GraphStore, scope: Scope, ledgers: Sequence[Ledger]) -> Sequence[Erasure]:
    """Do what other states of a store have erased and this one has not, oldest first; gives these.

    Who is not there (yet) is kept from being entered. Raises BackupFailed for a ledger of another store.
    """
    found: list[Erasure] = []
    for other in ledgers:
        if await is_foreign(store, scope, other):
            raise BackupFailed("The erasures are of another store.", "清除记录属于另一个存储。")
        own = await ledger(store)
        key = key_for(own.key, other.key)
        if own.key is None and key is not None:
            await store.keep(key_thing(key))
        for erasure in missing(other, own):
            await _again(store, scope, erasure)
            found.append(erasure)
    await store.scrubbed()
    return found


async def is_foreign(store: GraphStore, scope: Scope, other: Ledger) -> bool:
    """Whether a ledger is of another store: the logs of its erasures begin otherwise here. O(erasures)."""
    begun = {head.account for head in await store.heads(scope)}
    for account, origin in {erasure.account: erasure.origin for erasure in other.erasures}.items():
        if account in begun:
            (first,) = await store.log(scope, account, 0, 1)
            if first.seal is None or first.seal.hash != origin:
                return True
    return False


async def _again(store: GraphStore, scope: Scope, erasure: Erasure) -> None:
    """Erase somebody as he was erased before: those merged into him later too, if they still stand apart."""
    people = dict.fromkeys([erasure.contact, *erasure.people])
    also = tuple([key for key in erasure.also if await _stands(store, scope, key)])
    done = False
    for number, id_ in enumerate(people):
        own = erasure.id if id_ == erasure.contact else f"{erasure.id}.{number}"
        asked = Erasing(own, id_, erasure.reason, also=also, marks=erasure.marks)
        if id_ == erasure.contact:
            named = {name: getattr(erasure, name) for name in ("mentions", "reasons", "saved_views")}
            asked = replace(asked, **named)
        try:
            await store.erase(scope, asked)
            done = done or id_ == erasure.contact
        except NotFound:
            continue
        except InvalidInput:
            done = False  # its log came without its line in the ledger
    if not done:
        for thing in things(erasure):
            await store.keep(thing)


async def _stands(store: GraphStore, scope: Scope, key: Any) -> bool:
    try:
        await store.get(scope, *key)
    except NotFound:
        return False
    return True
