"""Records found and written by the id another system knows them by."""

from __future__ import annotations

import asyncio

import pytest

from graphsvc.errors import NotFound, StaleRevision
from graphsvc.features.records.upserting import upsert
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Delete, Stored
from tests.contract.writing import EVERYTHING, N, put, write


async def test_a_record_is_found_by_its_id_in_another_system(filled: GraphStore) -> None:
    await write(filled, put(N.CONTACT, "ana", external_ids={"crm": "7", "erp": "é/7"}))
    await write(filled, put(N.MEMBER, "mia", external_ids={"crm": "7"}))
    for kind, system, value, id_ in ((N.CONTACT, "erp", "é/7", "ana"), (N.MEMBER, "crm", "7", "mia")):
        found = await filled.by_external_id(EVERYTHING, kind, system, value)
        assert found == await filled.get(EVERYTHING, kind, id_)
    with pytest.raises(NotFound):
        await filled.by_external_id(Scope("bob", frozenset({"bolt"})), N.CONTACT, "crm", "7")
    await write(filled, put(N.CONTACT, "ana", external_ids={"crm": "7"}), Delete(N.MEMBER, "mia"))
    for kind, system, value in ((N.CONTACT, "erp", "é/7"), (N.MEMBER, "crm", "7"), (N.CONTACT, "crm", "8")):
        with pytest.raises(NotFound):
            await filled.by_external_id(EVERYTHING, kind, system, value)


async def test_of_many_who_make_the_same_record_one_does(filled: GraphStore) -> None:
    async def make(number: int) -> Stored:
        body = {"account_id": "acme", "name": f"Eva {number}"}
        return await upsert(filled, EVERYTHING, N.CONTACT, ("crm", "7"), body, 0, "request-1")

    told = await asyncio.gather(*(make(number) for number in range(8)), return_exceptions=True)
    made = [row for row in told if isinstance(row, Stored)]
    late = [row.current for row in told if isinstance(row, StaleRevision)]
    assert (len(made), late) == (1, made * 7)
    assert await filled.by_external_id(EVERYTHING, N.CONTACT, "crm", "7") == made[0]
