"""Records as properties of nodes and relationships, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from graphsvc.stores.codec import body_text, moment_of, moment_text
from graphsvc.stores.facts import ExternalKey, Held, Key
from graphsvc.stores.neo4j.server import Again
from models.changes import Stored
from models.enums import EdgeKind, Kind
from models.kinds import spec_of
from models.records import Body
from queries.catalog import property_name
from queries.search.terms import terms_of

TERMS = "search_terms"
"""What a record is found by: read by the full-text indexes, never part of the record."""
OWN = frozenset({"account", "other", "slot", "revision", "sequence", "created_at", "updated_at", TERMS})
"""Properties that are ours, not fields of a record. No kind may have a field of such a name."""
ENDS = frozenset({"source_id", "target_id"})


def properties_of(held: Held) -> dict[str, Any]:
    """The properties of a record: scalars and lists of them plain, nested values as JSON texts."""
    stored = held.stored
    spec = spec_of(stored.kind)
    found: dict[str, Any] = {
        "account": stored.account,
        "other": held.other,
        "revision": stored.revision,
        "sequence": held.sequence,
        "created_at": moment_text(stored.created_at),
        "updated_at": moment_text(stored.updated_at),
        TERMS: terms_of(stored.kind, stored.account, stored.body),
    }
    for name, value in stored.body.items():
        if isinstance(stored.kind, EdgeKind) and name in ENDS:
            continue  # the ends are the relationship's own
        stored_as = property_name(spec, name)
        found[stored_as] = value if stored_as == name else body_text(value)
    return found


def held_of(kind: Kind, properties: Mapping[str, Any], *ends: str) -> Held:
    """The record of the properties of a node, or of a relationship and the ids of its ends.

    Raises Again for one that is just being deleted: the database shows it without its properties.
    """
    if not properties:
        raise Again
    body: Body = dict(zip(("source_id", "target_id"), ends, strict=False))
    for name, value in properties.items():
        if name not in OWN:
            body[name.removesuffix("_json")] = orjson.loads(value) if name.endswith("_json") else value
    stored = Stored(
        kind,
        dict(sorted(body.items())),
        properties.get("account"),
        properties["revision"],
        moment_of(properties["created_at"]),
        moment_of(properties["updated_at"]),
    )
    return Held(stored, properties.get("other"), properties["sequence"])


def stub_text(key: Key) -> str:
    """The key of a stub as one text."""
    return orjson.dumps(key).decode()


def external_text(key: ExternalKey) -> str:
    """The key of an id in another system as one text."""
    return orjson.dumps(key).decode()
