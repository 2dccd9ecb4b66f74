"""What reading files gives: drafts of records, each with its place, and what was noticed on the way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from uuid_utils import NAMESPACE_URL, uuid5

from graphsvc.features.imports.relations import Relation
from graphsvc.features.questions import today
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code, Fault, InvalidInput
from models.fields import Label
from models.records import Body
from models.values import value

_CELLS_OF = {
    "channels": ("email", "phone", "mobile", "wechat"),
    "count": ("weight",),
    "external_ids": ("id",),
    "parent_id": ("parent_department",),
}
"""The columns that a field of a record is made of, where they are not called like it."""
_IDS = uuid5(NAMESPACE_URL, "urn:graphsvc:import")


def stable_id(*parts: object) -> str:
    """The UUIDv5 of the parts: the same file gives the same ids again."""
    return str(uuid5(_IDS, "\0".join(map(str, parts))))


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are to be read. `today` dates what is relative; events after `until` are left out.

    With `per_row` rows that are wrong are left out and the others kept. `dossiers`: whether whoever asks has
    the right to them; without it there is no such kind. It is no part of how files are read.
    """

    today: date = field(default_factory=today)
    account: str | None = None
    relation: str | None = None
    relations: Mapping[str, Relation] = field(default_factory=dict)
    id_prefix: str = ""
    encoding: str | None = None
    levels: Literal["low-first", "high-first"] | None = None
    until: datetime | None = None
    per_row: bool = False
    dossiers: bool = field(default=True, repr=False)


@value
class Place:
    """Where a record comes from: a row of a table (with the headers of its fields) or part of a document."""

    file: str
    row: int | None = None
    pointer: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def fault(self, code: Code, name: str | None = None, /, **params: Any) -> Fault:
        """A fault of this record, in the column that holds the field `name`."""
        column = self.headers.get(name) if name else None
        return Fault(code, params, pointer=self.pointer, file=self.file, row=self.row, column=column)

    def missing(self, name: str) -> Fault:
        """The fault of a field that is empty, called as the file calls it."""
        return self.fault(Code.MISSING, name, name=self.headers.get(name, name))

    def unreadable(self, name: str, text: str, en: str, zh: str) -> InvalidInput:
        """The refusal of a cell that is not what its column holds."""
        detail = Label(f"{text} is not {en}.", f"{text} 不是{zh}。")
        return InvalidInput(self.fault(Code.INVALID_VALUE, name, detail=detail))

    def moved(self, fault: Fault) -> Fault:
        """A fault whose pointer leads into this record ("/weight"), put where the file shows it."""
        inside = fault.pointer or ""
        if self.pointer is not None:
            return Fault(
                fault.code, fault.params, pointer=self.pointer + inside, file=self.file, row=self.row
            )
        name = inside.strip("/").split("/")[0]
        written = [self.headers[cell] for cell in _CELLS_OF.get(name, (name,)) if cell in self.headers]
        column = ", ".join(written) or name or None
        return Fault(fault.code, fault.params, file=self.file, row=self.row, column=column)


