"""The service: one app built from settings, with no global state."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from graphsvc.access.clearing import clear_expired
from graphsvc.access.cursor_key import CursorKey
from graphsvc.access.desk import Desk
from graphsvc.access.provider import provider_of
from graphsvc.access.quotas import Quotas, quotas_of
from graphsvc.access.rights import API
from graphsvc.features.advice.router import router as advice
from graphsvc.features.approach.router import router as approach
from graphsvc.features.audit.router import router as audit
from graphsvc.features.bosses.router import router as bosses
from graphsvc.features.cadence.router import router as cadence
from graphsvc.features.chains.router import router as chains
from graphsvc.features.channels.router import router as channels
from graphsvc.features.complaints.router import router as complaints
from graphsvc.features.coverage.router import router as coverage
from graphsvc.features.deals.router import router as deals
from graphsvc.features.duplicates.router import router as duplicates
from graphsvc.features.exports.router import router as exports
from graphsvc.features.forecast.router import router as forecast
from graphsvc.features.history.router import history_routers
from graphsvc.features.imports.jobs import Jobs
from graphsvc.features.imports.router import router as imports
from graphsvc.features.introductions.router import router as introductions
from graphsvc.features.keys.router import router as keys
from graphsvc.features.merging.router import router as merging
from graphsvc.features.metrics.router import router as metrics_router
from graphsvc.features.portfolio.router import router as portfolio
from graphsvc.features.positions.router import router as positions
from graphsvc.features.privacy.forgetting import Forgetting
from graphsvc.features.privacy.router import router as privacy
from graphsvc.features.questionnaire.router import router as questionnaire
from graphsvc.features.ranking.router import router as ranking
from graphsvc.features.records.router import record_routers
from graphsvc.features.records.schemas import record_schemas
from graphsvc.features.relations.router import router as relations
from graphsvc.features.rules.router import router as rules
from graphsvc.features.rules.schemas import rules_schemas
from graphsvc.features.saved_views.router import router as saved_views
from graphsvc.features.saved_views.schemas import view_schemas
from graphsvc.features.search.router import router as search
from graphsvc.features.strength.router import router as strength
from graphsvc.features.threats.router import router as threats
from graphsvc.features.trust.router import router as trust
from graphsvc.features.users.router import access_schemas
from graphsvc.features.users.router import router as users
from graphsvc.features.views.router import router as views
from graphsvc.features.webhooks.posting import Poster
from graphsvc.features.webhooks.router import router as webhooks
from graphsvc.features.webhooks.router import webhook_schemas
from graphsvc.features.webhooks.sender import Sender
from graphsvc.features.week.router import router as week
from graphsvc.features.whatif.router import router as what_if
from graphsvc.features.whatif.schemas import what_if_schemas
from graphsvc.metrics import Metrics
from graphsvc.openapi.document import complete
from graphsvc.pages.reference import router as reference
from graphsvc.pages.router import router as pages
from graphsvc.pages.signing import router as signing
from graphsvc.rulebook import Rulebook
from graphsvc.settings import Settings
from graphsvc.stores.port import GraphStore
from graphsvc.stores.timed import timed
from graphsvc.web import health, problems
from graphsvc.web.deps import Services
from graphsvc.web.gate import gate, told_to
from graphsvc.web.middleware import BodyLimit, Deadline, HeadAsGet, LocalOnly, Manners
from graphsvc.web.statics import STATICS
from graphsvc.web.watch import Watch
from graphsvc.workers import Workers

_SHARE = 0.9
"""The part of a request's time that a long question may take: so it is told why there is no answer."""
UPLOADS = f"{API}/imports"
"""Where bodies are files: larger and slower than others."""
LONG = [UPLOADS, f"{UPLOADS}/", f"{API}/privacy/"]
"""Where files come in, whole imports are undone, whole logs gone through: it takes as long as it takes."""
STORELESS = ["/docs"]
"""What is made of the service itself, once and then kept: the first time may take longer than a store may."""


