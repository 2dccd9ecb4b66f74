"""A change set made ready for planning: bodies, ends and references laid out once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, KeysView, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import groupby
from typing import Any

import orjson

from graphsvc.stores.chain import salted
from graphsvc.stores.codec import body_text
from graphsvc.stores.facts import ExternalKey, Facts, Held, Key
from graphsvc.stores.port import Scope
from models.changes import ChangeSet, Delete, Put
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code, Fault, InvalidInput
from models.fields import OnDelete
from models.kinds import EDGE_SPECS, KINDS, NODE_SPECS, EdgeSpec, Reference, Spec, references
from models.privacy import RESTRICTED
from models.records import Body, account_of
from models.values import value

OWN_ACCOUNT = ("account_id",)
"""The path of the reference that says whose a record is."""
_NAMES: dict[Kind, bytes] = {kind: kind.encode() for kind in KINDS}
ONLY_ONES: dict[Kind, str] = {kind: spec.one_per for kind, spec in NODE_SPECS.items() if spec.one_per}


@value
class Mention:
    """A reference as it stands in a body: where in it, what it names, what a deletion of that does."""

    pointer: str
    key: Key
    on_delete: OnDelete


@dataclass(slots=True, eq=False)
class Writing:
    """A put of a change set: its place, its body and everything the body names.

    `keeps`: it says nothing of an objection to profiling, so one that is noted stays.
    """

    index: int
    key: Key
    body: Body
    expected: int | None
    ends: tuple[Key, Key] | None
    keeps: bool = False
    _mentions: tuple[Mention, ...] | None = field(default=None, init=False, repr=False)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The references in the body, looked for when they are first asked for: not all writes ask."""
        if self._mentions is None:
            self._mentions = tuple(mentions(self.kind, self.body))
        return self._mentions

    @property
    def kind(self) -> Kind:
        """The kind of the record that is written."""
        return self.key[0]

    def at(self, pointer: str) -> str:
        """The pointer into the change set of a place in the body ("/target_id")."""
        return f"/changes/{self.index}{pointer}"

    def external_ids(self) -> Iterator[ExternalKey]:
        """The ids in other systems the record is to have."""
        if isinstance(self.kind, NodeKind):
            for system, value in self.body.get("external_ids", {}).items():
                yield (self.kind, system, value)

    def only_one_of(self) -> Key | None:
        """What a record is the only one of its kind to refer to, if its kind is so (a contact's dossier)."""
        if self.kind not in ONLY_ONES:
            return None
        name = f"/{ONLY_ONES[self.kind]}"
        return next((mention.key for mention in self.mentions if mention.pointer == name), None)

    def changes(self, facts: Facts) -> bool:
        """Whether the body differs from what the store has."""
        held = facts.records[self.key]
        return held is None or held.stored.body != self.body_over(held)

    def body_over(self, held: Held | None) -> Body:
        """The body as it will stand over what the store has."""
        if not self.keeps or held is None:
            return self.body
        return {**self.body, RESTRICTED: held.stored.body.get(RESTRICTED, False)}


@dataclass(frozen=True, slots=True)
class Run:
    """Writings of a kind that follow each other, the first at `place`. `bodies`: canonical JSON of them all.

    Edges of a kind that may begin at several are one run only as long as they begin at the same.
    """

    spec: Spec
    place: int
    writings: Sequence[Writing]
    bodies: str

    @property
    def kind(self) -> Kind:
        """The kind of the records."""
        return self.spec.kind

    @property
    def part(self) -> slice:
        """Which writings of the change set they are."""
        return slice(self.place, self.place + len(self.writings))


def _spec(writing: Writing) -> Spec:
    """The row of a record's kind; of an edge that may begin at several kinds, as beginning at its own."""
    kind = writing.key[0]
    if not isinstance(kind, EdgeKind):
        return NODE_SPECS[kind]
    spec: EdgeSpec = EDGE_SPECS[kind]
    return spec.beginning_at(spec.source_of(writing.body)) if spec.more_sources else spec


