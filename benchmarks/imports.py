"""`python -m benchmarks.imports`: an import of tables beside the same rows validated and written plainly.

Plainly: read, validated record by record, one statement for 5,000 (SQLite) or 1,000 (Neo4j) rows of a kind,
into the same tables with the same indexes; no log, no rules, no identity across files.
"""

from __future__ import annotations

import asyncio
import csv
import io
import os
import random
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from benchmarks.timing import report
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import FileOnDisk
from graphsvc.settings import Settings
from graphsvc.stores.codec import body_text
from graphsvc.stores.open import open_store
from graphsvc.stores.port import Scope
from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import spec_of
from models.records import Body, body_of, read_record
from queries.catalog import sql

PEOPLE, TIES = 50_000, 200_000
NOW = "2026-11-21T12:00:00.000000Z"
BENCH = Scope("bench")
_MB = 1 << 20


def main() -> None:
    """Measure both ways on the embedded store and report rates, their ratio and memory."""
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as folder:
        files = tables(Path(folder))
        plain_s, rows = plain(Path(folder) / "plain.db", files)
        idle = memory()
        peak = Peak()
        with peak:
            ours_s, put = asyncio.run(ours(Path(folder) / "ours.db", files))
            again_s, changed = asyncio.run(ours(Path(folder) / "ours.db", files))
    assert changed == 0, "the same files again changed something"
    rate, plain_rate = put / ours_s, rows / plain_s
    report(
        "imports",
        [
            {
                "store": "sqlite",
                "people": PEOPLE,
                "ties": TIES,
                "records": put,
                "ours s": ours_s,
                "plain s": plain_s,
                "ours rows/s": rate,
                "plain rows/s": plain_rate,
                "ratio": rate / plain_rate,
                "again s": again_s,
                "service MB over idle": (peak.own - idle) / _MB,
                "with reader MB over idle": (peak.all - idle) / _MB,
            }
        ],
    )


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


async def ours(path: Path, files: list[FileOnDisk]) -> tuple[float, int]:
    """Seconds of an import, and how many records it wrote."""
    settings = Settings(store_url=f"sqlite:///{path}", cache_bytes=0, _env_file=None)
    store = await open_store(settings.store_url, settings)
    try:
        start = time.perf_counter()
        done = await import_files(store, BENCH, files, ImportOptions(account="bench"))
        return time.perf_counter() - start, done.put
    finally:
        await store.close()


def records(files: list[FileOnDisk]) -> Iterator[tuple[Kind, Body]]:
    """The same records straight from the rows, ids made by counting."""
    people = list(csv.DictReader(io.StringIO(files[0].data.decode())))
    units = dict.fromkeys(row["department"] for row in people)
    yield NodeKind.ACCOUNT, {"id": "bench", "name": "bench"}
    for name in units:
        yield NodeKind.DEPARTMENT, {"id": name.replace("部门 ", "d"), "account_id": "bench", "name": name}
    for row in people:
        way = {"kind": "email", "value": row["email"]}
        yield (
            NodeKind.CONTACT,
            {"id": row["id"], "account_id": "bench", "name": row["name"], "channels": [way]},
        )
    for row in people:
        ends = {"source_id": row["id"], "target_id": row["department"].replace("部门 ", "d")}
        job = {"title": row["title"], "rung": row["rung"]}
        yield EdgeKind.WORKS_IN, {"id": f"j{row['id']}", **ends, **job}
        if row["manager_id"]:
            line = {"source_id": row["id"], "target_id": row["manager_id"]}
            yield EdgeKind.REPORTS_TO, {"id": f"r{row['id']}", **line}
    for number, row in enumerate(csv.DictReader(io.StringIO(files[1].data.decode()))):
        ends = {"source_id": row["source"], "target_id": row["target"]}
        yield EdgeKind.INFLUENCES, {"id": f"i{number}", **ends, "weight": float(row["weight"])}


def plain(path: Path, files: list[FileOnDisk]) -> tuple[float, int]:
    """Seconds to validate and write the same records with nothing else, and how many they are."""
    start = time.perf_counter()
    connection = connected(path)
    written, batch, last = 0, list[Body](), None
    for kind, body in records(files):
        if batch and (kind is not last or len(batch) == 5_000):
            written += put(connection, last, batch)
            batch = []
        last = kind
        batch.append(body_of(read_record(kind, body)))
    written += put(connection, last, batch)
    connection.close()
    return time.perf_counter() - start, written


def connected(path: Path) -> sqlite3.Connection:
    """An empty file with the tables and indexes of records."""
    settings = Settings(store_url=f"sqlite:///{path}", _env_file=None)

    async def made() -> None:
        await (await open_store(settings.store_url, settings)).close()

    asyncio.run(made())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def put(connection: sqlite3.Connection, kind: Kind | None, batch: list[Body]) -> int:
    """One batch in one transaction, with the statement the store uses."""
    assert kind is not None
    spec = spec_of(kind)
    ends = isinstance(kind, EdgeKind)
    rows = [
        [row["id"], "bench", None, 1, 1, NOW, NOW, body_text(row)]
        + ([row["source_id"], row["target_id"]] if ends else [])
        for row in batch
    ]
    text = sql("put_edges" if ends else "put_nodes", spec)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(text, {"rows": orjson.dumps(rows).decode()})
    connection.execute("COMMIT")
    return len(rows)


def memory(pid: int | str = "self") -> int:
    """The resident memory of a process, in bytes."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


class Peak:
    """The most memory this process takes while it is entered, alone and with its children."""

    def __init__(self) -> None:
        self.own = self.all = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.02):
            own = memory()
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            self.own = max(self.own, own)
            self.all = max(self.all, own + sum(map(memory, children)))


if __name__ == "__main__":
    main()
