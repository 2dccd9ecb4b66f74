"""Imports on every store: undone, or cut off and brought to an end."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import pytest

from graphsvc.access.desk import Desk
from graphsvc.errors import ChangedSince, NotUndoable
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.jobs import Jobs
from graphsvc.features.imports.progress import Phase
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.undoing import settle_lost, undo_import
from graphsvc.stores.codec import utc_now
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Applied, ChangeSet
from models.enums import ImportStage
from models.imports import ImportState
from tests.contract.importing import STATE, files, records, take
from tests.contract.writing import EVERYTHING, E, N, put, tie, write

pytestmark = pytest.mark.usefixtures("small_batches")


async def test_an_undone_import_leaves_the_account_as_it_was(filled: GraphStore) -> None:
    await write(filled, put(N.ACCOUNT, "north"), put(N.CONTACT, "q0", account_id="north", name="Before"))
    before = await records(filled, "north")
    await take(filled)
    assert (await records(filled, "north"))["contact", "q0"]["name"] == "Name 0"
    undone = await undo_import(filled, EVERYTHING, "imp")
    assert undone.stage is ImportStage.UNDONE
    assert await records(filled, "north") == before
    with pytest.raises(NotUndoable):
        await undo_import(filled, EVERYTHING, "imp")
    assert (await take(filled, "again")).put > 0


async def test_an_import_that_was_built_upon_stays_whole(store: GraphStore) -> None:
    await take(store)
    await write(store, put(N.MEMBER, "mia"), tie(E.KNOWS, "mia", "q1"))
    before = await records(store, "north")
    with pytest.raises(ChangedSince) as since:
        await undo_import(store, EVERYTHING, "imp")
    assert (E.KNOWS, "knows-mia-q1") in since.value.keys
    assert await records(store, "north") == before
    assert (await store.import_state(EVERYTHING, "imp")).stage is ImportStage.DONE
    await write(store, put(N.CONTACT, "q2", account_id="north"))  # nothing is held any more


async def test_an_import_that_was_cut_off_is_undone_and_says_so(store: GraphStore) -> None:
    before_third = asyncio.Event()

    def stop(phase: Phase, done: int, total: int) -> None:
        if phase is Phase.WRITING and done == 12:
            before_third.set()
            running.cancel()

    options = ImportOptions(account="north")
    running = asyncio.create_task(import_files(store, EVERYTHING, files(), options, id="imp", progress=stop))
    with pytest.raises(asyncio.CancelledError):
        await running
    assert before_third.is_set()
    assert (await store.accounts(EVERYTHING))[0].importing
    assert await settle_lost(store, {"imp"}) == []
    (settled,) = await settle_lost(store)
    assert settled.stage is ImportStage.INTERRUPTED
    assert await store.accounts(EVERYTHING) == []
    assert await settle_lost(store) == []
    assert (await take(store, "again")).put == 37


async def test_an_import_whose_last_batch_was_written_is_done(store: GraphStore) -> None:
    await take(store)
    state = await store.import_state(EVERYTHING, "imp")
    await store.keep_import(replace(state, stage=ImportStage.RUNNING, done=3))
    (settled,) = await settle_lost(store)
    assert (settled.stage, settled.done) == (ImportStage.DONE, 10)


async def test_an_undo_at_work_is_not_taken_for_one_that_was_cut_off(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await take(store)
    await write(store, put(N.CONTACT, "q0", account_id="north", name="Later"))  # of the first batch
    before = await records(store, "north")
    jobs, check, lost, looks = Jobs(store), store.check, store.lost_imports, asyncio.Semaphore(0)

    async def counted(but: Collection[str]) -> Sequence[ImportState]:
        looks.release()
        return await lost(but)

    async def in_no_hurry(*asked: Any) -> Applied:
        for _ in range(3 + looks._value):
            await looks.acquire()
        return await check(*asked)

    monkeypatch.setattr("graphsvc.features.imports.jobs.LEASE_S", 0)
    monkeypatch.setattr(store, "lost_imports", counted)
    monkeypatch.setattr(store, "check", in_no_hurry)
    jobs.start()
    with pytest.raises(ChangedSince):
        await jobs.undo(Desk(store), EVERYTHING, "imp", "request-1")
    await jobs.close()
    assert (await store.import_state(EVERYTHING, "imp")).stage is ImportStage.DONE
    assert await records(store, "north") == before


async def test_an_undo_cut_off_before_it_began_is_whole_or_nothing(store: GraphStore) -> None:
    await take(store)
    state = await store.import_state(EVERYTHING, "imp")
    await write(store, put(N.CONTACT, "q0", account_id="north", name="Later"))
    before = await records(store, "north")
    await store.keep_import(replace(state, stage=ImportStage.UNDOING))
    (settled,) = await settle_lost(store)
    assert settled.stage is ImportStage.DONE
    assert await records(store, "north") == before
    await write(store, put(N.CONTACT, "q1", account_id="north", name="Free"))


async def test_an_undo_of_another_that_was_cut_off_half_way_is_ended(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await take(store)
    write_on, written = store.apply, 0

    async def cut_off(*asked: Any) -> Applied:
        nonlocal written
        written += 1
        if written == 3:
            raise asyncio.CancelledError
        return await write_on(*asked)

    monkeypatch.setattr(store, "apply", cut_off)
    with pytest.raises(asyncio.CancelledError):
        await undo_import(store, Scope("other"), "imp")
    (settled,) = await settle_lost(store)
    assert (settled.stage, settled.done) == (ImportStage.UNDONE, 0)
    assert await store.accounts(EVERYTHING) == []


async def test_an_import_that_cannot_be_settled_keeps_no_other_from_it(filled: GraphStore) -> None:
    stuck = replace(STATE, id="stuck", total=2)
    await filled.keep_import(stuck)
    own = ChangeSet("stuck.1", (put(N.CONTACT, "ana", name="Ours"),), of_import="stuck")
    await filled.apply(EVERYTHING, own)
    await filled.keep_import(replace(stuck, stage=ImportStage.DONE))
    await write(filled, put(N.CONTACT, "ana", name="Later"))
    await filled.keep_import(stuck)
    await filled.keep_import(replace(STATE, id="later", holds=("bolt",), started=utc_now()))
    busy: set[str] = set()
    assert [state.id for state in await settle_lost(filled, busy)] == ["later"]
    assert busy == set()
