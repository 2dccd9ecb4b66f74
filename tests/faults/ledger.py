"""A client's list of what it asked for and what was acknowledged, held against the store afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphsvc.errors import NotFound
from graphsvc.stores.port import GraphStore
from models.enums import Kind
from tests.contract.writing import EVERYTHING, E, N, replay, whole_log
from tests.faults.writer import SCOPE, asked


@dataclass
class Ledger:
    """Writes of `writer.asked`: those acknowledged with their sequence, and those without an answer."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    lost: int = 0
    doubled: int = 0
    half: int = 0

    def note(self, words: list[str | int]) -> None:
        """Take down a line that the writer said."""
        if words[0] == "asked":
            self.unknown.add(str(words[1]))
        elif words[0] == "done":
            self.unknown.discard(str(words[1]))
            self.acknowledged[str(words[1])] = int(words[2])

    async def settle(self, store: GraphStore) -> None:
        """Count what is wrong, then send again what had no answer: it must be there once."""
        entries = await whole_log(store, "acme")
        written = {entry.change_set: entry.sequence for entry in entries}
        self.lost += sum(written.get(id_) != sequence for id_, sequence in self.acknowledged.items())
        records = await store.records(EVERYTHING, "acme")
        own = {(row.kind, row.id): row.body for row in records if row.account == "acme"}
        assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
        assert replay(entries) == own
        people, ties = ({id_ for kind, id_ in own if kind is its} for its in (N.CONTACT, E.KNOWS))
        self.half += len(people ^ ties)
        for id_ in sorted(self.unknown):
            applied = await store.apply(SCOPE, asked(id_))
            self.acknowledged[id_] = applied.sequences["acme"]
        self.unknown.clear()
        self.doubled += sum([await self._times(store, id_) != 1 for id_ in self.acknowledged])
        assert people | set(self.acknowledged) == set(self.acknowledged), "nobody asked for some of these"

    async def _times(self, store: GraphStore, id_: str) -> int:
        kinds: tuple[Kind, ...] = (N.CONTACT, E.KNOWS)
        try:
            return max([(await store.get(EVERYTHING, kind, id_)).revision for kind in kinds])
        except NotFound:
            return 0

    def __str__(self) -> str:
        return (
            f"{len(self.acknowledged)} acknowledged, "
            f"{self.lost} lost, {self.doubled} doubled, {self.half} half"
        )

    @property
    def exact(self) -> bool:
        """Whether nothing was wrong."""
        return self.lost == self.doubled == self.half == 0
