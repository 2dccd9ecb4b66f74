"""Imports into a real store: what is written, what stays, and that bad files change nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from graphsvc.features.exports.service import graph_document, whole_document
from graphsvc.features.imports.schemas import ImportQuery, ImportResult
from graphsvc.features.imports.service import import_files
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from models.enums import EdgeKind, NodeKind
from models.faults import Code, Fault, InvalidInput
from tests.unit.imports.reading import TODAY, options, source

OWNER = Scope(actor="test")
PEOPLE = (
    "id,name,department,title,level,manager_id\n"
    "1,Ana,Board,CEO,decision,\n2,Bob,IT,Head,management,1\n3,Cai,IT,,,2\n"
)
TIES = "source,target,relation,weight\n3,1,influences,0.8\n2,3,advice,\n"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[GraphStore]:
    opened = await open_store(f"sqlite:///{tmp_path / 'import.db'}", Settings(_env_file=None))
    yield opened
    await opened.close()


async def take(
    store: GraphStore, dry_run: bool = False, given: Any = None, **texts: str | bytes
) -> ImportResult:
    files = [source(f"{name}.csv", text) for name, text in texts.items()]
    return await import_files(store, OWNER, files, given or options(account="acme"), dry_run=dry_run)


async def refused(store: GraphStore, given: Any = None, **texts: str | bytes) -> tuple[Fault, ...]:
    """The faults of an import that must be refused and must change nothing."""
    before = await whole_document(store, OWNER)
    with pytest.raises(InvalidInput) as error:
        await take(store, given=given, **texts)
    assert await whole_document(store, OWNER) == before
    return error.value.faults


async def test_an_import_makes_the_account_and_the_same_files_change_nothing(store: GraphStore) -> None:
    first = await take(store, people=PEOPLE, ties=TIES)
    assert (first.accounts[0].id, first.accounts[0].new, first.unchanged) == ("acme", True, 0)
    assert first.kinds[NodeKind.CONTACT] == 3
    sequences = await store.sequences(OWNER, "acme")
    again = await take(store, people=PEOPLE, ties=TIES)
    assert (again.put, again.accounts[0].new) == (0, False)
    assert await store.sequences(OWNER, "acme") == sequences


async def test_a_dry_run_says_the_same_and_writes_nothing(store: GraphStore) -> None:
    dry = await take(store, dry_run=True, people=PEOPLE, ties=TIES)
    assert (await store.accounts(OWNER), dry.dry_run) == ([], True)
    wet = await take(store, people=PEOPLE, ties=TIES)
    assert (dry.kinds, dry.put, dry.notes) == (wet.kinds, wet.put, wet.notes)


async def test_the_account_is_found_by_id_then_by_name_else_made(store: GraphStore) -> None:
    made = await take(store, given=options(account="霁川集团"), people="name\n张伟\n")
    found = await take(store, given=options(account="霁川集团"), people="name\n李娜\n")
    by_id = await take(store, given=options(account=made.accounts[0].id), people="name\n王芳\n")
    assert [account.id for account in (*found.accounts, *by_id.accounts)] == [made.accounts[0].id] * 2
    assert [account.people for account in await store.accounts(OWNER)] == [3]


async def test_an_account_column_puts_each_row_in_its_account(store: GraphStore) -> None:
    result = await take(store, given=options(), people="姓名,客户\n张伟,北\n李娜,南\n")
    assert sorted(account.name for account in result.accounts) == ["北", "南"]
    assert sorted(account.people for account in await store.accounts(OWNER)) == [1, 1]


async def test_what_people_added_by_hand_survives_the_next_file(store: GraphStore) -> None:
    await take(store, people=PEOPLE)
    by_hand = {"kind": "contact", "id": "2", "account_id": "acme", "name": "Bob", "personality": "driver"}
    channels = {"channels": [{"kind": "phone", "value": "138"}]}
    document = json.dumps({"format": "graphsvc/1", "nodes": [{**by_hand, **channels}]})
    await take(store, document=document)
    await take(store, people="id,name,email\n2,Robert,bob@x.com\n")
    body = (await store.get(OWNER, NodeKind.CONTACT, "2")).body
    assert (body["name"], body["personality"]) == ("Robert", "driver")
    assert [way["value"] for way in body["channels"]] == ["138", "bob@x.com"]


async def test_who_has_a_name_only_is_the_stored_contact_of_that_name(store: GraphStore) -> None:
    await take(store, people="id,name\nc-1,张伟\nc-2,李娜\nc-3,李娜\n")
    await take(store, people="姓名,职务\n张伟,总经理\n")
    await take(store, people="姓名,职务\n李娜,经理\n")
    assert [account.people for account in await store.accounts(OWNER)] == [4]
    graph = await store.account_graph(OWNER, "acme")
    assert "c-1" in {row["source_id"] for row in graph.edges[EdgeKind.WORKS_IN].rows(graph.nodes)}


async def test_who_moved_keeps_the_old_job_and_the_old_boss_as_history(store: GraphStore) -> None:
    await take(store, people=PEOPLE)
    moved = "id,department,title,manager_id\n3,Board,Aide,1\n"
    result = await take(store, people=moved)
    assert [note.en for note in result.notes if "ended" in note.en] == [
        "1 works_in of before ended today, as the files say otherwise",
        "1 reports_to of before ended today, as the files say otherwise",
    ]
    graph = (await store.account_graph(OWNER, "acme")).on(TODAY)
    lines = {row["source_id"]: row["target_id"] for row in graph.edges[EdgeKind.REPORTS_TO].rows(graph.nodes)}
    assert lines == {"2": "1", "3": "1"}
    assert len(graph.edges[EdgeKind.WORKS_IN]) == 3
    assert len((await store.account_graph(OWNER, "acme")).edges[EdgeKind.WORKS_IN]) == 4
    assert (await take(store, people=moved)).put == 0
    back = await take(store, people=PEOPLE)
    graph = (await store.account_graph(OWNER, "acme")).on(TODAY)
    assert back.put > 0
    assert len(graph.edges[EdgeKind.REPORTS_TO]) == 2


async def test_ties_and_logs_may_come_after_their_people(store: GraphStore) -> None:
    await take(store, people="id,name\nE 1,Ana\nE 2,Bob\n")
    member = {"format": "graphsvc/1", "nodes": [{"kind": "member", "id": "us", "name": "Lin"}]}
    await take(store, document=json.dumps(member))
    result = await take(
        store, ties="source,target,relation\nE 1,Bob,advice\n", log="source,target,time\nus,E 1,2026-01-02\n"
    )
    assert result.kinds == {NodeKind.INTERACTION: 1, EdgeKind.INFLUENCES: 1}


async def test_an_id_of_another_account_is_refused_with_the_remedy(store: GraphStore) -> None:
    await take(store, people="id\n7\n8\n")
    fault = (await refused(store, given=options(account="other"), people="id\n9\n8\n"))[0]
    assert (fault.code, fault.place()) == (Code.ID_TAKEN, "people.csv row 3 column id")
    assert "--id-prefix" in fault.message()
    result = await take(store, given=options(account="other", id_prefix="o-"), people="id\n9\n8\n")
    assert result.kinds[NodeKind.CONTACT] == 2


async def test_namesakes_of_two_accounts_do_not_collide(store: GraphStore) -> None:
    for account in ("north", "south"):
        await take(store, given=options(account=account), people="姓名\n张伟\n")
    assert [account.people for account in await store.accounts(OWNER)] == [1, 1]


async def test_gbk_is_read_and_said(store: GraphStore) -> None:
    result = await take(store, people="姓名,部门\n张伟,生产部\n".encode("gbk"))
    assert result.notes[0].en == "people.csv was read as GB18030 (GBK)"
    assert result.notes[0].zh == "people.csv 按 GB18030 (GBK) 读取"


HEAD = "source,target,relation,weight\n"


@pytest.mark.parametrize(
    ("texts", "code", "place"),
    [
        ({"people": "id,boss\n7,8\n8,9\n9,7\n"}, Code.CYCLE, "people.csv row 4 column boss"),
        ({"ties": HEAD + "1,1,advice,\n"}, Code.SELF_TIE, "ties.csv row 2 column target"),
        ({"ties": HEAD + "1,99,advice,\n"}, Code.UNKNOWN_PERSON, "ties.csv row 2 column target"),
        ({"ties": HEAD + "1,2,advice,7\n"}, Code.INVALID_VALUE, "ties.csv row 2 column weight"),
        ({"ties": HEAD + "1,2,hates,\n"}, Code.UNKNOWN_RELATION, "ties.csv row 2 column relation"),
        ({"ties": HEAD + "1,2,reports_to,\n1,3,reports_to,\n"}, Code.SECOND_BOSS, "ties.csv row 3"),
        ({"ties": "source,weight\n1,2\n"}, Code.UNKNOWN_TABLE, "ties.csv row 1"),
        ({"people": b"id\n1\n\xff\xff\xff\n"}, Code.BAD_ENCODING, "people.csv row 3"),
        ({"people": ""}, Code.EMPTY_FILE, "people.csv"),
        ({"people": '{"format": "graphsvc/1",\n"nodes": [\n{"kind": "a'}, Code.BAD_JSON, "people.csv row 3"),
        ({"people": "id,name,ID\n1,Ana,2\n"}, Code.BAD_FILE, "people.csv row 1 column ID"),
    ],
)
async def test_bad_files_name_file_and_row_and_change_nothing(
    store: GraphStore, texts: dict[str, str | bytes], code: Code, place: str
) -> None:
    await take(store, people=PEOPLE, ties=TIES)
    fault = (await refused(store, **texts))[0]
    assert (fault.code, fault.place()) == (code, place)
    assert fault.message("en")
    assert fault.message("zh")


async def test_a_line_that_closes_a_circle_with_stored_ones_names_its_row(store: GraphStore) -> None:
    await take(store, people=PEOPLE)
    fault = (await refused(store, ties="source,target,relation\n3,2,advice\n1,3,reports_to\n"))[0]
    assert (fault.code, fault.place()) == (Code.CYCLE, "ties.csv row 3")


async def test_ties_alone_need_an_account_that_is_there(store: GraphStore) -> None:
    fault = (await refused(store, ties=TIES))[0]
    assert (fault.code, fault.file) == (Code.UNKNOWN_RECORD, "ties.csv")
    fault = (await refused(store, given=options(), ties=TIES))[0]
    assert fault.code is Code.NO_ACCOUNT
    fault = (await refused(store, given=options(), people=PEOPLE))[0]
    assert (fault.code, fault.place()) == (Code.NO_ACCOUNT, "people.csv row 2")


async def test_what_the_store_refuses_is_placed_in_the_file(store: GraphStore) -> None:
    document = {
        "format": "graphsvc/1",
        "nodes": [{"kind": "account", "id": "a", "name": "A"}],
        "edges": [{"kind": "serves", "id": "s", "source_id": "nobody", "target_id": "a"}],
    }
    fault = (await refused(store, document=json.dumps(document)))[0]
    assert (fault.code, fault.file) == (Code.UNKNOWN_RECORD, "document.csv")
    assert str(fault.pointer).startswith("/edges/0")


async def test_one_account_leaves_without_the_ties_into_others(store: GraphStore) -> None:
    await take(store, given=options(account="north"), people="id\nn1\nn2\n")
    await take(store, given=options(account="south"), people="id\ns1\n")
    tie = {"kind": "influences", "id": "x", "source_id": "n1", "target_id": "s1"}
    await take(store, document=json.dumps({"format": "graphsvc/1", "nodes": [], "edges": [tie]}))
    assert (await graph_document(store, OWNER, "north"))["edges"] == []
    assert [edge["id"] for edge in (await whole_document(store, OWNER))["edges"]] == ["x"]


def test_the_options_of_an_import_are_checked() -> None:
    assert (
        ImportQuery.model_validate({"as": "advice", "mapping": "x=bond"}).options(TODAY).relation == "advice"
    )
    for bad in ({"encoding": "klingon"}, {"relation": ["x"]}):
        with pytest.raises(InvalidInput):
            ImportQuery.model_validate(bad).options(TODAY)
