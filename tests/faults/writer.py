"""A process that writes, and says what it asks for and what was acknowledged: run by the fault tests.

Arguments: the store's URL, the name of the writer, and after how many writes it ends (else it is killed).
It prints a JSON line before each write, ["asked", id], and one after it, ["done", id, sequence].
"""

from __future__ import annotations

import asyncio
import os
import sys
from itertools import count, islice

import orjson

from graphsvc.stores.open import open_store
from graphsvc.stores.port import Scope
from models.changes import ChangeSet
from tests.contract.writing import E, N, put, tie
from tests.stores import settings_of

WRITERS = 8
SCOPE = Scope("writer")


def asked(id_: str) -> ChangeSet:
    """The write of an id: a person and a tie, so that half of it would show."""
    return ChangeSet(id_, (put(N.CONTACT, id_), tie(E.KNOWS, "mia", id_, id=id_)))


def say(*words: str | int) -> None:
    """One line, in one write."""
    os.write(sys.stdout.fileno(), orjson.dumps(words) + b"\n")


async def main(url: str, name: str, number: str = "") -> None:
    """Write with several writers at once."""
    store = await open_store(url, settings_of())
    begin = ChangeSet(f"{name}-begin", (put(N.ACCOUNT, "acme"), put(N.MEMBER, "mia")))
    await store.apply(SCOPE, begin)
    say("begun")
    ids = (f"{name}-{place}" for place in (islice(count(), int(number)) if number else count()))

    async def writer() -> None:
        for id_ in ids:
            say("asked", id_)
            applied = await store.apply(SCOPE, asked(id_))
            say("done", id_, applied.sequences["acme"])

    await asyncio.gather(*(writer() for _ in range(WRITERS)))
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
