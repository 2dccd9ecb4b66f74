"""The rules of writing, once for both stores: what a change set needs to know, and what it comes to.

An adapter makes a `Draft`, asks `needs` and fetches until nothing is needed, then writes what `plan` says,
all inside one transaction. So both stores write the same and refuse the same, in the same words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graphsvc.errors import ChangedSince
from graphsvc.stores import rules_of_edges, rules_of_records
from graphsvc.stores.deleting import fallout, still_referred
from graphsvc.stores.draft import ONLY_ONES, Draft, Writing, account_within, named, without
from graphsvc.stores.facts import ExternalKey, Facts, Held, Key, Needs, Stub
from graphsvc.stores.state import State
from models.changes import Applied, LogEntry, LogHead, Stored
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Fault, InvalidInput
from models.kinds import FIRM, NODE_SPECS
from models.records import Body
from models.values import changed, value


@value
class Row:
    """A record as it will stand. `mentions`: what it refers to, but for its account; None = as before."""

    held: Held
    before: Held | None
    mentions: tuple[Key, ...] | None

    @property
    def key(self) -> Key:
        """Which record it is."""
        return self.held.key

    def refers_to(self) -> tuple[Key, ...]:
        """What the record refers to, but for its account."""
        return named(self.held.stored.kind, self.held.stored.body)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change set comes to; without `entries` there is nothing to write.

    Edges are to be deleted before, nodes after the upserts: an edge may move away from a node that goes.
    Ids in other systems are released before they are taken. `heads`: the logs before the entries.
    """

    upserts: tuple[Row, ...]
    deleted_edges: tuple[Held, ...]
    deleted_nodes: tuple[Held, ...]
    entries: tuple[LogEntry, ...]
    heads: Mapping[str, LogHead]
    stubs: tuple[Stub, ...]
    released: tuple[ExternalKey, ...]
    taken: dict[ExternalKey, str]
    applied: Applied


def facts_before(draft: Draft) -> Facts:
    """What is known before anything was fetched: of a change set that is `new_in`, that nothing is there."""
    return Facts(dict.fromkeys(draft.writings)) if draft.change_set.new_in else Facts()


def needs(draft: Draft, facts: Facts) -> Needs:
    """What must still be fetched before `plan` can be called. Empty after a few rounds. O(changes)."""
    if draft.change_set.new_in is not None:
        return _needs_of_new(draft, facts, draft.change_set.new_in)
    if facts.heads:
        return Needs()  # they are asked for last
    if not (draft.keys <= facts.records.keys() and draft.external_ids <= facts.external.keys()):
        return Needs(
            records=tuple(key for key in draft.keys if key not in facts.records),
            external=tuple(key for key in draft.external_ids if key not in facts.external),
        )
    found = fallout(draft, facts)
    changed = draft.changed(facts)
    contacts = changed.get(NodeKind.CONTACT, ())
    second = Needs(
        records=tuple(dict.fromkeys([*found.records, *_holders(facts)])),
        stubs=_without_stubs(changed, facts),
        touching=tuple(dict.fromkeys([*found.touching, *_only_ones(changed, facts)])),
        lines=_line_ends(changed.get(EdgeKind.REPORTS_TO, ()), facts),
        owners=_owned_ends(changed.get(EdgeKind.CHANNEL, ()), facts),
        departments=_trees(changed.get(NodeKind.DEPARTMENT, ()), facts),
        erasures=facts.erasures is None and bool(contacts),
    )
    if second:
        return second
    if third := _identifiers(contacts, facts):
        return third
    logs = {account_within(kind, w.body) or FIRM for kind in NODE_SPECS for w in changed.get(kind, ())}
    there = [held for held in facts.records.values() if held]
    logs |= {held.stored.account or FIRM for held in there}
    logs |= {held.other for held in there if held.other}
    return Needs(sequences=tuple(sorted(logs - facts.heads.keys())))


