"""The operations of a document, and what follows for each from its address, its method and its right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphsvc.access.quotas import use_of
from graphsvc.access.rights import may, right_for
from models.access import Right, Role

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its method in small letters, its path, and what the document tells of it."""

    method: str
    path: str
    told: dict[str, Any]

    @property
    def id(self) -> str:
        """Its operationId."""
        return str(self.told["operationId"])

    @property
    def right(self) -> Right:
        """The right that the gate asks for."""
        return right_for(self.method.upper(), self.path)

    @property
    def roles(self) -> list[Role]:
        """The roles that have the right, the lowest first."""
        return [role for role in Role if may(role, self.right)]

    @property
    def counted(self) -> bool:
        """Whether a quota holds for it."""
        return use_of(self.method.upper(), self.path) is not None

    @property
    def reads(self) -> bool:
        """Whether the method is a safe one."""
        return self.method == "get"

    @property
    def writes(self) -> bool:
        """Whether it changes what is stored: a question may be sent as a body too."""
        return not self.reads and "answers" not in self.told.get("tags", ())

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """What it may be told beside its body."""
        found: list[dict[str, Any]] = self.told.get("parameters", [])
        return found

    def takes(self, place: str, name: str) -> bool:
        """Whether it takes a parameter: `place` is path, query or header."""
        return any(one["in"] == place and one["name"].lower() == name.lower() for one in self.parameters)

    @property
    def named(self) -> bool:
        """Whether its address names something that may not be there."""
        return "{" in self.path

    @property
    def has_body(self) -> bool:
        """Whether something is sent with it."""
        return "requestBody" in self.told

    def good(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The responses that tell of success."""
        for status, response in self.told["responses"].items():
            if str(status).startswith("2"):
                yield int(status), response


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Every operation of a document, as it has them."""
    for path, ways in document["paths"].items():
        for method in METHODS:
            if method in ways:
                yield Operation(method, path, ways[method])
