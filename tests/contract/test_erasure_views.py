"""An erasure lists the saved views whose names name the person, and leaves them to their owners."""

from __future__ import annotations

from dataclasses import replace

from graphsvc.features.privacy.exporting import person_document
from graphsvc.features.privacy.service import erase
from graphsvc.features.saved_views.service import AREA
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from tests.contract.writing import EVERYTHING, N, acme, put, write


async def test_names_of_saved_views_are_listed_with_whose_they_are(store: GraphStore) -> None:
    await acme(store)
    await write(store, put(N.CONTACT, "ana", name="王芳"))
    bodies = {"one": "王芳离开之后", "two": "After Wang Fang", "three": "At commit"}
    for id_, name in bodies.items():
        view = {"owner": "mia", "name": name, "view": "influence"}
        await store.keep(Kept(AREA, id_, "acme", view))
    await store.keep(Kept(AREA, "four", "elsewhere", {"owner": "wes", "name": "王芳", "view": "influence"}))
    scope = replace(EVERYTHING, accounts=frozenset({"acme"}))
    report = await erase(store, scope, "ana", {"dry_run": True})
    assert sorted((view.id, view.account, view.owner) for view in report.saved_views) == [
        ("one", "acme", "mia"),
        ("two", "acme", "mia"),
    ]
    held = await person_document(store, scope, "ana")
    assert [view["id"] for view in held["saved_views"]] == [view.id for view in report.saved_views]
    for _ in range(2):  # sent again with its key, when nobody knows the name any more
        done = await erase(store, scope, "ana", {}, key="request 7")
        assert done.saved_views == report.saved_views
