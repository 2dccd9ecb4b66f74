"""A process is killed in the middle of an import, or of its undo: the next one ends what it began.

Afterwards the account is as before the import or as after it, the same files again make nothing twice, and
what was written, undone and written again is one unbroken log.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import orjson
import pytest

from graphsvc.features.history.verifying import verify
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import FileOnDisk
from graphsvc.features.imports.undoing import settle_lost
from graphsvc.stores.neo4j import Neo4jStore
from graphsvc.stores.neo4j import imports as leases
from graphsvc.stores.port import GraphStore
from graphsvc.stores.sqlite import SqliteStore
from models.enums import ImportStage
from models.kinds import FIRM
from tests.contract.conftest import STORES
from tests.contract.writing import EVERYTHING
from tests.faults.importer import ACCOUNT, with_small_batches
from tests.lengths import rounds
from tests.stores import neo4j_store, sqlite_store, wipe

ROOT = Path(__file__).parents[2]
ROWS = rounds(1_500, 50_000)
WHERE = [("checking", 1), ("write", 3)]
"""What the process begins, and for the how manieth time, when it is killed.

Most rows are checked while others are read, so that it is checking is told once for certain.
"""
MORE = [(word, number) for word in ("reading", "write") for number in range(1, 11, 3)]
Opened = Callable[[], AbstractAsyncContextManager[GraphStore]]


@pytest.fixture(params=STORES)
async def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, str, Opened]:
    """Which store it is, its address for another process, and how to open it in this one."""
    if request.param == "sqlite":
        monkeypatch.setattr(SqliteStore, "batch_rows", SqliteStore.batch_rows)  # is set back afterwards
        return "sqlite", f"sqlite:///{tmp_path / 'graph.db'}", lambda: sqlite_store(tmp_path)
    server = request.getfixturevalue("neo4j_server")
    await wipe(server)
    monkeypatch.setattr(Neo4jStore, "batch_rows", Neo4jStore.batch_rows)
    monkeypatch.setattr(leases, "LEASE_S", 0)  # nobody waits until the dead one has been silent long enough
    monkeypatch.setenv("GRAPHSVC_STORE_PASSWORD", server.password)

    @asynccontextmanager
    async def opened() -> AsyncIterator[GraphStore]:
        async with neo4j_store(server) as store:
            yield store

    return "neo4j", server.url, opened


def files(folder: Path, rows: int) -> list[Path]:
    """A table of people, and one of ties between them."""
    people = rows // 5
    with (folder / "people.csv").open("w", encoding="utf-8") as out:
        out.write("id,name,department,title,manager_id\n")
        for n in range(people):
            out.write(f"p{n},张 {n},部门 {n % 40},岗位 {n % 7},{f'p{(n - 1) // 8}' if n else ''}\n")
    draw = random.Random(1)
    with (folder / "ties.csv").open("w", encoding="utf-8") as out:
        out.write("source,target,relation,weight\n")
        for n in range(people, rows):
            source, target = draw.sample(range(people), 2)
            out.write(f"p{source},p{target},influences,{n / rows:.3f}\n")
    return [folder / "people.csv", folder / "ties.csv"]


def kill_at(url: str, id_: str, tables: Sequence[Path], word: str, number: int) -> None:
    """Let a process import, or undo, and kill it just after it began a thing for the n-th time."""
    command = [sys.executable, "-m", "tests.faults.importer", url, id_, *map(str, tables)]
    pipe = subprocess.PIPE
    said: Counter[str] = Counter()
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, bufsize=0) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            said[orjson.loads(line)[0]] += 1
            process.stdin.write(b"\n")
            if said[word] == number:
                process.kill()
                break
        else:
            raise AssertionError(f"it ended before it came so far: {said}")


async def written(store: GraphStore, tables: Sequence[Path], id_: str) -> int:
    """How many records the import of the tables changes now."""
    found = [FileOnDisk(path.name, path) for path in tables]
    return (
        await import_files(
            with_small_batches(store), EVERYTHING, found, ImportOptions(account=ACCOUNT), id=id_
        )
    ).put


async def held(store: GraphStore) -> dict[tuple[str, str], object]:
    """The records of the account; none if it is not there."""
    if not await store.accounts(EVERYTHING):
        return {}
    return {(str(row.kind), row.id): row.body for row in await store.records(EVERYTHING, ACCOUNT)}


async def ended(store: GraphStore, id_: str) -> ImportStage:
    """The end to which who comes after brings an import; its account is held no more, the logs are whole."""
    (state,) = await settle_lost(store)
    assert state.id == id_
    assert not any(account.importing for account in await store.accounts(EVERYTHING))
    for head in await store.heads(EVERYTHING):
        assert (await verify(store, EVERYTHING, head.account)).good
        assert head.account in (ACCOUNT, FIRM)
    return (await store.import_state(EVERYTHING, id_)).stage


async def test_a_killed_import_is_whole_or_absent_and_so_is_its_undo(
    place: tuple[str, str, Opened], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    kind, url, opened = place
    tables = files(tmp_path, ROWS)
    stages: Counter[str] = Counter()
    whole: dict[tuple[str, str], object] = {}
    for round_, (word, number) in enumerate(WHERE + MORE * rounds(0, 1)):
        id_, again = f"i{round_}", f"again{round_}"
        kill_at(url, id_, tables, word, number)
        async with opened() as store:
            assert await ended(store, id_) is ImportStage.INTERRUPTED
            assert await held(store) == {}
            put = await written(store, tables, again)
            whole = whole or await held(store)
            assert await held(store) == whole
            assert put == len(whole) > ROWS
            assert await written(store, tables, f"once-more{round_}") == 0
            stages[ImportStage.INTERRUPTED] += 1
        kill_at(url, again, (), "write", number)
        async with opened() as store:
            assert await ended(store, again) is ImportStage.UNDONE
            assert await held(store) == {}
            stages[ImportStage.UNDONE] += 1
    told = ", ".join(f"{count} {stage}" for stage, count in sorted(stages.items()))
    record_property("counts", f"imports of {ROWS:,} rows and their undo killed on {kind}: {told}, 0 half")
