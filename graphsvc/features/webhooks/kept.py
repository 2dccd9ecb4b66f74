"""What the store keeps of a webhook: itself, how its sending goes, and how far it has come in each log.

The log is the outbox: it is written in the transaction of what it tells, and a place in it is moved on only
when the receiver has taken what lies before. So whoever is cut off anywhere loses nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict

from graphsvc.access.desk import Desk, fresh_secret
from graphsvc.access.once import Claim
from graphsvc.conflicts import KeptSince
from graphsvc.errors import NoWebhook, StoreBusy
from graphsvc.features.webhooks.schemas import NewWebhook, Webhook, WebhookState
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore, Scope
from models.webhooks import Rest

WEBHOOKS, STATES, STARTS, PLACES = "webhook", "webhook-state", "webhook-start", "webhook-place"
"""Areas of what is kept: webhooks and states by id, where the logs stood at first, places by id and log."""
_TRIES = 20
_MOST_SECRETS = 4
SENDER = Scope("webhook", personal=False)
"""Who sends: he sees all logs."""


class Salt(BaseModel):
    """What a secret is made of, and how long it signs if a newer one does."""

    model_config = ConfigDict(frozen=True)

    text: str
    until: AwareDatetime | None = None


class Hook(NewWebhook):
    """A webhook as it is kept; the newest salt comes first."""

    created_at: AwareDatetime
    created_by: str
    salts: tuple[Salt, ...]
    stopped: Rest | None = None
    id: str = ""
    revision: int = 0

    def scope(self) -> Scope:
        """What it is told of. No field of a record is, so it needs no right to any."""
        accounts = None if self.accounts is None else frozenset(self.accounts)
        return Scope("webhook", accounts, personal=False)

    def within(self, scope: Scope) -> bool:
        """Whether all it tells of lies in a scope."""
        return scope.accounts is None or (
            self.accounts is not None and scope.accounts.issuperset(self.accounts)
        )

    def live_salts(self, now: datetime) -> list[Salt]:
        """Those that sign now."""
        return [salt for salt in self.salts if salt.until is None or now < salt.until]


def salted(older: Iterable[Salt], until: datetime) -> tuple[Salt, ...]:
    """A fresh salt, and the older ones until a moment at the latest.

    More than one older one lives where a new secret was lost on its way and asked for again.
    """
    ending = [salt.model_copy(update={"until": min(salt.until or until, until)}) for salt in older]
    return (Salt(text=fresh_secret()), *ending[: _MOST_SECRETS - 1])


def secret_of(desk: Desk, salt: Salt) -> str:
    """The secret as the receiver has it: of the salt and the service's own, so that neither tells it."""
    return f"whsec_{base64.b64encode(bytes.fromhex(desk.digest(WEBHOOKS, salt.text))).decode()}"


async def find_hook(store: GraphStore, id: str) -> Hook:
    """A webhook. An indexed read. Raises NoWebhook."""
    thing = await store.kept(WEBHOOKS, id)
    if thing is None:
        raise NoWebhook(id)
    return _hook(thing)


async def hooks(store: GraphStore) -> list[Hook]:
    """All webhooks, the oldest first."""
    return sorted(map(_hook, await store.kept_in(WEBHOOKS)), key=lambda hook: (hook.created_at, hook.id))


async def keep_hook(
    store: GraphStore, hook: Hook, claim: Claim | None = None, made: Mapping[str, Any] | None = None
) -> Hook:
    """The webhook in place of the one of its revision, 0 for none. Raises KeptSince."""
    body = hook.model_dump(mode="json", exclude={"id", "revision"})
    thing = Kept(WEBHOOKS, hook.id, hook.created_by, body)
    (kept,) = await (claim or Claim(store)).keep([(thing, hook.revision)], made or {})
    return _hook(kept)


async def remove_hook(store: GraphStore, id: str) -> None:
    """Keep nothing of a webhook any more."""
    for area in (WEBHOOKS, STATES, STARTS):
        await store.throw_away(area, [id])
    await store.throw_away(PLACES, [place.key for place in await store.kept_in(PLACES, id)])


async def begin_here(store: GraphStore, hook: Hook) -> None:
    """What is in the logs by now is not told, unless it has begun already. O(logs)."""
    heads = await store.heads(hook.scope())
    body = {head.account: head.sequence for head in heads}
    with suppress(KeptSince):
        await store.keep(Kept(STARTS, hook.id, hook.id, body), expected=0)


async def rest_all(store: GraphStore) -> None:
    """What is done to a store that comes out of a backup: no webhook sends before somebody says so.

    Else a copy made to try something would tell the receivers of the original. How far logs are told was
    noted beside the backup of the logs: what lies beyond their ends is not told yet. O(webhooks × logs).
    """
    ends = {head.account: head.sequence for head in await store.heads(SENDER)}
    for hook in await hooks(store):
        if hook.stopped is None:
            await keep_hook(store, hook.model_copy(update={"stopped": Rest.RESTORED}))
        start = await store.kept(STARTS, hook.id)
        if start is not None:
            body = {log: min(sequence, ends.get(log, 0)) for log, sequence in start.body.items()}
            await store.keep(Kept(STARTS, hook.id, hook.id, body))
    for place in await store.kept_in(PLACES):
        end = ends.get(place.body["account"], 0)
        if place.body["sequence"] > end:
            await store.keep(Kept(PLACES, place.key, place.owner, {**place.body, "sequence": end}))


async def state_of(store: GraphStore, id: str) -> WebhookState:
    """How the sending goes."""
    return _state(await store.kept(STATES, id))


async def note(store: GraphStore, id: str, change: Callable[[WebhookState], WebhookState]) -> WebhookState:
    """The state changed, whoever else changes it. Raises StoreBusy, StoreUnavailable."""
    for _ in range(_TRIES):
        thing = await store.kept(STATES, id)
        state = change(_state(thing))
        try:
            await store.keep(
                Kept(STATES, id, id, state.model_dump(mode="json")), thing.version if thing else 0
            )
        except KeptSince:
            continue
        return state
    raise StoreBusy


def shown(hook: Hook, state: WebhookState, now: datetime) -> Webhook:
    """A webhook as it is told: without what its secrets are made of."""
    old = next((salt.until for salt in hook.live_salts(now) if salt.until is not None), None)
    told = hook.model_dump(exclude={"salts"})
    going = state.model_dump(exclude={"recent"})
    last = state.recent[0] if state.recent else None
    return Webhook(**told, **going, active=hook.stopped is None, old_secret_until=old, last=last)


def hours_from(now: datetime, hours: int) -> datetime:
    """A moment some hours later."""
    return now + timedelta(hours=hours)


def _hook(thing: Kept) -> Hook:
    return Hook.model_validate({**thing.body, "id": thing.key, "revision": thing.version})


def _state(thing: Kept | None) -> WebhookState:
    return WebhookState() if thing is None else WebhookState.model_validate(thing.body)
