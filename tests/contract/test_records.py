"""Put, get, find, delete: revisions, sending twice, scope, text in any script."""

from __future__ import annotations

import pytest

from graphsvc.errors import NotFound, StaleRevision
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Delete, Put
from models.enums import Kind
from models.faults import Code, InvalidInput
from models.records import body_of
from tests.contract.writing import EVERYTHING, E, N, change_set, fault_of, put, tie, whole_log, write

ONLY_BOLT = Scope("bob", frozenset({"bolt"}))


async def test_what_was_put_comes_back_whole(filled: GraphStore) -> None:
    asked = put(
        N.CONTACT,
        "wang",
        name="王建国",
        channels=[{"kind": "wechat", "value": "王👋"}],
        wants={"status": 3, "security": 0},
        external_ids={"crm": "A/1 é"},
        needs_note='quote " backslash \\ newline \n tab \t nul \x00 end',
    )
    applied = await write(filled, asked)
    found = await filled.get(EVERYTHING, N.CONTACT, "wang")
    assert found.body == body_of(asked.record)
    assert (found.account, found.revision) == ("acme", 1)
    assert found.created_at == found.updated_at
    assert applied.revisions == {(N.CONTACT, "wang"): 1}
    assert (applied.put, applied.unchanged, applied.deleted, applied.cleared) == (1, 0, 0, 0)


async def test_numbers_keep_every_digit(filled: GraphStore) -> None:
    weight, strength = 0.1 + 0.2, 100 / 3
    await write(
        filled,
        tie(E.INFLUENCES, "ana", "ben", weight=weight, confidence=5e-324),
        tie(E.COURTS, "rex", "ana", strength=strength),
        tie(E.MESSAGES, "ana", "ben", count=999_999_999, events=[[1_700_000_000, 1], [1_700_000_001, 2]]),
    )
    body = (await filled.get(EVERYTHING, E.INFLUENCES, "influences-ana-ben")).body
    assert (body["weight"], body["confidence"]) == (weight, 5e-324)
    graph = await filled.account_graph(EVERYTHING, "acme")
    assert graph.edges[E.INFLUENCES].array("weight").tolist() == [weight]
    assert graph.edges[E.COURTS].array("strength").tolist() == [strength]
    assert graph.edges[E.MESSAGES].texts("events") == ([[1_700_000_000, 1], [1_700_000_001, 2]],)


async def test_a_revision_grows_with_each_change_and_the_creation_stays(filled: GraphStore) -> None:
    first = await filled.get(EVERYTHING, N.CONTACT, "ana")
    await write(filled, put(N.CONTACT, "ana", expected=1, name="Ana Lima"))
    second = await filled.get(EVERYTHING, N.CONTACT, "ana")
    assert (second.revision, second.body["name"]) == (2, "Ana Lima")
    assert second.created_at == first.created_at
    assert second.updated_at > first.updated_at


async def test_a_field_that_is_left_out_is_gone(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "ana", needs_note="likes tea"))
    await write(filled, put(N.CONTACT, "ana"))
    assert "needs_note" not in (await filled.get(EVERYTHING, N.CONTACT, "ana")).body


async def test_a_put_of_what_is_there_writes_nothing(filled: GraphStore) -> None:
    before = await filled.sequences(EVERYTHING, "acme")
    applied = await write(filled, put(N.CONTACT, "ana"), put(N.MEMBER, "mia"))
    assert (applied.put, applied.unchanged, applied.sequences) == (0, 2, {})
    assert applied.revisions == {(N.CONTACT, "ana"): 1, (N.MEMBER, "mia"): 1}
    assert await filled.sequences(EVERYTHING, "acme") == before
    assert len(await whole_log(filled, "acme")) == before.account


async def test_only_what_differs_is_written(filled: GraphStore) -> None:
    applied = await write(filled, put(N.CONTACT, "ana"), put(N.CONTACT, "ben", name="Benjamin"))
    assert (applied.put, applied.unchanged) == (1, 1)
    assert applied.revisions == {(N.CONTACT, "ana"): 1, (N.CONTACT, "ben"): 2}


async def test_check_says_what_apply_would_do_and_writes_nothing(filled: GraphStore) -> None:
    asked = change_set(put(N.CONTACT, "eve"), put(N.CONTACT, "ana"), Delete(N.CONTACT, "ben"))
    said = await filled.check(EVERYTHING, asked)
    with pytest.raises(NotFound):
        await filled.get(EVERYTHING, N.CONTACT, "eve")
    assert await filled.apply(EVERYTHING, asked) == said


