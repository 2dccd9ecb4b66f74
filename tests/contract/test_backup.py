"""Backup and restore: what comes out is what went in, from every kind of store to every kind of store."""

from __future__ import annotations

import asyncio
import gzip
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from graphsvc.access.audit import Happened, checked, tell, trail
from graphsvc.access.passwords import is_password, set_password
from graphsvc.access.users import UserFields, add_user, users
from graphsvc.errors import BackupFailed, StartRefused
from graphsvc.features.history.verifying import verify as verify_log
from graphsvc.features.operations import files, service
from graphsvc.features.operations.service import backup, restore, verify, verify_backup
from graphsvc.features.privacy.ledgers import done_again, ledger, read_ledger, write_ledger
from graphsvc.rulebook import Rulebook
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.access import Audited
from models.changes import Delete
from models.erasures import Erasing
from models.faults import Code
from tests.contract.conftest import STORES
from tests.contract.test_snapshots import EVERY_KIND
from tests.contract.writing import (
    EVERYTHING,
    E,
    N,
    acme,
    change_set,
    fault_of,
    put,
    tables,
    tie,
    whole_log,
    write,
)
from tests.erasures import NAME, told
from tests.stores import settings_of, sqlite_store, wipe

ACCOUNTS = ("acme", "bolt")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
async def story(store: GraphStore) -> GraphStore:
    """A store with every kind, two accounts tied to each other, changes, deletions and returns."""
    await acme(store)
    await write(store, Delete(N.CONTACT, "cho"))  # who comes back restricted
    await write(store, *EVERY_KIND)
    await write(
        store, tie(E.BOND, "ana", "zoe", polarity=1.0), put(N.CONTACT, "eve", external_ids={"crm": "7"})
    )
    await write(store, put(N.CONTACT, "ben", name="Ben Müller 王"), put(N.CONTACT, "cho", name="Cho Two"))
    await write(store, Delete(N.CONTACT, "dan"))
    await write(store, Delete(N.CONTACT, "eve"))
    await write(store, put(N.CONTACT, "eve", external_ids={"crm": "8"}))
    await store.apply(EVERYTHING, change_set(put(N.CONTACT, "fay"), id="sent-once", reason="visit"))
    await Rulebook(store).change({"chains": {"upward": 0.5}}, 0, "mia", "seen", NOON)
    await add_user(store, "mia", UserFields.model_validate({"role": "rep", "accounts": ["acme"]}), NOON)
    await set_password(store, "mia", "correct horse battery", NOON)
    await tell(store, Happened(actor="mia", act=Audited.USER_ADDED, subject="mia"), NOON)
    return store


@pytest.fixture(params=STORES)
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[str, Settings, Any]]:
    """Where to restore to: its address, how to open it, and what makes it empty when the backup is there."""
    if request.param == "sqlite":

        async def nothing() -> None:
            assert not (tmp_path / "restored.db").exists()

        yield f"sqlite:///{tmp_path / 'restored.db'}", settings_of(), nothing
        return
    server = request.getfixturevalue("neo4j_server")
    user, password = server.auth
    settings = settings_of(store_user=user, store_password=SecretStr(password))
    yield server.url, settings, lambda: wipe(server)


async def everything(store: GraphStore) -> dict[str, Any]:
    """All that can be asked of a store."""
    found: dict[str, Any] = {"heads": list(await store.heads(EVERYTHING))}
    for account in ACCOUNTS:
        found[account] = list(await store.records(EVERYTHING, account))
        found[f"{account} graph"] = tables(await store.account_graph(EVERYTHING, account))
    for log in (*ACCOUNTS, "firm"):
        found[f"{log} log"] = await whole_log(store, log)
    for id_ in ("dan", "eve", "ben"):
        found[f"{id_} history"] = list(await store.history(EVERYTHING, N.CONTACT, id_))
    found["accounts"] = list(await store.accounts(EVERYTHING))
    found["rules"] = await Rulebook(store).editions()
    return found


@pytest.mark.parametrize("logical", [True, False])
async def test_a_store_comes_back_as_it_was_on_any_kind_of_store(
    story: GraphStore, place: tuple[str, Settings, Any], tmp_path: Path, logical: bool
) -> None:
    before = await everything(story)
    made = await backup(story, EVERYTHING, tmp_path / "backup", logical)
    assert list(made.heads) == before["heads"]
    flaws, verdicts = await verify_backup(made.path, settings_of(), EVERYTHING)
    assert (list(flaws), [verdict.first_bad for verdict in verdicts]) == ([], [None] * len(made.heads))
    url, settings, clear = place
    await clear()
    assert list((await restore(made.path, url, settings, EVERYTHING)).heads) == before["heads"]
    restored = await open_store(url, settings)
    try:
        assert await everything(restored) == before
        assert (await verify(restored, EVERYTHING))[0] == []
        assert await users(restored) == await users(story)
        assert await is_password(restored, "mia", "correct horse battery")
        assert (await trail(restored), (await checked(restored))[1]) == (await trail(story), None)
        await goes_on(restored)
        assert (await verify(restored, EVERYTHING))[0] == []
    finally:
        await restored.close()


