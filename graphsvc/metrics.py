"""What the service counts of itself, in the form Prometheus reads: numbers and routes, nobody's data.

One process counts for itself. Labels are closed lists (routes, methods of the store), so there are never more
series than the code has places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from graphsvc.stores.operations import GraphsKept
from models.kinds import FIRM

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; a request has 4.5."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Logs:
    """How far the logs have come, of how many accounts; webhooks by state, and entries they wait for."""

    firm: int
    accounts_together: int
    accounts: int
    webhooks: dict[str, int]
    webhooks_behind: int


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked up when somebody asks: what the store tells, if it answers, and what is at hand."""

    logs: Logs | None
    graphs: GraphsKept
    workers: int
    imports: int


class Metrics:
    """The counts of one app since it started."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # they would double the number of series
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "graphsvc_requests",
            "Requests answered, by method, template of the route and class of status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "graphsvc_request_seconds",
            "Seconds from the first byte of a request to the last of its answer.",
            ["method", "route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.in_flight = Gauge(
            "graphsvc_requests_in_flight", "Requests being answered.", registry=self.registry
        )
        self._over = Counter(
            "graphsvc_requests_over_quota",
            "Requests refused by rate limits, by use.",
            ["use"],
            registry=self.registry,
        )
        self._store = Histogram(
            "graphsvc_store_seconds",
            "Seconds the store took, by what it was asked and how that ended.",
            ["operation", "outcome"],
            buckets=BUCKETS,
            registry=self.registry,
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; status 0 is one that was cut off."""
        known = method if method in METHODS else "other"
        self._requests.labels(known, route, f"{status // 100}xx" if status else "none").inc()
        self._seconds.labels(known, route).observe(seconds)

    def over_quota(self, use: str) -> None:
        """Count a request that a rate limit refused."""
        self._over.labels(use).inc()

    def stored(self, operation: str, outcome: str, seconds: float) -> None:
        """Count what the store was asked."""
        self._store.labels(operation, outcome).observe(seconds)

    def text(self, look: Look) -> bytes:
        """All counts in the text format of Prometheus, with what was looked up just now. O(series)."""
        return generate_latest(self.registry) + generate_latest(_Looked(look))


class _Looked(Collector):
    def __init__(self, look: Look) -> None:
        self._look = look

    def collect(self) -> Iterator[Metric]:
        look, graphs = self._look, self._look.graphs
        yield GaugeMetricFamily("graphsvc_store_up", "1 if the store answers.", look.logs is not None)
        if look.logs is not None:
            yield from _told(look.logs)
        asked = CounterMetricFamily(
            "graphsvc_snapshots", "Account graphs asked for: found in memory, or read.", labels=["from"]
        )
        asked.add_metric(["memory"], graphs.found)
        asked.add_metric(["store"], graphs.read)
        yield asked
        yield GaugeMetricFamily("graphsvc_snapshots_kept", "Account graphs in memory.", graphs.kept)
        yield GaugeMetricFamily("graphsvc_snapshots_kept_bytes", "Room they take.", graphs.nbytes)
        yield GaugeMetricFamily("graphsvc_workers", "Processes for long questions alive.", look.workers)
        yield GaugeMetricFamily("graphsvc_imports", "Imports waiting or running here.", look.imports)


def _told(logs: Logs) -> Iterator[Metric]:
    entries = GaugeMetricFamily("graphsvc_log_entries", "How far the change logs have come.", labels=["log"])
    entries.add_metric([FIRM], logs.firm)
    entries.add_metric(["accounts"], logs.accounts_together)
    yield entries
    yield GaugeMetricFamily("graphsvc_accounts", "Accounts that have a log, deleted ones too.", logs.accounts)
    webhooks = GaugeMetricFamily("graphsvc_webhooks", "Webhooks, by how they fare.", labels=["state"])
    for state, number in logs.webhooks.items():
        webhooks.add_metric([state], number)
    yield webhooks
    yield GaugeMetricFamily(
        "graphsvc_webhooks_behind", "Log entries that webhooks have not been told yet.", logs.webhooks_behind
    )
