"""New edges of an import put in the order of their ids, in which a store writes them soonest."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from graphsvc.features.imports.rows import Pack
from models.enums import EdgeKind, Kind
from models.kinds import KINDS


def by_id(packs: list[Pack], pack_rows: int) -> list[Pack]:
    """The same rows: new edges in packs that follow each other are sorted and lose their places, no others.

    Ids of edges are hashes: in the order of the files each batch would change nearly all pages of the indexes
    by id. `packs` is emptied on the way, so that rows are not held twice. O(bytes + rows · log rows).
    """
    made: list[Pack] = []
    for account, together in groupby(_taken_from(packs), key=_edges_new_in):
        made.extend(together if account is None else _sorted(together, account, pack_rows))  # noqa: B031
    return made


def _taken_from(packs: list[Pack]) -> Iterator[Pack]:
    waiting = deque(packs)
    packs.clear()
    while waiting:
        yield waiting.popleft()


def _edges_new_in(pack: Pack) -> str | None:
    return pack.new_in if all(isinstance(kind, EdgeKind) for kind, _ in pack.kinds) else None


def _sorted(packs: Iterable[Pack], account: str, pack_rows: int) -> Iterator[Pack]:
    found: dict[Kind, list[bytes]] = {}
    for pack in packs:
        rest = iter(pack.bodies.split(b"\n"))
        for kind, count in pack.kinds:
            found.setdefault(kind, []).extend(islice(rest, count))
    for lines in found.values():
        lines.sort()  # the id is the first field of every body
    rows = ((kind, line) for kind in KINDS for line in found.pop(kind, ()))
    while part := list(islice(rows, pack_rows)):
        yield Pack.of(part, new_in=account)
