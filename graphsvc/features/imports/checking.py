"""Drafts become checked rows as they are read, so that no record stays in memory as an object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import orjson
from pydantic import ValidationError

from graphsvc.features.imports.batch import Batch, Draft, Place
from graphsvc.features.imports.ordering import in_parts
from graphsvc.features.imports.progress import Phase, Progress, silent
from graphsvc.features.imports.rows import CheckedRows, Each, Pack, Source, nobody
from graphsvc.stores.draft import named
from graphsvc.stores.facts import Key
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Fault, InvalidInput, faults_of
from models.kinds import KINDS
from models.privacy import RESTRICTED
from models.records import Body, account_of, json_of, read_record

_EVERY = 1000
_LINE = EdgeKind.REPORTS_TO
_UNSAID = {RESTRICTED}
"""What a contact keeps as it is where its file says nothing of it."""


@dataclass(slots=True)
class _Row:
    kind: Kind
    body: bytes
    place: tuple[int, int | None, str | None]


@dataclass
class CheckedBatch(Batch):
    """A batch that validates each draft and keeps only its JSON; of drafts those of reporting lines stay.

    Rows leave it in packs of `pack_rows`, each told to `each` as soon as it is full: what is referred to
    before what refers to it, lines that end before those that begin. What is wrong shows at the end only.
    """

    pack_rows: int = 5_000
    each: Each = nobody
    progress: Progress = silent
    rows_to_read: int = 0
    _invalid: list[Fault] = field(default_factory=list)
    _accounts_in: set[str] = field(default_factory=set)
    _nodes: list[_Row] = field(default_factory=list)
    _keys: list[Key] = field(default_factory=list)
    _references: list[tuple[int, Key]] = field(default_factory=list)
    _ended: list[_Row] = field(default_factory=list)
    _edges: list[_Row] = field(default_factory=list)
    _filling: list[_Row] = field(default_factory=list)
    _passing: bool = False
    _kinds: Counter[Kind] = field(default_factory=Counter)
    _read: int = 0
    _sources: dict[tuple[str, int], tuple[int, Source]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._accounts_in.update(self.known.account_ids)

    def keep(self, draft: Draft) -> None:
        kind = draft.kind
        if kind is _LINE:
            self.drafts.append(draft)
        body = draft.laid_over(self.known.bodies.get((kind, draft.body["id"])))
        try:
            unsaid = kind is NodeKind.CONTACT and RESTRICTED not in draft.body
            text = json_of(read_record(kind, body), _UNSAID if unsaid else None)
        except ValidationError as error:
            self._invalid += [draft.place.moved(fault) for fault in faults_of(error)]
            return
        row = _Row(kind, text, self._place(draft.place))
        if isinstance(kind, NodeKind):
            self._node(row, body)
        elif self._passing and kind is not _LINE:
            self._pack([row])
        else:
            # A line must end before the next one can begin, also where they fall into two batches.
            (self._ended if body.get("until") else self._edges).append(row)
        self._read += 1
        if self._read % _EVERY == 0:
            self.progress(Phase.READING, self._read, max(self._read, self.rows_to_read))

    def _node(self, row: _Row, body: Body) -> None:
        """Pack a node if it needs no other one that may still come, else keep it until all are in."""
        others = named(row.kind, body)
        account = account_of(row.kind, body)
        if row.kind is NodeKind.ACCOUNT and not others:
            self._accounts_in.add(body["id"])
        elif others or account not in self._accounts_in:
            self._references += [(len(self._nodes), key) for key in others]
            self._nodes.append(row)
            self._keys.append((row.kind, body["id"]))
            return
        self._pack([row])

    def nodes_are_in(self) -> None:
        """Pack what was read, and from now on each edge as it comes; no lines, of which all must be known."""
        if not self.drafts:
            self._pack_what_is_here()
            self._passing = True

    def checked(self, faults: Iterable[Fault] = ()) -> CheckedRows:
        """What was read, all packs told. Raises InvalidInput with every fault of reading and checking."""
        if self.faults or self._invalid:
            raise InvalidInput(*self.faults, *self._invalid)
        self._pack_what_is_here()
        self._tell()
        return CheckedRows(
            sources=[source for _, source in self._sources.values()],
            accounts=list(self.accounts.values()),
            kinds={kind: count for kind in KINDS if (count := self._kinds[kind])},
            notes=self.notes,
            faults=tuple(faults),
        )

    def _place(self, place: Place) -> tuple[int, int | None, str | None]:
        key = (place.file, id(place.headers) if place.headers else 0)
        source = self._sources.get(key)
        if source is None:
            source = self._sources[key] = (len(self._sources), (place.file, place.headers))
        return source[0], place.row, place.pointer

    def _pack_what_is_here(self) -> None:
        for part in self._parts():
            self._pack(part)
        for rows in (self._nodes, self._keys, self._references, self._ended, self._edges):
            rows.clear()

    def _parts(self) -> Iterator[list[_Row]]:
        """Rows that must stand in one pack: accounts, then other nodes, then edges."""
        yield from ([row] for row in self._nodes if row.kind is NodeKind.ACCOUNT)
        for part in in_parts(self._keys, self._references):
            if self._keys[part[0]][0] is not NodeKind.ACCOUNT:
                yield [self._nodes[place] for place in part]
        for row in (*self._ended, *self._edges):
            yield [row]

    def _pack(self, part: list[_Row]) -> None:
        if len(self._filling) + len(part) > self.pack_rows:
            self._tell()
        self._filling.extend(part)

    def _tell(self) -> None:
        if self._filling:
            pack = _packed(self._filling)
            for kind, count in pack.kinds:
                self._kinds[kind] += count
            self.each(pack)
            self._filling.clear()


_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def _packed(rows: list[_Row]) -> Pack:
    """A pack of rows, those of a kind together: a store writes them at once."""
    rows = sorted(rows, key=lambda row: _ORDER[row.kind])
    return Pack.of([(row.kind, row.body) for row in rows], orjson.dumps([row.place for row in rows]))
