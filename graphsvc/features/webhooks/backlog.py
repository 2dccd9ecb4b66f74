"""What a webhook has not been told yet: one log after the other, each in its order, without a gap."""

from __future__ import annotations

from collections.abc import Sequence

from graphsvc.features.webhooks.kept import PLACES, STARTS, Hook
from graphsvc.features.webhooks.messages import MOST, Message, message_of, run_of
from graphsvc.stores.keeping import Kept
from graphsvc.stores.port import GraphStore
from models.changes import LogEntry, LogHead
from models.kinds import FIRM

_PAGE = 5 * MOST


class Backlog:
    """The untold entries of a webhook's logs. `next` gives a message, `done` says that it was taken."""

    def __init__(self, store: GraphStore, hook: Hook, logs: Sequence[str], places: dict[str, Kept]) -> None:
        self._store, self._hook = store, hook
        self._logs, self._places = list(logs), places
        self._page: list[LogEntry] = []
        self._whole = False
        self._passed: int | None = None

    @classmethod
    async def of(cls, store: GraphStore, hook: Hook, heads: Sequence[LogHead]) -> Backlog:
        """That of a webhook, with how far the logs have come. O(logs)."""
        start = await store.kept(STARTS, hook.id)
        begun = start.body if start else {}
        found = {thing.body["account"]: thing for thing in await store.kept_in(PLACES, hook.id)}
        seen = [head for head in heads if hook.scope().sees(_account(head.account))]
        places = {
            head.account: found.get(head.account) or _place(hook, head.account, begun.get(head.account, 0))
            for head in seen
        }
        behind = [head for head in seen if head.sequence > places[head.account].body["sequence"]]
        behind.sort(key=lambda head: (head.at.timestamp() if head.at else 0.0, head.account))
        return cls(store, hook, [head.account for head in behind], places)

    def behind(self, heads: Sequence[LogHead]) -> int:
        """How many entries are not told yet, those that will be passed over too. O(logs)."""
        return sum(
            max(0, head.sequence - self._places[head.account].body["sequence"])
            for head in heads
            if head.account in self._places
        )

    async def next(self) -> Message | None:
        """The oldest message of the log that has rested longest; None when all is told. Amortized O(entries).

        What the webhook does not want to know is passed over. Raises KeptSince if another one moved a place.
        """
        while self._logs:
            log = self._logs[0]
            after = self._at(log)
            run = run_of(await self._entries(log, after), after)
            if not run:
                await self._keep(log)
                del self._logs[0]
                self._page, self._whole = [], False
                continue
            message = message_of(self._hook, run)
            if message is not None:
                return message
            self._passed = run[-1].sequence
        return None

    async def done(self, message: Message) -> None:
        """The message was taken: its log goes on behind it. Raises KeptSince."""
        assert message.account is not None
        self._passed = message.last
        await self._keep(message.account)

    def _at(self, log: str) -> int:
        return self._passed if self._passed is not None else int(self._places[log].body["sequence"])

    async def _entries(self, log: str, after: int) -> Sequence[LogEntry]:
        """The entries of a log after a sequence: enough for a message, or all."""
        self._page = [entry for entry in self._page if entry.sequence > after]
        if len(self._page) < MOST and not self._whole:
            self._page = list(await self._store.log(self._hook.scope(), log, after=after, limit=_PAGE))
            self._whole = len(self._page) < _PAGE
        return self._page

    async def _keep(self, log: str) -> None:
        """Write down how far a log is told, if it has moved."""
        if self._passed is None:
            return
        before = self._places[log]
        moved = _place(self._hook, log, self._passed)
        self._places[log] = await self._store.keep(moved, expected=before.version)
        self._passed = None


def _place(hook: Hook, log: str, sequence: int) -> Kept:
    return Kept(PLACES, f"{hook.id}/{log}", hook.id, {"account": log, "sequence": sequence})


def _account(log: str) -> str | None:
    """The account a log is of; None for the firm's."""
    return None if log == FIRM else log
