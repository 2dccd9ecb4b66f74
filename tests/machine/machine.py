"""The stores and the plain one driven together: what one does all do, and after each step all are equal."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from graphsvc.errors import ChangedSince, GraphsvcError, NotFound, StaleRevision
from graphsvc.features.history.service import undo
from graphsvc.features.history.verifying import verify
from graphsvc.features.records.service import keyed_id
from graphsvc.stores.port import GraphStore, Scope
from models.at_hand import graph_of
from models.changes import Applied, Change, ChangeSet, Delete, LogEntry, Put, Seal
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code, InvalidInput
from models.kinds import KINDS, NODE_SPECS, references
from models.records import body_of, read_record
from models.specs import SOURCE_KIND
from tests.contract.writing import put, tables
from tests.machine.bodies import ACCOUNTS, IDS, records
from tests.machine.plain import Done, No, Plain
from tests.machine.rules import CIRCLE, Key, names

EVERYTHING, ONE = Scope("all", dossiers=True), Scope("one", frozenset({"b"}))
"""Who asks: one who sees everything, one who sees the second account."""
START = datetime(2026, 2, 28, 23, 59, 59, 123456, tzinfo=UTC)
STEPS = [timedelta(microseconds=1), timedelta(seconds=1), timedelta(days=366), -timedelta(days=1)]
RULED = (*[EdgeKind.REPORTS_TO] * 3, EdgeKind.CHANNEL, NodeKind.DEPARTMENT)
REFERRING = [kind for kind in KINDS if len(references(kind)) > 1]
ENDS = ("source_id", "target_id", SOURCE_KIND)
FIRM_KINDS = [kind for kind, spec in NODE_SPECS.items() if spec.firm]


class Clock:
    """What the stores take for the time."""

    now = START

    def __call__(self) -> datetime:
        return self.now


Opener = Callable[[AsyncExitStack, Clock], Awaitable[GraphStore]]
"""Opens an empty store that is closed with the stack."""


class Machine(RuleBasedStateMachine):
    """Change sets, deletions, undo and looks at the past, over the stores of `openers` and a plain one."""

    openers: Sequence[Opener]

    def __init__(self) -> None:
        super().__init__()
        self.runner, self.stack, self.clock = asyncio.Runner(), AsyncExitStack(), Clock()
        self.stores = [self.runner.run(opener(self.stack, self.clock)) for opener in self.openers]
        self.plain = Plain()
        self.asked: list[tuple[Scope, ChangeSet]] = []
        self.moments: list[datetime] = [START - timedelta(days=1)]
        self.written = True

    def teardown(self) -> None:
        try:
            self._logs_are_equal()
        finally:
            self.runner.run(self.stack.aclose())
            self.runner.close()

    @initialize()
    def begin(self) -> None:
        """Every node there is an id for; the machine adds what joins them."""
        needed = {
            NodeKind.ASSESSMENT: {"member_id": "m1", "contact_id": "p1"},
            NodeKind.RIVAL: {"competitor_id": "k1"},
        }
        homes = [(kind, home, id_) for kind, its in IDS.items() for home, ids in its.items() for id_ in ids]
        changes: list[Change] = []
        for kind, home, id_ in homes:
            if kind is not NodeKind.DOSSIER and id_ != "s2":
                account = {"account_id": home} if "account_id" in NODE_SPECS[kind].record.model_fields else {}
                changes.append(put(kind, id_, **account, **needed.get(kind, {})))
        self._write(EVERYTHING, tuple(changes))

    @rule(data=st.data(), number=st.integers(1, 4), narrow=st.integers(0, 7))
    def change(self, data: st.DataObject, number: int, narrow: int) -> None:
        """Put, patch and delete a few records in one change set, now and then as one who sees little."""
        changes = tuple(self._change(data) for _ in range(number))
        self._write(EVERYTHING if narrow else ONE, changes)

    @rule(data=st.data(), number=st.integers(1, 4), step=st.sampled_from(STEPS))
    def tie(self, data: st.DataObject, number: int, step: timedelta) -> None:
        """Put ties that have rules of their own; the clock has gone on, leapt, or was set back."""
        self.clock.now += step
        self._write(EVERYTHING, self._puts(data, RULED, number))

    @rule(data=st.data(), number=st.integers(1, 3))
    def refer(self, data: st.DataObject, number: int) -> None:
        """Put records that refer to others."""
        self._write(EVERYTHING, self._puts(data, REFERRING, number))

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """Delete a node, most often one that others name."""
        nodes = {key for key in self.plain.rows if key[0] in NODE_SPECS and key[0] is not NodeKind.ACCOUNT}
        named = {name for key, row in self.plain.rows.items() for name in names(key[0], row.body)} & nodes
        key = data.draw(st.sampled_from([*sorted(named) * 3, *sorted(nodes), (NodeKind.CONTACT, "nobody")]))
        self._write(EVERYTHING, (Delete(*key, self._expected(data, key)),))

    @rule(data=st.data(), other=st.integers(0, 3))
    def send_again(self, data: st.DataObject, other: int) -> None:
        """An earlier change set once more; now and then its id with another content."""
        scope, asked = data.draw(st.sampled_from(self.asked))
        changes = asked.changes if other else (*asked.changes, Delete(NodeKind.CONTACT, "nobody"))
        self._apply(scope, ChangeSet(asked.id, changes, asked.reason))

    @precondition(lambda self: self.plain.done)
    @rule(data=st.data(), back=st.integers(1, 4))
    def undo(self, data: st.DataObject, back: int) -> None:
        """Undo one of the last change sets, which may be an undo itself."""
        undone = (list(self.plain.done)[1:] or list(self.plain.done))[-back:][0]
        key = f"undo-{len(self.plain.done)}-{undone}"
        told = self._everywhere(lambda store: undo(store, EVERYTHING, undone, "request", key))
        id_ = keyed_id(EVERYTHING, key)
        self._compare(told, id_, lambda at: self.plain.undo(EVERYTHING, undone, id_, at))

    @rule(data=st.data(), account=st.sampled_from(ACCOUNTS))
    def look_back(self, data: st.DataObject, account: str) -> None:
        """An account as it was known at a time that was noted."""
        moment = data.draw(st.sampled_from(self.moments))
        self.written = False
        told = self._everywhere(lambda store: store.records(EVERYTHING, account, moment))
        then = self.plain.then(account, moment)
        if not then:
            assert told[0] == "NotFound"
            return
        assert {(row.kind, row.id): row.body for row in told[1]} == then
        graph = self._everywhere(lambda store: _graph(store, account, moment))
        assert graph[1] == tables(graph_of(account, [(key[0], body) for key, body in then.items()]))

    @rule(data=st.data(), page=st.integers(1, 3))
    def look_up(self, data: st.DataObject, page: int) -> None:
        """The history of a record, page by page, also of one that is gone."""
        known = sorted({**self.plain.rows, **self.plain.gone})
        key = data.draw(st.sampled_from(known))
        self.written = False
        told = self._everywhere(lambda store: self._history(store, key, page))
        assert [
            (e.revision, e.before, e.after, e.at, e.change_set, e.actor, _reason(e)) for e in told[1]
        ] == [
            (e.revision, e.before, e.after, e.at, e.change_set, e.actor, e.reason)
            for e in self.plain.history(key)
        ]

    @invariant()
    def equal(self) -> None:
        """Records, revisions, logs' heads and snapshots of all stores are those of the plain one."""
        if not self.written:
            self.written = True
            return
        heads, firm, accounts = self._everywhere(_state)[1]
        logs = {log: (len(lines), lines[-1].at) for log, lines in self.plain.logs.items()}
        assert heads == logs
        self._as_plain(firm, {key for key in self.plain.rows if key[0] in FIRM_KINDS})
        for account, told, graph in accounts:
            if (NodeKind.ACCOUNT, account) not in self.plain.rows:
                assert told[0] == graph[0] == "NotFound"
                continue
            rows = self.plain.of_account(account)
            self._as_plain(told[1], set(rows))
            assert graph[1] == tables(graph_of(account, [(key[0], row.body) for key, row in rows.items()]))

    def _as_plain(self, found: Sequence[Any], keys: set[Key]) -> None:
        told = {
            (row.kind, row.id): (row.body, row.account, row.revision, row.created_at, row.updated_at)
            for row in found
        }
        rows = {key: self.plain.rows[key] for key in keys}
        assert told == {
            key: (row.body, row.account, row.revision, row.created, row.updated) for key, row in rows.items()
        }

    def _change(self, data: st.DataObject) -> Change:
        known = sorted(self.plain.rows)
        how = data.draw(st.integers(0, 9))
        if how < 3 and known:
            key = data.draw(st.sampled_from(known))
            if how == 0:
                return Delete(*key, self._expected(data, key))
            record = data.draw(records(key[0], key[1]))
            kept = self.plain.rows[key].body
            if isinstance(key[0], EdgeKind) and how == 1:
                ends = {name: kept[name] for name in ENDS if name in kept}
                record = read_record(key[0], body_of(record) | ends)
            return Put(key[0], record, self._expected(data, key))
        return self._puts(data, KINDS, 1)[0]

    def _puts(self, data: st.DataObject, kinds: Sequence[Kind], number: int) -> tuple[Put, ...]:
        puts: dict[Key, Put] = {}
        for kind in (data.draw(st.sampled_from(kinds)) for _ in range(number)):
            record = data.draw(records(kind))
            puts[kind, record.id] = Put(kind, record, self._expected(data, (kind, record.id)))
        return tuple(puts.values())

    def _expected(self, data: st.DataObject, key: Key) -> int | None:
        now = self.plain.rows[key].revision if key in self.plain.rows else 0
        return data.draw(st.sampled_from([None] * 6 + [now] * 12 + [now + 1, 0]))

    def _write(self, scope: Scope, changes: tuple[Change, ...]) -> None:
        asked = ChangeSet(f"set-{len(self.asked)}", changes, "for a reason" if len(changes) > 2 else None)
        self.asked.append((scope, asked))
        self._apply(scope, asked)

    def _apply(self, scope: Scope, asked: ChangeSet) -> None:
        checked = self._everywhere(lambda store: store.check(scope, asked))
        told = self._everywhere(lambda store: store.apply(scope, asked))
        assert checked == told
        self._compare(told, asked.id, lambda at: self.plain.apply(scope, asked, at))

    def _compare(self, told: tuple[str, Any], id: str, plainly: Callable[[datetime], Done]) -> None:
        """What the stores did is what the plain one does at the time they wrote down."""
        at, logs = self.clock.now, self.plain.logs
        if told[0] == "Applied" and told[1].sequences and id not in self.plain.done:
            at = self._everywhere(lambda store: _time_of(store, id))[1]
            latest = max((lines[-1].at for lines in logs.values()), default=at)
            assert self.clock.now <= at <= max(self.clock.now, latest)
            assert all(at >= logs[log][-1].at for log in told[1].sequences if log in logs)
            self.moments.append(at)
        said, expected = _as_said(told), _plainly(plainly, at)
        assert said == expected, (said, expected)

    def _everywhere(self, ask: Callable[[GraphStore], Awaitable[Any]]) -> tuple[str, Any]:
        """What every store answers: the name of the answer or of the error, and what it says."""
        first, *others = [self.runner.run(_outcome(ask, store)) for store in self.stores]
        assert all(other == first for other in others), (first, others)
        return first

    async def _history(self, store: GraphStore, key: Key, page: int) -> list[LogEntry]:
        found = list(await store.history(EVERYTHING, *key, limit=page))
        while found[-1].prior:
            found += await store.history(EVERYTHING, *key, start=found[-1].prior, limit=page)
        return _unsealed(found)

    def _logs_are_equal(self) -> None:
        """At the end: every entry of every log, and the chains hold."""
        for log, lines in self.plain.logs.items():
            entries = self._everywhere(lambda store, log=log: _whole(store, log))[1]
            assert [entry.sequence for entry in entries] == list(range(1, len(lines) + 1))
            told = [
                (
                    e.at,
                    e.actor,
                    e.change_set,
                    (e.kind, e.id),
                    e.before,
                    e.after,
                    e.revision,
                    _reason(e),
                    e.erased,
                )
                for e in entries
            ]
            # Within a change set the plain one knows no order.
            assert sorted(told, key=_place) == sorted(map(astuple, lines), key=_place)
            assert [row[2] for row in told] == [line.change_set for line in lines]
            whole = self._everywhere(lambda store, log=log: _first_bad(store, log))
            assert whole[1] is None