def _needs_of_new(draft: Draft, facts: Facts, log: str) -> Needs:
    """Where the log ends, and who of the people was erased since they were rehearsed, elsewhere."""
    contacts = draft.of_kind.get(NodeKind.CONTACT, ())
    if log not in facts.heads:
        return Needs(sequences=(log,), erasures=bool(contacts))
    return _identifiers(contacts, facts)


def _identifiers(contacts: Iterable[Writing], facts: Facts) -> Needs:
    """What people are to be known by, of which it is not known whether somebody erased was."""
    if not facts.erasures:
        return Needs()
    known = (it for w in contacts for _, it in rules_of_records.new_identifiers(w, facts))
    return Needs(identifiers=tuple(it for it in dict.fromkeys(known) if it not in facts.erased))


def _holders(facts: Facts) -> Iterable[Key]:
    """Who has the ids in other systems that are asked for: a fault names them if they lie in the scope."""
    holders = ((kind, id_) for (kind, _, _), id_ in facts.external.items() if id_ is not None)
    return (key for key in holders if key not in facts.records)


def _without_stubs(changed: Mapping[Kind, Sequence[Writing]], facts: Facts) -> tuple[Key, ...]:
    """The new records, of which it is not known yet whether one of that id was deleted."""
    keys = (writing.key for writings in changed.values() for writing in writings)
    return tuple(key for key in keys if facts.records[key] is None and key not in facts.stubs)


def _only_ones(changed: Mapping[Kind, Sequence[Writing]], facts: Facts) -> Iterable[Key]:
    """What changed records want to be the only ones to refer to."""
    wanted = (writing.only_one_of() for kind in ONLY_ONES for writing in changed.get(kind, ()))
    return (key for key in wanted if key is not None and key not in facts.touching)


def _line_ends(changed: Iterable[Writing], facts: Facts) -> tuple[str, ...]:
    """The stored contacts at both ends of changed solid lines: what is above a new contact is in the set."""
    ends = dict.fromkeys(
        end for w in changed if w.ends and rules_of_edges.is_solid(w.kind, w.body) for end in w.ends
    )
    return tuple(id_ for kind, id_ in ends if facts.records[kind, id_] and id_ not in facts.lines_asked)


def _owned_ends(changed: Iterable[Writing], facts: Facts) -> tuple[str, ...]:
    """The stored accounts that others come to own: whom those own decides whether a circle is closed."""
    ends = dict.fromkeys(w.ends[1] for w in changed if w.ends and rules_of_edges.is_owned(w.kind, w.body))
    return tuple(id_ for kind, id_ in ends if facts.records[kind, id_] and id_ not in facts.owners_asked)


def _trees(changed: Iterable[Writing], facts: Facts) -> tuple[str, ...]:
    accounts = dict.fromkeys(w.body["account_id"] for w in changed if w.body.get("parent_id"))
    return tuple(account for account in accounts if account not in facts.parents)


def plan(draft: Draft, facts: Facts, now: datetime, logged: bool = True) -> Plan:
    """What to write for a change set, all rules checked that can have changed. O(changes + facts).

    What is not to be written needs neither entries of the log nor what its rows refer to: then not `logged`.
    Raises InvalidInput with every fault found, NotFound, StaleRevision.
    """
    _refuse(rules_of_records.twice(draft))
    state = State(draft, facts, fallout(draft, facts))
    if draft.change_set.new_in is not None:
        _refuse(rules_of_records.erased_people(state))
    else:
        _check(state)
    # A log's times never go back, whatever the clocks of several services say.
    times = (head.at for head in facts.heads.values() if head.at is not None)
    return _Planner(state, max([now, *times]), logged).plan()