async def goes_on(store: GraphStore) -> None:
    """What was sent once is known; ids in other systems, revisions of the deleted and references are kept."""
    heads = await store.heads(EVERYTHING)
    again = change_set(put(N.CONTACT, "fay"), id="sent-once", reason="visit")
    assert (await store.apply(EVERYTHING, again)).put == 1
    assert await store.heads(EVERYTHING) == heads
    taken = await fault_of(store, put(N.CONTACT, "gus", external_ids={"crm": "8"}))
    assert taken.code is Code.EXTERNAL_ID_TAKEN
    await write(store, put(N.CONTACT, "dan"), put(N.CONTACT, "hal", external_ids={"crm": "7"}))
    assert (await store.get(EVERYTHING, N.CONTACT, "dan")).revision == 3
    await write(store, Delete(N.CONTACT, "ana"))
    bodies = [stored.body for stored in await store.records(EVERYTHING, "acme")]
    assert not [body for body in bodies if "ana" in (body.get("source_id"), body.get("target_id"))]
    assert len((await store.account_graph(EVERYTHING, "acme")).contacts.ids) > 3


async def test_a_backup_under_load_holds_every_write_acknowledged_before_it_was_asked_for(
    store: GraphStore, tmp_path: Path
) -> None:
    await acme(store)
    ledger: list[tuple[str, int]] = []
    enough, stop = asyncio.Event(), asyncio.Event()

    async def writer(number: int) -> None:
        for round_ in range(10_000):
            if stop.is_set():
                return
            account, id_ = ACCOUNTS[round_ % 2], f"w{number}-{round_}"
            known = tie(E.KNOWS, "mia", id_, id=id_)
            asked = change_set(put(N.CONTACT, id_, account_id=account), known, id=id_)
            applied = await store.apply(EVERYTHING, asked)
            ledger.append((id_, applied.sequences[account]))
            if len(ledger) >= 20:
                enough.set()

    writers = [asyncio.create_task(writer(number)) for number in range(4)]
    await enough.wait()
    promised = list(ledger)
    made = [await backup(store, EVERYTHING, tmp_path / f"b{way}", bool(way)) for way in (0, 1)]
    stop.set()
    await asyncio.gather(*writers)
    assert len(ledger) > len(promised)
    for one in made:
        url = f"sqlite:///{one.path}.db"
        await restore(one.path, url, settings_of(), EVERYTHING)
        restored = await open_store(url, settings_of())
        entries = {log: await whole_log(restored, log) for log in ACCOUNTS}
        held = {(entry.change_set, entry.sequence) for log in ACCOUNTS for entry in entries[log]}
        assert set(promised) <= held
        for log in ACCOUNTS:
            original = await whole_log(store, log)
            assert original[: len(entries[log])] == entries[log]
            people = {s.id for s in await restored.records(EVERYTHING, log) if s.kind is N.CONTACT}
            ties = {s.id for s in await restored.records(EVERYTHING, log) if s.kind is E.KNOWS}
            assert {id_ for id_ in people if id_.startswith("w")} == ties  # none of them half
        await restored.close()


