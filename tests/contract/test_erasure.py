"""A person erased: no word left anywhere, every number as before, the past and the chain still whole."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest

from graphsvc.access.desk import Desk
from graphsvc.access.far_ends import ELSEWHERE
from graphsvc.errors import AccountImporting, ErasedValues, NotFound, StoreBusy
from graphsvc.features.exports.service import graph_document
from graphsvc.features.history.differing import diff
from graphsvc.features.history.service import undo
from graphsvc.features.history.verifying import verify
from graphsvc.features.privacy.exporting import person_document
from graphsvc.features.privacy.service import allow, erase
from graphsvc.stores.port import GraphStore, Scope
from models.anonymous import ERASED_NAME, is_anonymous
from models.changes import Delete
from models.columns import Form
from models.enums import ImportStage
from models.erasures import Erasing, Erasure
from models.faults import Code
from models.graph import AccountGraph
from models.imports import ImportState
from models.kinds import SPECS, EdgeSpec
from models.records import Body
from queries.search.asked import asked
from queries.search.texts import NAMED
from tests.contract.writing import (
    EVERYTHING,
    E,
    N,
    acme,
    change_set,
    fault_of,
    faults_of,
    put,
    tie,
    whole_log,
    write,
)
from tests.erasures import NAME, canary, person, told

LOGS = ("acme", "bolt", "firm")


async def erased(store: GraphStore, contact: str = "ana", **more: Any) -> Erasure:
    """Erase somebody, in one change set of its own."""
    return await store.erase(EVERYTHING, Erasing(change_set().id, contact, **more))


async def everything(store: GraphStore) -> str:
    """All that a store gives to whoever sees all."""
    found: list[Any] = [await store.records(EVERYTHING, account) for account in ("acme", "bolt")]
    for log in LOGS:
        entries = await whole_log(store, log)
        found.append(entries)
        found.append([await store.history(EVERYTHING, e.kind, e.id) for e in entries if e.before or e.after])
    found.append(await graph_document(store, EVERYTHING, "acme"))
    found.append(await person_document(store, Scope("all", dossiers=True), "ana"))
    found += [await store.imports(EVERYTHING), await store.accounts(EVERYTHING)]
    return str(found)


def numbers(graph: AccountGraph) -> dict[str, Any]:
    """All of a graph that is no word: ends, numbers, flags, days, closed words."""
    found: dict[str, Any] = {}
    for spec in SPECS:
        table = graph.edges[spec.kind] if isinstance(spec, EdgeSpec) else graph.nodes[spec.kind]
        if spec.kind is N.DOSSIER:
            continue
        found[f"{spec.kind}.id"] = table.ids
        for column in spec.columns:
            words = column.form in (Form.TEXT, Form.JSON)
            if not words and column.name not in ("placeholder", "personality"):
                found[f"{spec.kind}.{column.name}"] = table.columns[column.name].tobytes()
        if isinstance(spec, EdgeSpec):
            ends = graph.edges[spec.kind]
            found[f"{spec.kind}.ends"] = (ends.source.tobytes(), ends.target.tobytes())
    return found


@pytest.fixture
async def known(store: GraphStore) -> tuple[GraphStore, list[str]]:
    """A store that knows everything of ana, and the texts that it knows."""
    await acme(store)
    return store, await told(store)


async def test_no_word_is_left_and_every_chain_holds(known: tuple[GraphStore, list[str]]) -> None:
    store, canaries = known
    before = await everything(store)
    assert [text for text in canaries if text not in before] == []
    done = await erased(store, reason="by mail of 3 May")
    after = await everything(store)
    assert [text for text in canaries if text in after] == []
    assert (done.records, done.dossiers, done.entries) == (14, 1, 31)
    for log in LOGS:
        assert (await verify(store, EVERYTHING, log)).good
    assert list(await store.integrity(EVERYTHING)) == []
    seat = (await store.get(EVERYTHING, N.CONTACT, "ana")).body
    assert is_anonymous(seat)
    assert seat["name"] == ERASED_NAME
    with pytest.raises(NotFound):
        await store.get(EVERYTHING, N.DOSSIER, "secret")


async def test_charts_and_numbers_stand_now_and_in_the_past(known: tuple[GraphStore, list[str]]) -> None:
    store, canaries = known
    moment = (await whole_log(store, "acme"))[-1].at
    before = numbers(await store.account_graph(EVERYTHING, "acme"))
    assert numbers(await store.account_graph(EVERYTHING, "acme", as_of=moment)) == before
    await erased(store)
    for as_of in (None, moment):
        graph = await store.account_graph(EVERYTHING, "acme", as_of=as_of)
        assert numbers(graph) == before
        assert graph.contacts.texts("name")[graph.contacts.position["ana"]] == ERASED_NAME
        said = str([table.columns for table in (*graph.nodes.values(), *graph.edges.values())])
        assert [text for text in canaries if text in said] == []


async def test_search_finds_him_no_more(known: tuple[GraphStore, list[str]]) -> None:
    store, _ = known

    async def found(text: str) -> list[str]:
        expressions = asked(text).beginnings()
        rows = await store.search(EVERYTHING, expressions, NAMED, on=date(2026, 1, 1))
        return [row.stored.id for row in rows]

    latin = (await store.get(EVERYTHING, N.CONTACT, "ana")).body["latin_name"]
    named = [NAME, latin, NAME[:3]]
    assert [await found(text) for text in named] == [["ana"]] * len(named)
    await erased(store)
    assert [await found(text) for text in named] == [[]] * len(named)
    assert await found("erased") == ["ana"]


async def test_history_and_differences_are_told_and_undo_is_refused_by_name(
    known: tuple[GraphStore, list[str]],
) -> None:
    store, _ = known
    entries = await whole_log(store, "acme")
    start, end = entries[0].at, entries[-1].at
    made = next(entry.change_set for entry in entries if entry.id == "ana")
    done = await erased(store)
    history = await store.history(EVERYTHING, N.CONTACT, "ana")
    assert [entry.erased for entry in history] == [True] * len(history)
    assert {entry.after and entry.after["name"] for entry in history} == {ERASED_NAME}
    now = datetime.now(UTC)
    for since, until in ((start, end), (end, now), (start, now)):
        found = await diff(store, EVERYTHING, "acme", since, until)
        assert NAME not in str(found)
    for id_ in (made, entries[-1].change_set, done.id):
        with pytest.raises(ErasedValues, match="ana"):
            await undo(store, EVERYTHING, id_, "request-2")
    untouched = await write(store, put(N.CONTACT, "ben", name="Benno"))
    await undo(store, EVERYTHING, untouched.change_set, "request-3")


async def test_sent_again_it_gives_what_it_gave(known: tuple[GraphStore, list[str]]) -> None:
    store, _ = known
    asking = Erasing("erase-once", "ana", "asked")
    before = await store.heads(EVERYTHING)
    tried = await store.erase(EVERYTHING, asking, dry_run=True)
    assert await store.heads(EVERYTHING) == before
    first = await store.erase(EVERYTHING, asking)
    heads = await store.heads(EVERYTHING)
    assert (tried.records, tried.entries, tried.dossiers) == (first.records, first.entries, first.dossiers)
    assert await store.erase(EVERYTHING, asking) == first
    assert await store.heads(EVERYTHING) == heads
    again = await erased(store)
    assert (again.records, again.dossiers, again.entries) == (0, 0, 0)
    for log in LOGS:
        assert (await verify(store, EVERYTHING, log)).good


async def test_what_was_sent_before_is_known_but_not_what_it_said(store: GraphStore) -> None:
    await acme(store)
    sent, other = change_set(person()), change_set(put(N.CONTACT, "ben", name="Benno"))
    for one in (sent, other):
        await store.apply(EVERYTHING, one)
    await erased(store)
    heads = await store.heads(EVERYTHING)
    assert (await store.apply(EVERYTHING, other)).put == 1
    for way in (store.apply, store.check):
        with pytest.raises(Exception, match="its content is gone"):
            await way(EVERYTHING, sent)
    assert await store.heads(EVERYTHING) == heads


@pytest.mark.parametrize(
    ("again", "places"),
    [
        ({"name": NAME}, ["/name"]),
        ({"name": f" {NAME}先生"}, ["/name"]),
        ({"channels": [{"kind": "phone", "value": "+86 138-0000-1234"}]}, ["/channels/0/value"]),
        ({"channels": [{"kind": "email", "value": "ANA@Example.org"}]}, ["/channels/0/value"]),
        ({"external_ids": {"crm": "0031"}}, ["/external_ids/crm"]),
        ({"name": NAME, "external_ids": {"crm": "0031"}}, ["/name", "/external_ids/crm"]),
    ],
)
async def test_nobody_who_was_erased_is_entered_again(
    store: GraphStore, again: Body, places: list[str]
) -> None:
    await acme(store)
    known = {
        "channels": [
            {"kind": "phone", "value": "13800001234"},
            {"kind": "email", "value": "ana@example.org"},
        ],
        "external_ids": {"crm": "0031"},
    }
    await write(store, put(N.CONTACT, "ana", name=NAME, **known))
    await erased(store)
    found = await faults_of(store, put(N.CONTACT, "new", **again))
    assert [(fault.code, fault.pointer) for fault in found] == [
        (Code.ERASED, f"/changes/0{place}") for place in places
    ]
    assert NAME not in str(found)
    await write(store, put(N.CONTACT, "other", name="Somebody else", external_ids={"erp": "0031"}))
    await write(store, put(N.CONTACT, "namesake", name=NAME, account_id="bolt"))
    body = {"account_id": "acme", **again}
    assert (await allow(Desk(store), EVERYTHING, body)).lifted == len(places)
    await write(store, put(N.CONTACT, "new", **again))


async def test_the_seat_he_left_takes_nobody(known: tuple[GraphStore, list[str]]) -> None:
    store, _ = known
    await erased(store)
    assert (await fault_of(store, put(N.CONTACT, "ana", name="Eve"))).pointer == "/changes/0/id"
    seat = (await store.get(EVERYTHING, N.CONTACT, "ana")).body
    await write(store, put(N.CONTACT, "ana", **{**seat, "id": "ana", "status": "left"}))
    document = await graph_document(store, EVERYTHING, "acme")
    seats = [row for row in document["nodes"] if row["id"] == "ana"]
    assert [row["name"] for row in seats] == [ERASED_NAME]
    await write(store, Delete(N.CONTACT, "ana"))
    assert (await fault_of(store, put(N.CONTACT, "ana", name="Eve"))).pointer == "/changes/0/id"
    await write(store, put(N.CONTACT, "ana", **{**seat, "id": "ana"}))


async def test_who_was_deleted_or_merged_into_him_goes_too(store: GraphStore) -> None:
    from graphsvc.features.merging.service import merge

    await acme(store)
    words = [canary() for _ in range(6)]
    await write(store, put(N.CONTACT, "ana", name=words[0]), put(N.CONTACT, "twin", name=words[1]))
    await write(store, put(N.CONTACT, "third", name=words[2], needs_note=words[3]))
    for kept, gone in (("twin", "third"), ("ana", "twin")):
        revision = (await store.get(EVERYTHING, N.CONTACT, kept)).revision
        await merge(store, EVERYTHING, kept, {"duplicate_id": gone}, revision, "request-4")
    await write(store, put(N.CONTACT, "ben", name=words[4]), tie(E.BOND, "ben", "cho", note=words[5]))
    await write(store, Delete(N.CONTACT, "ben"))
    done = await erased(store)
    assert done.people == ("ana", "third", "twin")
    log = str(await whole_log(store, "acme"))
    assert [word for word in words[:4] if word in log] == []
    assert words[4] in log
    done = await erased(store, "ben")
    assert (done.records, done.entries) == (0, 5)
    log = str(await whole_log(store, "acme"))
    assert [word for word in words if word in log] == []
    assert (await verify(store, EVERYTHING, "acme")).good
    assert (await fault_of(store, put(N.CONTACT, "new", name=words[1]))).code is Code.ERASED
    assert (await fault_of(store, put(N.CONTACT, "third"))).pointer == "/changes/0/id"


async def test_two_who_were_tied_are_erased_one_after_the_other(known: tuple[GraphStore, list[str]]) -> None:
    store, _ = known
    for contact in ("zoe", "ana", "ben"):
        await erased(store, contact)
        for log in LOGS:
            assert (await verify(store, EVERYTHING, log)).good, (contact, log)
    for account in ("acme", "bolt"):
        assert (await store.account_graph(EVERYTHING, account)).account_id == account


async def test_words_of_others_are_listed_and_go_only_when_a_person_says_so(store: GraphStore) -> None:
    await acme(store)
    await write(store, put(N.CONTACT, "ana", name="王芳", external_ids={"crm": "77"}))
    said = "与王芳谈预算"
    await write(
        store,
        put(N.INTERACTION, "both", note=said, contact_ids=["ana", "ben"]),
        put(N.OPPORTUNITY, "deal", problem="Wang Fang wants it", process="nothing"),
        put(
            N.MEMBER,
            "mia",
            itinerary=[{"since": "2026-01-01", "until": "2026-01-02", "city": "G", "purpose": "王芳"}],
        ),
        put(N.CONTACT, "ben", needs_note="asks 王芳 first"),
        put(N.DEPARTMENT, "lab", mandate="delivery of Wangfangs"),
    )
    await write(store, put(N.CONTACT, "ben"))
    await store.apply(
        EVERYTHING, change_set(put(N.CONTACT, "cho", name="Chow"), reason="王芳 said so", id="why")
    )
    done = await erase(store, EVERYTHING, "ana", {"dry_run": True})
    assert [(row.kind, row.id, row.fields) for row in done.mentions] == [
        ("contact", "ben", []),
        ("interaction", "both", ["/note"]),
        ("member", "mia", ["/itinerary/0/purpose"]),
        ("opportunity", "deal", ["/problem"]),
    ]
    assert (done.reasons, done.change_set) == (["why"], None)
    also = [{"kind": "interaction", "id": "both"}, {"kind": "contact", "id": "ben"}]
    done = await erase(store, EVERYTHING, "ana", {"also": also}, key="k")
    assert [(row.kind, row.id) for row in done.mentions] == [("member", "mia"), ("opportunity", "deal")]
    assert await erase(store, EVERYTHING, "ana", {"also": also}, key="k") == done
    assert "note" not in (await store.get(EVERYTHING, N.INTERACTION, "both")).body
    ben = (await store.get(EVERYTHING, N.CONTACT, "ben")).body
    assert ben["name"] == "Ben"
    log = str([(entry.before, entry.after) for entry in await whole_log(store, "acme")])
    assert said not in log
    assert "asks" not in log
    assert "Wang Fang wants it" in log
    assert (await verify(store, EVERYTHING, "acme")).good


async def test_it_lies_in_the_scope_and_waits_for_no_import(
    filled: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for contact, scope in (("ana", Scope("bob", frozenset({"bolt"}))), ("nobody", EVERYTHING)):
        with pytest.raises(NotFound):
            await filled.erase(scope, Erasing("e", contact))
    also = ((N.CONTACT, "ben"),)
    with pytest.raises(NotFound):
        await filled.erase(Scope("bob", frozenset({"bolt"})), Erasing("e", "zoe", also=also))
    monkeypatch.setattr("graphsvc.stores.imports.HOLD_WAIT_S", 0.0)
    names = (f"{NAME}.csv", "others.csv")
    await write(filled, person("ana"))
    state = ImportState("i1", "tester", names, "0", ("acme",), datetime.now(UTC), ImportStage.RUNNING)
    await filled.keep_import(state)
    with pytest.raises(AccountImporting):
        await erased(filled)
    ended = ImportState("i1", "tester", names, "0", ("acme",), state.started, ImportStage.DONE)
    await filled.keep_import(ended)
    await erased(filled)
    assert (await filled.import_state(EVERYTHING, "i1")).files == (ERASED_NAME, "others.csv")


async def test_writers_beside_an_erasure_lose_nothing(filled: GraphStore) -> None:
    await write(filled, person("ana"))

    async def patiently(work: Callable[[], Awaitable[Any]]) -> None:
        for _ in range(20):
            try:
                await work()
                return
            except StoreBusy:
                continue  # each of them waits two seconds for its turn by itself
        raise AssertionError("never its turn")

    async def writer(number: int) -> None:
        for id_ in (f"w{number}-{place}" for place in range(5)):
            asked_for = change_set(put(N.CONTACT, id_), tie(E.KNOWS, "mia", id_))
            await patiently(lambda asked_for=asked_for: filled.apply(EVERYTHING, asked_for))  # type: ignore[misc]

    erasures = [patiently(lambda: erased(filled)), patiently(lambda: erased(filled, "ben"))]
    await asyncio.gather(*(writer(number) for number in range(4)), *erasures)
    assert (await verify(filled, EVERYTHING, "acme")).good
    people = (await filled.account_graph(EVERYTHING, "acme")).contacts.ids
    assert len([id_ for id_ in people if id_.startswith("w")]) == 20


async def test_export_holds_every_word_and_reads_are_noted(known: tuple[GraphStore, list[str]]) -> None:
    store, canaries = known
    mentioning = f"{NAME} said"
    await write(store, put(N.OPPORTUNITY, "deal", problem=mentioning))
    await write(store, put(N.OPPORTUNITY, "deal", problem="gone"))
    await write(store, put(N.CONTACT, "ben", needs_note=mentioning))
    document = await person_document(store, Scope("all", dossiers=True), "ana", "request-9")
    text = orjson.dumps(document).decode()
    assert [word for word in [*canaries, mentioning] if word not in text] == []
    assert [(row["act"], row["request_id"]) for row in document["reads"]] == [("exported", "request-9")]
    assert document["withheld"] == []
    narrow = await person_document(store, Scope("all"), "ana")
    assert narrow["withheld"] == ["dossier"]
    assert "dossier" not in {row["kind"] for row in (*narrow["records"], *narrow["history"])}
    with pytest.raises(NotFound):
        await person_document(store, Scope("bob", frozenset({"bolt"})), "ana")


async def test_an_export_tells_no_far_end_outside_the_scope(filled: GraphStore) -> None:
    bond = tie(E.BOND, "zoe", "ana", id="bond", polarity=1)
    await write(filled, bond)
    await write(filled, tie(E.BOND, "zoe", "ana", id="bond", polarity=1, weight=0.5))
    whole = await person_document(filled, EVERYTHING, "ana")
    own = await person_document(filled, Scope("of-acme", frozenset({"acme"})), "ana")
    for document, end in ((whole, "zoe"), (own, ELSEWHERE)):
        (row,) = [row["record"] for row in document["records"] if row["id"] == "bond"]
        entries = [entry for entry in document["history"] if entry["id"] == "bond"]
        values = [row, *(entry[when] for entry in entries for when in ("before", "after"))]
        assert {value["source_id"] for value in values if value} == {end}
    assert "zoe" not in str(own)
