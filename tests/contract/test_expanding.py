"""External ids beside what items name, on every store: of all that is named, and of nothing unseen."""

from __future__ import annotations

from graphsvc.stores.port import GraphStore, Scope
from graphsvc.web.expanding import with_external_ids
from tests.contract.writing import EVERYTHING, N, put, write

ITEMS = [
    {"contact_id": "ana", "member_ids": ["mia", "nobody"], "name": "zoe"},
    {"path": ["mia", "ana"], "steps": [{"edge_id": "ana", "target_id": "zoe"}], "product_id": None},
    {
        "evidence": [{"kind": "contact", "id": "zoe"}, {"kind": "reports_to", "id": "ana"}],
        "account_id": "bolt",
    },
]


async def test_each_item_tells_the_ids_of_what_it_names(filled: GraphStore) -> None:
    await write(
        filled,
        put(N.CONTACT, "ana", external_ids={"crm": "1", "erp": "=2"}),
        put(N.CONTACT, "zoe", account_id="bolt", external_ids={"crm": "3"}),
        put(N.MEMBER, "mia", external_ids={"hr": "4"}),
        put(N.ACCOUNT, "bolt", external_ids={"crm": "5"}),
    )
    ana, zoe, mia, bolt = {"crm": "1", "erp": "=2"}, {"crm": "3"}, {"hr": "4"}, {"crm": "5"}
    found = await with_external_ids(filled, EVERYTHING, ITEMS)
    assert [item["external_ids"] for item in found] == [
        {"ana": ana, "mia": mia},
        {"mia": mia, "ana": ana, "zoe": zoe},
        {"zoe": zoe, "bolt": bolt},
    ]
    assert [{k: v for k, v in item.items() if k != "external_ids"} for item in found] == ITEMS
    narrow = await with_external_ids(filled, Scope("rep", frozenset({"acme"})), ITEMS)
    assert [item["external_ids"] for item in narrow] == [{"ana": ana, "mia": mia}] * 2 + [{}]
