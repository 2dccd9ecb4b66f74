"""Where a person stands in a store: his records, what stood before, and who else's words name him.

Read from the change logs, which hold what is now and what was, whoever it belongs to.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field

from graphsvc.errors import NotFound
from graphsvc.stores.draft import named
from graphsvc.stores.erasing import Strike
from graphsvc.stores.facts import Key
from graphsvc.stores.merges import MERGES, merged_into
from graphsvc.stores.port import GraphStore, Scope
from models.anonymous import is_about, words_in
from models.changes import LogEntry
from models.enums import EdgeKind, NodeKind
from models.erasures import Mention
from models.kinds import EDGE_SPECS
from models.names import naming, naming_file
from models.records import Body

PAGE = 5_000
_CONTACT = NodeKind.CONTACT


@dataclass(slots=True)
class Trace:
    """What was found of a contact; `people` are he and those merged into him. `log` is his account.

    `entries` hold a value that is about him or refers to him, log by log. `mentions` are by kind and id, with
    the texts that name him, or did, in `said`.
    """

    contact: str
    log: str
    people: frozenset[str]
    words: tuple[str, ...] = ()
    entries: list[LogEntry] = field(default_factory=list)
    mentions: tuple[Mention, ...] = ()
    said: dict[Key, dict[str, None]] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


async def traced(store: GraphStore, scope: Scope, contact: str) -> Trace:
    """Everything about a contact, also of one that was deleted, as far as the scope sees. O(all logs of it).

    Raises NotFound.
    """
    log = (await store.history(scope, _CONTACT, contact, limit=1))[0].account
    people = await _people(store, scope, contact)
    strike, trace = Strike(people, frozenset()), Trace(contact, log, people)
    async for page in _pages(store, scope, log):
        await asyncio.to_thread(strike.follow, page, True)
        trace.entries += await asyncio.to_thread(_of_him, page, people, None)
    trace.words = tuple(strike.words)
    others = [head.account for head in await store.heads(scope) if head.account != log]
    found = _Mentions(people, trace.words)
    for name in (log, *others):
        async for page in _pages(store, scope, name):
            await asyncio.to_thread(found.follow, page)
            if name != log and strike.reaching:
                trace.entries += await asyncio.to_thread(_of_him, page, people, strike.reaching)
    trace.mentions, trace.said, trace.reasons = found.mentions(), found.said, tuple(found.reasons)
    return trace


async def _people(store: GraphStore, scope: Scope, contact: str) -> frozenset[str]:
    """The contact and those that were merged into him and are no more."""
    people = [contact]
    for id_ in merged_into(contact, await store.kept_in(MERGES)):
        try:
            await store.get(scope, _CONTACT, id_)
        except NotFound:
            people.append(id_)
    return frozenset(people)


async def _pages(store: GraphStore, scope: Scope, log: str) -> AsyncIterator[Sequence[LogEntry]]:
    after = 0
    while page := await store.log(scope, log, after, PAGE):
        yield page
        after = page[-1].sequence


def _of_him(page: Iterable[LogEntry], people: frozenset[str], only: set[Key] | None) -> list[LogEntry]:
    """The entries that name one of these contacts; of another log only those of `only`."""
    return [
        entry
        for entry in page
        if (only is None or (entry.kind, entry.id) in only)
        and any(body is not None and _names(entry, body, people) for body in (entry.before, entry.after))
    ]


def _names(entry: LogEntry, body: Body, people: frozenset[str]) -> bool:
    if is_about(entry.kind, body, people):
        return True
    keys = list(named(entry.kind, body))
    if isinstance(entry.kind, EdgeKind):
        keys += EDGE_SPECS[entry.kind].ends(body)
    return any(kind is _CONTACT and id_ in people for kind, id_ in keys)


class _Mentions:
    """Words of others that name somebody: looked for in every value, kept with where they stand now."""

    def __init__(self, people: frozenset[str], words: Sequence[str]) -> None:
        self._people = people
        self._says = naming(words)
        self._says_file = naming_file(words)
        self._found: dict[Key, Mention] = {}
        self.said: dict[Key, dict[str, None]] = {}
        self.reasons: dict[str, None] = {}

    def follow(self, page: Iterable[LogEntry]) -> None:
        """Go through the next entries of a log. O(bytes)."""
        for entry in page:
            key = (entry.kind, entry.id)
            was, now = (self._fields(entry, body) for body in (entry.before, entry.after))
            if was or now or key in self._found:
                self._found[key] = Mention(*key, entry.account, now)
            # The reason of an import tells its files.
            if entry.reason and (self._says(entry.reason) or self._says_file(entry.reason)):
                self.reasons[entry.change_set] = None

    def mentions(self) -> tuple[Mention, ...]:
        """What was found, by kind and id."""
        return tuple(self._found[key] for key in sorted(self._found))

    def _fields(self, entry: LogEntry, body: Body | None) -> tuple[str, ...]:
        if body is None or is_about(entry.kind, body, self._people):
            return ()
        naming_him = [(place, text) for place, text in words_in(entry.kind, body) if self._says(text)]
        if naming_him:
            self.said.setdefault((entry.kind, entry.id), {}).update({text: None for _, text in naming_him})
        return tuple(place for place, _ in naming_him)
