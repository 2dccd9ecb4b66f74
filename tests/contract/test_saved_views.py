"""Named views on every store: whose they are, who sees them, who may change them, and what a backup takes."""

from __future__ import annotations

from typing import Any

import pytest

from graphsvc.access.callers import Caller
from graphsvc.conflicts import ViewChanged
from graphsvc.errors import NoSavedView, NotAllowed, NotFound
from graphsvc.features.operations.service import _kept
from graphsvc.features.saved_views.schemas import SavedView
from graphsvc.features.saved_views.service import AREA, changed, kept, saved_view, saved_views, thrown_away
from graphsvc.stores.port import GraphStore, Scope
from models.access import Role, Through
from models.changes import Delete
from models.enums import NodeKind
from models.faults import InvalidInput
from models.privacy import FieldClass
from tests.contract.writing import EVERYTHING, put, write

VIEW = {
    "account_id": "acme",
    "name": "承诺时的影响力 · who decides",
    "view": "influence",
    "query": {"step": "commit", "if": "leave:mia"},
    "pins": {"ana": [12.5, -3.0]},
}


class Person:
    """Somebody who keeps views, and what he sees."""

    def __init__(self, store: GraphStore, name: str, role: Role = Role.REP, *accounts: str) -> None:
        seen = frozenset(accounts or ("acme",))
        self.store, self.scope = store, Scope(name, seen)
        self.caller = Caller(name, role, seen, frozenset(FieldClass), Through.KEY)

    async def keeps(self, key: str | None = None, **fields: Any) -> SavedView:
        return await kept(self.store, self.scope, self.caller, {**VIEW, **fields}, key)

    async def changes(self, view: SavedView, **patch: Any) -> SavedView:
        return await changed(self.store, self.scope, self.caller, view.id, patch, view.revision)

    async def sees(self) -> list[str]:
        return [view.name for view in await saved_views(self.store, self.scope, "acme")]


async def test_a_view_comes_back_as_it_was_kept_and_moves_no_number(filled: GraphStore) -> None:
    before = await filled.sequences(EVERYTHING, "acme")
    mia = Person(filled, "mia")
    made = await mia.keeps()
    assert made.model_dump(mode="json", include=set(VIEW)) == VIEW
    assert (made.owner, made.shared, made.revision) == ("mia", False, 1)
    assert await saved_view(filled, mia.scope, made.id) == made
    assert await filled.sequences(EVERYTHING, "acme") == before


async def test_a_view_is_put_between_two_others(filled: GraphStore) -> None:
    mia = Person(filled, "mia")
    made = await mia.keeps()
    assert made.place is None, "it stands where it was made"
    moved = await mia.changes(made, place=1.5)
    assert (await saved_view(filled, mia.scope, made.id)).place == moved.place == 1.5
    assert (await mia.changes(moved, place=None)).place is None
    for nonsense in ("first", 1e13):
        with pytest.raises(InvalidInput):
            await mia.keeps(place=nonsense)


async def test_own_views_are_ones_own_until_they_are_shared(filled: GraphStore) -> None:
    mia, wes, far = Person(filled, "mia"), Person(filled, "wes"), Person(filled, "zoe", Role.ADMIN, "bolt")
    made = await mia.keeps()
    assert (await mia.sees(), await wes.sees()) == ([VIEW["name"]], [])
    with pytest.raises(NoSavedView):
        await saved_view(filled, wes.scope, made.id)
    shared = await mia.changes(made, shared=True)
    assert await wes.sees() == [VIEW["name"]]
    with pytest.raises(NotAllowed):
        await wes.changes(shared, name="mine")
    with pytest.raises(NotFound):
        await far.sees()
    assert await saved_views(filled, far.scope) == []
    with pytest.raises(NoSavedView):
        await saved_view(filled, far.scope, made.id)


async def test_who_may_steer_changes_shared_views_and_who_only_looks_shares_none(filled: GraphStore) -> None:
    mia, head = Person(filled, "mia"), Person(filled, "head", Role.STRATEGIST)
    shared = await mia.keeps(shared=True)
    renamed = await head.changes(shared, name="Plan A", query={"if": None})
    assert (renamed.name, renamed.owner, renamed.query) == ("Plan A", "mia", {"step": "commit"})
    viewer = Person(filled, "vera", Role.VIEWER)
    own = await viewer.keeps(name="Mine")
    assert await viewer.sees() == sorted(
        ["Mine", "Plan A"], key=lambda n: own.id if n == "Mine" else shared.id
    )
    for attempt in (viewer.keeps(shared=True), viewer.changes(own, shared=True)):
        with pytest.raises(NotAllowed):
            await attempt


async def test_a_stale_change_tells_what_stands_and_a_deleted_view_can_come_back(filled: GraphStore) -> None:
    mia = Person(filled, "mia")
    first = await mia.keeps()
    second = await mia.changes(first, pins={"ben": [1.0, 2.0]})
    assert second.pins == {"ana": (12.5, -3.0), "ben": (1.0, 2.0)}
    with pytest.raises(ViewChanged) as stale:
        await mia.changes(first, name="late")
    assert stale.value.current == second.model_dump(mode="json")
    with pytest.raises(ViewChanged):
        await thrown_away(filled, mia.scope, mia.caller, first.id, 1)
    await thrown_away(filled, mia.scope, mia.caller, first.id, 2)
    assert await mia.sees() == []
    back = await mia.keeps(id=first.id)
    assert (back.id, back.revision) == (first.id, 1)
    with pytest.raises(ViewChanged):
        await mia.keeps(id=first.id)
    with pytest.raises(InvalidInput, match="taken"):
        await Person(filled, "wes").keeps(id=first.id)


async def test_sent_twice_with_one_key_it_is_kept_once(filled: GraphStore) -> None:
    mia = Person(filled, "mia")
    assert await mia.keeps("k1") == await mia.keeps("k1")
    with pytest.raises(InvalidInput, match="sent before"):
        await mia.keeps("k1", name="Another")
    await Person(filled, "wes").keeps("k1")
    assert await mia.sees() == [VIEW["name"]]


async def test_views_go_with_their_account_and_into_backups(filled: GraphStore) -> None:
    mia = Person(filled, "mia", Role.ADMIN, "acme", "lone")
    await write(filled, put(NodeKind.ACCOUNT, "lone"))
    made = await mia.keeps(account_id="lone")
    assert [thing.key for thing in await _kept(filled) if thing.area == AREA] == [made.id]
    await write(filled, Delete(NodeKind.ACCOUNT, "lone"))
    with pytest.raises(NoSavedView):
        await saved_view(filled, mia.scope, made.id)
    assert await saved_views(filled, mia.scope) == []


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"view": "globe"}, "/view"),
        ({"query": {"q": "x"}}, "/query/q"),
        ({"query": {"step": ""}}, "/query/step"),
        ({"pins": {"ana": [1.0, float("inf")]}}, "/pins/ana/1"),
        ({"pins": {"a b": [1.0, 2.0]}}, "/pins/a b"),
        ({"name": " "}, "/name"),
        ({"owner": "wes"}, "/owner"),
    ],
)
async def test_what_is_no_view_is_refused_at_its_place(
    filled: GraphStore, fields: dict[str, Any], place: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await Person(filled, "mia").keeps(**fields)
    assert {(fault.pointer or "").removesuffix("/[key]") for fault in refused.value.faults} == {place}
