"""Words about somebody that stand beside the graph: the names people gave to saved views."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from graphsvc.features.privacy.schemas import NamingView
from graphsvc.features.saved_views.service import AREA
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore, Scope
from models.names import naming


async def views_naming(store: GraphStore, scope: Scope, words: Sequence[str]) -> list[NamingView]:
    """The saved views in the scope whose name holds one of these words, by id, also others' own ones.

    O(views). Raises StoreUnavailable.
    """
    says = naming(words)
    return _seen(scope, (thing for thing in await store.kept_in(AREA) if says(thing.body["name"])))


async def views_called(store: GraphStore, scope: Scope, ids: Collection[str]) -> list[NamingView]:
    """The saved views of these ids that are still there, in the scope. O(ids). Raises StoreUnavailable."""
    return _seen(scope, [thing for id_ in ids if (thing := await store.kept(AREA, id_)) is not None])


def _seen(scope: Scope, things: Iterable[Kept]) -> list[NamingView]:
    return [
        NamingView(id=thing.key, account=thing.owner, owner=thing.body["owner"])
        for thing in things
        if scope.sees(thing.owner)
    ]
