"""The reader of an import: beside the caller for small files, in a process of its own for large ones."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

import orjson

from graphsvc.features.imports.batch import AccountRef, ImportOptions, Known
from graphsvc.features.imports.checking import CheckedBatch
from graphsvc.features.imports.headers import Form
from graphsvc.features.imports.loading import Loaded, load
from graphsvc.features.imports.preview import ColumnUse, columns_of
from graphsvc.features.imports.progress import Progress
from graphsvc.features.imports.reader import read
from graphsvc.features.imports.rows import CheckedRows, Each, Pack
from graphsvc.features.imports.tables import FileOnDisk, SourceFile
from models.enums import Kind
from models.faults import Fault
from models.records import Body

File = SourceFile | FileOnDisk
LARGE = 200_000
"""Bytes of files from which a process of its own is worth its start: some thousand rows, half a second."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What files are, before their rows are read: which accounts they name, which forms they have."""

    names: str
    digest: str
    account_texts: Sequence[str]
    account_ids: Sequence[tuple[str, str]]
    forms: frozenset[Form]
    columns: Sequence[ColumnUse]


Page = tuple[Kind, Mapping[str, bytes]]
"""Bodies of a kind as JSON, by id."""


class Bodies(Mapping[tuple[Kind, str], Body]):
    """Bodies by kind and id, kept as JSON and parsed when asked for."""

    def __init__(self) -> None:
        self._texts: dict[tuple[Kind, str], bytes] = {}

    def add(self, page: Page) -> None:
        """Keep bodies."""
        kind, texts = page
        self._texts.update(((kind, id_), text) for id_, text in texts.items())

    def __getitem__(self, key: tuple[Kind, str]) -> Body:
        body: Body = orjson.loads(self._texts[key])
        return body

    def get(self, key: tuple[Kind, str], default: Any = None) -> Any:
        """As of any mapping, but without the exception that a missing key costs: most are missing."""
        text = self._texts.get(key)
        return default if text is None else orjson.loads(text)

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[tuple[Kind, str]]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


class Reader(Protocol):
    """Reads files step by step. Each step raises InvalidInput with every fault found."""

    async def load(self, files: Sequence[File], options: ImportOptions) -> Outline:
        """Open and recognise the files. O(bytes)."""

    async def know(
        self, accounts: Mapping[str, AccountRef], ids: frozenset[str], bodies: AsyncIterator[Page]
    ) -> None:
        """Learn what the store has."""

    async def read(self, pack_rows: int, each: Each, faults: Sequence[Fault] = ()) -> CheckedRows:
        """Read and check all rows but those that have faults, which are never read again. O(rows).

        `each` is told the packs of at most `pack_rows` rows as they are read, also before a fault is found.
        """


class Desk:
    """The reader's work itself, without waiting: what both readers do."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._options = ImportOptions()
        self._loaded = Loaded()
        self._bodies = Bodies()
        self._known = Known()

    def load(self, files: Sequence[File], options: ImportOptions) -> Outline:
        """As `Reader.load`."""
        self._options, self._loaded = options, load(files, options)
        loaded = self._loaded
        return Outline(
            loaded.names,
            digest_of(files, options),
            loaded.account_texts(options),
            list(loaded.account_ids()),
            frozenset(sheet.form for sheet in loaded.sheets),
            columns_of(loaded.sheets),
        )

    def know(self, accounts: Mapping[str, AccountRef], ids: frozenset[str]) -> None:
        """The first part of `Reader.know`: no bodies yet."""
        self._bodies = Bodies()
        self._known = Known(ids, accounts, self._bodies)

    def lay(self, page: Page) -> None:
        """The second part: bodies more."""
        self._bodies.add(page)

    def read(self, pack_rows: int, each: Each, faults: Sequence[Fault] = ()) -> CheckedRows:
        """As `Reader.read`."""
        if faults:
            self._loaded = self._loaded.without(faults)
        loaded = self._loaded
        batch = CheckedBatch(
            self._options,
            self._known,
            pack_rows=pack_rows,
            each=each,
            progress=self._progress,
            rows_to_read=loaded.size,
        )
        read(loaded, batch, self._progress)
        return batch.checked(loaded.faults)


def digest_of(files: Sequence[File], options: ImportOptions) -> str:
    """SHA-256 over files and how they are to be read, on any day: an import sent again has the same one."""
    whole = hashlib.sha256(repr(replace(options, today=date.min)).encode())
    for file in files:
        whole.update(hashlib.sha256(file.name.encode()).digest() + hashlib.sha256(file.data).digest())
    return whole.hexdigest()


class Beside:
    """A reader in a thread."""

    def __init__(self, progress: Progress) -> None:
        self._desk = Desk(progress)

    async def load(self, files: Sequence[File], options: ImportOptions) -> Outline:
        return await asyncio.to_thread(self._desk.load, files, options)

    async def know(
        self, accounts: Mapping[str, AccountRef], ids: frozenset[str], bodies: AsyncIterator[Page]
    ) -> None:
        self._desk.know(accounts, ids)
        async for page in bodies:
            self._desk.lay(page)

    async def read(self, pack_rows: int, each: Each, faults: Sequence[Fault] = ()) -> CheckedRows:
        loop = asyncio.get_running_loop()

        def told(pack: Pack) -> None:
            loop.call_soon_threadsafe(each, pack)

        return await asyncio.to_thread(self._desk.read, pack_rows, told, faults)


@asynccontextmanager
async def reader_of(files: Sequence[File], progress: Progress) -> AsyncIterator[Reader]:
    """The reader for files; when it is left its process and its memory are gone."""
    size = sum(file.path.stat().st_size if isinstance(file, FileOnDisk) else len(file.data) for file in files)
    if size < LARGE:
        yield Beside(progress)
        return
    from graphsvc.features.imports.away import Away  # it runs as a program of its own, too

    async with Away.started(progress) as away:
        yield away
