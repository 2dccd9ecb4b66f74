"""An erasure planned: what to put and delete, which log entries lose words, what the notices say.

Both stores fetch and write; what is erased, and how it is told, is decided here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime

import orjson

from graphsvc.stores.chain import Remains, Sealed, as_sealed, notice, sealed
from graphsvc.stores.codec import kind_of, moment_of, moment_text
from graphsvc.stores.facts import Held, Key
from graphsvc.stores.identifiers import identifiers, mark
from graphsvc.stores.plan import Plan
from models.anonymous import ERASED_NAME, erased, is_about
from models.changes import Change, CheckedBody, Delete, LogEntry, LogHead, Put
from models.enums import EdgeKind, NodeKind
from models.erasures import Erasing, Erasure, Mention
from models.imports import ImportState
from models.names import SHORTEST_WORD, naming_file
from models.records import Body
from models.values import changed


@dataclass(slots=True)
class Strike:
    """The logs an erasure goes through, page by page, and what it finds.

    `struck` are entries as they are to stand. `reaching` are ties that reach into other accounts, with the
    change sets that wrote them: their values lie in other logs. `origin` is the hash of the first entry.
    """

    people: frozenset[str]
    also: frozenset[Key]
    struck: list[LogEntry] = field(default_factory=list)
    remains: dict[str, Remains] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    reaching: set[Key] = field(default_factory=set)
    change_sets: dict[str, None] = field(default_factory=dict)
    identifiers: dict[str, None] = field(default_factory=dict)
    words: dict[str, None] = field(default_factory=dict)
    origin: str = ""

    def follow(self, entries: Iterable[LogEntry], own: bool) -> None:
        """Go through the next entries of a log, the person's own or another. O(bytes)."""
        for entry in entries:
            if own and entry.sequence == 1 and entry.seal is not None:
                self.origin = entry.seal.hash
            if own and isinstance(entry.kind, EdgeKind) and entry.before is None and entry.after is None:
                self.reaching.add((entry.kind, entry.id))
                self.change_sets[entry.change_set] = None
            key = (entry.kind, entry.id)
            now = self.left_of(entry) if own or key in self.reaching or key in self.also else entry
            if now is not entry:
                self.struck.append(now)
                self.reached.add(entry.account)
            self.remains.setdefault(entry.account, Remains()).follow(now)
            if own and entry.kind is NodeKind.CONTACT and entry.id in self.people:
                for body in (entry.before, entry.after):
                    self.know(body)

    def know(self, body: Body | None) -> None:
        """Note what the person is known by."""
        if body is None:
            return
        for _, identifier in identifiers(body):
            self.identifiers[identifier] = None
        said = [body["name"], body.get("latin_name"), *body.get("external_ids", {}).values()]
        said += [channel["value"] for channel in body.get("channels", ())]
        for word in said:
            if word and word != ERASED_NAME and len(word) >= SHORTEST_WORD:
                self.words[word] = None

    def left_of(self, entry: LogEntry) -> LogEntry:
        """An entry without the words that go; the same one if none do."""
        before, after = (self._left(entry, body) for body in (entry.before, entry.after))
        if (before, after) == (entry.before, entry.after):
            return entry
        seal = entry.seal
        if seal is not None:
            salt_before = seal.salt_before if before == entry.before else None
            salt_after = seal.salt_after if after == entry.after else None
            seal = changed(seal, salt_before=salt_before, salt_after=salt_after)
        return changed(entry, before=before, after=after, seal=seal)

    def _left(self, entry: LogEntry, body: Body | None) -> Body | None:
        return None if body is None else erased(entry.kind, body, self.people, self.also)

    def changes(self, held: Iterable[Held]) -> Iterator[Change]:
        """What is to be done to the records as they stand: dossiers go, the others lose their words."""
        for row in held:
            stored = row.stored
            if stored.kind is NodeKind.DOSSIER and is_about(stored.kind, stored.body, self.people):
                yield Delete(stored.kind, stored.id, stored.revision)
                continue
            left = erased(stored.kind, stored.body, self.people, self.also)
            if left != stored.body:
                yield Put(stored.kind, CheckedBody(left), stored.revision)


@dataclass(frozen=True, slots=True)
class Written:
    """What is to be written of an erasure beside the records of `plan`: its entries, the erasure itself."""

    plan: Plan
    rows: tuple[Sealed, ...]
    digest: str
    erasure: Erasure


