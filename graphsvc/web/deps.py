"""What routers share: the store, the scope of who asks, the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request

from graphsvc.access.cursor_key import CursorKey
from graphsvc.access.desk import Desk
from graphsvc.access.provider import Provider
from graphsvc.access.quotas import Quotas
from graphsvc.rulebook import Rulebook
from graphsvc.settings import Settings
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.web.callers import known_caller
from graphsvc.web.language import Lang, language_of
from graphsvc.workers import Workers
from queries.rules import Rules


@dataclass(frozen=True, slots=True)
class Services:
    """What the app was built with; `dossiers`: whether anybody may be told of them here."""

    store: GraphStore
    settings: Settings
    workers: Workers
    rulebook: Rulebook
    desk: Desk
    quotas: Quotas
    cursor_key: CursorKey
    dossiers: bool = True
    provider: Provider | None = None


def services(request: Request) -> Services:
    """The services of this app."""
    found: Services = request.app.state.services
    return found


def store(request: Request) -> GraphStore:
    """The store of this app."""
    return services(request).store


def rulebook(request: Request) -> Rulebook:
    """The editions of the rule tables over this app's store."""
    return services(request).rulebook


async def rules(request: Request) -> Rules:
    """The rule tables in force."""
    return (await services(request).rulebook.in_force()).rules


def workers(request: Request) -> Workers:
    """The processes for long questions."""
    return services(request).workers


async def scope(request: Request) -> Scope:
    """The scope of who calls; the gate has let him in. Raises Refused (401) where nobody is known."""
    return known_caller(request).scope


StoreDep = Annotated[GraphStore, Depends(store)]
WorkersDep = Annotated[Workers, Depends(workers)]
RulebookDep = Annotated[Rulebook, Depends(rulebook)]
RulesDep = Annotated[Rules, Depends(rules)]
ScopeDep = Annotated[Scope, Depends(scope)]
LangDep = Annotated[Lang, Depends(language_of)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,255}$",
        description="Sent again with the same key, a request is carried out once.",
    ),
]