async def test_a_change_set_sent_twice_is_applied_once(filled: GraphStore) -> None:
    asked = change_set(put(N.CONTACT, "ana", name="Ana Lima"), tie(E.KNOWS, "mia", "ana"))
    first = await filled.apply(EVERYTHING, asked)
    await write(filled, put(N.CONTACT, "ana", name="Somebody else"))
    assert await filled.apply(EVERYTHING, asked) == first
    assert (await filled.get(EVERYTHING, N.CONTACT, "ana")).body["name"] == "Somebody else"


async def test_another_change_set_under_a_used_id_is_refused(filled: GraphStore) -> None:
    await filled.apply(EVERYTHING, change_set(put(N.CONTACT, "eve"), id="mine"))
    with pytest.raises(InvalidInput) as refused:
        await filled.apply(EVERYTHING, change_set(put(N.CONTACT, "eva"), id="mine"))
    assert [fault.code for fault in refused.value.faults] == [Code.REUSED]


@pytest.mark.parametrize(
    ("change", "revision"),
    [
        (put(N.CONTACT, "ana", expected=0, name="X"), 1),
        (put(N.CONTACT, "ana", expected=2, name="X"), 1),
        (put(N.CONTACT, "ana", expected=2), 1),
        (Delete(N.CONTACT, "ana", expected=7), 1),
        (put(N.CONTACT, "nobody", expected=1), None),
    ],
)
async def test_a_stale_revision_is_refused_with_what_is_there(
    filled: GraphStore, change: Put | Delete, revision: int | None
) -> None:
    before = await filled.sequences(EVERYTHING, "acme")
    for way in (filled.check, filled.apply):
        with pytest.raises(StaleRevision) as refused:
            await way(EVERYTHING, change_set(put(N.CONTACT, "new"), change))
        current = refused.value.current
        assert (current.revision if current else None) == revision
    assert await filled.sequences(EVERYTHING, "acme") == before


async def test_what_is_not_there_is_not_found(filled: GraphStore) -> None:
    with pytest.raises(NotFound):
        await filled.get(EVERYTHING, N.CONTACT, "nobody")
    with pytest.raises(NotFound):
        await filled.get(EVERYTHING, N.DEPARTMENT, "ana")
    with pytest.raises(NotFound):
        await write(filled, Delete(N.CONTACT, "nobody"))
    for asked in (filled.sequences, filled.account_graph, filled.records):
        with pytest.raises(NotFound):
            await asked(EVERYTHING, "nobody")


async def test_ids_are_of_a_kind(filled: GraphStore) -> None:
    await write(filled, put(N.DEPARTMENT, "ana", name="Department of the same id"))
    assert (await filled.get(EVERYTHING, N.CONTACT, "ana")).body["name"] == "Ana"


async def test_find_pages_by_id_whatever_the_order_of_writing(filled: GraphStore) -> None:
    await write(filled, *(put(N.CONTACT, f"p{number:02}") for number in (7, 3, 11, 5, 2)))
    pages, after = [], "p"
    while found := await filled.find(EVERYTHING, N.CONTACT, account_id="acme", after=after, limit=2):
        pages.append([stored.id for stored in found])
        after = found[-1].id
    assert pages == [["p02", "p03"], ["p05", "p07"], ["p11"]]


async def test_find_orders_ids_as_bytes(filled: GraphStore) -> None:
    ids = ["B", "a", "Z", "a.b", "a-b", "a:b", "a_b", "0", "A1", "a1"]
    await write(filled, *(put(N.COMPETITOR, id_) for id_ in ids))
    found = await filled.find(EVERYTHING, N.COMPETITOR, limit=200)
    assert [stored.id for stored in found] == sorted([*ids, "rivco"])


async def test_find_compares_fields(filled: GraphStore) -> None:
    await write(
        filled,
        put(N.CONTACT, "ana", status="left"),
        tie(E.PLAYS, "ana", "deal", attitude=2),
        tie(E.PLAYS, "ben", "deal", attitude=-1),
        tie(E.WORKS_IN, "ana", "lab", primary=False),
        tie(E.WORKS_IN, "ben", "lab", since="2024-02-29"),
    )

    async def ids(kind: N | E, **where: str) -> list[str]:
        return [stored.id for stored in await filled.find(EVERYTHING, kind, where=where)]

    assert await ids(N.CONTACT, status="left") == ["ana"]
    assert await ids(N.CONTACT, status="active", name="Ben") == ["ben"]
    assert await ids(E.PLAYS, attitude="-1") == ["plays-ben-deal"]
    assert await ids(E.WORKS_IN, primary="false") == ["works_in-ana-lab"]
    assert await ids(E.WORKS_IN, since="2024-02-29") == ["works_in-ben-lab"]
    assert await ids(E.PLAYS, source_id="ana", target_id="deal") == ["plays-ana-deal"]
    assert await ids(N.CONTACT, status="' OR 1=1 --") == []


