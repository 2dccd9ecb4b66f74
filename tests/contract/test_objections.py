"""An objection to profiling is noted and lifted with a reason: no other write does it by the way."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest

from graphsvc.errors import ChangedSince
from graphsvc.features.exports.service import graph_document
from graphsvc.features.history.service import undo
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.schemas import ImportResult
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.features.imports.undoing import undo_import
from graphsvc.features.merging.service import merge
from graphsvc.features.privacy.service import restrict
from graphsvc.features.records.service import change_many, update
from graphsvc.features.records.upserting import upsert
from graphsvc.stores.port import GraphStore
from models.changes import Delete, Put
from models.faults import Code, InvalidInput
from models.records import Body
from tests.contract.writing import EVERYTHING, N, acme, change_set, fault_of, put, write


async def noted(store: GraphStore, contact: str = "ana", restricted: bool = True) -> str:
    """Note or lift an objection as one should; gives the change set."""
    done = await restrict(store, EVERYTHING, contact, {"restricted": restricted, "reason": "by mail"})
    assert done.change_set is not None
    return done.change_set


async def objects(store: GraphStore, contact: str = "ana") -> bool:
    return bool((await store.get(EVERYTHING, N.CONTACT, contact)).body["restricted"])


async def document(store: GraphStore, **ana: Any) -> SourceFile:
    """The account as a graph document, in which ana is as said; None leaves a field out."""
    found = await graph_document(store, EVERYTHING, "acme")
    for row in found["nodes"]:
        if row["id"] == "ana":
            row.update(ana)
            for name in [name for name in row if row[name] is None]:
                del row[name]
    return SourceFile("acme.json", orjson.dumps(found))


async def imported(store: GraphStore, *files: SourceFile, account: str | None = None) -> ImportResult:
    return await import_files(store, EVERYTHING, files, ImportOptions(account=account))


async def test_it_outlasts_writes_that_say_nothing_of_it(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "ana", external_ids={"crm": "42"}))
    await noted(filled)
    body: Body = {"account_id": "acme", "name": "Ana Neu"}
    await upsert(filled, EVERYTHING, N.CONTACT, ("crm", "42"), body, 3, "r")
    assert (await filled.get(EVERYTHING, N.CONTACT, "ana")).body["name"] == "Ana Neu"
    asked = {"changes": [{"put": "contact", "record": {"id": "ana", **body, "needs_note": "x"}}]}
    first = await change_many(filled, EVERYTHING, asked, "r", "key")
    assert await change_many(filled, EVERYTHING, asked, "r", "key") == first
    await update(filled, EVERYTHING, N.CONTACT, "ana", {"name": "Ana"}, 5, "r")
    assert await objects(filled)
    before = await filled.heads(EVERYTHING)
    same = await write(filled, put(N.CONTACT, "ana", needs_note="x"))
    assert (same.put, same.unchanged, await filled.heads(EVERYTHING)) == (0, 1, before)


async def test_no_other_write_says_otherwise(filled: GraphStore) -> None:
    for held in (False, True):
        if held:
            await noted(filled)
        fault = await fault_of(filled, put(N.CONTACT, "ana", restricted=not held))
        assert (fault.code, fault.pointer) == (Code.OBJECTION, "/changes/0/restricted")
        await write(filled, put(N.CONTACT, "ana", name=f"Ana {held}", restricted=held))
    current = await filled.get(EVERYTHING, N.CONTACT, "ana")
    for said in (False, None):
        with pytest.raises(InvalidInput, match="objection of ana"):
            await update(
                filled, EVERYTHING, N.CONTACT, "ana", {"restricted": said}, current.revision, "request"
            )
    assert await objects(filled)


async def test_imports_leave_it_and_are_told_where_they_say_otherwise(filled: GraphStore) -> None:
    before = await document(filled)
    await noted(filled)
    table = SourceFile("people.csv", b"id,name\nana,Ana Neu\n")
    await imported(filled, table, account="acme")
    await imported(filled, await document(filled, restricted=None, name="Ana Alt"))
    assert (await filled.get(EVERYTHING, N.CONTACT, "ana")).body["name"] == "Ana Alt"
    assert await objects(filled)
    with pytest.raises(InvalidInput) as refused:
        await imported(filled, before)
    (fault,) = refused.value.faults
    assert (fault.code, (fault.pointer or "")[-11:]) == (Code.OBJECTION, "/restricted")


async def test_it_goes_along_to_where_he_is_not_there_yet(filled: GraphStore) -> None:
    await noted(filled)
    told = await document(filled)
    gone = [row for row in await filled.records(EVERYTHING, "acme") if row.account == "acme"]
    await write(filled, *(Delete(row.kind, row.id) for row in reversed(gone)))
    done = await imported(filled, told)
    assert await objects(filled)
    await undo_import(filled, EVERYTHING, done.id)


async def test_undo_lifts_none_but_of_who_comes_or_goes(filled: GraphStore) -> None:
    by = await noted(filled)
    with pytest.raises(ChangedSince) as refused:
        await undo(filled, EVERYTHING, by, "request")
    assert [fault.code for fault in refused.value.faults] == [Code.OBJECTION]
    gone = await write(filled, Delete(N.CONTACT, "ana"))
    await undo(filled, EVERYTHING, gone.change_set, "request")
    assert await objects(filled)
    revision = (await filled.get(EVERYTHING, N.CONTACT, "ben")).revision
    one = await merge(filled, EVERYTHING, "ben", {"duplicate_id": "ana"}, revision, "request")
    assert await objects(filled, "ben")
    assert one.change_set is not None
    await undo(filled, EVERYTHING, one.change_set, "request")
    assert (await objects(filled), await objects(filled, "ben")) == (True, False)
    await noted(filled, restricted=False)
    assert not await objects(filled)


async def test_who_writes_at_the_same_moment_does_not_lift_it(filled: GraphStore) -> None:
    writes = [filled.apply(EVERYTHING, change_set(renamed(f"Ana {n}"))) for n in range(6)]
    await asyncio.gather(*writes, noted(filled))
    assert await objects(filled)


def renamed(name: str) -> Put:
    return put(N.CONTACT, "ana", name=name)


async def test_who_is_new_may_be_entered_with_it(store: GraphStore) -> None:
    await acme(store)
    await write(store, put(N.CONTACT, "eva", restricted=True))
    assert await objects(store, "eva")
