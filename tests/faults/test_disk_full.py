"""No room left on the disk: writes are refused, reading goes on, and so does writing once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.errors import StorageFull
from graphsvc.stores.port import GraphStore
from graphsvc.stores.sqlite import SqliteStore
from tests.contract.writing import EVERYTHING, N, acme, put, write
from tests.stores import settings_of, sqlite_store

LONG = [put(N.CONTACT, f"p{number}", needs_note="x" * 4000) for number in range(100)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(tmp_path)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk needs the right to mount one: run as root to test a full disk")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


def fill(disk: Path, left: int = 50_000) -> Path:
    """A file that leaves hardly any room beside it."""
    ballast, free = disk / "ballast", os.statvfs(disk)
    ballast.write_bytes(bytes(free.f_bavail * free.f_bsize - left))
    return ballast


def grow_to(store: GraphStore, pages: int) -> None:
    """Let the file grow to so many pages and no more; it never shrinks."""
    assert isinstance(store, SqliteStore)
    done = store._writer.submit(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}"), 5)
    assert done.result() is not None


async def no_room(store: GraphStore) -> None:
    """A write is refused, everything else goes on."""
    before = await store.records(EVERYTHING, "acme")
    for _ in range(2):
        with pytest.raises(StorageFull):
            await write(store, *LONG)
    assert await store.records(EVERYTHING, "acme") == before
    assert (await store.account_graph(EVERYTHING, "acme")).contacts.ids == ("ana", "ben", "cho", "dan")


async def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        grow_to(store, 1)
        await no_room(store)
        grow_to(store, 10**6)
        assert (await write(store, *LONG)).put == 100


async def test_a_full_disk(small_disk: Path) -> None:
    async with sqlite_store(small_disk) as store:
        await acme(store)
        ballast = fill(small_disk)
        await no_room(store)
        ballast.unlink()
        assert (await write(store, *LONG)).put == 100


async def test_a_full_disk_under_the_service(
    small_disk: Path, record_property: Callable[[str, object], None]
) -> None:
    async with sqlite_store(small_disk) as store:
        await acme(store)
        app = create_app(settings_of(), store)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            ballast = fill(small_disk, left=400_000)
            told = [await made(client, number) for number in range(60)]
            kept = [number for number, answer in enumerate(told) if answer.status_code == 201]
            refused = [answer for answer in told if answer.status_code != 201]
            assert kept
            assert refused
            for answer in refused:
                assert answer.status_code == 507
                assert answer.json()["type"] == "urn:graphsvc:problem:storage-full"
            assert (await client.get("/readyz")).status_code == 200
            assert (await client.get("/api/v1/accounts/acme/graph")).status_code == 200
            assert await people(client) == kept
            ballast.unlink()
            again = [await made(client, number) for number in range(60) if number not in kept]
            assert {answer.status_code for answer in again} == {201}
            assert await people(client) == list(range(60))
    record_property("counts", f"disk full: {len(kept)} writes kept, {len(refused)} refused with 507, 0 lost")


async def made(client: httpx.AsyncClient, number: int) -> httpx.Response:
    """The answer to a new contact with much to say."""
    body = {"id": f"q{number:02}", "account_id": "acme", "name": "Q", "needs_note": "x" * 4000}
    return await client.post("/api/v1/contacts", json=body)


async def people(client: httpx.AsyncClient) -> list[int]:
    """The numbers of the contacts that are there."""
    found = await client.get("/api/v1/contacts", params={"account_id": "acme", "limit": 200})
    return [int(row["id"][1:]) for row in found.json()["items"] if row["id"].startswith("q")]
