"""Dossiers that an undo or an import would change: only by who has the right to them, and noted."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest

from graphsvc.errors import NotAllowed
from graphsvc.features.history.service import undo
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.schemas import ImportResult
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.features.imports.undoing import undo_import
from graphsvc.features.privacy.reads import journal
from graphsvc.stores.port import GraphStore
from models.changes import Delete, Put
from models.faults import Code, InvalidInput
from models.records import Body
from tests.contract.writing import EVERYTHING, N, put, write

KEEPER = replace(EVERYTHING, dossiers=True)
ITEM = {"basis": "consent", "source": "told us", "expires_on": "2999-12-31"}
WANTED = ImportOptions(dossiers=True)


def dossier(text: str) -> Put:
    return put(N.DOSSIER, "d1", contact_id="ana", hobbies=[{"text": text, **ITEM}])


async def held(store: GraphStore) -> Body:
    return (await store.get(EVERYTHING, N.DOSSIER, "d1")).body


async def noted(store: GraphStore) -> list[str]:
    return [line.act for line in await journal(store, "ana")]


async def taken(
    store: GraphStore, *puts: Put, right: bool = True, id_: str = "imp", **how: bool
) -> ImportResult:
    rows = [{"format": "graphsvc/1"}, *({"kind": one.kind, **one.body} for one in puts)]
    file = SourceFile("d.ndjson", b"\n".join(map(orjson.dumps, rows)))
    scope = KEEPER if right else EVERYTHING
    dry_run = how.pop("dry_run", False)
    return await import_files(
        store, scope, [file], replace(WANTED, **how), id=id_, dry_run=dry_run, request_id="request-2"
    )


async def test_a_change_of_a_dossier_is_undone_by_who_has_the_right_and_noted_once(
    filled: GraphStore,
) -> None:
    await write(filled, dossier("chess"))
    changed = (await write(filled, dossier("golf"))).change_set
    with pytest.raises(NotAllowed):
        await undo(filled, EVERYTHING, changed, "request-1")
    assert (await held(filled), await noted(filled)) == (dossier("golf").body, [])
    for _ in range(2):
        await undo(filled, KEEPER, changed, "request-1", "key-1")
    assert (await held(filled), await noted(filled)) == (dossier("chess").body, ["changed"])


async def test_a_dossier_comes_back_with_its_contact(filled: GraphStore) -> None:
    await write(filled, dossier("chess"))
    gone = (await write(filled, Delete(N.CONTACT, "ana"))).change_set
    back = await undo(filled, EVERYTHING, gone, "request-1")
    assert (await held(filled), await noted(filled)) == (dossier("chess").body, ["changed"])
    await undo(filled, EVERYTHING, back.change_set, "request-1")


async def test_a_dossier_is_imported_by_who_has_the_right_and_noted_where_it_changes(
    filled: GraphStore,
) -> None:
    await write(filled, dossier("chess"))
    for dry_run in (True, False):
        with pytest.raises(InvalidInput) as refused:
            await taken(filled, dossier("golf"), right=False, dry_run=dry_run)
        assert [(fault.code, fault.row) for fault in refused.value.faults] == [(Code.UNKNOWN_KIND, 2)]
    left = await taken(filled, dossier("golf"), put(N.CONTACT, "new"), right=False, id_="rows", per_row=True)
    assert (left.put, len(left.refused)) == (1, 1)
    assert (await held(filled), await noted(filled)) == (dossier("chess").body, [])
    assert (await taken(filled, dossier("golf"))).put == 1
    assert (await taken(filled, dossier("golf"), id_="again")).put == 0
    assert (await held(filled), await noted(filled)) == (dossier("golf").body, ["changed"])


async def test_an_import_of_dossiers_is_undone_by_who_has_the_right_and_noted(filled: GraphStore) -> None:
    await write(filled, dossier("chess"))
    await taken(filled, dossier("golf"))
    with pytest.raises(NotAllowed):
        await undo_import(filled, EVERYTHING, "imp")
    assert await held(filled) == dossier("golf").body
    await undo_import(filled, KEEPER, "imp")
    assert (await held(filled), await noted(filled)) == (dossier("chess").body, ["changed", "changed"])
