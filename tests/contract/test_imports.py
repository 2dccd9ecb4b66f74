"""Imports on every store: batches, rehearsals, what is held."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest

from graphsvc.errors import AccountImporting, ImportTaken, NoImport
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.features.privacy.service import erase
from graphsvc.features.search.schemas import SearchQuery
from graphsvc.features.search.service import search
from graphsvc.stores import imports
from graphsvc.stores.chain import Chain
from graphsvc.stores.draft import Draft
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.stores.rehearsal import Rehearsal
from models.anonymous import ERASED_NAME
from models.changes import ChangeSet, Delete, Put
from models.enums import ImportStage
from models.erasures import Erasing
from models.faults import Code, InvalidInput
from tests.contract.importing import STATE, records, take
from tests.contract.writing import EVERYTHING, E, N, put, stood, tie, whole_log, write

pytestmark = pytest.mark.usefixtures("small_batches")


async def test_an_import_is_written_in_batches_that_carry_its_id(store: GraphStore) -> None:
    done = await take(store)
    assert done.put == 1 + 1 + 9 + 9 + 8 + 9
    state = await store.import_state(EVERYTHING, "imp")
    assert (state.stage, state.done, state.total, state.put) == (ImportStage.DONE, 10, 10, 37)
    assert state.holds == ("north",)
    sizes = [len(await store.changes(EVERYTHING, state.batch(n))) for n in range(1, 11)]
    assert sizes == [4] * 9 + [1]
    log = await store.log(EVERYTHING, "north")
    assert [entry.sequence for entry in log] == list(range(1, 38))
    assert {entry.reason for entry in log} == {"import imp: people.csv, ties.csv"}


async def test_the_same_files_again_change_nothing(store: GraphStore) -> None:
    await take(store)
    before = await records(store, "north"), await store.log(EVERYTHING, "north")
    again = await take(store, "again")
    assert (again.put, again.unchanged) == (0, 36)
    assert (await records(store, "north"), await store.log(EVERYTHING, "north")) == before
    assert (await store.import_state(EVERYTHING, "again")).total == 0


async def test_a_row_refused_by_a_rule_in_the_last_batch_keeps_the_first_from_being_written(
    store: GraphStore,
) -> None:
    people = [{"kind": "contact", "id": f"c{n}", "account_id": "north", "name": "n"} for n in range(6)]
    lines = [
        {"kind": "reports_to", "id": f"r{n}", "source_id": f"c{n}", "target_id": f"c{n + 1}"}
        for n in range(5)
    ]
    known = {"kind": "knows", "id": "k", "source_id": "nobody", "target_id": "c1"}
    account = {"kind": "account", "id": "north", "name": "N"}
    rows = [{"format": "graphsvc/1"}, account, *people, *lines, known]
    source = SourceFile("n.ndjson", b"\n".join(map(orjson.dumps, rows)))
    with pytest.raises(InvalidInput) as refused:
        await import_files(store, EVERYTHING, [source], ImportOptions(), id="bad")
    assert [(fault.code, fault.row) for fault in refused.value.faults] == [(Code.UNKNOWN_RECORD, 14)]
    assert await store.accounts(EVERYTHING) == []
    assert (await store.import_state(EVERYTHING, "bad")).stage is ImportStage.FAILED


async def test_others_wait_for_a_held_account_and_are_told(
    filled: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled.keep_import(STATE)
    assert [row.id for row in await filled.accounts(EVERYTHING) if row.importing] == ["acme"]
    with pytest.raises(AccountImporting):
        await write(filled, put(N.CONTACT, "ana", name="Other"))
    with pytest.raises(AccountImporting):
        await filled.keep_import(replace(STATE, id="second"))
    await write(filled, put(N.CONTACT, "zoe", account_id="bolt", name="Free"))
    assert (await filled.account_graph(EVERYTHING, "acme")).sequence == 7
    monkeypatch.setattr(imports, "HOLD_WAIT_S", 60)
    waiting = asyncio.create_task(write(filled, put(N.CONTACT, "ana", name="Patient")))
    await filled.keep_import(replace(STATE, stage=ImportStage.DONE))
    assert (await waiting).put == 1
    assert not any(row.importing for row in await filled.accounts(EVERYTHING))


async def test_an_import_writes_only_what_it_holds(filled: GraphStore) -> None:
    await filled.keep_import(STATE)
    own = ChangeSet("imp.1", (put(N.CONTACT, "ana", name="Ours"),), of_import="imp")
    assert (await filled.apply(EVERYTHING, own)).put == 1
    other = ChangeSet("imp.2", (put(N.CONTACT, "zoe", account_id="bolt", name="X"),), of_import="imp")
    with pytest.raises(ImportTaken):
        await filled.apply(EVERYTHING, other)


async def test_imports_outside_the_scope_are_not_there(store: GraphStore) -> None:
    await take(store)
    stranger = Scope("stranger", frozenset(["acme"]))
    assert await store.imports(stranger) == []
    with pytest.raises(NoImport):
        await store.import_state(stranger, "imp")
    assert [state.id for state in await store.imports(EVERYTHING)] == ["imp"]


async def test_imports_are_told_from_a_place_on_past_those_of_others(store: GraphStore) -> None:
    await take(store)
    state = await store.import_state(EVERYTHING, "imp")
    for number in range(6):
        holds = ("secret",) if number % 3 == 1 else ("acme",)
        then = state.started + timedelta(seconds=number // 2)
        await store.keep_import(replace(state, id=f"i{number}", holds=holds, started=then))
    some = Scope("rep", frozenset(["acme"]))
    found, before = [], None
    while page := await store.imports(some, 1, before):
        found, before = [*found, *(one.id for one in page)], page[-1].place
    assert found == ["i5", "i3", "i2", "i0"]
    assert [one.id for one in await store.imports(EVERYTHING, 9)][:4] == ["i5", "i4", "i3", "i2"]


async def test_an_erasure_lists_the_imports_whose_files_name_the_person(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "ana", name="Li Wei"))
    for name in ("visits_li-wei.csv", "visits.csv"):
        file = SourceFile(name, f"id,name\nx{len(name)},New\n".encode())
        await import_files(filled, EVERYTHING, [file], ImportOptions(account="acme"), id=name)
    done = await erase(filled, EVERYTHING, "ana", {})
    assert done.reasons == ["visits_li-wei.csv.1"]
    states = await filled.imports(EVERYTHING)
    assert [state.files for state in states] == [("visits.csv",), (ERASED_NAME,)]


async def test_rules_see_the_change_sets_rehearsed_before(filled: GraphStore) -> None:
    rehearsal = Rehearsal()
    for number, change in enumerate(
        (
            put(N.CONTACT, "new", external_ids={"crm": "1"}),
            tie(E.REPORTS_TO, "new", "ana"),
            tie(E.REPORTS_TO, "ana", "ben"),
            put(N.DEPARTMENT, "sub", parent_id="lab"),
        )
    ):
        await filled.check(EVERYTHING, ChangeSet(f"r{number}", (change,)), rehearsal)
    for change, code in (
        (tie(E.REPORTS_TO, "ben", "new"), Code.CYCLE),
        (tie(E.REPORTS_TO, "new", "cho"), Code.SECOND_BOSS),
        (put(N.CONTACT, "two", external_ids={"crm": "1"}), Code.EXTERNAL_ID_TAKEN),
        (put(N.DEPARTMENT, "lab", parent_id="sub"), Code.CYCLE),
    ):
        with pytest.raises(InvalidInput) as refused:
            await filled.check(EVERYTHING, ChangeSet("last", (change,)), rehearsal)
        assert [fault.code for fault in refused.value.faults] == [code]
    assert rehearsal.logs == {"acme"}


async def test_whose_a_named_node_is_is_asked_once_and_it_may_still_go(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "new"))
    rehearsal = Rehearsal()
    tied, gone = tie(E.INFLUENCES, "ana", "new"), Delete(N.CONTACT, "new")
    again = ChangeSet("again", (tie(E.INFLUENCES, "ana", "new", id="again"),))
    ends = {(N.CONTACT, "ana"), (N.CONTACT, "new")}
    await filled.check(EVERYTHING, ChangeSet("tied", (tied,)), rehearsal)
    assert rehearsal.facts(Draft(again, EVERYTHING)).records.keys() == ends
    assert not rehearsal.facts(Draft(ChangeSet("gone", (gone,)), EVERYTHING)).records
    await filled.check(EVERYTHING, ChangeSet("gone", (gone,)), rehearsal)
    with pytest.raises(InvalidInput) as refused:
        await filled.check(EVERYTHING, again, rehearsal)
    assert [fault.code for fault in refused.value.faults] == [Code.UNKNOWN_RECORD]


@pytest.mark.parametrize(
    ("changes", "account"),
    [
        ([put(N.CONTACT, "new"), tie(E.REPORTS_TO, "new", "ana")], "acme"),
        ([put(N.ACCOUNT, "core"), put(N.DEPARTMENT, "den", account_id="core")], "core"),
        ([tie(E.INFLUENCES, "ana", "ben")], "acme"),
        ([put(N.CONTACT, "new"), put(N.CONTACT, "ana", name="Other")], None),
        ([put(N.CONTACT, "new"), put(N.CONTACT, "ana")], None),
        ([put(N.CONTACT, "new"), put(N.CONTACT, "eve")], None),
        ([tie(E.INFLUENCES, "ana", "zoe")], None),
        ([put(N.CONTACT, "new"), put(N.CONTACT, "two", account_id="bolt")], None),
        ([put(N.MEMBER, "new")], None),
    ],
)
async def test_a_rehearsal_tells_whether_all_is_new_in_one_account(
    filled: GraphStore, changes: list[Put], account: str | None
) -> None:
    await write(filled, put(N.CONTACT, "eve"))
    await write(filled, Delete(N.CONTACT, "eve"))
    rehearsal = Rehearsal()
    await filled.check(EVERYTHING, ChangeSet("new", tuple(changes)), rehearsal)
    assert rehearsal.new_in == account


USED_AT = (("sub", N.DEPARTMENT), ("acme", N.ACCOUNT))


def rehearsed(number: int, *changes: Put) -> ChangeSet:
    return ChangeSet(f"imp.{number}", changes, of_import="imp", new_in="acme")


async def test_what_was_rehearsed_as_new_is_written_like_anything_else(filled: GraphStore) -> None:
    await write(filled, put(N.PRODUCT, "crm"))
    await filled.keep_import(STATE)
    before = len(await whole_log(filled, "acme"))
    person = put(N.CONTACT, "new", name="欧阳新", external_ids={"crm": "7"})
    uses = [tie(E.USES, source, "crm", source_kind=kind) for source, kind in USED_AT]
    asked = rehearsed(
        1, put(N.DEPARTMENT, "sub", parent_id="lab"), *uses, person, tie(E.REPORTS_TO, "new", "ana")
    )
    done = await filled.apply(EVERYTHING, asked)
    assert (done.put, done.sequences) == (5, {"acme": before + 5})
    assert await filled.apply(EVERYTHING, asked) == done
    log = await whole_log(filled, "acme")
    assert [(entry.sequence, entry.revision, entry.prior) for entry in log[before:]] == [
        (before + place, 1, 0) for place in range(1, 6)
    ]
    assert [(entry.kind, entry.id) for entry in log[before:]] == [
        (put.kind, put.body["id"]) for put in asked.changes
    ]
    assert Chain("acme").follow(log) is None
    rows = await filled.records(EVERYTHING, "acme")
    assert {(row.kind, row.id): row for row in rows if row.account == "acme"} == stood(log)
    assert (await filled.by_external_id(EVERYTHING, N.CONTACT, "crm", "7")).id == "new"
    page, _ = await search(filled, EVERYTHING, SearchQuery(q="ouyang"), STATE.started.date())
    assert [item.id for item in page.items] == ["new"]
    touching = await filled.touching(EVERYTHING, N.DEPARTMENT, "lab")
    assert "sub" in str(touching)
    graph = await filled.account_graph(EVERYTHING, "acme")
    assert "欧阳新" in graph.nodes[N.CONTACT].texts("name")
    assert {row["source_id"] for row in graph.edges[E.USES].rows(graph.nodes)} == {"sub", "acme"}


async def test_who_was_erased_since_the_rehearsal_is_not_written(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "gone", account_id="bolt", external_ids={"crm": "9"}))
    await filled.erase(EVERYTHING, Erasing("erase-gone", "gone"))
    await filled.keep_import(STATE)
    await filled.apply(EVERYTHING, rehearsed(1, put(N.CONTACT, "new", external_ids={"crm": "8"})))
    with pytest.raises(InvalidInput) as refused:
        await filled.apply(EVERYTHING, rehearsed(2, put(N.CONTACT, "again", external_ids={"crm": "9"})))
    assert [fault.code for fault in refused.value.faults] == [Code.ERASED]


async def test_what_was_rehearsed_is_written_only_by_who_holds_it(filled: GraphStore) -> None:
    with pytest.raises(ImportTaken):
        await filled.apply(EVERYTHING, rehearsed(1, put(N.CONTACT, "new")))
    assert (await filled.account_graph(EVERYTHING, "acme")).sequence == 7
