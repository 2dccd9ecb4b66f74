"""Answers over HTTP, cold and warm, and what browsing keeps of its speed while a heavy question runs.

Browsing is a page of contacts, the list of accounts and a search, from a client that does nothing else. The
heavy question asks for 20 chains from everybody of a large account, again and again.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

from benchmarks.figures import Figure
from benchmarks.invent import fill
from benchmarks.serving import served

PEOPLE, LOOKS = 2_000, 120
API = "/api/v1"
BROWSED = (f"{API}/contacts?account_id=bench&limit=50", f"{API}/accounts", f"{API}/search?q=wang")
HEAVY = f"{API}/accounts/bench/chains?source=all&k=20&limit=200"
ANSWERS = ("influencers", "chains?target_id=p0", "strength")


def measure() -> Iterator[Figure]:
    """All figures of the topic."""
    with served(lambda store: fill(store, PEOPLE)) as url:
        for name in ANSWERS:
            path = f"{API}/accounts/bench/{name}"
            took = [_seconds(url, path, tries=5) for _ in range(6)]
            yield Figure("answers", f"{name}, {PEOPLE:,} people, first question", 1000 * took[0], "ms")
            yield Figure("answers", f"{name}, asked again", 1000 * statistics.median(took[1:]), "ms")
        yield from _browsing(url)


def _browsing(url: str) -> Iterator[Figure]:
    idle = _looks(url)
    with _asked_again_and_again(url) as statuses:
        busy = _looks(url)
    assert statuses, "no heavy question was answered or refused while we looked"
    ratio = _p95(busy) / _p95(idle)
    yield Figure("answers", "browsing beside a heavy question, p95 beside that of idle times", ratio, most=2)


def _looks(url: str) -> list[float]:
    return [_seconds(url, BROWSED[turn % len(BROWSED)]) for turn in range(LOOKS)]


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


@contextmanager
def _asked_again_and_again(url: str) -> Iterator[list[int]]:
    """The statuses of a heavy question that is asked until it is left."""
    statuses, ended = list[int](), threading.Event()

    def ask() -> None:
        while not ended.is_set():
            statuses.append(_status(url, HEAVY))

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield statuses
    finally:
        ended.set()
        thread.join()


def _seconds(url: str, path: str, tries: int = 1) -> float:
    """Until the answer is there; a service that is busy may refuse it for now."""
    start = time.perf_counter()
    statuses: list[int] = []
    while 200 not in statuses:
        assert len(statuses) < tries, f"{path}: {statuses}"
        statuses.append(_status(url, path))
    return time.perf_counter() - start


def _status(url: str, path: str) -> int:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()
