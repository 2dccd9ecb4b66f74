"""A small import, for tests of what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime

from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.schemas import ImportResult
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.stores.port import GraphStore
from models.enums import ImportStage
from models.imports import ImportState
from tests.contract.writing import EVERYTHING

STATE = ImportState(
    id="imp",
    actor="tester",
    files=("p.csv",),
    digest="0",
    holds=("acme",),
    started=datetime(2026, 1, 1, tzinfo=UTC),
    stage=ImportStage.RUNNING,
)


def files(people: int = 9) -> list[SourceFile]:
    """People under one boss, and ties in a circle."""
    rows = "".join(f"q{n},Name {n},Lab,{'q0' if n else ''}\n" for n in range(people))
    ties = "".join(f"q{n},q{(n + 1) % people},influences,0.5\n" for n in range(people))
    return [
        SourceFile("people.csv", f"id,name,department,manager_id\n{rows}".encode()),
        SourceFile("ties.csv", f"source,target,relation,weight\n{ties}".encode()),
    ]


async def take(store: GraphStore, id_: str = "imp", people: int = 9) -> ImportResult:
    options = ImportOptions(account="north")
    return await import_files(store, EVERYTHING, files(people), options, id=id_)


async def records(store: GraphStore, account: str) -> dict[tuple[str, str], dict[str, object]]:
    return {(str(row.kind), row.id): row.body for row in await store.records(EVERYTHING, account)}
