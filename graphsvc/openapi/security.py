"""Who may call: the ways to come in, and for each operation the right it asks for."""

from __future__ import annotations

from typing import Any

from graphsvc.access.keys import MARK
from graphsvc.openapi.operations import Operation
from graphsvc.web.cookies import COOKIE, COOKIE_BY_TLS
from graphsvc.web.gate import PROOF_HEADER
from models.access import Right

_KEY, _SESSION, _PROOF = "apiKey", "session", "proof"
SCHEMES: dict[str, Any] = {
    _KEY: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": f"{MARK}…",
        "description": "An API key (POST /api/v1/api-keys), for tools.",
    },
    _SESSION: {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": f"The session of who signed in at /sign-in; by TLS it is called {COOKIE_BY_TLS}.",
    },
    _PROOF: {
        "type": "apiKey",
        "in": "header",
        "name": PROOF_HEADER.title(),
        "description": "What a page sends beside the cookie with every change, so that no other site can.",
    },
}
"""The ways in that `web.gate` knows."""


def secure(operation: Operation) -> None:
    """Tell who may call: nobody has to be known for what is open; changes by a session need its proof."""
    if operation.right is Right.OPEN:
        operation.told["security"] = []
        return
    session: dict[str, list[str]] = {_SESSION: []}
    operation.told["security"] = [{_KEY: []}, session if operation.reads else {**session, _PROOF: []}]
    operation.told["x-roles"] = [str(role) for role in operation.roles]
