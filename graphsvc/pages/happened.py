"""What happened with a person: meetings with their notes, and changes of what is noted of him."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from graphsvc.errors import NotFound
from graphsvc.pages.asking import Asked
from models.changes import LogEntry, Stored
from models.describe import field_lines
from models.enums import InteractionKind, Kind, NodeKind
from models.graph import AccountGraph
from models.records import Body

FIRST_SPOKEN = 10
FIRST_CHANGES = 14
_OF_ONE = 6
"""Changes of one record that are looked at."""
_KINDS: Mapping[str, InteractionKind] = {str(kind): kind for kind in InteractionKind}


@dataclass(frozen=True, slots=True)
class Spoken:
    """An interaction with its note."""

    body: Body

    @property
    def kind(self) -> InteractionKind:
        """What it was."""
        return _KINDS[self.body["kind"]]

    @property
    def day(self) -> datetime:
        """When it was."""
        return datetime.fromisoformat(self.body["at"])

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.body["id"])

    @property
    def note(self) -> str:
        """What was written down."""
        return str(self.body.get("note") or "")

    @property
    def mood(self) -> int:
        """How it went, −2 to 2."""
        return int(self.body.get("sentiment", 0))

    @property
    def is_open(self) -> bool:
        """Whether it is a complaint nobody has resolved."""
        return self.kind is InteractionKind.COMPLAINT and not self.body.get("resolved_on")

    @property
    def members(self) -> list[str]:
        """Who of ours took part."""
        return list(self.body.get("member_ids") or ())


@dataclass(frozen=True, slots=True)
class Told:
    """What was done to records of a kind: which fields differ, in words, and of how many records."""

    kind: Kind
    verb: str
    fields: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Happened:
    """A change set as far as a person is concerned: when, by whom, and what."""

    at: datetime
    actor: str
    told: tuple[Told, ...]


async def spoken_with(asked: Asked, graph: AccountGraph, id_: str) -> list[Spoken]:
    """The latest interactions with a person, newest first. O(interactions of the account)."""
    table = graph.nodes[NodeKind.INTERACTION]
    times = table.array("at")
    mine = [row for row, people in enumerate(table.texts("contact_ids")) if id_ in (people or ())]
    latest = sorted(mine, key=lambda row: (-int(times[row]), table.ids[row]))[:FIRST_SPOKEN]
    found = [await _record(asked, NodeKind.INTERACTION, table.ids[row]) for row in latest]
    return [Spoken(row.body) for row in found if row is not None]


async def happened_to(asked: Asked, records: Iterable[tuple[Kind, str]]) -> list[Happened]:
    """The latest changes of some records, newest first."""
    entries: list[LogEntry] = []
    for kind, record in records:
        entries += await asked.store.history(asked.scope, kind, record, limit=_OF_ONE)
    then = asked.query.as_of
    known = [entry for entry in entries if then is None or entry.at <= then]
    known.sort(key=lambda entry: (entry.at, entry.sequence), reverse=True)
    sets: dict[str, list[LogEntry]] = {}
    for entry in known:
        sets.setdefault(entry.change_set, []).append(entry)
    return [_happened(together, asked.lang) for together in list(sets.values())[:FIRST_CHANGES]]


def _happened(entries: list[LogEntry], lang: str) -> Happened:
    told = Counter(_told(entry, lang) for entry in entries)
    lines = tuple(Told(kind, verb, fields, times) for (kind, verb, fields), times in told.items())
    return Happened(entries[0].at, entries[0].actor, lines)


def _told(entry: LogEntry, lang: str) -> tuple[Kind, str, tuple[str, ...]]:
    was, now = entry.before or {}, entry.after or {}
    verb = "changed" if was and now else "added" if now else "removed"
    differing = {name for name in (*was, *now) if was.get(name) != now.get(name)} if was and now else set()
    lines = [line for line in field_lines(entry.kind) if line.own and line.name in differing]
    words = tuple((line.label.zh if lang == "zh" else line.label.en).partition(";")[0] for line in lines)
    return entry.kind, verb, words


async def _record(asked: Asked, kind: NodeKind, id_: str) -> Stored | None:
    try:
        return await asked.record(kind, id_)
    except NotFound:
        return None  # deleted since the snapshot