class Draft:
    """A change set by the one who asks for it. O(changes) to make, used for every attempt to apply it."""

    def __init__(self, change_set: ChangeSet, scope: Scope) -> None:
        self.change_set = change_set
        self.scope = scope
        self.writings: dict[Key, Writing] = {}
        self.of_kind: dict[Kind, list[Writing]] = {}
        self.deletions: dict[Key, tuple[int, Delete]] = {}
        self.twice: list[tuple[int, Key]] = []
        for index, change in enumerate(change_set.changes):
            key = (change.kind, change.record.id if isinstance(change, Put) else change.id)
            if key in self.writings or key in self.deletions:
                self.twice.append((index, key))
            elif isinstance(change, Put):
                self.writings[key] = writing = _writing(index, key, change)
                self.of_kind.setdefault(change.kind, []).append(writing)
            else:
                self.deletions[key] = (index, change)

    @cached_property
    def keys(self) -> KeysView[Key]:
        """Every record the change set names, each once: what it changes, ends and references."""
        found: dict[Key, None] = {}
        for key, writing in self.writings.items():
            found[key] = None
            if writing.ends:
                source, target = writing.ends
                found[source] = found[target] = None
            for mention in writing.mentions:
                found[mention.key] = None
        return {**found, **dict.fromkeys(self.deletions)}.keys()

    @cached_property
    def external_ids(self) -> KeysView[ExternalKey]:
        """Every id in another system that records of the change set are to have, each once."""
        return dict.fromkeys(
            key for writing in self.of_kinds(NODE_SPECS) for key in writing.external_ids()
        ).keys()

    def of_kinds(self, kinds: Iterable[Kind]) -> Iterator[Writing]:
        """The writings of some kinds."""
        return (writing for kind in kinds for writing in self.of_kind.get(kind, ()))

    def changed(self, facts: Facts) -> dict[Kind, list[Writing]]:
        """The writings that differ from what the store has, by kind. O(changes) the first time."""
        if facts.changed is None:
            facts.changed = {
                kind: [writing for writing in writings if writing.changes(facts)]
                for kind, writings in self.of_kind.items()
            }
        return facts.changed

    @cached_property
    def digest(self) -> str:
        """SHA-256 of who asks and what for: the same change set sent again has the same one."""
        told = [orjson.dumps(said) for said in (self.scope.actor, self.change_set.reason)]
        each = zip(self.writings.values(), self.texts, strict=True)
        told += [
            b'[%d,"%b",%b,%b]' % (w.index, _NAMES[w.key[0]], _json_of(w.expected), text) for w, text in each
        ]
        told += [orjson.dumps([index, d.kind, d.expected, d.id]) for index, d in self.deletions.values()]
        return hashlib.sha256(b"[%b]" % b",".join(told)).hexdigest()

    def with_digest(self) -> Draft:
        """The same, its digest made."""
        assert self.digest
        return self

    @cached_property
    def texts(self) -> list[bytes]:
        """The bodies of the writings as canonical JSON."""
        return [body_text(w.body).encode() for w in self.writings.values()]

    @cached_property
    def salted(self) -> list[tuple[str, str]]:
        """For the bodies of the writings, new salts and the digests the log will have of them."""
        return salted(self.texts)

    @cached_property
    def runs(self) -> list[Run]:
        """The writings in runs of a kind, as they follow each other."""
        place, runs = 0, []
        for spec, group in groupby(self.writings.values(), key=_spec):
            writings = list(group)
            part = slice(place, place + len(writings))
            runs.append(Run(spec, place, writings, (b"[%b]" % b",".join(self.texts[part])).decode()))
            place = part.stop
        return runs

    def check_sent_again(self, digest: str) -> None:
        """Whether the change set is the one its id stands for, by the digest kept of that.

        Raises InvalidInput, also if the digest went because somebody was erased.
        """
        if digest != self.digest:
            code = Code.REUSED if digest else Code.ERASED_SINCE
            raise InvalidInput(Fault(code, {"id": self.change_set.id}, "/id"))


def _json_of(number: int | None) -> bytes:
    return b"null" if number is None else b"%d" % number


def _writing(index: int, key: Key, put: Put) -> Writing:
    body = put.body
    ends = None
    if isinstance(put.kind, EdgeKind):
        ends = EDGE_SPECS[put.kind].ends(body)
    keeps = put.kind is NodeKind.CONTACT and not put.says(RESTRICTED)
    if keeps:
        body = {**body, RESTRICTED: False}
    return Writing(index, key, body, put.expected, ends, keeps)


def mentions(kind: Kind, body: Body) -> Iterator[Mention]:
    """The references in a record's body, each with its place."""
    if _fields_of_references(kind).isdisjoint(body):
        return  # as of most rows of an import
    for reference in references(kind):
        if body.get(reference.path[0]):
            for pointer, id_ in _places(body, reference.path, ""):
                yield Mention(pointer, (reference.kind, id_), reference.on_delete)


@cache
def _fields_of_references(kind: Kind) -> frozenset[str]:
    """The fields of a body that references of its kind begin in."""
    return frozenset(reference.path[0] for reference in references(kind))


def _places(value: Any, path: tuple[str, ...], pointer: str) -> Iterator[tuple[str, str]]:
    if not value:
        return
    if not path:
        yield pointer, value
    elif path[0] == "*":
        for place, item in enumerate(value):
            yield from _places(item, path[1:], f"{pointer}/{place}")
    else:
        yield from _places(value.get(path[0]), path[1:], f"{pointer}/{path[0]}")


def named(kind: Kind, body: Body) -> tuple[Key, ...]:
    """The records a body refers to, each once, but for the account it belongs to (kept beside the record)."""
    if _fields_of_references(kind).isdisjoint(body):
        return ()
    found: dict[Key, None] = {}
    for first, reference in _others(kind):
        if body.get(first):
            for _, id_ in _places(body, reference.path, ""):
                found[reference.kind, id_] = None
    return tuple(found)


@cache
def _others(kind: Kind) -> tuple[tuple[str, Reference], ...]:
    """The references of a kind but for that to its account, each with the field of the body it begins in."""
    return tuple((r.path[0], r) for r in references(kind) if r.path != OWN_ACCOUNT)


def without(body: Body, kind: Kind, gone: set[Key]) -> Body:
    """A body whose references to `gone` records are cleared: fields left out, items of lists removed."""
    for reference in references(kind):
        if reference.on_delete is OnDelete.CLEAR:
            ids = {id_ for its, id_ in gone if its is reference.kind}
            if ids:
                body = _cleared(body, reference.path, ids)
    return body


def _cleared(value: Any, path: tuple[str, ...], ids: set[str]) -> Any:
    if value is None:
        return None
    if path[0] == "*":
        if len(path) == 1:
            return [item for item in value if item not in ids]
        return [_cleared(item, path[1:], ids) for item in value]
    if path[0] not in value:
        return value
    if len(path) == 1:
        return {name: part for name, part in value.items() if name != path[0] or part not in ids}
    return {**value, path[0]: _cleared(value[path[0]], path[1:], ids)}


def account_within(kind: Kind, body: Body) -> str | None:
    """The account a node belongs to; None for firm kinds."""
    return None if isinstance(kind, NodeKind) and NODE_SPECS[kind].firm else account_of(kind, body)
