"""Account graphs out of a store: the same tables as those of the same records without one."""

from __future__ import annotations

import random
from datetime import date

from graphsvc.stores.port import GraphStore
from models.at_hand import graph_of
from models.changes import Delete, Put
from models.graph import AccountGraph
from models.kinds import KINDS
from models.records import body_of
from tests.contract.writing import EVERYTHING, E, N, put, tables, tie, write

TRIP = {"since": "2025-03-03", "until": "2025-03-05", "city": "Graz"}
KEPT = {"basis": "consent", "source": "told us", "expires_on": "2026-01-01"}
EVERY_KIND: tuple[Put, ...] = (
    put(N.ACCOUNT, "bolt"),
    put(N.ACCOUNT, "acme", tier="A", industry="钢铁", region="华东", aliases=["AC", "Acme & Co"]),
    put(N.DEPARTMENT, "lab", function="technical"),
    put(N.DEPARTMENT, "bench", parent_id="lab", function="technical", mandate="tests"),
    put(N.CONTACT, "ana", name="王建国", confirmed_on="2025-02-28"),
    put(N.CONTACT, "ben", status="left", placeholder=True),
    put(N.CONTACT, "cho", restricted=True, channels=[{"kind": "email", "value": "cho@example.org"}]),
    put(N.MEMBER, "mia", title="Account manager", city="Graz"),
    put(N.MEMBER, "max"),
    put(N.MEMBER, "tia"),
    put(N.MEMBER, "una"),
    put(N.COMPETITOR, "rivco"),
    put(N.COMPETITOR, "solo"),
    put(N.RIVAL, "rex", competitor_id="rivco"),
    put(N.OPPORTUNITY, "deal", value=0.1 + 0.2, currency="EUR", step="evaluate", step_since="2025-01-31"),
    put(
        N.INTERACTION,
        "visit",
        at="2025-03-01T09:30:00+08:00",
        kind="visit",
        sentiment=-2,
        score=5,
        member_ids=["max"],
        contact_ids=["ben", "ana"],
    ),
    put(
        N.ASSESSMENT,
        "checked",
        at="2025-03-01T09:30:00Z",
        member_id="tia",
        contact_id="ana",
        answers={"P1": 3, "I6": 0},
    ),
    tie(E.WORKS_IN, "ana", "bench", rung="manager", level="decision", since="2020-02-29"),
    tie(E.REPORTS_TO, "ana", "ben"),
    tie(E.INFLUENCES, "ana", "ben", weight=1 / 3, basis="alumni", opportunity_id="deal", confidence=0.9),
    tie(E.INFLUENCES, "ana", "ben", id="another", stated=False, until="2026-01-01"),
    tie(E.MESSAGES, "cho", "ana", count=3, first="2024-12-31", events=[[1, 2], [3, 4]]),
    tie(E.BOND, "ben", "cho", polarity=-1, weight=0.7),
    tie(E.KNOWS, "mia", "ana", personal=61.5, referral_ok=False),
    tie(E.COURTS, "rex", "ben", strength=1e-7),
    tie(E.PLAYS, "ana", "deal", roles=["approver"], attitude=-2, concerns=[{"code": "price"}], voice=0),
    tie(E.SERVES, "mia", "acme", role="owner"),
    tie(E.COMPETES_IN, "solo", "deal", status="leading"),
    put(N.PRODUCT, "ours", family="drives"),
    put(N.PRODUCT, "theirs", competitor_id="makers"),
    put(N.COMPETITOR, "makers"),
    put(N.ACTION, "promise", due="2025-02-28", member_id="wes", contact_id="ana"),
    put(N.MEMBER, "wes", rung="expert", itinerary=[TRIP]),
    put(N.DOSSIER, "private", hobbies=[{**KEPT, "text": "话剧"}], itinerary=[{**KEPT, **TRIP}]),
    tie(E.USES, "lab", "theirs", source_kind="department", satisfaction=2),
    tie(E.USES, "acme", "ours", quantity=3),
    tie(E.USES, "acme", "theirs"),
    tie(E.CHANNEL, "acme", "bolt", kind="owns", share=0.25),
)


async def without_a_store(store: GraphStore, account: str) -> AccountGraph:
    """The graph of an account's records as they come out of the store, made in memory."""
    records = await store.records(EVERYTHING, account)
    return graph_of(account, [(stored.kind, stored.body) for stored in records])


async def test_a_snapshot_equals_the_graph_of_the_same_records(store: GraphStore) -> None:
    await write(store, *EVERY_KIND)
    graph = await store.account_graph(EVERYTHING, "acme")
    assert tables(graph) == tables(await without_a_store(store, "acme"))
    for kind in N:
        assert len(graph.nodes[kind]) > 0
    for edge_kind in set(E) - {E.CHANNEL}:  # a channel leads to another account
        assert len(graph.edges[edge_kind]) > 0


