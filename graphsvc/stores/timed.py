"""A store whose every answer is timed."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Callable
from typing import Any, cast

from graphsvc.errors import GraphsvcError, StoreUnavailable
from graphsvc.stores.port import GraphStore
from models.faults import InvalidInput

Note = Callable[[str, str, float], None]
"""Told the method, how it ended ("ok", "refused", "unavailable", "failed", "cut_off") and the seconds."""


def timed(store: GraphStore, note: Note) -> GraphStore:
    """The same store; `note` is told of each of its asynchronous methods when it has ended."""
    return cast(GraphStore, _Timed(store, note))


class _Timed:
    def __init__(self, store: GraphStore, note: Note) -> None:
        self._store, self._note = store, note

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._store, name)
        if not inspect.iscoroutinefunction(asked):
            return asked

        async def timing(*args: Any, **named: Any) -> Any:
            begun, outcome = time.perf_counter(), "ok"
            try:
                return await asked(*args, **named)
            except BaseException as error:
                outcome = _outcome(error)
                raise
            finally:
                self._note(name, outcome, time.perf_counter() - begun)

        return timing


def _outcome(error: BaseException) -> str:
    if isinstance(error, StoreUnavailable):
        return "unavailable"
    if isinstance(error, GraphsvcError | InvalidInput):
        return "refused"
    return "cut_off" if isinstance(error, asyncio.CancelledError) else "failed"