class Service(FastAPI):
    """The app, whose OpenAPI document is completed from the tables its routes stand behind."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            own = {
                **record_schemas(),
                **what_if_schemas(),
                **access_schemas(),
                **view_schemas(),
                **webhook_schemas(),
                **rules_schemas(),
            }
            complete(super().openapi(), own)
        assert self.openapi_schema is not None
        return self.openapi_schema


@asynccontextmanager
async def _at_work(app: FastAPI) -> AsyncIterator[None]:
    """While the service runs, cut-off imports are settled, webhooks told, what has run out cleared away.

    At its end all of these stop.
    """
    jobs: Jobs = app.state.jobs
    sender: Sender = app.state.sender
    jobs.start()
    sender.start()
    app.state.services.workers.warm()
    clearing = asyncio.create_task(clear_expired(app.state.services.desk))
    try:
        yield
    finally:
        clearing.cancel()
        await asyncio.wait({clearing})
        await sender.close()
        await app.state.services.workers.close()
        await jobs.close()


@cache
def routers() -> tuple[tuple[str, APIRouter], ...]:
    """Every router with the beginning of its paths; whichever a request is for, it passes the gate."""
    features = (
        portfolio,
        week,
        advice,
        approach,
        ranking,
        chains,
        strength,
        questionnaire,
        forecast,
        deals,
        what_if,
        positions,
        threats,
        cadence,
        complaints,
        trust,
        coverage,
        bosses,
        relations,
        channels,
        introductions,
        rules,
        search,
        views,
        saved_views,
        duplicates,
        merging,
        exports,
        imports,
        privacy,
        users,
        keys,
        audit,
        webhooks,
        *record_routers(),
        *history_routers(),
    )
    plain = (health.router, metrics_router, reference, signing, pages)
    return (*((API, router) for router in features), *(("", router) for router in plain))


@cache
def _routes() -> list[BaseRoute]:
    """The routes of every app of a process: they know no store, and making them takes most of a second."""
    root = APIRouter(dependencies=[Depends(gate)])
    for prefix, router in routers():
        root.include_router(router, prefix=prefix)
    return root.routes


_TITLE: dict[str, Any] = {
    "title": "graphsvc",
    "version": "0.1.0",
    "summary": "Decision chains, relationship strength and key influencers of key accounts.",
    "docs_url": None,
    "redoc_url": None,
}


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document of the service, which needs no store."""
    app = Service(**_TITLE)
    app.router.routes.extend(_routes())
    return app.openapi()


def create_app(settings: Settings, store: GraphStore, *, dossiers: bool = True) -> FastAPI:
    """The app over an open store; whoever opened the store closes it. Without `dossiers` it tells of none."""
    metrics = Metrics()
    store = timed(store, metrics.stored)
    app = Service(
        **_TITLE,
        lifespan=_at_work,
        middleware=[
            Middleware(Watch, metrics=metrics),
            Middleware(Manners, tls_only=settings.reached_by_others),
            Middleware(HeadAsGet),
            Middleware(LocalOnly, any_name=settings.reached_by_others),
            Middleware(BodyLimit, settings.body_bytes, {UPLOADS: settings.upload_bytes}),
            Middleware(Deadline, settings.request_deadline_s, LONG, STORELESS),
        ],
    )
    workers = Workers(settings.workers, settings.request_deadline_s * _SHARE)
    desk = Desk(store, settings.hashing_key)
    app.state.services = Services(
        store,
        settings,
        workers,
        Rulebook(store),
        desk,
        Quotas(quotas_of(settings)),
        CursorKey(store),
        dossiers,
        provider_of(settings),
    )
    app.state.forgetting = Forgetting(store, workers.forget)
    app.state.jobs = Jobs(store, app.state.forgetting)
    app.state.sender = Sender(desk, Poster(settings.webhook_private))
    app.state.metrics = metrics
    problems.install(app, told_to)
    app.router.routes.extend([*_routes(), STATICS])
    return app
