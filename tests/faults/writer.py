"""A process that writes until it is killed, and says each acknowledged write: run by the fault tests.

Arguments: the store's URL, the name of the writer. It prints one JSON line for each acknowledged change set.
"""

from __future__ import annotations

import asyncio
import json
import sys
from itertools import count

from graphsvc.stores.open import open_store
from graphsvc.stores.port import Scope
from models.changes import ChangeSet
from tests.contract.writing import E, N, put, tie
from tests.stores import settings_of

WRITERS = 8


async def main(url: str, name: str) -> None:
    """Write for ever with several writers at once."""
    store = await open_store(url, settings_of())
    scope = Scope("writer")
    await store.apply(scope, ChangeSet(f"{name}-begin", (put(N.ACCOUNT, "acme"), put(N.MEMBER, "mia"))))

    async def writer(number: int) -> None:
        for round_ in count():
            id_ = f"{name}-{number}-{round_}"
            changes = (put(N.CONTACT, id_), tie(E.KNOWS, "mia", id_, id=id_))
            applied = await store.apply(scope, ChangeSet(id_, changes))
            sys.stdout.write(json.dumps([id_, applied.sequences["acme"]]) + "\n")
            sys.stdout.flush()

    await asyncio.gather(*(writer(number) for number in range(WRITERS)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
