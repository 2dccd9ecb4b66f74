"""A process that writes and tells a webhook what it wrote, until it is killed: run by the fault tests.

Arguments: the store's URL, the receiver's, the name of the writer, and how many writes it makes. It prints
["done", id, sequence] after each write.
"""

from __future__ import annotations

import asyncio
import sys

from graphsvc.access.audit import Visit
from graphsvc.access.desk import Desk
from graphsvc.features.webhooks.lease import Lease
from graphsvc.features.webhooks.posting import Poster
from graphsvc.features.webhooks.sender import Sender
from graphsvc.features.webhooks.service import Office
from graphsvc.stores.open import open_store
from models.changes import ChangeSet
from tests.contract.writing import N, put
from tests.faults.writer import SCOPE, say
from tests.stores import settings_of

LEASE_S, POLL_S = 1.0, 0.02


async def main(url: str, receiver: str, name: str, number: str) -> None:
    """Write and send; then only send."""
    store = await open_store(url, settings_of())
    desk = Desk(store, b"key")
    office = Office(desk, SCOPE, Visit(None), private=True)
    if not await office.all():
        await store.apply(SCOPE, ChangeSet("begin", (put(N.ACCOUNT, "acme"),)))
        await office.make({"name": "it", "url": receiver})
    Sender(desk, Poster(private=True), Lease(desk, "webhooks", LEASE_S), POLL_S).start()
    for place in range(int(number)):
        id_ = f"{name}-{place}"
        applied = await store.apply(SCOPE, ChangeSet(id_, (put(N.CONTACT, id_),)))
        say("done", id_, applied.sequences["acme"])
    say("written")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
