"""How many requests a minute are answered, by what they cost, for each user, key or address.

A moving window: the moments of the last minute are kept, so no minute has more than its share, whenever it
begins. It lies in the memory of the process; the clock only goes forward.
"""

from __future__ import annotations

import math
import time
import types
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from graphsvc.access.rights import API, Forms, fitting, forms_of
from graphsvc.settings import Settings

WINDOW_S = 60
"""Seconds that a quota is for."""


class Use(StrEnum):
    """What a request costs: each has a quota of its own."""

    SIGN_IN = "sign-in"
    READ = "read"
    HEAVY = "heavy"
    WRITE = "write"
    IMPORT = "import"


_ANY, _READ, _POST = ("GET", "POST", "PUT", "PATCH", "DELETE"), ("GET",), ("POST",)
_LONG = (
    "chains",
    "duplicates",
    "forecast",
    "graph",
    "influencers",
    "introductions",
    "probable-bosses",
    "views",
)
ROUTES: tuple[tuple[tuple[str, ...], str, Use | None], ...] = (
    *((_READ, path, None) for path in ("/livez", "/readyz", "/metrics", "/favicon.ico")),
    (_POST, "/sign-in", Use.SIGN_IN),
    (_POST, "/set-up/{}", Use.SIGN_IN),
    (_POST, f"{API}/imports", Use.IMPORT),
    (_POST, f"{API}/accounts/{{}}/what-if", Use.HEAVY),
    *((_READ, f"{API}/accounts/{{}}/{name}*", Use.HEAVY) for name in _LONG),
    (_READ, f"{API}/influencers", Use.HEAVY),
    (_READ, f"{API}/audit/check", Use.HEAVY),
    (_ANY, f"{API}/privacy/*", Use.HEAVY),
    (_READ, "/accounts/*", Use.HEAVY),
    (_READ, "*", Use.READ),
    (_ANY, "*", Use.WRITE),
)
"""Methods, pattern of the path as in the table of rights, use (None: never counted). The first fit holds."""


def use_of(method: str, path: str) -> Use | None:
    """What a request counts as; None if it is not counted. O(rows)."""
    return fitting(_forms(), method, path)


@cache
def _forms() -> Forms[Use | None]:
    return forms_of(ROUTES)


def quotas_of(settings: Settings) -> Mapping[Use, int]:
    """Requests a minute of each use, as the settings say; 0 is no limit."""
    return types.MappingProxyType(
        {
            Use.SIGN_IN: settings.sign_ins_per_minute,
            Use.READ: settings.reads_per_minute,
            Use.HEAVY: settings.heavy_per_minute,
            Use.WRITE: settings.writes_per_minute,
            Use.IMPORT: settings.imports_per_minute,
        }
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands with a quota: requests left, seconds until one more is, whether it is over."""

    use: Use
    most: int
    left: int
    wait_s: int
    over: bool


class Quotas:
    """The quotas of one process. Not for several threads."""

    def __init__(self, most: Mapping[Use, int], clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._most = {use: number for use, number in most.items() if number}
        self._seen: OrderedDict[tuple[Use, str], deque[float]] = OrderedDict()

    def __len__(self) -> int:
        """How many are counted just now, each for each use."""
        return len(self._seen)

    def count(self, use: Use, who: str) -> Standing | None:
        """Count a request of `who`, unless it is over the quota; None where there is no limit. O(1)."""
        most = self._most.get(use)
        if most is None:
            return None
        now = self.clock()
        self._forget(now - WINDOW_S)
        seen = self._seen.setdefault((use, who), deque())
        self._seen.move_to_end((use, who))
        while seen and seen[0] <= now - WINDOW_S:
            seen.popleft()
        over = len(seen) >= most
        if not over:
            seen.append(now)
        wait_s = max(1, math.ceil(seen[0] + WINDOW_S - now))
        return Standing(use, most, most - len(seen), wait_s, over)

    def _forget(self, before: float) -> None:
        """Those who have not come for a window take no room."""
        while self._seen:
            first, seen = next(iter(self._seen.items()))
            if seen[-1] > before:
                return
            del self._seen[first]
