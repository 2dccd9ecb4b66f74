"""What a merge of two people comes to: pure, from the records at hand to changes and what is to be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from graphsvc.features.merging.uniting import (
    Differing,
    both_periods,
    overlap,
    pointing_to,
    united,
    united_ids,
    united_messages,
)
from models.changes import Change, Delete, Put, Stored
from models.doubles import MergeEffect
from models.enums import EdgeKind, Kind, Line, NodeKind
from models.kinds import EDGE_SPECS, NODE_SPECS
from models.records import Body, read_record

Key = tuple[Kind, str]
_CONTACT = NodeKind.CONTACT
_OF_ITS_OWN = {EdgeKind.INFLUENCES: ("opportunity_id",), EdgeKind.BOND: ("polarity",)}
"""Fields that make two ties between the same ends two facts; so do two bases that are both known."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a record met beyond being moved; `into` is the record that took it up."""

    effect: MergeEffect
    kind: Kind
    id: str
    into: str | None = None
    differing: tuple[Differing, ...] = ()


@dataclass(frozen=True, slots=True)
class MergePlan:
    """The changes of a merge, the contact it leaves, in which fields the two differ, what moved."""

    changes: tuple[Change, ...]
    contact: Body
    differing: tuple[Differing, ...]
    notes: tuple[Note, ...]
    moved: dict[Kind, int]


@dataclass(slots=True)
class _Merge:
    """The records as they are to stand, by key; None: to be deleted."""

    old: str
    new: str
    stored: dict[Key, Stored]
    after: dict[Key, Body | None] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def now(self, key: Key) -> Body | None:
        return self.after[key] if key in self.after else self.stored[key].body

    def moved(self, stored: Stored) -> Body:
        return pointing_to(stored.kind, stored.body, self.old, self.new)

    def unite(self, kind: Kind, kept: Body, other: Body) -> None:
        """`other` goes into `kept`. Of what has a right of its own (a dossier) no value is told."""
        body, differing = united(kind, kept, other)
        if kind is EdgeKind.MESSAGES:
            body = united_messages(body, kept, other)
            differing = []
        self.after[kind, kept["id"]], self.after[kind, other["id"]] = body, None
        if kind is NodeKind.DOSSIER:
            differing = [Differing(row.field, None, None) for row in differing]
        self.notes.append(Note(MergeEffect.UNITED, kind, other["id"], kept["id"], tuple(differing)))


def merge_plan(
    survivor: Stored,
    duplicate: Stored,
    at_survivor: Iterable[Stored],
    at_duplicate: Iterable[Stored],
    prefer: Collection[str] = (),
) -> MergePlan:
    """The change set that makes two contacts one, given what hangs on each of them.

    Whatever names the duplicate names the survivor then; what would say the same twice is united. `prefer`
    are the fields in which the duplicate's value is to hold. The last change deletes the duplicate.
    O(records at both · those of one kind). Raises pydantic.ValidationError if a list grows beyond its limit.
    """
    rows = {(row.kind, row.id): row for row in (*at_survivor, *at_duplicate)}
    people = {(_CONTACT, survivor.id): survivor, (_CONTACT, duplicate.id): duplicate}
    merge = _Merge(duplicate.id, survivor.id, rows | people)
    differing = _people(merge, survivor, duplicate, frozenset(prefer))
    others = [row for row in at_duplicate if (row.kind, row.id) not in people]
    between = {(row.kind, row.id) for row in others if _self_tie(merge, row)}
    own = [row for row in at_survivor if (row.kind, row.id) not in people.keys() | between]
    for row in others:
        if isinstance(row.kind, EdgeKind):
            _tie(merge, row, own)
        else:
            _record(merge, row, own)
    moved = Counter(row.kind for row in others if merge.after.get((row.kind, row.id)) is not None)
    contact = merge.after[_CONTACT, survivor.id]
    assert contact is not None
    changes = tuple(_changes(merge, duplicate))
    return MergePlan(changes, contact, tuple(differing), tuple(merge.notes), dict(sorted(moved.items())))


def _changes(merge: _Merge, duplicate: Stored) -> Iterable[Change]:
    for key, body in merge.after.items():
        stored = merge.stored[key]
        if body is None:
            yield Delete(*key, stored.revision)
        elif body != stored.body or key == (_CONTACT, merge.new):
            yield Put(stored.kind, read_record(stored.kind, body), stored.revision)
    yield Delete(_CONTACT, duplicate.id, duplicate.revision)


