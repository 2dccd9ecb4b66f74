"""Records and their JSON bodies: reading and writing."""

from __future__ import annotations

from typing import Any

import orjson

from models.edges import Edge
from models.enums import Kind, NodeKind
from models.kinds import spec_of
from models.nodes import Node

Record = Node | Edge
Body = dict[str, Any]
"""A record as JSON values; empty fields are left out."""


def read_record(kind: Kind, body: Body) -> Record:
    """The validated record of a JSON body. Raises pydantic.ValidationError."""
    return spec_of(kind).record.__pydantic_validator__.validate_json(orjson.dumps(body))  # type: ignore[no-any-return]


def body_of(record: Record) -> Body:
    """The JSON body of a record, without its empty fields."""
    return record.model_dump(mode="json", exclude_none=True)


def json_of(record: Record, but: set[str] | None = None) -> bytes:
    """The JSON of `body_of`, `but` for some fields. An import asks for it row by row: a call less counts."""
    return record.__pydantic_serializer__.to_json(record, exclude_none=True, exclude=but)


def account_of(kind: Kind, body: Body) -> str | None:
    """The account a node says it belongs to (an account belongs to itself); None for firm kinds and edges."""
    if kind is NodeKind.ACCOUNT:
        return str(body["id"])
    account = body.get("account_id")
    return None if account is None else str(account)
