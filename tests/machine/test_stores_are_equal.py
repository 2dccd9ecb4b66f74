"""SQLite, Neo4j and a plain dictionary take the same steps: they do, refuse and remember the same."""

from __future__ import annotations

import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from pydantic import SecretStr

from graphsvc.stores.neo4j import Neo4jStore
from graphsvc.stores.port import GraphStore
from graphsvc.stores.sqlite import SqliteStore
from tests.lengths import rounds
from tests.machine.machine import Clock, Opener
from tests.machine.people import PeopleMachine
from tests.neo4j_server import GivenServer
from tests.stores import settings_of, wipe

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Files in memory, where there are any: what a sync is worth is tested elsewhere."""
PATIENT = dict.fromkeys(("read_deadline_s", "write_deadline_s", "request_deadline_s"), 60.0)
"""What a busy machine makes of deadlines is tested elsewhere too."""


async def sqlite(stack: AsyncExitStack, clock: Clock) -> GraphStore:
    """An embedded store in a folder of its own."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(dir=MEMORY))
    store = await SqliteStore.open(Path(folder) / "graph.db", settings_of(), clock)
    stack.push_async_callback(store.close)
    return store


def neo4j(server: GivenServer) -> Opener:
    """Opens a store over the emptied database of a server."""

    async def opener(stack: AsyncExitStack, clock: Clock) -> GraphStore:
        await wipe(server)
        user, password = server.auth
        known = settings_of(store_user=user, store_password=SecretStr(password), **PATIENT)
        store = await Neo4jStore.open(server.url, known, clock)
        stack.push_async_callback(store.close)
        return store

    return opener


def drive(openers: list[Opener], examples: int, steps: int) -> None:
    """Run the machine over these stores."""
    driven = type("Driven", (PeopleMachine,), {"openers": openers})
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(driven, settings=chosen)  # type: ignore[no-untyped-call]


def test_the_embedded_store_is_the_plain_one() -> None:
    drive([sqlite], rounds(100, 2_000), rounds(20, 50))


def test_both_stores_are_the_plain_one(neo4j_server: GivenServer) -> None:
    drive([sqlite, neo4j(neo4j_server)], rounds(15, 400), rounds(15, 40))
