"""A graph document that is being written: records in tables' order, dates relative to the day of loading."""

from __future__ import annotations

from typing import Any

from graphsvc.features.imports.documents import document_of
from models.kinds import kind_named
from models.records import Body


def day(ago: int) -> str:
    """The date so many days before the day of loading; negative ones lie ahead."""
    return f"today{-ago:+d}d"


def moment(ago: int, clock: str = "10:00") -> str:
    """A time of the day that lies so many days back (UTC)."""
    return f"{day(ago)}T{clock}:00Z"


class Document:
    """Nodes and edges by (kind, id). Empty fields are left out; an id that comes twice is an error."""

    def __init__(self) -> None:
        self._records: dict[tuple[str, str], Body] = {}

    def node(self, kind: str, id: str, /, **fields: Any) -> str:
        """Add a node."""
        return self._add(kind, id, fields)

    def edge(self, kind: str, source: str, target: str, /, **fields: Any) -> str:
        """Add an edge; its id is made of its kind and ends, and of its purchase if it is limited to one."""
        parts = [kind, source, target, fields.get("opportunity_id")]
        id_ = ".".join(part for part in parts if part)
        return self._add(kind, id_, {"source_id": source, "target_id": target, **fields})

    def has(self, kind: str, id: str) -> bool:
        """Whether a record is there."""
        return (kind, id) in self._records

    def as_document(self) -> dict[str, Any]:
        """The graph document, sorted by kind and id."""
        records = []
        for (name, _), body in self._records.items():
            kind = kind_named(name)
            assert kind is not None, name
            records.append((kind, body))
        return document_of(records)

    def _add(self, kind: str, id: str, fields: dict[str, Any]) -> str:
        if (kind, id) in self._records:
            raise ValueError(f"two records {kind} {id}")
        filled = {name: value for name, value in fields.items() if value is not None and value != []}
        self._records[kind, id] = {"id": id, **filled}
        return id
