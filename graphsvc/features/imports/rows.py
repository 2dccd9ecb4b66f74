"""Checked rows on their way from the reader to the store: bodies as JSON, places as numbers, in packs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

import orjson

from graphsvc.features.imports.batch import AccountRef, Place
from models.changes import CheckedBody, Put
from models.enums import Kind, NodeKind
from models.faults import Code, Fault
from models.fields import Label

Source = tuple[str, Mapping[str, str]]
"""A file, or a sheet of one, and the headers of its fields."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Rows of one change set. `kinds`: runs of rows of a kind; `bodies` are lines of JSON, `places` an array.

    `new_in`: the account of which they all are new records, as far as is known.
    """

    kinds: tuple[tuple[Kind, int], ...]
    bodies: bytes
    places: bytes
    new_in: str | None = None

    @classmethod
    def of(cls, rows: Sequence[tuple[Kind, bytes]], places: bytes = b"[]", new_in: str | None = None) -> Pack:
        """The pack of rows, each a kind and a body, that stand in runs of a kind."""
        kinds = tuple((kind, len(list(run))) for kind, run in groupby(rows, key=itemgetter(0)))
        return cls(kinds, b"\n".join([body for _, body in rows]), places, new_in)

    @property
    def size(self) -> int:
        """How many rows it has."""
        return sum(count for _, count in self.kinds)

    def puts(self) -> tuple[Put, ...]:
        """The rows as changes. O(bytes)."""
        bodies = iter(orjson.loads(b"[%b]" % self.bodies.replace(b"\n", b",")))
        return tuple(Put(kind, CheckedBody(next(bodies))) for kind, count in self.kinds for _ in range(count))

    def kind_at(self, index: int) -> Kind:
        """The kind of a row."""
        for kind, count in self.kinds:
            if index < count:
                return kind
            index -= count
        raise IndexError(index)


Each = Callable[[Pack], None]
"""Told each pack of rows."""


def nobody(pack: Pack) -> None:
    """Nobody takes the packs."""


class Packs:
    """The packs of an import in an order in which they can be written, one after the other as they are read.

    Who goes through them waits for the next one; `end` says that there is none.
    """

    def __init__(self) -> None:
        self.rows: int | None = None
        self._packs: list[Pack] = []
        self._news = asyncio.Event()

    def add(self, pack: Pack) -> None:
        """Take the next pack."""
        self._packs.append(pack)
        self._news.set()

    def end(self, rows: int) -> None:
        """No more packs come; all together they have so many rows."""
        self.rows = rows
        self._news.set()

    async def __aiter__(self) -> AsyncIterator[Pack]:
        place = 0
        while True:
            self._news.clear()
            while place < len(self._packs):
                yield self._packs[place]
                place += 1
            if self.rows is not None:
                return
            await self._news.wait()


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """What is said of all rows of an import once they are read. `faults` are of rows that were left out."""

    sources: Sequence[Source]
    accounts: Sequence[AccountRef]
    kinds: Mapping[Kind, int]
    notes: Sequence[Label]
    faults: Sequence[Fault] = field(default=())

    @property
    def size(self) -> int:
        """How many rows there are."""
        return sum(self.kinds.values())

    def placed(self, fault: Fault, pack: Pack) -> Fault:
        """A fault of a pack's change set ("/changes/7/weight"), put where the file shows it."""
        parts = (fault.pointer or "").split("/", 3)
        if len(parts) < 3 or parts[1] != "changes" or not parts[2].isdigit():
            return fault
        index = int(parts[2])
        place = self._place(pack, index)
        if fault.code is Code.MOVED_ACCOUNT and pack.kind_at(index) is NodeKind.CONTACT:
            return place.fault(Code.ID_TAKEN, "id", id=fault.params["id"])
        inside = parts[3].removeprefix("record").removeprefix("/") if len(parts) > 3 else ""
        return place.moved(Fault(fault.code, fault.params, pointer=f"/{inside}" if inside else ""))

    def _place(self, pack: Pack, index: int) -> Place:
        source, row, pointer = orjson.loads(pack.places)[index]
        file, headers = self.sources[source]
        return Place(file, row, pointer, headers)
