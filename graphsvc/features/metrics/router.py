"""The counts of the service over HTTP."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from graphsvc.features.imports.jobs import Jobs
from graphsvc.features.metrics.service import look
from graphsvc.metrics import Metrics
from graphsvc.web.answers import failures
from graphsvc.web.deps import services
from graphsvc.web.questions import NoQueryDep

router = APIRouter(tags=["health"])


@router.get(
    "/metrics",
    operation_id="get_metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **failures(401, 403, 422)},
)
async def get_metrics(request: Request, query: NoQueryDep) -> Response:
    """Counts of this process for Prometheus: from this machine, else with a key made for it."""
    found, jobs = services(request), request.app.state.jobs
    metrics: Metrics = request.app.state.metrics
    assert isinstance(jobs, Jobs)
    seen = await look(found.store, found.workers, jobs)
    text = await asyncio.to_thread(metrics.text, seen)
    return Response(text, headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE_LATEST)
