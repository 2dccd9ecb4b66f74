"""A process that imports files, or undoes an import, and asks before each thing it does: to be killed there.

Arguments: the store's URL, the import's id, and the files to import; without files the import is undone.
It prints a JSON line, ["write"] before each batch and else its phase, and goes on when it gets a line.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.progress import Phase
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import FileOnDisk
from graphsvc.features.imports.undoing import undo_import
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore
from tests.contract.writing import EVERYTHING
from tests.faults.writer import say
from tests.lengths import rounds
from tests.stores import settings_of

ACCOUNT = "north"


def with_small_batches(store: GraphStore) -> GraphStore:
    """The store, of which an import of some thousand rows takes several batches."""
    type(store).batch_rows = rounds(250, 5_000)  # type: ignore[misc, assignment]
    return store


def ask(word: str) -> None:
    """Say a word and wait until somebody lets this process go on."""
    say(word)
    sys.stdin.readline()


def told(phase: Phase, done: int, total: int) -> None:
    """Say where the import is."""
    ask(str(phase))


async def main(url: str, id_: str, *files: str) -> None:
    """Import or undo."""
    store = with_small_batches(await open_store(url, settings_of()))
    write = store.apply

    async def asked(*args: Any) -> Any:
        ask("write")
        return await write(*args)

    store.apply = asked  # type: ignore[method-assign]
    if files:
        found = [FileOnDisk(Path(file).name, Path(file)) for file in files]
        await import_files(store, EVERYTHING, found, ImportOptions(account=ACCOUNT), id=id_, progress=told)
    else:
        await undo_import(store, EVERYTHING, id_)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
