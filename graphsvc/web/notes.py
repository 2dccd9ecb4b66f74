"""What is noted of a request on its way: which route it met, who asks, where he stands with his quota."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.types import Scope

from graphsvc.access.quotas import Standing
from graphsvc.access.rights import API

_NOTES = "graphsvc.notes"


@dataclass(slots=True)
class Notes:
    """Noted by the gate, told by the middleware. `route` is a template: no id and no name stands in it."""

    route: str | None = None
    caller: str | None = None
    standing: Standing | None = None


def begin_notes(scope: Scope) -> Notes:
    """Fresh notes of a request, for whatever is asked with this scope or a copy of it."""
    notes = Notes()
    scope[_NOTES] = notes
    return notes


def noted(scope: Scope) -> Notes:
    """The notes of a request; fresh ones where no middleware has begun any."""
    found: Notes | None = scope.get(_NOTES)
    return begin_notes(scope) if found is None else found


def notes_of(request: Request) -> Notes:
    """The same of a request as routes have it."""
    return noted(request.scope)


def template_of(request: Request) -> str | None:
    """The template of the route that a request met, as the OpenAPI document writes it."""
    route: Any = request.scope.get("route")
    path: str | None = getattr(route, "path_format", None)
    if path is None or not request.scope["path"].startswith(f"{API}/"):
        return path
    return f"{API}{path}"