def _check(state: State) -> None:
    draft, facts = state.draft, state.facts
    if draft.change_set.exact:
        _exact(state)
    else:
        rules_of_records.check_revisions(draft, facts)
    _refuse(
        [
            *rules_of_records.belonging(state),
            *rules_of_records.mentioned(state),
            *rules_of_records.one_each(state),
            *rules_of_records.external_ids(state),
            *rules_of_records.objections(state),
            *rules_of_records.erased_people(state),
            *rules_of_edges.ends(state),
            *rules_of_edges.reporting(state),
            *rules_of_edges.ownership(state),
            *rules_of_edges.department_circles(state),
            *still_referred(draft, facts, state.fallout),
        ]
    )


def _exact(state: State) -> None:
    """Raises ChangedSince if a record is not as expected, or if others than the named ones would change."""
    draft, facts, found = state.draft, state.facts, state.fallout
    expected = {key: writing.expected for key, writing in draft.writings.items()}
    expected |= {key: change.expected for key, (_, change) in draft.deletions.items()}
    stale = []
    for key, revision in expected.items():
        held, stub = state.held(key), facts.stubs.get(key)
        now = held.stored.revision if held else stub.revision if stub else 0
        if revision != now or (held is None and key in draft.deletions):
            stale.append(key)
    spread = [key for key in (*found.gone, *found.cleared) if key not in draft.deletions]
    spread += [holder for holders in found.refused.values() for holder in holders]
    if stale or spread:
        raise ChangedSince(tuple(dict.fromkeys([*stale, *spread])))


def _refuse(faults: Iterable[Fault]) -> None:
    found = sorted(faults, key=_index_of)
    if found:
        raise InvalidInput(*found)


def _index_of(fault: Fault) -> int:
    """The change a fault belongs to: its pointer is /changes/{index}/…"""
    return int((fault.pointer or "/changes/0").split("/")[2])