async def _outcome(ask: Callable[[GraphStore], Awaitable[Any]], store: GraphStore) -> tuple[str, Any]:
    try:
        answer = await ask(store)
    except InvalidInput as refused:
        return "InvalidInput", refused.faults
    except ChangedSince as since:
        return "ChangedSince", (since.keys, _unsealed(since.later), since.faults)
    except StaleRevision as stale:
        return "StaleRevision", ((stale.kind, stale.id), stale.expected, stale.current)
    except NotFound as missing:
        return "NotFound", ((missing.kind, missing.id),)
    except GraphsvcError as error:
        return type(error).__name__, str(error)
    return type(answer).__name__, answer


async def _state(store: GraphStore) -> tuple[Any, ...]:
    """All that stands in a store now, asked for at once."""

    async def of(account: str) -> tuple[Any, ...]:
        records = _outcome(lambda its: its.records(EVERYTHING, account), store)
        return account, *await asyncio.gather(records, _outcome(lambda its: _graph(its, account), store))

    heads, firm, accounts = await asyncio.gather(
        store.heads(EVERYTHING),
        asyncio.gather(*(store.find(EVERYTHING, kind) for kind in FIRM_KINDS)),
        asyncio.gather(*(of(account) for account in ACCOUNTS)),
    )
    return {head.account: (head.sequence, head.at) for head in heads}, list(chain(*firm)), accounts


