"""What both stores do the same about imports: how a state is written down, who may write what is held."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import orjson

from graphsvc.errors import AccountImporting, ImportTaken, NoImport
from graphsvc.stores.codec import moment_of, moment_text
from graphsvc.stores.port import Scope
from models.enums import ImportStage
from models.imports import ImportState, Place
from models.kinds import FIRM

T = TypeVar("T")

LEASE_S = 30.0
"""An import that says nothing for so long has lost its process, where the store cannot know it better."""
HOLD_WAIT_S = 2.0
"""How long a write waits for an import to let go of its account."""
_LOOK_AGAIN_S = 0.1

Holds = Mapping[str, tuple[str, str]]
"""Held logs: the import that holds each, and the process whose import that is."""


def state_text(state: ImportState) -> str:
    """A state as JSON."""
    told = {name: getattr(state, name) for name in ImportState.__slots__}
    told |= {"started": moment_text(state.started), "ended": state.ended and moment_text(state.ended)}
    return orjson.dumps(told).decode()


def state_of(text: str) -> ImportState:
    """The state that `state_text` wrote."""
    told: dict[str, Any] = orjson.loads(text)
    ended: datetime | None = moment_of(told["ended"]) if told["ended"] else None
    lists = {name: tuple(told[name]) for name in ("files", "holds")}
    stage = ImportStage(told["stage"])  # type: ignore[call-arg]
    return ImportState(
        **{**told, **lists, "started": moment_of(told["started"]), "ended": ended, "stage": stage}
    )


def check_writer(holds: Holds, logs: Iterable[str], of_import: str | None, owner: str) -> None:
    """Who may write to logs: an import if it holds all of them, others if none is held.

    Raises AccountImporting, ImportTaken.
    """
    for log in logs:
        holder = holds.get(log)
        if of_import is None and holder is not None:
            raise AccountImporting
        if of_import is not None and holder != (of_import, owner):
            raise ImportTaken


def check_holder(holds: Holds, state: ImportState, owner: str) -> None:
    """Who may hold logs: nobody else may hold one of them. Raises AccountImporting, ImportTaken."""
    for log in state.holds:
        holder = holds.get(log, (state.id, owner))
        if holder[0] != state.id:
            raise AccountImporting
        if holder[1] != owner:
            raise ImportTaken


def sees_all(scope: Scope, state: ImportState) -> bool:
    """Whether who asks may see all that an import holds."""
    return all(scope.sees(None if log == FIRM else log) for log in state.holds)


def shown(scope: Scope, state: ImportState) -> ImportState:
    """A state to who may see it. Raises NoImport."""
    if not sees_all(scope, state):
        raise NoImport(state.id)
    return state


async def newest(
    scope: Scope,
    limit: int,
    before: Place | None,
    read: Callable[[Place | None], Awaitable[Sequence[ImportState]]],
) -> Sequence[ImportState]:
    """The newest that a scope sees all of; `read` gives the `limit` next ones, whoever may see them."""
    found: list[ImportState] = []
    while len(found) < limit:
        states = await read(before)
        found += [state for state in states if sees_all(scope, state)]
        if len(states) < limit:
            break
        before = states[-1].place
    return found[:limit]


async def patiently(work: Callable[[], Awaitable[T]]) -> T:
    """The outcome of a write, tried again for a while as long as an import holds what it needs."""
    end = time.monotonic() + HOLD_WAIT_S
    while True:
        try:
            return await work()
        except AccountImporting:
            if time.monotonic() >= end:
                raise
        await asyncio.sleep(_LOOK_AGAIN_S)
