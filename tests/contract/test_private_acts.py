"""What is done with private data and the line that says so are one: neither is there without the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import count
from typing import Any

import pytest

from graphsvc.access.audit import trail
from graphsvc.errors import NotFound, StoreUnavailable
from graphsvc.features.privacy.dossier import change_dossier
from graphsvc.features.privacy.reads import journal, note, note_of_day
from graphsvc.features.privacy.service import restrict
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Applied
from models.faults import Code, InvalidInput
from models.privacy import PrivateAct
from tests.contract.writing import N

ALL = Scope("tester", dossiers=True)
ON = date(2026, 1, 1)
WHY = {"reason": "by mail"}
ITEM = {"text": "Chess", "basis": "consent", "source": "she", "expires_on": "2040-01-01"}


async def lines(store: GraphStore) -> list[tuple[str, str | None]]:
    return [(str(line.act), line.request_id) for line in await journal(store, "ana")]


@pytest.fixture
def goes_after(filled: GraphStore, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on the store keeps nothing beside the graph once it has applied a change set."""

    async def away(*_: Any, **__: Any) -> Any:
        raise StoreUnavailable

    def arm() -> None:
        apply = filled.apply

        async def then_away(*args: Any, **more: Any) -> Applied:
            done = await apply(*args, **more)
            monkeypatch.setattr(type(filled), "keep_all", away)
            return done

        monkeypatch.setattr(filled, "apply", then_away)

    return arm


async def test_a_restriction_is_noted_whenever_the_store_goes(
    filled: GraphStore, goes_after: Callable[[], None]
) -> None:
    goes_after()
    done = await restrict(filled, ALL, "ana", WHY, "r-1", "key")
    assert await restrict(filled, ALL, "ana", WHY, "r-2", "key") == done
    assert await lines(filled) == [("restricted", "r-1")]
    assert [(entry.subject, entry.detail) for entry in await trail(filled)] == [("ana", "restricted")]


async def test_a_changed_dossier_is_noted_whenever_the_store_goes(
    filled: GraphStore, goes_after: Callable[[], None]
) -> None:
    goes_after()
    told = await change_dossier(filled, ALL, "ana", {"hobbies": [ITEM]}, 0, ON, "r-1")
    assert told.revision == 1
    assert await lines(filled) == [("changed", "r-1")]
    assert [(entry.subject, entry.detail) for entry in await trail(filled)] == [("ana", "changed")]


async def test_what_cannot_be_told_is_not_done(filled: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: Any, **__: Any) -> Any:
        raise StoreUnavailable

    with monkeypatch.context() as gone:
        gone.setattr(type(filled), "keep_all", away)
        with pytest.raises(StoreUnavailable):
            await restrict(filled, ALL, "ana", WHY)
        with pytest.raises(StoreUnavailable):
            await change_dossier(filled, ALL, "ana", {"hobbies": [ITEM]}, 0, ON, "r-1")
    assert (await filled.get(ALL, N.CONTACT, "ana")).revision == 1
    assert await filled.find(ALL, N.DOSSIER) == []
    assert await lines(filled) == []


async def test_of_many_looks_at_once_one_is_the_first_of_the_day(filled: GraphStore) -> None:
    await asyncio.gather(*(note_of_day(filled, ALL, "ana", "r-1") for _ in range(8)))
    await note_of_day(filled, ALL, "ana", "r-2")
    assert await lines(filled) == [("read", "r-1")]
    assert [(entry.subject, entry.detail) for entry in await trail(filled)] == [("ana", "read")]


async def test_a_read_and_its_trail_are_one(filled: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_all, left = type(filled).keep_all, count()

    async def one_write(store: GraphStore, *args: Any) -> Any:
        if next(left):
            raise StoreUnavailable
        return await keep_all(store, *args)

    monkeypatch.setattr(type(filled), "keep_all", one_write)
    with suppress(StoreUnavailable):
        await note(filled, ALL, "ana", PrivateAct.EXPORTED, "r-1")
    assert await lines(filled) == [("exported", "r-1")]
    assert [entry.detail for entry in await trail(filled)] == ["exported"]


async def test_a_key_stands_for_one_restriction(filled: GraphStore) -> None:
    done = await restrict(filled, ALL, "ana", WHY, "r-1", "key")
    await restrict(filled, ALL, "ana", {"restricted": False, "reason": "agreed"}, "r-2")
    assert await restrict(filled, ALL, "ana", WHY, "r-3", "key") == done
    for contact, body in (
        ("ana", {"reason": "by phone"}),
        ("ana", {"restricted": False, **WHY}),
        ("ben", WHY),
    ):
        with pytest.raises(InvalidInput) as refused:
            await restrict(filled, ALL, contact, body, "r-4", "key")
        assert [fault.code for fault in refused.value.faults] == [Code.REUSED]
    assert await lines(filled) == [("restricted", "r-1"), ("released", "r-2")]
    with pytest.raises(NotFound):
        await restrict(filled, Scope("bob", frozenset({"bolt"})), "ana", WHY, "r-5", "key")
