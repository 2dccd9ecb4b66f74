"""The sender: one task of the service that tells webhooks what the logs hold, until they have taken it.

At least once: a place in a log moves on only after the receiver has answered 2xx. Of one webhook a message
follows the other; webhooks do not wait for each other.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from graphsvc.access.desk import Desk
from graphsvc.conflicts import KeptSince
from graphsvc.errors import GraphsvcError, NoWebhook
from graphsvc.features.webhooks.backlog import Backlog
from graphsvc.features.webhooks.kept import SENDER, Hook, find_hook, hooks, keep_hook, note, state_of
from graphsvc.features.webhooks.lease import Lease
from graphsvc.features.webhooks.messages import Message, headers_of, ping
from graphsvc.features.webhooks.posting import ATTEMPT_S, Answered, Poster
from graphsvc.features.webhooks.schemas import Delivery, WebhookState
from models.changes import LogHead
from models.webhooks import Outcome, Rest

log = logging.getLogger("graphsvc.webhooks")

POLL_S = 2.0
"""How often the logs are looked at."""
PING_S = 3.0
AT_ONCE = 8
RECENT = 50
"""Deliveries that can be looked at."""
_MINUTE, _HOUR = 60, 3_600
DELAYS_S = (
    5,
    5 * _MINUTE,
    30 * _MINUTE,
    2 * _HOUR,
    5 * _HOUR,
    10 * _HOUR,
    14 * _HOUR,
    20 * _HOUR,
    24 * _HOUR,
)
"""The delays of Standard Webhooks; the last one goes on."""
_JITTER = 0.2
GIVEN_UP = timedelta(days=5)
"""After so long without one success a webhook is stopped."""


class Sender:
    """The webhooks of a service. `draw` gives numbers in [0, 1) for the jitter."""

    def __init__(
        self,
        desk: Desk,
        poster: Poster,
        lease: Lease | None = None,
        poll_s: float = POLL_S,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._desk, self.poster, self._poll_s, self._draw = desk, poster, poll_s, draw
        self._lease = lease or Lease(desk, "webhooks")
        self._places = asyncio.Semaphore(AT_ONCE)
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._told: dict[str, tuple[int, Sequence[LogHead]]] = {}
        self._watch: asyncio.Task[None] | None = None

    def start(self) -> None:
        """From now on, send."""
        self._watch = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Send no more. What was on its way is sent again, with the same id, by whoever starts next."""
        tasks = [task for task in (self._watch, *self._busy.values()) if task]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        with contextlib.suppress(GraphsvcError):
            await self._lease.release()
        self.poster.close()

    async def ping(self, hook: Hook) -> Delivery:
        """A message that tells nothing, sent now, also by one that is stopped. Raises StoreUnavailable."""
        message = ping(hook, self._desk.clock())
        delivery, _ = await self._attempt(hook, message, 1, PING_S)
        await note(self._desk.store, hook.id, lambda state: _noted(state, delivery))
        return delivery

    async def look(self) -> Sequence[asyncio.Task[None]]:
        """Begin to send what there is, where it is not being sent already; gives what it began.

        Raises StoreUnavailable.
        """
        active = [hook for hook in await hooks(self._desk.store) if hook.stopped is None]
        if not active or not await self._lease.take():
            return []
        heads = await self._desk.store.heads(SENDER)
        self._busy = {id_: task for id_, task in self._busy.items() if not task.done()}
        begun = {
            hook.id: asyncio.create_task(self._drain(hook, heads))
            for hook in active
            if hook.id not in self._busy and self._told.get(hook.id) != (hook.revision, heads)
        }
        self._busy |= begun
        return list(begun.values())

    async def _run(self) -> None:
        said = ""
        while True:
            try:
                await self.look()
                said = ""
            except GraphsvcError as error:
                if said != str(error):  # not every two seconds while a store is away
                    log.warning("webhooks must wait: %s", error)
                said = str(error)
            except Exception:
                log.exception("webhooks must wait")
            await asyncio.sleep(self._poll_s)

    async def _drain(self, hook: Hook, heads: Sequence[LogHead]) -> None:
        """Send until all is told, an attempt fails, or the webhook is changed."""
        try:
            async with self._places:
                state = await state_of(self._desk.store, hook.id)
                if state.next_at is not None and self._desk.clock() < state.next_at:
                    return
                backlog = await Backlog.of(self._desk.store, hook, heads)
                while (message := await backlog.next()) is not None:
                    if not self._lease.held() or not await self._deliver(hook, backlog, message):
                        return
                self._told[hook.id] = (hook.revision, heads)
        except KeptSince:
            log.info("webhook %s is sent by another process", hook.id)
        except GraphsvcError as error:
            log.warning("webhook %s must wait: %s", hook.id, error)
        except Exception:
            log.exception("webhook %s must wait", hook.id)

    async def _deliver(self, hook: Hook, backlog: Backlog, message: Message) -> bool:
        """Whether the receiver took a message, and the webhook still stands as it was."""
        before = await state_of(self._desk.store, hook.id)
        delivery, answered = await self._attempt(hook, message, before.attempts + 1)
        if delivery.outcome is Outcome.DELIVERED:
            await backlog.done(message)
        state = await note(
            self._desk.store, hook.id, lambda state: self._after(state, delivery, answered.retry_after_s)
        )
        try:
            now = await find_hook(self._desk.store, hook.id)
        except NoWebhook:
            return False
        if delivery.outcome is Outcome.DELIVERED:
            return now.revision == hook.revision
        await self._give_up(now, state, answered, delivery.at)
        return False

    async def _attempt(
        self, hook: Hook, message: Message, number: int, longest_s: float = ATTEMPT_S
    ) -> tuple[Delivery, Answered]:
        at = self._desk.clock()
        headers = headers_of(self._desk, hook, message)
        answered = await self.poster.post(hook.url, message.body, headers, longest_s)
        delivery = Delivery(
            message_id=message.id,
            type=message.type,
            at=at,
            attempt=number,
            outcome=answered.outcome,
            status=answered.status,
            took_ms=answered.took_ms,
            account=message.account,
            sequence=message.last,
        )
        return delivery, answered

    def _after(self, state: WebhookState, delivery: Delivery, retry_after_s: int | None) -> WebhookState:
        noted = _noted(state, delivery)
        if delivery.outcome is Outcome.DELIVERED:
            return WebhookState(recent=noted.recent)
        attempts = state.attempts + 1
        delay = DELAYS_S[min(attempts, len(DELAYS_S)) - 1] * (1 + _JITTER * self._draw())
        wait = timedelta(seconds=max(delay, retry_after_s or 0))
        return WebhookState(
            failing_since=state.failing_since or delivery.at,
            attempts=attempts,
            next_at=delivery.at + wait,
            recent=noted.recent,
        )

    async def _give_up(self, hook: Hook, state: WebhookState, answered: Answered, at: datetime) -> None:
        """Stop a webhook whose receiver is gone, or has taken nothing for too long."""
        failing = state.failing_since is not None and at - state.failing_since >= GIVEN_UP
        if hook.stopped is None and (answered.gone or failing):
            rest = Rest.GONE if answered.gone else Rest.FAILING
            await keep_hook(self._desk.store, hook.model_copy(update={"stopped": rest}))
            log.warning("webhook %s is stopped: %s", hook.id, rest.en)


def _noted(state: WebhookState, delivery: Delivery) -> WebhookState:
    return state.model_copy(update={"recent": (delivery, *state.recent)[:RECENT]})
