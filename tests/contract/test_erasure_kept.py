"""What is kept beside the graph of erasures and merges: in the same transaction, trusted, filled in once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graphsvc.errors import StorageFull
from graphsvc.features.history.service import undo
from graphsvc.features.merging.service import merge
from graphsvc.features.operations import files
from graphsvc.features.operations.service import backup, restore
from graphsvc.features.privacy.exporting import person_document
from graphsvc.features.privacy.reads import journal
from graphsvc.stores.codec import moment_text
from graphsvc.stores.keeping import Kept
from graphsvc.stores.merges import MERGES
from graphsvc.stores.port import GraphStore
from models.changes import Delete
from models.erasures import Erasing
from tests.contract.writing import EVERYTHING, N, acme, change_set, put, whole_log, write
from tests.stores import settings_of, sqlite_store


async def merged(store: GraphStore, kept: str, gone: str) -> str:
    """Make two one; gives the change set."""
    revision = (await store.get(EVERYTHING, N.CONTACT, kept)).revision
    done = await merge(store, EVERYTHING, kept, {"duplicate_id": gone}, revision, "request-1")
    assert done.change_set is not None
    return done.change_set


async def test_an_erasure_and_its_line_in_the_journal_are_written_together_or_not_at_all(
    filled: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled
    asking = Erasing("erase-noted", "ana", "asked", "request-9")

    def no_room(*_: Any) -> Kept:
        raise StorageFull

    before = await store.heads(EVERYTHING)
    with monkeypatch.context() as full:
        full.setattr("graphsvc.stores.erasures.noted", no_room)
        with pytest.raises(StorageFull):
            await store.erase(EVERYTHING, asking)
    await store.erase(EVERYTHING, asking, dry_run=True)
    assert (await store.get(EVERYTHING, N.CONTACT, "ana")).body["name"] == "Ana"
    assert (await store.heads(EVERYTHING), await journal(store, "ana")) == (before, [])
    for _ in range(2):
        done = await store.erase(EVERYTHING, asking)
    (line,) = await journal(store, "ana")
    assert (line.act, line.actor, line.at) == ("erased", "tester", moment_text(done.at))
    assert (line.reason, line.request_id) == ("asked", "request-9")


async def test_only_a_merge_says_who_was_merged_into_whom(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "eve", name="Eve Other"))
    said = change_set(
        Delete(N.CONTACT, "eve"), put(N.CONTACT, "ana", name="Ana A"), reason="merge eve into ana"
    )
    await filled.apply(EVERYTHING, said)
    await write(filled, put(N.CONTACT, "twin", name="Twin Same"))
    await merged(filled, "ana", "twin")
    assert await filled.kept_in(MERGES) == [Kept(MERGES, "twin", "ana", version=1)]
    assert (await person_document(filled, EVERYTHING, "ana"))["merged"] == ["twin"]
    done = await filled.erase(EVERYTHING, Erasing("e", "ana"))
    assert done.people == ("ana", "twin")
    log = str(await whole_log(filled, "acme"))
    assert "Eve Other" in log
    assert "Twin Same" not in log


async def test_a_merge_undone_and_done_to_another_goes_with_the_other(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "twin", name="Twin Same"))
    await undo(filled, EVERYTHING, await merged(filled, "ana", "twin"), "request-2")
    await merged(filled, "ben", "twin")
    assert (await filled.erase(EVERYTHING, Erasing("a", "ana"))).people == ("ana",)
    assert (await filled.erase(EVERYTHING, Erasing("b", "ben"))).people == ("ben", "twin")


async def test_a_backup_of_before_merges_were_kept_tells_them_by_its_logs(
    filled: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(filled, put(N.CONTACT, "twin"), put(N.CONTACT, "third"))
    await merged(filled, "twin", "third")
    await merged(filled, "ana", "twin")
    now = {(thing.key, thing.owner) for thing in await filled.kept_in(MERGES)}
    assert now == {("third", "twin"), ("twin", "ana")}
    await filled.throw_away(MERGES, [key for key, _ in now])
    for form, known in ((files.KEEPS_MERGES - 1, now), (files.KEEPS_MERGES, set())):
        monkeypatch.setattr(files, "FORM", form)
        made = await backup(filled, EVERYTHING, tmp_path / f"backup-{form}", True)
        monkeypatch.undo()
        folder = tmp_path / str(form)
        folder.mkdir()
        await restore(made.path, f"sqlite:///{folder / 'graph.db'}", settings_of(), EVERYTHING)
        async with sqlite_store(folder) as restored:
            assert {(thing.key, thing.owner) for thing in await restored.kept_in(MERGES)} == known


async def test_a_file_of_before_is_told_its_merges_once(tmp_path: Path) -> None:
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        await write(store, put(N.CONTACT, "eve"))
        await store.apply(EVERYTHING, change_set(Delete(N.CONTACT, "eve"), reason="merge somebody into ana"))
        await merged(store, "ana", "ben")
        now = await store.kept_in(MERGES)
    with closing(sqlite3.connect(tmp_path / "graph.db")) as connection:
        connection.execute("DELETE FROM kept WHERE area = 'merge'")
        connection.execute("DROP INDEX edge_crossing")
        connection.execute("PRAGMA user_version = 4")
        connection.commit()
    async with sqlite_store(tmp_path) as store:
        assert list(await store.kept_in(MERGES)) == list(now) == [Kept(MERGES, "ben", "ana", version=1)]
