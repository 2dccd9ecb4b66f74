"""What routers share: the store, the scope of who asks, the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request

from graphsvc.rulebook import Rulebook
from graphsvc.settings import Settings
from graphsvc.stores.port import GraphStore, Scope
from graphsvc.web.language import Lang, language_of
from graphsvc.workers import Workers
from queries.rules import Rules


@dataclass(frozen=True, slots=True)
class Services:
    """What the app was built with."""

    store: GraphStore
    settings: Settings
    workers: Workers
    rulebook: Rulebook


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


def local_user(request: Request) -> Scope:
    """Until users exist, whoever reaches the loopback address sees all accounts, dossiers included."""
    return Scope(actor="local", dossiers=True)


StoreDep = Annotated[GraphStore, Depends(store)]
WorkersDep = Annotated[Workers, Depends(workers)]
RulebookDep = Annotated[Rulebook, Depends(rulebook)]
RulesDep = Annotated[Rules, Depends(rules)]
ScopeDep = Annotated[Scope, Depends(local_user)]
LangDep = Annotated[Lang, Depends(language_of)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,255}$",
        description="Sent again with the same key, a request is carried out once.",
    ),
]