@pytest.mark.parametrize(
    "where", [{"nickname": "x"}, {"body": "x"}, {"status`": "left"}, {"restricted": "maybe"}]
)
async def test_find_refuses_fields_and_values_that_are_none(
    filled: GraphStore, where: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await filled.find(EVERYTHING, N.CONTACT, where=where)
    assert refused.value.faults[0].pointer == f"/{next(iter(where))}"


async def test_nothing_of_a_foreign_account_is_seen(filled: GraphStore) -> None:
    await write(filled, tie(E.KNOWS, "mia", "ana"), tie(E.KNOWS, "mia", "zoe"))
    for kind, id_ in ((N.ACCOUNT, "acme"), (N.CONTACT, "ana"), (E.KNOWS, "knows-mia-ana")):
        with pytest.raises(NotFound):
            await filled.get(ONLY_BOLT, kind, id_)
    for asked in (filled.sequences, filled.account_graph, filled.records, filled.log):
        with pytest.raises(NotFound):
            await asked(ONLY_BOLT, "acme")
    with pytest.raises(NotFound):
        await filled.find(ONLY_BOLT, N.CONTACT, account_id="acme")
    assert [stored.id for stored in await filled.find(ONLY_BOLT, N.CONTACT)] == ["zoe"]
    assert [stored.id for stored in await filled.find(ONLY_BOLT, E.KNOWS)] == ["knows-mia-zoe"]
    assert [line.id for line in await filled.accounts(ONLY_BOLT)] == ["bolt"]
    assert [stored.id for stored in await filled.find(ONLY_BOLT, N.MEMBER)] == ["max", "mia"]


async def test_nothing_of_a_foreign_account_is_changed(filled: GraphStore) -> None:
    before = await filled.records(EVERYTHING, "acme")
    refused = {
        "/changes/0/id": put(N.CONTACT, "ana", account_id="bolt"),
        "/changes/0/account_id": put(N.CONTACT, "eve", account_id="acme"),
        "/changes/0/target_id": tie(E.KNOWS, "mia", "ana"),
    }
    for pointer, change in refused.items():
        fault = await fault_of(filled, change, scope=ONLY_BOLT)
        assert fault.pointer == pointer
        assert "acme" not in fault.message() or fault.code is Code.UNKNOWN_RECORD
    with pytest.raises(NotFound):
        await write(filled, Delete(N.CONTACT, "ana"), scope=ONLY_BOLT)
    with pytest.raises(NotFound):
        await write(filled, Delete(N.ACCOUNT, "acme", expected=1), scope=ONLY_BOLT)
    assert await filled.records(EVERYTHING, "acme") == before


async def test_the_list_of_accounts_counts_people_and_open_deals(filled: GraphStore) -> None:
    await write(
        filled,
        put(N.OPPORTUNITY, "deal", value=100.5, currency="CNY"),
        put(N.OPPORTUNITY, "second", value=50.25, currency="CNY"),
        put(N.OPPORTUNITY, "third", value=7.0, currency="EUR"),
        put(N.OPPORTUNITY, "lost", value=999.0, status="lost"),
        put(N.OPPORTUNITY, "vague", account_id="bolt"),
        put(N.ACCOUNT, "bolt", tier="B"),
        put(N.ACCOUNT, "aaa", name="Zed"),
    )
    found = await filled.accounts(EVERYTHING)
    assert [(line.id, line.people, line.departments, line.open_opportunities) for line in found] == [
        ("acme", 4, 1, 3),
        ("bolt", 1, 0, 1),
        ("aaa", 0, 0, 0),
    ]
    assert [[(amount.value, amount.currency) for amount in line.open_values] for line in found] == [
        [(150.75, "CNY"), (7.0, "EUR")], [], []
    ]  # fmt: skip
    assert [(line.name, line.tier) for line in found] == [("Acme", None), ("Bolt", "B"), ("Zed", None)]


async def test_it_answers(store: GraphStore) -> None:
    assert await store.ping() is None
    assert await store.accounts(EVERYTHING) == []
    assert await store.log(EVERYTHING, "firm") == []


async def test_what_a_scope_knows_of_is_told_of_many_at_once(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "bea", account_id="bolt"))
    asked: list[tuple[Kind, str]] = [(N.CONTACT, id_) for id_ in ("ana", "bea", "nobody")]
    asked.append((N.MEMBER, "mia"))
    assert await filled.seen(EVERYTHING, asked) == {asked[0], asked[1], asked[3]}
    assert await filled.seen(ONLY_BOLT, asked) == {asked[1], asked[3]}
    await write(filled, Delete(N.CONTACT, "bea"))
    assert await filled.seen(ONLY_BOLT, asked) == {asked[1], asked[3]}, "it lay there"
    assert await filled.seen(Scope("ann", frozenset({"acme"})), asked) == {asked[0], asked[3]}
    assert await filled.seen(ONLY_BOLT, []) == set()