async def test_neither_a_backup_nor_a_restore_takes_the_place_of_anything(
    filled: GraphStore, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    for logical in (True, False):
        with pytest.raises(BackupFailed, match="exists already"):
            await backup(filled, EVERYTHING, taken, logical)
    made = await backup(filled, EVERYTHING, tmp_path / "backup", True)
    with pytest.raises(BackupFailed, match="exists already"):
        await restore(made.path, f"sqlite:///{taken}", settings_of(), EVERYTHING)
    assert taken.read_text() == "mine"


async def test_only_who_sees_every_account_may_copy_a_store(filled: GraphStore, tmp_path: Path) -> None:
    with pytest.raises(PermissionError):
        await backup(filled, Scope("ann", frozenset(["acme"])), tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


async def test_a_damaged_logical_backup_is_refused_wherever_the_damage_is(
    filled: GraphStore, tmp_path: Path
) -> None:
    made = await backup(filled, EVERYTHING, tmp_path / "backup", True)
    lines = gzip.decompress(made.path.read_bytes()).splitlines(keepends=True)
    spoiled = [lines[:place] + lines[place + 1 :] for place in range(len(lines))]
    spoiled += [
        [*lines[:3], lines[4], lines[3], *lines[5:]],
        [*lines, lines[1]],
        lines[:0],
        [b"{}\n"],
        [b"\xff\n"],
    ]
    spoiled += [[line.replace(b"Ana", b"Eve") for line in lines]]
    bytes_ = [gzip.compress(b"".join(part)) for part in spoiled]
    bytes_ += [made.path.read_bytes()[:cut] for cut in range(2, made.path.stat().st_size - 1, 97)]
    url = f"sqlite:///{tmp_path / 'restored.db'}"
    for content in bytes_:
        made.path.write_bytes(content)
        with pytest.raises(BackupFailed):
            await restore(made.path, url, settings_of(), EVERYTHING)
        with pytest.raises(BackupFailed):
            await verify_backup(made.path, settings_of(), EVERYTHING)
    assert not [name for name in os.listdir(tmp_path) if name.startswith("restored.db")]


async def test_what_a_newer_version_wrote_is_refused(
    filled: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(files, "FORM", files.FORM + 1)
        made = await backup(filled, EVERYTHING, tmp_path / "backup", True)
    with pytest.raises(BackupFailed, match="newer version"):
        await verify_backup(made.path, settings_of(), EVERYTHING)


async def test_a_restore_that_is_cut_off_leaves_nothing_to_be_taken_for_a_store(
    story: GraphStore, place: tuple[str, Settings, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await everything(story)
    made = await backup(story, EVERYTHING, tmp_path / "backup", True)
    url, settings, clear = place
    await clear()

    async def cut_off(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(service, "restored", cut_off)
    with pytest.raises(KeyboardInterrupt):
        await restore(made.path, url, settings, EVERYTHING)
    monkeypatch.undo()
    assert await is_no_store(url, settings)
    await restore(made.path, url, settings, EVERYTHING)
    restored = await open_store(url, settings)
    assert await everything(restored) == before
    await restored.close()


async def is_no_store(url: str, settings: Settings) -> bool:
    """Whether there is no store at a place, or one that is refused as unfinished."""
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        return os.path.basename(path) not in os.listdir(os.path.dirname(path))
    with pytest.raises(StartRefused, match="restore that was cut off"):
        await open_store(url, settings)
    return True


@pytest.mark.parametrize("logical", [True, False])
async def test_who_was_erased_after_the_backup_is_erased_in_what_is_restored(
    store: GraphStore, place: tuple[str, Settings, Any], tmp_path: Path, logical: bool
) -> None:
    await acme(store)
    words = await told(store)
    await write(store, put(N.CONTACT, "ben", name="Ben Early"))
    await store.erase(EVERYTHING, Erasing("before", "ben"))
    made = await backup(store, EVERYTHING, tmp_path / "backup", logical)
    await store.erase(EVERYTHING, Erasing("after", "ana", "asked"))
    await write(store, put(N.CONTACT, "late", name="Lea Late"))
    await store.erase(EVERYTHING, Erasing("late", "late"))
    known = await write_ledger(store, tmp_path / "erasures")
    assert read_ledger(tmp_path / "erasures") == known == await ledger(store)
    assert [word for word in words if word in (tmp_path / "erasures").read_text("utf-8")] == []
    url, settings, clear = place
    await clear()
    done = await restore(made.path, url, settings, EVERYTHING, [known])
    assert [erasure.id for erasure in done.erased] == ["after", "late"]
    async with AsyncExitStack() as stack:
        restored = await open_store(url, settings)
        stack.push_async_callback(restored.close)
        said = str([await whole_log(restored, log) for log in ("acme", "bolt", "firm")])
        said += str([await restored.records(EVERYTHING, account) for account in ("acme", "bolt")])
        assert [word for word in words if word in said] == []
        for log in ("acme", "bolt", "firm"):
            assert (await verify_log(restored, EVERYTHING, log)).good
        for name in ("Ben Early", NAME, "Lea Late"):
            assert (await fault_of(restored, put(N.CONTACT, "new", name=name))).code is Code.ERASED
        again = await ledger(restored)
        assert again.key == known.key
        assert {e.id for e in again.erasures} == {"before", "after", "late"}
        assert list(await done_again(restored, EVERYTHING, [known])) == []


async def test_erasures_of_another_store_are_refused_or_left_out(
    store: GraphStore, place: tuple[str, Settings, Any], tmp_path: Path
) -> None:
    await acme(store)
    made = await backup(store, EVERYTHING, tmp_path / "backup")
    (tmp_path / "other").mkdir()
    async with sqlite_store(tmp_path / "other") as other:
        await acme(other)
        await other.erase(EVERYTHING, Erasing("theirs", "ana"))
        foreign = await ledger(other)
    url, settings, clear = place
    await clear()
    with pytest.raises(BackupFailed, match="of another store"):
        await restore(made.path, url, settings, EVERYTHING, [foreign])
    done = await restore(made.path, url, settings, EVERYTHING, reached=[foreign])
    assert list(done.erased) == []
    (tmp_path / "no").write_text("{}")
    with pytest.raises(BackupFailed, match="is no list of erasures"):
        read_ledger(tmp_path / "no")
