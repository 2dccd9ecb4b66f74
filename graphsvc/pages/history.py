"""What has changed in an account: who, when, what, why; the difference of two days; the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from graphsvc.access.far_ends import entries_as_seen
from graphsvc.features.history.differing import Difference, RecordChange
from graphsvc.features.history.differing import diff as differing
from graphsvc.pages.asking import Asked, Shown
from graphsvc.web.cursors import turning
from models.changes import LogEntry
from models.enums import ImportStage
from models.fields import Label
from models.imports import ImportState
from models.kinds import OPEN_KINDS, kind_named
from models.records import Body
from viz.labels import label
from viz.naming import Names
from viz.telling import Telling, ToldField
from viz.texts import texts

ENTRIES = 500
"""Entries of the log on a page; a change set across its end is told in part."""
MOST_ROWS = 30
LATEST, LATEST_ENTRIES = 5, 40
"""Changes an overview tells, and the entries they are looked for in."""
MOST_DIFFERENT = 1000
MOST_IMPORTS = 1000
WEEKS = 78
"""Weeks the slider of days goes back: a year and a half."""
_IMPORT, _TAKEN_BACK = Label("Import of", "导入"), Label("Taken back", "撤销操作")
CHANGES = {
    "added": Label("added", "新增"),
    "removed": Label("removed", "删除"),
    "changed": Label("changed", "更改"),
}
"""What can happen to a record, in words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a change: its kind and name in words, what happened to it, and the fields."""

    change: str
    word: Label
    kind: str
    name: str
    fields: list[ToldField]


@dataclass(frozen=True, slots=True)
class Group:
    """Records of a kind to which the same happened."""

    change: str
    word: Label
    kind: str
    rows: list[Row]


@dataclass(slots=True)
class Told:
    """A change set, or all batches of an import: who, when, why, what; `undo` is what an undo is asked of."""

    id: str
    at: datetime
    actor: str
    why: str | None
    import_of: ImportState | None
    undone: bool
    undo: str | None
    counts: list[tuple[str, int]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    more: int = 0


async def history(asked: Asked) -> Shown:
    """The log of the account, newest first; what differs between two days. Raises NotFound, InvalidInput."""
    names = Names(await asked.graph(), asked.query.day(), asked.lang, asked.rules)
    telling = Telling(names)
    pages = await turning(asked.request, asked.query.cursor, "history")
    end = await _end(asked, pages.start)
    after = max(0, end - ENTRIES)
    kept = await asked.store.log(asked.scope, asked.account_id, after=after, limit=end - after)
    entries = await entries_as_seen(asked.store, asked.scope, kept)
    imports = await _imports(asked)
    changes = _told(list(reversed(entries)), imports, telling)
    found = await _difference(asked)
    return Shown(
        (),
        {
            "changes": changes,
            "older": pages.cursor(b"%d" % after) if after else None,
            "stops": [change.at for change in reversed(changes)],
            "days": _days(asked.query.day()),
            "telling": telling,
            "since": asked.query.since,
            "until": asked.query.until,
            "difference": found,
            "differing": [] if found is None else list(_different(found, telling)),
            "sums": Counter() if found is None else Counter(item.change for item in found.items),
            "change_words": CHANGES,
            "most_different": MOST_DIFFERENT,
        },
    )


async def latest(asked: Asked, names: Names) -> list[Told]:
    """The last changes of the account, the newest first, without what their fields say. Raises NotFound."""
    newest = (await asked.store.sequences(asked.scope, asked.account_id, asked.query.as_of)).account
    after = max(0, newest - LATEST_ENTRIES)
    entries = await asked.store.log(asked.scope, asked.account_id, after=after, limit=LATEST_ENTRIES)
    imports = await _imports(asked)
    seen = await entries_as_seen(asked.store, asked.scope, entries)
    kept = [entry for entry in reversed(seen) if entry.sequence <= newest]
    return _told(kept, imports, Telling(names))[:LATEST]


async def _imports(asked: Asked) -> dict[str, ImportState]:
    return {state.id: state for state in await asked.store.imports(asked.scope, MOST_IMPORTS)}


async def _end(asked: Asked, given: bytes | None) -> int:
    """The last entry to tell: the newest, or the one the address names."""
    newest = (await asked.store.sequences(asked.scope, asked.account_id, asked.query.as_of)).account
    return newest if given is None else min(newest, int(given))


async def _difference(asked: Asked) -> Difference | None:
    """What differs between the ends of two days, if the address names one."""
    since, until = asked.query.since, asked.query.until
    if since is None:
        return None
    now = datetime.now(UTC)
    first, last = sorted((_end_of(since), _end_of(until) if until else now))
    return await differing(asked.store, asked.scope, asked.account_id, min(first, now), min(last, now))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


def _days(today: date) -> list[date]:
    return [today - timedelta(weeks=weeks) for weeks in range(WEEKS, -1, -1)]


def _told(
    newest_first: Sequence[LogEntry], imports: Mapping[str, ImportState], telling: Telling
) -> list[Told]:
    """The entries by what was done at once, each with whether it was taken back."""

    def of(entry: LogEntry) -> str:
        head = entry.change_set.rpartition(".")[0].removesuffix(".undo")
        return head if head in imports and ".undo." not in entry.change_set else entry.change_set

    found, undone = [], set()
    for id_, group in groupby(newest_first, key=of):
        entries = list(group)
        told = _change(id_, entries, imports.get(id_), id_ in undone, telling)
        if not told.undone and (taken := (entries[0].reason or "").partition("undo ")[2]):
            undone.add(taken)
        shown = [entry for entry in entries if entry.before is not None or entry.after is not None]
        told.rows = [_row(entry, telling) for entry in reversed(shown[-MOST_ROWS:])]
        told.more = max(len(entries), told.import_of.put if told.import_of else 0) - len(told.rows)
        found.append(told)
    return found


def _change(
    id_: str, entries: Sequence[LogEntry], state: ImportState | None, undone: bool, telling: Telling
) -> Told:
    first = entries[0]
    undone = undone or (state is not None and state.stage is ImportStage.UNDONE)
    erased = any(entry.tells_erasure or entry.erased for entry in entries)
    path = f"imports/{id_}" if state else f"changesets/{id_}"
    why = first.reason
    if state:
        why = f"{telling.said(_IMPORT)} {texts(telling.lang).separator.join(state.files)}"
    elif why and why.startswith("undo "):
        why = telling.said(_TAKEN_BACK)
    counted = Counter(label(entry.kind, telling.lang) for entry in entries)
    possible = not undone and not erased and (state is None or state.stage is ImportStage.DONE)
    return Told(
        id_, first.at, first.actor, why, state, undone, path if possible else None, counted.most_common()
    )


def change_of(entry: LogEntry) -> str:
    """What happened to the record of an entry: a key of CHANGES."""
    return "added" if entry.before is None else "removed" if entry.after is None else "changed"


def _row(entry: LogEntry, telling: Telling) -> Row:
    shown = entry.kind in OPEN_KINDS
    change = change_of(entry)
    name = telling.called(entry.kind, entry.id, entry.after or entry.before if shown else None)
    fields = telling.fields(entry.kind, entry.id, entry.before, entry.after)
    return Row(
        change,
        CHANGES[change],
        label(entry.kind, telling.lang),
        name,
        fields if change == "changed" and shown else [],
    )


def _different(found: Difference, telling: Telling) -> Iterator[Group]:
    """The first records that differ, by what happened to which kind."""
    rows = (_different_row(item, telling) for item in found.items[:MOST_DIFFERENT])
    kept: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        kept.setdefault((row.change, row.kind), []).append(row)
    for (change, kind), group in sorted(kept.items(), key=lambda one: one[0][0] != "changed"):
        yield Group(change, CHANGES[change], kind, group)


def _different_row(item: RecordChange, telling: Telling) -> Row:
    kind = kind_named(item.kind)
    assert kind is not None
    was: Body = {one.name: one.before for one in item.fields}
    now: Body = {one.name: one.after for one in item.fields}
    body = {**(was if item.change == "removed" else now)}
    body |= {"source_id": item.source_id, "target_id": item.target_id} if item.source_id else {}
    body |= {"name": item.name} if item.name else {}
    fields = telling.fields(kind, item.id, was, now) if item.change == "changed" else []
    name = telling.called(kind, item.id, body)
    return Row(item.change, CHANGES[item.change], label(kind, telling.lang), name, fields)
