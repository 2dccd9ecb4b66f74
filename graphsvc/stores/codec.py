"""How moments, applied change sets and log entries are written down, the same in both stores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson

from models.changes import Applied
from models.enums import Kind
from models.kinds import kind_named
from models.records import Body


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


@lru_cache(64)
def moment_text(moment: datetime) -> str:
    """A UTC moment to the microsecond; texts sort as moments do. A change set writes one moment often."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment_of(text: str) -> datetime:
    """The moment of a text made by `moment_text`."""
    return datetime.fromisoformat(text)


def body_text(body: Body) -> str:
    """A body as canonical JSON: equal bodies give equal texts.

    What is kept of it is as long as it is; the bytes that orjson gives hold on to 4 KB each.
    """
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode()


def kind_of(name: str) -> Kind:
    """The kind of a stored name."""
    kind = kind_named(name)
    assert kind is not None, f"stored kind {name} is not declared"
    return kind


def applied_text(applied: Applied) -> str:
    """What a change set did, as JSON."""
    by_kind: dict[Kind, dict[str, int]] = {}
    for (kind, id_), revision in applied.revisions.items():
        if (of_kind := by_kind.get(kind)) is None:
            of_kind = by_kind[kind] = {}
        of_kind[id_] = revision
    told = {
        "put": applied.put,
        "deleted": applied.deleted,
        "unchanged": applied.unchanged,
        "cleared": applied.cleared,
        "sequences": applied.sequences,
        "revisions": {str(kind): of_kind for kind, of_kind in by_kind.items()},
        "entries": applied.entries,
    }
    return orjson.dumps(told).decode()


def applied_of(change_set: str, text: str) -> Applied:
    """What a change set did, from the JSON made by `applied_text`."""
    told: Mapping[str, Any] = orjson.loads(text)
    revisions = {
        (kind_of(kind), id_): revision
        for kind, rows in told["revisions"].items()
        for id_, revision in rows.items()
    }
    return Applied(
        change_set,
        told["put"],
        told["deleted"],
        told["unchanged"],
        told["sequences"],
        revisions,
        told["cleared"],
        told["entries"],
    )