def _people(merge: _Merge, survivor: Stored, duplicate: Stored, prefer: frozenset[str]) -> list[Differing]:
    """The survivor with what the duplicate knows more. An objection to profiling holds for both."""
    kept, other = survivor.body, duplicate.body
    if "name" in prefer:
        prefer |= {"latin_name"}
    body, differing = united(_CONTACT, kept, other, prefer)
    ids, renamed = united_ids(kept.get("external_ids", {}), other.get("external_ids", {}))
    body["external_ids"] = ids
    body["restricted"] = kept["restricted"] or other["restricted"]
    if "placeholder" not in prefer:
        body["placeholder"] = kept["placeholder"] and other["placeholder"]
    apart = body.get("not_same_as", [])
    body["not_same_as"] = [id_ for id_ in apart if id_ not in (merge.old, merge.new)]
    if len(body["not_same_as"]) < len(apart):
        merge.notes.append(Note(MergeEffect.TOLD_APART, _CONTACT, duplicate.id, survivor.id))
    for name in renamed:
        second = Differing(f"external_ids.{name}", ids[name], None)
        merge.notes.append(Note(MergeEffect.RENAMED_ID, _CONTACT, duplicate.id, survivor.id, (second,)))
    merge.after[_CONTACT, merge.new] = body
    settled = {"restricted", *(() if "placeholder" in prefer else ("placeholder",))}
    return [row for row in differing if row.field.partition(".")[0] not in settled | {"external_ids"}]


def _record(merge: _Merge, row: Stored, own: Sequence[Stored]) -> None:
    """A record that refers to the duplicate; if a contact has one of its kind, the survivor's takes it up."""
    assert isinstance(row.kind, NodeKind)
    only = NODE_SPECS[row.kind].one_per
    holder = next((mine for mine in own if mine.kind is row.kind), None) if only else None
    if holder is not None:
        kept = merge.now((holder.kind, holder.id))
        assert kept is not None
        merge.unite(row.kind, kept, merge.moved(row))
    else:
        merge.after[row.kind, row.id] = merge.moved(row)


def _tie(merge: _Merge, row: Stored, own: Sequence[Stored]) -> None:
    assert isinstance(row.kind, EdgeKind)
    key, body = (row.kind, row.id), merge.moved(row)
    if _self_tie(merge, row):
        merge.after[key] = None
        merge.notes.append(Note(MergeEffect.SELF_TIE, *key))
        return
    mine = [now for each in own if each.kind is row.kind and (now := merge.now((each.kind, each.id)))]
    body = _stepped_back(merge, row.kind, body, mine)
    twin = next((now for now in mine if _same_fact(row.kind, now, body)), None)
    merge.after[key] = body
    if twin is not None:
        kept, other = (body, twin) if _says_more(body, twin) else (twin, body)
        merge.unite(row.kind, kept, other)
        merge.after[row.kind, kept["id"]] = _held_on(merge.after[row.kind, kept["id"]], kept, other, mine)


def _held_on(body: Body | None, kept: Body, other: Body, mine: Sequence[Body]) -> Body:
    """A united tie holds while either did, unless a solid line then stood beside another one."""
    assert body is not None
    wider = both_periods(body, kept, other)
    if kept.get("line") != Line.SOLID:
        return wider
    beside = [now for now in mine if now["id"] not in (kept["id"], other["id"]) and now["line"] == Line.SOLID]
    alone = not any(now["source_id"] == wider["source_id"] and overlap(now, wider) for now in beside)
    return wider if alone and other["line"] == Line.SOLID else body


def _self_tie(merge: _Merge, row: Stored) -> bool:
    """Whether an edge joins the two who become one."""
    return isinstance(row.kind, EdgeKind) and set(EDGE_SPECS[row.kind].ends(row.body)) == {
        (_CONTACT, merge.old),
        (_CONTACT, merge.new),
    }


def _stepped_back(merge: _Merge, kind: EdgeKind, body: Body, mine: Sequence[Body]) -> Body:
    """The duplicate's solid line and primary job give way to the survivor's of the same time."""
    at_once = [
        now for now in mine if now["source_id"] == body["source_id"] == merge.new and overlap(now, body)
    ]
    elsewhere = [now for now in at_once if now["target_id"] != body["target_id"]]
    solid = kind is EdgeKind.REPORTS_TO and body["line"] == Line.SOLID
    if solid and any(now["line"] == Line.SOLID for now in elsewhere):
        merge.notes.append(Note(MergeEffect.DOTTED, kind, body["id"]))
        return {**body, "line": str(Line.DOTTED)}
    if kind is EdgeKind.WORKS_IN and body["primary"] and any(now["primary"] for now in elsewhere):
        merge.notes.append(Note(MergeEffect.SECOND_JOB, kind, body["id"]))
        return {**body, "primary": False}
    return body


def _same_fact(kind: EdgeKind, one: Body, other: Body) -> bool:
    """Whether two ties say the same of the same two at the same time, so that both would count twice."""
    ends, others = ((body["source_id"], body["target_id"]) for body in (one, other))
    if ends != others and not (EDGE_SPECS[kind].undirected and ends == others[::-1]):
        return False
    own = all(one.get(name) == other.get(name) for name in _OF_ITS_OWN.get(kind, ()))
    bases = {body["basis"] for body in (one, other) if body.get("basis")}
    return own and len(bases) < 2 and overlap(one, other)


def _says_more(one: Body, other: Body) -> bool:
    """A solid line holds against a dotted one, a person's estimate against a derived one."""

    def rank(body: Body) -> tuple[bool, bool]:
        return body.get("line") == Line.SOLID, bool(body.get("stated"))

    return rank(one) > rank(other)