def written(
    asked: Erasing,
    actor: str,
    log: str,
    strike: Strike,
    made: Plan,
    heads: Mapping[str, LogHead],
    revision: int,
    now: datetime,
    key: str,
) -> Written:
    """The log of an erasure: the entries of its plan without the words that go, then a notice in each log.

    `heads` of every log the strike reached; `revision` is the contact's before. O(bytes).
    """
    heads = {**heads, **made.heads}
    at = made.entries[0].at if made.entries else max([now, *(head.at for head in heads.values() if head.at)])
    _take_up(strike, made.entries)
    logs = sorted({log, *strike.reached})
    digests = {name: strike.remains.setdefault(name, Remains()).digest() for name in logs}
    reason = notice(asked.contact, digests)
    ends = {name: made.applied.sequences.get(name, heads[name].sequence) + 1 for name in logs}
    revision = made.applied.revisions.get((NodeKind.CONTACT, asked.contact), revision)
    about = (actor, asked.id, NodeKind.CONTACT, asked.contact, None, None, revision)
    notices = [LogEntry(name, ends[name], at, *about) for name in logs]
    entries = [
        changed(entry, reason=reason, request_id=asked.request_id) for entry in (*made.entries, *notices)
    ]
    rows = tuple(
        as_sealed(strike.left_of(changed(row.entry, seal=row.seal))) for row in sealed(entries, heads)
    )
    counts = {name: made.applied.entries.get(name, 0) + (name in logs) for name in (*made.heads, *logs)}
    applied = replace(
        made.applied,
        change_set=asked.id,
        sequences=dict(sorted({**made.applied.sequences, **ends}.items())),
        entries=dict(sorted(counts.items())),
    )
    plan = replace(made, applied=applied)
    return Written(plan, rows, digest_of(asked, actor), _told(asked, actor, log, at, strike, plan, key))


def _take_up(strike: Strike, entries: Iterable[LogEntry]) -> None:
    """Count what is left of the erasure's own entries among what is left in their logs."""
    for entry in entries:
        left = strike.left_of(entry)
        if left is not entry:
            before = None if left.before == entry.before else left.before
            after = None if left.after == entry.after else left.after
            strike.remains.setdefault(entry.account, Remains()).add(entry.sequence, before, after)
            strike.reached.add(entry.account)


def _told(
    asked: Erasing, actor: str, log: str, at: datetime, strike: Strike, plan: Plan, key: str
) -> Erasure:
    marks = {mark(key, identifier) for identifier in strike.identifiers} | set(asked.marks)
    return Erasure(
        asked.id,
        at,
        actor,
        log,
        asked.contact,
        tuple(sorted(strike.people)),
        asked.reason,
        asked.also,
        plan.applied.put,
        sum(held.stored.kind is NodeKind.DOSSIER for held in plan.deleted_nodes),
        len(strike.struck),
        asked.mentions,
        asked.reasons,
        asked.saved_views,
        strike.origin,
        tuple(sorted(marks)),
        asked.request_id,
    )


def digest_of(asked: Erasing, actor: str) -> str:
    """SHA-256 of who asks and what for, as of any change set."""
    told = [actor, "erase", asked.contact, sorted(asked.also), asked.reason]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


def file_names_erased(state: ImportState, words: Collection[str]) -> ImportState:
    """An import without the names of files that name the person."""
    says = naming_file(words)
    files = (ERASED_NAME if says(name) else name for name in state.files)
    return replace(state, files=tuple(files))


def erasure_text(erasure: Erasure) -> str:
    """An erasure as JSON, without its marks."""
    told = {name: getattr(erasure, name) for name in Erasure.__slots__ if name != "marks"}
    mentions = [astuple(mention) for mention in erasure.mentions]
    return orjson.dumps({**told, "at": moment_text(erasure.at), "mentions": mentions}).decode()


def erasure_of(text: str, marks: Iterable[str]) -> Erasure:
    """The erasure that `erasure_text` wrote, with its marks."""
    told = orjson.loads(text)
    also = tuple((kind_of(kind), id_) for kind, id_ in told["also"])
    mentions = tuple(Mention(kind_of(m[0]), m[1], m[2], tuple(m[3])) for m in told["mentions"])
    lists = {name: tuple(told.get(name, ())) for name in ("people", "reasons", "saved_views")}
    more = {"at": moment_of(told["at"]), "also": also, "mentions": mentions}
    return Erasure(**{**told, **lists, **more}, marks=tuple(sorted(marks)))
