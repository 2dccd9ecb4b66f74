"""From what an operation answers to what can be asked next: links that follow from the addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from graphsvc.openapi.operations import Operation
from graphsvc.web.answers import CHANGE_SET

_ID, _FIRST = "$response.body#/id", "$response.body#/items/0/id"
_OTHER_NAMES = {
    "/api/v1/accounts": ("account_id",),
    "/api/v1/contacts": ("contact_id",),
}
"""What the records of a collection are called in other addresses."""


def link(operations: Iterable[Operation]) -> None:
    """Add to every answer the operations that take what it gives: a record's, the next page, the undo."""
    known = list(operations)
    undo = next(one for one in known if one.id == "undo_changeset")
    for operation in known:
        for status, response in operation.good():
            found = dict(_links(operation, known))
            if CHANGE_SET in response.get("headers", {}):
                found[undo.id] = _link(undo, id=f"$response.header.{CHANGE_SET}")
            if found and status < 300:
                response["links"] = found


def _links(operation: Operation, known: list[Operation]) -> Iterator[tuple[str, dict[str, Any]]]:
    if operation.reads and operation.takes("query", "cursor"):
        yield (
            "next_page",
            {
                "operationId": operation.id,
                "parameters": {**_same(operation), "query.cursor": "$response.body#/next_cursor"},
            },
        )
    for next_, name in _about(operation, known):
        if operation.method == "post" or operation.named:
            yield next_.id, _link(next_, **{name: _value(operation, name)})
        elif next_.reads:
            yield next_.id, _link(next_, **{name: _value(operation, name, first=True)})


def _about(operation: Operation, known: list[Operation]) -> Iterator[tuple[Operation, str]]:
    """The operations on what an operation makes, lists or gives, and the one name in their addresses."""
    if operation.method in ("delete", "put"):
        return
    place = re.sub(r"/\{(id|name)\}$", "", operation.path)
    if "{" in place:
        return
    for other in known:
        names = re.findall(r"\{(\w+)\}", other.path)
        own = other.path.startswith(f"{place}/{{") and names in (["id"], ["name"])
        if other is not operation and len(names) == 1 and (own or names[0] in _OTHER_NAMES.get(place, ())):
            yield other, names[0]


def _value(operation: Operation, name: str, first: bool = False) -> str:
    if name == "name":
        return "$response.body#/items/0/name" if first else "$response.body#/name"
    return _FIRST if first else _ID


def _same(operation: Operation) -> dict[str, str]:
    """The parts of the address, said again."""
    return {
        f"path.{one['name']}": f"$request.path.{one['name']}"
        for one in operation.parameters
        if one["in"] == "path"
    }


def _link(operation: Operation, **parts: str) -> dict[str, Any]:
    parameters = {f"path.{name}": value for name, value in parts.items()}
    if operation.takes("header", "If-Match"):
        parameters["header.If-Match"] = "$response.header.ETag"
    return {"operationId": operation.id, "parameters": parameters}