async def test_the_records_of_an_account_are_those_written_but_for_strangers(store: GraphStore) -> None:
    await write(store, *EVERY_KIND)
    asked = {(change.kind, change.record.id): body_of(change.record) for change in EVERY_KIND}
    del asked[N.MEMBER, "una"]  # one of ours who has nothing to do with the account
    del asked[N.ACCOUNT, "bolt"]
    stored = await store.records(EVERYTHING, "acme")
    assert {(record.kind, record.id): record.body for record in stored} == asked
    places = [(list(KINDS).index(record.kind), record.id) for record in stored]
    assert places == sorted(places)


async def test_the_order_of_writing_does_not_show(store: GraphStore) -> None:
    shuffled = list(EVERY_KIND)
    random.Random(7).shuffle(shuffled)
    await write(store, *shuffled)
    first = tables(await store.account_graph(EVERYTHING, "acme"))
    graph = await without_a_store(store, "acme")
    assert first == tables(graph)
    assert graph.edges[E.INFLUENCES].ids == ("another", "influences-ana-ben")


async def test_an_account_holds_those_of_the_firm_it_has_to_do_with(filled: GraphStore) -> None:
    async def firm(account: str) -> list[tuple[str, ...]]:
        graph = await filled.account_graph(EVERYTHING, account)
        assert tables(graph) == tables(await without_a_store(filled, account))
        return [graph.nodes[kind].ids for kind in (N.MEMBER, N.RIVAL, N.COMPETITOR)]

    assert await firm("acme") == [(), (), ()]
    await write(filled, tie(E.KNOWS, "mia", "ana"), tie(E.COURTS, "rex", "zoe", strength=10))
    assert await firm("acme") == [("mia",), (), ()]
    assert await firm("bolt") == [(), ("rex",), ("rivco",)]
    await write(
        filled,
        put(N.INTERACTION, "call", at="2025-01-01T00:00:00Z", kind="call", member_ids=["max"]),
        put(N.MEMBER, "old"),
        tie(E.KNOWS, "mia", "ana", handed_over_from={"member_id": "old", "on": "2025-01-01"}),
        tie(E.COMPETES_IN, "rivco", "deal"),
    )
    assert await firm("acme") == [("max", "mia", "old"), (), ("rivco",)]
    await write(filled, Delete(N.INTERACTION, "call"), tie(E.KNOWS, "mia", "ana"))
    assert await firm("acme") == [("mia",), (), ("rivco",)]


async def test_ties_into_another_account_are_in_neither_graph(filled: GraphStore) -> None:
    await write(
        filled,
        tie(E.INFLUENCES, "zoe", "ana"),
        tie(E.INFLUENCES, "ana", "zoe"),
        tie(E.INFLUENCES, "ana", "ben"),
        tie(E.BOND, "zoe", "ben"),
    )
    for account, ids in (("acme", ("influences-ana-ben",)), ("bolt", ())):
        graph = await filled.account_graph(EVERYTHING, account)
        assert graph.edges[E.INFLUENCES].ids == ids
        assert len(graph.edges[E.BOND]) == 0


async def test_a_snapshot_follows_every_change(filled: GraphStore) -> None:
    first = await filled.account_graph(EVERYTHING, "acme")
    assert await filled.account_graph(EVERYTHING, "acme") is first
    await write(filled, tie(E.INFLUENCES, "ana", "ben", weight=0.25, since="2025-01-01"))
    second = await filled.account_graph(EVERYTHING, "acme")
    now = await filled.sequences(EVERYTHING, "acme")
    assert (second.sequence, second.firm_sequence) == (now.account, now.firm)
    assert second.edges[E.INFLUENCES].array("weight").tolist() == [0.25]
    assert len(second.on(date(2024, 12, 31)).edges[E.INFLUENCES]) == 0
    await write(filled, put(N.MEMBER, "mia", city="Linz"))
    assert (await filled.account_graph(EVERYTHING, "acme")).firm_sequence == now.firm + 1
    await write(filled, Delete(N.CONTACT, "ana"))
    assert (await filled.account_graph(EVERYTHING, "acme")).contacts.ids == ("ben", "cho", "dan")
    await write(filled, put(N.CONTACT, "eve"), tie(E.KNOWS, "mia", "eve"))
    assert (await filled.account_graph(EVERYTHING, "acme")).contacts.ids == ("ben", "cho", "dan", "eve")


async def test_an_empty_account_has_a_graph(store: GraphStore) -> None:
    await write(store, put(N.ACCOUNT, "acme"))
    graph = await store.account_graph(EVERYTHING, "acme")
    assert (graph.sequence, graph.firm_sequence) == (1, 0)
    assert tables(graph) == tables(await without_a_store(store, "acme"))