@value
class Draft:
    """A record to be: `body` is what the file says, `defaults` count only for a new record.

    A `whole` draft is the entire record; any other is laid over the record that is there.
    """

    kind: Kind
    body: Body
    place: Place
    defaults: Body = field(default_factory=dict)
    whole: bool = False

    def laid_over(self, stored: Body | None) -> Body:
        """The body of the record after the import."""
        if self.whole or not (stored or self.defaults):
            return self.body
        return {**self.defaults, **(stored or {}), **self.body}


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account the files are about; `new` if the store has none of that id or name."""

    id: str
    name: str
    new: bool


@dataclass(frozen=True)
class Known:
    """What is there already: all accounts, those meant by each text, their records, and our people."""

    account_ids: frozenset[str] = frozenset()
    accounts: Mapping[str, AccountRef] = field(default_factory=dict)
    bodies: Mapping[tuple[Kind, str], Body] = field(default_factory=dict)

    def leaving(self, kind: EdgeKind, source: str) -> list[Body]:
        """The stored edges of a kind that leave a node."""
        return [self.bodies[kind, id_] for id_ in self._leaving.get((kind, source), ())]

    @cached_property
    def _leaving(self) -> dict[tuple[Kind, str], list[str]]:
        found: dict[tuple[Kind, str], list[str]] = {}
        for key in self.bodies:
            if isinstance(key[0], EdgeKind):
                found.setdefault((key[0], self.bodies[key]["source_id"]), []).append(key[1])
        return found

    def of_kind(self, kind: Kind) -> list[Body]:
        """The records of a kind. O(records)."""
        return [self.bodies[key] for key in self.bodies if key[0] is kind]


@dataclass
class Batch:
    """Everything read so far. `own_ids` gives the file's own id of each person.

    With `alone` no store is behind it: whatever account a row names, it is the one the files are about.
    """

    options: ImportOptions
    known: Known
    alone: bool = False
    drafts: list[Draft] = field(default_factory=list)
    notes: list[Label] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    own_ids: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, AccountRef] = field(default_factory=dict)
    ended: Counter[EdgeKind] = field(default_factory=Counter)
    _ids: dict[Kind, set[str]] = field(default_factory=lambda: defaultdict(set))

    def put(self, draft: Draft) -> None:
        """Take a draft; a second one of the same record is a fault."""
        ids, id_ = self._ids[draft.kind], str(draft.body["id"])
        if id_ in ids:
            self.faults.append(draft.place.fault(Code.TWICE, kind=draft.kind, id=id_))
            return
        ids.add(id_)
        self.keep(draft)

    def keep(self, draft: Draft) -> None:
        """Keep a draft that is the only one of its record."""
        self.drafts.append(draft)

    def nodes_are_in(self) -> None:
        """Hear that only edges are still to come."""

    def has(self, kind: Kind, id: str) -> bool:
        """Whether a record is in the files or known."""
        return id in self._ids[kind] or (kind, id) in self.known.bodies

    def note(self, en: str, zh: str) -> None:
        """Something the person who imports should know."""
        self.notes.append(Label(en, zh))

    def edge_id(self, kind: EdgeKind, source: str, target: str, *more: object, reopen: bool = False) -> str:
        """The stable id of an edge; parallel edges are numbered in their order.

        It does not depend on the account, as the ids of its ends are unique: an answer straight on files
        equals the service's. With `reopen`, an edge that is closed keeps its id and the next one is taken.
        """
        ordinal = 0
        while True:
            id_ = stable_id(kind, source, target, *more, ordinal)
            stored = self.known.bodies.get((kind, id_)) if reopen else None
            closed = stored is not None and "until" in stored
            if id_ not in self._ids[kind] and not closed:
                return id_
            ordinal += 1

    def refuse(self, error: InvalidInput) -> None:
        """Keep what is wrong with a row; the next rows are read all the same."""
        self.faults.extend(error.faults)

    def closed(self, kind: EdgeKind, stored: Sequence[Body], place: Place) -> Body:
        """End the stored edges today, as another takes their place; gives that one's first fields."""
        today = self.options.today.isoformat()
        for body in stored:
            if body["id"] in self._ids[kind]:
                continue
            self.put(Draft(kind, {**body, "until": max(today, body.get("since", today))}, place))
            self.ended[kind] += 1
        return {"since": today} if stored else {}

    def account_for(self, text: str | None, name: str | None, place: Place) -> AccountRef:
        """The account a row belongs to; a new one becomes a draft called `name`. Raises InvalidInput."""
        wanted = text or self.options.account
        if self.alone:
            account = next(iter(self.accounts.values()), AccountRef("file", "file", True))
        elif wanted:
            account = self.known.accounts[wanted]
        else:
            raise InvalidInput(place.fault(Code.NO_ACCOUNT))
        if account.id not in self.accounts:
            self.accounts[account.id] = account
            if account.new:
                body = {"id": account.id, "name": name or account.name}
                self.put(Draft(NodeKind.ACCOUNT, body, Place(place.file)))
        return account
