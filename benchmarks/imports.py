"""Imports of tables beside the same rows written plainly, on each store.

An import writes its log, keeps the rules and fills the search; `benchmarks.plain` validates and writes and
does nothing else. Neo4j is the server of GRAPHSVC_TEST_NEO4J_URL, which is emptied, or one that is started
here if Java and Maven are there; else it is said that it was left out.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from neo4j import GraphDatabase
from pydantic import SecretStr

from benchmarks import plain
from benchmarks.figures import Figure
from benchmarks.memory import MB, Peak, memory
from benchmarks.serving import settings_of
from benchmarks.timing import result_of
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import FileOnDisk
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import Scope
from tests.neo4j_server import GivenServer, Neo4jServer, given_server, what_is_missing

PEOPLE, TIES = 50_000, 200_000
TOPIC = "imports"
BENCH = Scope("bench")


def measure(people: int = PEOPLE, ties: int = TIES) -> Iterator[Figure]:
    """Both ways on each store."""
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as name:
        folder = Path(name)
        files = tables(folder, people, ties)
        size = f"{people:,} people, {ties:,} ties"
        yield from _embedded(f"sqlite, {size}", folder, files)
        with server(folder) as found:
            yield from _on_server(f"neo4j, {size}", found, files) if found else ()


def _embedded(what: str, folder: Path, files: Sequence[FileOnDisk]) -> Iterator[Figure]:
    ours, empty = (
        settings_of(store_url=f"sqlite:///{folder / name}.db", cache_bytes=0) for name in ("ours", "plain")
    )
    asyncio.run(_opened(empty))
    number = count()

    def plainly() -> int:
        copied = folder / f"plain{next(number)}.db"
        shutil.copy(folder / "plain.db", copied)
        return plain.into_file(copied, files)

    yield from _both(what, ours, files, plainly, lambda: None)


def _on_server(what: str, found: GivenServer, files: Sequence[FileOnDisk]) -> Iterator[Figure]:
    user, password = found.auth
    settings = settings_of(
        store_url=found.url,
        store_user=user,
        store_password=SecretStr(password),
        cache_bytes=0,
        bulk_deadline_s=120,
    )
    with GraphDatabase.driver(found.url, auth=found.auth, notifications_min_severity="OFF") as driver:

        def emptied() -> None:
            with driver.session() as session:
                session.run(_EMPTY).consume()

        emptied()
        asyncio.run(_opened(settings))
        yield from _both(what, settings, files, lambda: plain.into_server(driver, files), emptied)
        emptied()


_EMPTY = "MATCH (n) WHERE NOT n:Meta CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 500 ROWS"


def _both(
    what: str,
    settings: Settings,
    files: Sequence[FileOnDisk],
    plainly: Callable[[], int],
    emptied: Callable[[], None],
) -> Iterator[Figure]:
    """Ours between two times plainly, whose mean counts: what else the machine does meets both."""
    rows, plain_s = result_of(plainly)
    emptied()
    idle = memory()
    with Peak() as peak:
        ours_s, put = asyncio.run(imported(settings, files))
        again_s, changed = asyncio.run(imported(settings, files))
    emptied()
    plain_s = (plain_s + result_of(plainly)[1]) / 2
    assert changed == 0, "the same files again changed something"
    rate, plain_rate = put / ours_s, rows / plain_s
    yield Figure(TOPIC, f"{what}: ours, of the rate of writing plainly", rate / plain_rate, least=0.5)
    yield Figure(TOPIC, f"{what}: ours", rate, "rows/s")
    yield Figure(TOPIC, f"{what}: plainly", plain_rate, "rows/s")
    yield Figure(TOPIC, f"{what}: the same files again, of the time of the first", again_s / ours_s)
    yield Figure(TOPIC, f"{what}: memory of the service over idle", (peak.own - idle) / MB, "MB", most=300)
    yield Figure(TOPIC, f"{what}: memory with the reader's process", (peak.all - idle) / MB, "MB")


async def imported(settings: Settings, files: Sequence[FileOnDisk]) -> tuple[float, int]:
    """Seconds of an import, and how many records it wrote."""
    store = await open_store(settings.store_url, settings)
    try:
        start = time.perf_counter()
        done = await import_files(store, BENCH, files, ImportOptions(account="bench"))
        return time.perf_counter() - start, done.put
    finally:
        await store.close()


async def _opened(settings: Settings) -> None:
    """Make the store's tables, or constraints and indexes."""
    await (await open_store(settings.store_url, settings)).close()


@contextmanager
def server(folder: Path) -> Iterator[GivenServer | None]:
    """A Neo4j server to measure on: the given one, or one of our own that ends with the block."""
    given, missing = given_server(), what_is_missing()
    if given is None and missing:
        print(f"Neo4j is left out: it needs {missing}, or GRAPHSVC_TEST_NEO4J_URL", file=sys.stderr)
    if given is not None or missing:
        yield given
        return
    own = Neo4jServer(folder / "neo4j")
    try:
        own.start()
        yield own
    finally:
        own.kill()


def tables(folder: Path, people: int = PEOPLE, ties: int = TIES) -> list[FileOnDisk]:
    """The CSV pair of an invented account."""
    chance = random.Random(1)
    names = "王李张刘陈杨赵黄周吴"
    with (folder / "people.csv").open("w", encoding="utf-8") as out:
        out.write("id,name,department,title,rung,manager_id,email\n")
        for row in range(people):
            boss = f"p{(row - 1) // 8}" if row else ""
            name = chance.choice(names) + chance.choice("伟芳娜敏静丽强磊") + chance.choice("军洋勇艳杰娟")
            out.write(f"p{row},{name},部门 {row % 1500},岗位 {row % 97},expert,{boss},p{row}@example.com\n")
    with (folder / "ties.csv").open("w", encoding="utf-8") as out:
        out.write("source,target,relation,weight\n")
        for _ in range(ties):
            source, target = chance.sample(range(people), 2)
            out.write(f"p{source},p{target},influences,{chance.uniform(0.1, 0.9):.4f}\n")
    return [FileOnDisk(name, folder / name) for name in ("people.csv", "ties.csv")]
