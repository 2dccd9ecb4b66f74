"""Words about somebody that stand beside the graph: the names people gave to saved views."""

from __future__ import annotations

from collections.abc import Sequence

from graphsvc.features.privacy.schemas import NamingView
from graphsvc.features.saved_views.service import AREA
from graphsvc.stores.port import GraphStore, Scope
from models.names import naming


async def views_naming(store: GraphStore, scope: Scope, words: Sequence[str]) -> list[NamingView]:
    """The saved views in the scope whose name holds one of these words, by id, also others' own ones.

    O(views). Raises StoreUnavailable.
    """
    says = naming(words)
    return [
        NamingView(id=thing.key, account=thing.owner, owner=thing.body["owner"])
        for thing in await store.kept_in(AREA)
        if scope.sees(thing.owner) and says(thing.body["name"])
    ]
