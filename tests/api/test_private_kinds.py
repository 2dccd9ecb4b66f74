"""New kinds are routes by themselves; what has a right of its own is none, and leaves by no export."""

from __future__ import annotations

import httpx

from graphsvc.features.exports.service import graph_document, whole_document
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.web.changes import entry_wire
from models.changes import ChangeSet, Put
from models.enums import NodeKind
from models.kinds import OPEN_SPECS
from models.records import read_record

SECRET = "话剧 spoken drama"
TESTER = Scope("tester")
ITEM = {"text": SECRET, "basis": "consent", "source": "told us", "expires_on": "2030-01-01"}


async def with_a_dossier(store: GraphStore) -> None:
    body = {"id": "d1", "account_id": "acme", "contact_id": "boss", "hobbies": [ITEM]}
    put = Put(NodeKind.DOSSIER, read_record(NodeKind.DOSSIER, body))
    await store.apply(TESTER, ChangeSet("private", (put,)))


async def test_every_kind_but_private_ones_is_a_route(client: httpx.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    for spec in OPEN_SPECS:
        assert {"get", "post"} <= set(paths[f"/api/v1/{spec.plural}"])
        assert {"get", "patch", "delete"} <= set(paths[f"/api/v1/{spec.plural}/{{id}}"])
    assert [path for path in paths if "dossier" in path and "contacts" not in path] == []
    assert (await client.get("/api/v1/dossiers")).status_code == 404


async def test_a_product_is_installed_at_a_department(client: httpx.AsyncClient, account: str) -> None:
    made = await client.post("/api/v1/products", json={"id": "p1", "name": "Drive"})
    assert made.status_code == 201
    edge = {"source_id": "shop", "target_id": "p1", "source_kind": "department", "satisfaction": 2}
    made = await client.post("/api/v1/edges/uses", json=edge)
    assert made.status_code == 201, made.text
    found = await client.get(
        "/api/v1/edges/uses", params={"account_id": account, "source_kind": "department"}
    )
    assert [row["source_id"] for row in found.json()["items"]] == ["shop"]
    wrong = await client.post("/api/v1/edges/uses", json={**edge, "source_kind": "account"})
    assert wrong.status_code == 422


async def test_a_dossier_is_neither_written_nor_deleted_by_a_plain_change_set(
    client: httpx.AsyncClient, store: GraphStore, account: str
) -> None:
    await with_a_dossier(store)
    record = {"id": "d1", "account_id": account, "contact_id": "boss"}
    for change in ({"put": "dossier", "record": record}, {"delete": "dossier", "id": "d1"}):
        refused = await client.post("/api/v1/changesets", json={"changes": [change]})
        assert refused.status_code == 422
    kept = await store.get(TESTER, NodeKind.DOSSIER, "d1")
    assert kept.body["hobbies"] == [ITEM]


async def test_the_history_of_a_dossier_shows_no_value(
    client: httpx.AsyncClient, store: GraphStore, account: str
) -> None:
    await with_a_dossier(store)
    (entry,) = [row for row in await store.log(TESTER, account) if row.kind is NodeKind.DOSSIER]
    assert entry.after is not None
    assert SECRET not in str(entry_wire(entry))
    open_entry = next(row for row in await store.log(TESTER, account) if row.kind is NodeKind.CONTACT)
    assert entry_wire(open_entry)["after"] == open_entry.after
    assert (await client.get("/api/v1/dossiers/d1/history")).status_code == 404


async def test_a_dossier_leaves_by_no_export(
    client: httpx.AsyncClient, store: GraphStore, account: str
) -> None:
    await with_a_dossier(store)
    for document in (await graph_document(store, TESTER, account), await whole_document(store, TESTER)):
        kinds = {row["kind"] for row in document["nodes"]}
        assert "contact" in kinds
        assert "dossier" not in kinds
    graph = await store.account_graph(TESTER, account)
    assert SECRET not in str(list(graph.to_networkx().nodes(data=True)))
