"""Somebody's week over the accounts of the scope, on every store."""

from __future__ import annotations

from datetime import date

import pytest

from graphsvc.features.week.schemas import WeekQuery
from graphsvc.features.week.service import week_of_member
from graphsvc.stores.port import GraphStore, Scope
from models.enums import EdgeKind as E
from models.enums import NodeKind as N
from models.faults import InvalidInput
from tests.contract.writing import EVERYTHING, put, tie, write

QUERY = WeekQuery(member="mia", on=date(2025, 6, 15))


async def told(filled: GraphStore) -> None:
    """Mia serves two accounts and has promised something in each."""
    await write(
        filled,
        tie(E.SERVES, "mia", "acme", id="s1", role="owner"),
        tie(E.SERVES, "mia", "bolt", id="s2", role="support"),
        *(
            put(N.ACTION, f"a-{account}", account_id=account, kind="promise", text="It", member_id="mia",
                due="2025-06-01")
            for account in ("acme", "bolt")
        ),
    )  # fmt: skip


async def test_the_week_is_of_the_accounts_of_the_scope(filled: GraphStore) -> None:
    await told(filled)
    found = await week_of_member(filled, EVERYTHING, QUERY)
    assert [row.account_id for row in found.accounts] == ["acme", "bolt"]
    assert [row.evidence[0].id for row in found.items[:2]] == ["a-acme", "a-bolt"]
    alone = await week_of_member(filled, Scope("tester", frozenset({"bolt"})), QUERY)
    assert [row.account_id for row in alone.accounts] == ["bolt"]
    assert "acme" not in alone.model_dump_json()


async def test_who_serves_nobody_has_an_empty_week(filled: GraphStore) -> None:
    found = await week_of_member(filled, EVERYTHING, QUERY)
    assert (found.items, found.accounts, found.provenance.account_sequence) == ([], [], 0)
    with pytest.raises(InvalidInput):
        await week_of_member(filled, EVERYTHING, WeekQuery(member="nobody"))
