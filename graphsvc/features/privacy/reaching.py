"""Which erasures a restore has to do again: those it is told of, those of the deployment it can reach."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from graphsvc.errors import GraphsvcError
from graphsvc.features.privacy.ledgers import ledger, read_ledger
from graphsvc.settings import Settings
from graphsvc.stores.open import open_beside
from models.erasures import Ledger


async def named_erasures(names: Sequence[str], settings: Settings) -> list[Ledger]:
    """The ledgers of files and stores that are named. Raises BackupFailed, StartRefused, OSError."""
    return [await _named(name, settings) for name in names]


async def reached_erasures(target: str, settings: Settings) -> list[Ledger]:
    """The ledgers of the deployment: its file of erasures, and its store if that is another than `target`.

    What is not there or cannot be read is left out: a lost store is why one restores. Raises BackupFailed
    for a file that is no ledger, OSError.
    """
    found = []
    if settings.erasures is not None and settings.erasures.exists():
        found.append(await asyncio.to_thread(read_ledger, settings.erasures))
    if settings.store_url != target:
        with suppress(GraphsvcError):
            found.append(await _of_store(settings.store_url, settings))
    return found


async def _named(name: str, settings: Settings) -> Ledger:
    if "://" in name:
        return await _of_store(name, settings)
    return await asyncio.to_thread(read_ledger, Path(name))


async def _of_store(url: str, settings: Settings) -> Ledger:
    store = await open_beside(url, settings)
    try:
        return await ledger(store)
    finally:
        await store.close()
