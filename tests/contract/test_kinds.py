"""Every kind, whatever its row says: its shortest record is put, read, found, snapshot and deleted."""

from __future__ import annotations

import pytest

from graphsvc.errors import NotFound
from graphsvc.stores.port import GraphStore
from models.at_hand import graph_of
from models.changes import Delete, Put
from models.faults import Code
from models.kinds import SPECS, EdgeSpec, Spec
from models.records import body_of
from tests.contract.writing import EVERYTHING, E, N, fault_of, put, tables, tie, write

NODES = {
    N.ACCOUNT: "acme",
    N.DEPARTMENT: "lab",
    N.CONTACT: "ana",
    N.MEMBER: "mia",
    N.RIVAL: "rex",
    N.COMPETITOR: "rivco",
    N.OPPORTUNITY: "deal",
    N.PRODUCT: "drive",
}
"""A node of each kind that edges join."""
SECOND = {N.ACCOUNT: "bolt", N.CONTACT: "ben"}
"""Another one, for the edges of one kind of nodes."""


def shortest(spec: Spec) -> Put:
    """The shortest record of a kind among those of acme."""
    if not isinstance(spec, EdgeSpec):
        return put(spec.kind, "new")
    ends = SECOND if spec.source is spec.target else NODES
    return tie(spec.kind, NODES[spec.source], ends[spec.target], id="new")


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: str(spec.kind))
async def test_the_shortest_record_of_a_kind_lives_as_any_other(filled: GraphStore, spec: Spec) -> None:
    record = shortest(spec)
    await write(filled, put(N.PRODUCT, "drive"))
    await write(filled, record)
    stored = await filled.get(EVERYTHING, spec.kind, "new")
    assert (stored.body, stored.revision) == (body_of(record.record), 1)
    assert stored.account == (
        None if getattr(spec, "firm", False) else "new" if spec.kind is N.ACCOUNT else "acme"
    )
    assert stored in await filled.find(EVERYTHING, spec.kind)
    for account in ("acme", "bolt"):
        records = [(row.kind, row.body) for row in await filled.records(EVERYTHING, account)]
        graph = await filled.account_graph(EVERYTHING, account)
        assert tables(graph) == tables(graph_of(account, records))
    assert (await write(filled, Delete(spec.kind, "new", expected=1))).deleted == 1
    with pytest.raises(NotFound):
        await filled.get(EVERYTHING, spec.kind, "new")


async def test_an_edge_may_begin_at_nodes_of_two_kinds(filled: GraphStore) -> None:
    same = put(N.DEPARTMENT, "acme", name="A department with the id of its account")
    await write(filled, same, put(N.PRODUCT, "drive"), put(N.PRODUCT, "axis"))
    await write(
        filled,
        tie(E.USES, "acme", "drive", id="a"),
        tie(E.USES, "acme", "axis", id="b", source_kind="department"),
        tie(E.USES, "lab", "drive", id="c", source_kind="department", satisfaction=2),
    )
    graph = await filled.account_graph(EVERYTHING, "acme")
    uses = graph.edges[E.USES]
    assert [(row["id"], row["source_kind"], row["source_id"]) for row in uses.rows(graph.nodes)] == [
        ("a", "account", "acme"),
        ("b", "department", "acme"),
        ("c", "department", "lab"),
    ]
    joined = graph.to_networkx()
    assert joined.has_edge("department:acme", "product:axis", key="b")
    assert not joined.has_edge("account:acme", "product:axis")
    found = await filled.find(EVERYTHING, E.USES, where={"source_kind": "department"})
    assert [stored.id for stored in found] == ["b", "c"]
    fault = await fault_of(filled, tie(E.USES, "lab", "drive", id="d"))
    assert (fault.code, fault.params) == (Code.UNKNOWN_RECORD, {"kind": N.ACCOUNT, "id": "lab"})


async def test_such_an_edge_moves_to_a_node_of_the_other_kind(filled: GraphStore) -> None:
    await write(filled, put(N.DEPARTMENT, "acme"), put(N.PRODUCT, "drive"))
    await write(filled, tie(E.USES, "acme", "drive", id="a"))
    await write(filled, tie(E.USES, "acme", "drive", id="a", source_kind="department"))
    graph = await filled.account_graph(EVERYTHING, "acme")
    assert graph.edges[E.USES].source_kinds() == [N.DEPARTMENT]
    applied = await write(filled, Delete(N.DEPARTMENT, "acme"))
    assert applied.deleted == 2
    assert await filled.find(EVERYTHING, E.USES) == []


async def test_a_product_comes_with_who_makes_it(filled: GraphStore) -> None:
    await write(filled, put(N.PRODUCT, "theirs", competitor_id="rivco"), put(N.PRODUCT, "idle"))
    await write(filled, tie(E.USES, "lab", "theirs", source_kind="department"))
    graph = await filled.account_graph(EVERYTHING, "acme")
    assert graph.nodes[N.PRODUCT].ids == ("theirs",)
    assert graph.nodes[N.COMPETITOR].ids == ("rivco",)
    fault = await fault_of(filled, Delete(N.COMPETITOR, "rivco"))
    assert fault.code is Code.STILL_REFERRED


async def test_a_channel_belongs_to_its_source_and_tells_the_other_account(filled: GraphStore) -> None:
    before = [await filled.sequences(EVERYTHING, account) for account in ("acme", "bolt")]
    await write(filled, tie(E.CHANNEL, "acme", "bolt", id="way", kind="owns"))
    after = [await filled.sequences(EVERYTHING, account) for account in ("acme", "bolt")]
    assert [now.account - then.account for now, then in zip(after, before, strict=True)] == [1, 1]
    assert (await filled.get(EVERYTHING, E.CHANNEL, "way")).account == "acme"
    told = (await filled.log(EVERYTHING, "bolt", after=before[1].account))[0]
    assert (told.kind, told.id, told.before, told.after) == (E.CHANNEL, "way", None, None)
    assert [row.id for row in await filled.find(EVERYTHING, E.CHANNEL, account_id="acme")] == ["way"]
    assert list(await filled.find(EVERYTHING, E.CHANNEL, account_id="bolt")) == []


async def test_a_contact_has_one_dossier(filled: GraphStore) -> None:
    await write(filled, put(N.DOSSIER, "first"), put(N.DOSSIER, "of-ben", contact_id="ben"))
    cases = {
        "/changes/0/contact_id": [put(N.DOSSIER, "second")],
        "/changes/1/contact_id": [
            put(N.DOSSIER, "x", contact_id="cho"),
            put(N.DOSSIER, "y", contact_id="cho"),
        ],
    }
    for pointer, changes in cases.items():
        fault = await fault_of(filled, *changes)
        assert (fault.code, fault.pointer) == (Code.ONE_EACH, pointer)
    fault = await fault_of(filled, put(N.DOSSIER, "of-ben", contact_id="ana"))
    assert fault.params == {"kind": N.CONTACT, "id": "ana", "of": N.DOSSIER, "holder": "first"}
    await write(filled, put(N.DOSSIER, "first", confirmed_on="2025-01-01"))
    await write(filled, Delete(N.DOSSIER, "first"), put(N.DOSSIER, "of-ben", contact_id="ana"))
    assert (await write(filled, Delete(N.CONTACT, "ana"))).deleted == 2