class _Planner:
    """Collects rows and log entries in the order of the changes, what they cause right after them."""

    def __init__(self, state: State, now: datetime, logged: bool) -> None:
        self.state = state
        self.now = now
        self.logged = logged
        self.actor = state.draft.scope.actor
        self.change_set = state.draft.change_set
        self.upserts: list[Row] = []
        self.deletes: list[Held] = []
        self.entries: list[LogEntry] = []
        self.stubs: list[Stub] = []
        self.sequences: dict[str, int] = {}
        self.reached = Counter[str]()
        self.revisions: dict[Key, int] = {}
        self.unchanged = 0

    def plan(self) -> Plan:
        writings, found = self.state.draft.writings.values(), self.state.fallout
        if not found.gone:
            for writing in writings:
                self._put(writing)
            return self._done()
        cleared_by: dict[int, list[Key]] = {}
        for holder, lost in found.cleared.items():
            cleared_by.setdefault(min(found.gone[key] for key in lost), []).append(holder)
        gone_by: dict[int, list[Key]] = {}
        for key, index in found.gone.items():
            gone_by.setdefault(index, []).append(key)
        writing_at = {writing.index: writing for writing in writings}
        for index in range(len(self.change_set.changes)):
            if index in writing_at:
                self._put(writing_at[index])
            for key in gone_by.get(index, ()):
                self._delete(key)
            for key in cleared_by.get(index, ()):
                self._clear(key)
        return self._done()

    def _put(self, writing: Writing) -> None:
        held = self.state.facts.records[writing.key]
        body = writing.body_over(held)
        if held is not None and held.stored.body == body:
            self.unchanged += 1
            self.revisions[writing.key] = held.stored.revision
            return
        account, other = self.state.owners(writing)
        self._write(writing.key, body, held, account, other)

    def _clear(self, key: Key) -> None:
        held = self.state.facts.records[key]
        assert held is not None
        body = without(held.stored.body, key[0], self.state.fallout.cleared[key])
        self._write(key, body, held, held.stored.account, held.other)

    def _write(self, key: Key, body: Body, held: Held | None, account: str | None, other: str | None) -> None:
        kind, log = key[0], account or FIRM
        before = held.stored if held else None
        stub = None if before else self.state.facts.stubs.get(key)
        last = before.revision if before else stub.revision if stub else 0
        created = before.created_at if before else self.now
        stored = Stored(kind, body, account, last + 1, created, self.now)
        sequence = self._next(log)
        mentions = None
        if self.logged:
            mentions = named(kind, body)
            if before is not None and mentions == named(kind, before.body):
                mentions = None
            prior = held.sequence if held else stub.sequence if stub and stub.log == log else 0
            self._entry(log, sequence, stored, before.body if before else None, body, prior)
        self.upserts.append(Row(Held(stored, other, sequence), held, mentions))
        self.revisions[key] = stored.revision
        self._tell_others(stored, other, held.other if held else None)

    def _delete(self, key: Key) -> None:
        held = self.state.facts.records[key]
        assert held is not None
        self.deletes.append(held)
        last = changed(held.stored, revision=held.stored.revision + 1)
        log = last.account or FIRM
        sequence = self._next(log)
        self.stubs.append(Stub(key, log, sequence, last.revision))
        if self.logged:
            self._entry(log, sequence, last, held.stored.body, None, held.sequence)
        self._tell_others(last, held.other, held.other)

    def _tell_others(self, stored: Stored, now: str | None, before: str | None) -> None:
        """An entry without values for each other account that a tie reaches into, or did."""
        if now or before:
            for other in sorted({log for log in (now, before) if log}):
                sequence = self._next(other)
                if self.logged:
                    self._entry(other, sequence, stored, None, None, 0)

    def _next(self, log: str) -> int:
        """The sequence of the next entry of a log, which counts as made."""
        last = self.sequences.get(log) or self.state.facts.heads[log].sequence
        self.sequences[log] = last + 1
        self.reached[log] += 1
        return last + 1

    def _entry(
        self, log: str, sequence: int, stored: Stored, before: Body | None, after: Body | None, prior: int
    ) -> None:
        self.entries.append(
            LogEntry(
                log,
                sequence,
                self.now,
                self.actor,
                self.change_set.id,
                stored.kind,
                stored.id,
                before,
                after,
                stored.revision,
                self.change_set.reason,
                self.change_set.request_id,
                prior,
            )
        )

    def _done(self) -> Plan:
        cleared = len(self.state.fallout.cleared)
        applied = Applied(
            change_set=self.change_set.id,
            put=len(self.upserts) - cleared,
            deleted=len(self.deletes),
            unchanged=self.unchanged,
            sequences=dict(sorted(self.sequences.items())),
            revisions=self.revisions,
            cleared=cleared,
            entries=dict(sorted(self.reached.items())),
        )
        released, taken = self._external_ids()
        return Plan(
            upserts=tuple(self.upserts),
            deleted_edges=tuple(held for held in self.deletes if isinstance(held.stored.kind, EdgeKind)),
            deleted_nodes=tuple(held for held in self.deletes if isinstance(held.stored.kind, NodeKind)),
            entries=tuple(self.entries),
            heads={log: self.state.facts.heads[log] for log in self.sequences},
            stubs=tuple(self.stubs),
            released=released,
            taken=taken,
            applied=applied,
        )

    def _external_ids(self) -> tuple[tuple[ExternalKey, ...], dict[ExternalKey, str]]:
        """Ids in other systems that become free, and those that are taken: released first, then taken."""
        taken = {
            external: row.held.stored.id
            for row in self.upserts
            for external in external_ids(row.key[0], row.held.stored.body)
        }
        before = [*(row.before for row in self.upserts if row.before), *self.deletes]
        released = {
            external for held in before for external in external_ids(held.stored.kind, held.stored.body)
        }
        kept = {
            external
            for external in released & taken.keys()
            if self.state.facts.external.get(external) == taken[external]
        }
        return tuple(sorted(released - kept)), {k: id_ for k, id_ in sorted(taken.items()) if k not in kept}


def external_ids(kind: Kind, body: Body) -> Iterable[ExternalKey]:
    """The ids in other systems of a record."""
    if isinstance(kind, EdgeKind):
        return ()
    return ((kind, system, value) for system, value in body.get("external_ids", {}).items())