async def _graph(store: GraphStore, account: str, moment: datetime | None = None) -> dict[str, Any]:
    return tables(await store.account_graph(EVERYTHING, account, moment))


async def _whole(store: GraphStore, log: str) -> list[LogEntry]:
    return _unsealed(await store.log(EVERYTHING, log, limit=10_000))


async def _time_of(store: GraphStore, change_set: str) -> datetime:
    return (await store.changes(EVERYTHING, change_set))[0].at


async def _first_bad(store: GraphStore, log: str) -> int | None:
    return (await verify(store, EVERYTHING, log)).first_bad


def _unsealed(entries: Sequence[LogEntry]) -> list[LogEntry]:
    """Entries without what is each store's own: salts, digests, hashes. What was erased still shows."""

    def told(salt: str | None) -> str | None:
        return None if salt is None else "salt"

    return [
        replace(e, seal=Seal(told(e.seal.salt_before), told(e.seal.salt_after), *_there(e), ""))
        for e in entries
        if e.seal is not None
    ]


def _there(entry: LogEntry) -> tuple[str | None, str | None]:
    """Whether each of its values has a digest."""
    assert entry.seal is not None
    before, after = (entry.seal.digest_before and "digest", entry.seal.digest_after and "digest")
    return before, after


def _reason(entry: LogEntry) -> str | None:
    """The reason, but for that of an erasure: it holds what is left in both logs, which is the same."""
    return None if (entry.reason or "").startswith("erase contact ") else entry.reason


def _place(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[0], row[2], row[3]


def _as_said(told: tuple[str, Any]) -> tuple[str, object]:
    """An answer in the words of the plain one. A circle is only said where nothing else is wrong."""
    name, what = told
    match name:
        case "InvalidInput":
            faults = {
                (str(fault.code), fault.pointer or "") for fault in what if fault.code is not Code.CYCLE
            }
            return name, faults or {CIRCLE}
        case "NotFound" | "StaleRevision":
            return name, what[0]
        case "Applied":
            return name, _done(what)
    return name, None


def _plainly(work: Callable[[datetime], Done], at: datetime) -> tuple[str, object]:
    try:
        return "Applied", work(at)
    except No as no:
        if no.how == "InvalidInput":
            return no.how, (no.what - {CIRCLE}) or {CIRCLE}  # type: ignore[operator]
        return no.how, no.what


def _done(applied: Applied) -> Done:
    return Done(
        applied.put,
        applied.deleted,
        applied.cleared,
        applied.unchanged,
        applied.sequences,
        applied.revisions,
    )
