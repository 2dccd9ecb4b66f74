"""The machine's rules about people: two made one, one erased, what keeps him out lifted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from graphsvc.features.merging.service import merge
from graphsvc.features.records.service import keyed_id
from graphsvc.stores.erasures import MARKS
from graphsvc.stores.port import GraphStore
from models.changes import Change, ChangeSet, Delete, LogEntry, Put
from models.enums import EdgeKind, NodeKind
from models.erasures import Erasing
from models.records import read_record
from tests.machine.bodies import IDS
from tests.machine.erasing import erase
from tests.machine.machine import EVERYTHING, Machine, _plainly, _whole

ABOUT = (
    *[NodeKind.DOSSIER] * 2,
    *[NodeKind.CONTACT] * 2,
    NodeKind.ASSESSMENT,
    NodeKind.INTERACTION,
    NodeKind.ACTION,
    EdgeKind.INFLUENCES,
    EdgeKind.BOND,
    EdgeKind.WORKS_IN,
)
PEOPLE = sorted(id_ for ids in IDS[NodeKind.CONTACT].values() for id_ in ids)


class PeopleMachine(Machine):
    """The machine with merges and erasures among its steps."""

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        """Make two contacts one: what the stores wrote of it is a change set that the plain one takes."""
        near = data.draw(st.sampled_from([*[IDS[NodeKind.CONTACT]["a"]] * 6, PEOPLE]))
        kept, gone = data.draw(st.permutations(near))[:2]
        row = self.plain.rows.get((NodeKind.CONTACT, kept))
        expected = data.draw(st.sampled_from([row.revision if row else 1] * 4 + [1]))
        key = f"merge-{len(self.plain.done)}"
        id_ = keyed_id(EVERYTHING, key)
        told = self._everywhere(
            lambda store: merge(store, EVERYTHING, kept, {"duplicate_id": gone}, expected, "request", key)
        )
        if told[0] != "MergeResult" or id_ in self.plain.done:
            return
        entries: list[LogEntry] = self._everywhere(lambda store: _entries(store, id_))[1]
        self.moments.append(entries[0].at)
        changes = tuple(_change(entry) for entry in entries if entry.before or entry.after)
        asked = ChangeSet(id_, changes, entries[0].reason, exact=True)
        done = self.plain.apply(EVERYTHING, asked, entries[0].at)
        assert (done.put, done.deleted) == (told[1].put, told[1].deleted)

    @rule(data=st.data(), number=st.integers(1, 3))
    def meet(self, data: st.DataObject, number: int) -> None:
        """Put what is about people: dossiers, questionnaires, talks, promises, ties between them."""
        self._write(EVERYTHING, self._puts(data, ABOUT, number))

    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        """Erase somebody who is there, or was, or never was."""
        contact = data.draw(st.sampled_from([*PEOPLE, "nobody"]))
        id_ = f"erase-{len(self.plain.done)}-{sum(map(len, self.plain.logs.values()))}"
        told = self._everywhere(lambda store: _erased(store, id_, contact))
        at = told[1][0] if told[0] == "tuple" else self.clock.now
        said = ("Applied", told[1][1:]) if told[0] == "tuple" else (told[0], told[1][0])
        assert said == _plainly(lambda at: erase(self.plain, contact, id_, EVERYTHING.actor, at), at)  # type: ignore[arg-type,return-value]
        if told[0] == "tuple":
            self.moments.append(at)

    @precondition(lambda self: self.plain.erased)
    @rule()
    def allow(self) -> None:
        """Let everybody be entered again: who was erased would leave little to do."""
        self._everywhere(_lift)
        self.plain.erased.clear()


async def _entries(store: GraphStore, change_set: str) -> list[LogEntry]:
    whole = [entry for log in ("a", "b", "firm") for entry in await _whole(store, log)]
    return [entry for entry in whole if entry.change_set == change_set]


async def _erased(store: GraphStore, id_: str, contact: str) -> tuple[datetime, Any, int, int, Any]:
    done = await store.erase(EVERYTHING, Erasing(id_, contact))
    return done.at, done.records, done.dossiers, done.entries, done.people


async def _lift(store: GraphStore) -> int:
    return await store.throw_away(MARKS, [thing.key for thing in await store.kept_in(MARKS)])


def _change(entry: LogEntry) -> Change:
    if entry.after is None:
        return Delete(entry.kind, entry.id, entry.revision - 1)
    return Put(entry.kind, read_record(entry.kind, entry.after), entry.revision - 1)
