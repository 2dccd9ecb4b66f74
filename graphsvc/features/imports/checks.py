"""Rules over everything that was read, checked before any store is asked, so that each fault has its row."""

from __future__ import annotations

from operator import itemgetter

from graphsvc.features.imports.batch import Batch, Place
from models.enums import EdgeKind, Line
from models.faults import Code
from models.kinds import EDGE_SPECS
from models.records import Body


def check_lines(batch: Batch) -> None:
    """One open solid line per person and no circle among them, in files and store together. O(lines)."""
    boss: dict[str, str] = {}
    places: dict[str, tuple[int, Place]] = {}
    for number, (body, place) in enumerate(_solid(batch)):
        source, target = str(body.get("source_id")), str(body.get("target_id"))
        if source in boss and boss[source] != target:
            own = batch.own_ids.get
            params = {"id": own(source, source), "boss": own(boss[source], boss[source])}
            batch.faults.append(place.fault(Code.SECOND_BOSS, "manager_id", **params))
            continue
        boss[source], places[source] = target, (number, place)
    for circle in _circles(boss):
        path = " → ".join(batch.own_ids.get(id_, id_) for id_ in circle)
        _, last = max((places[id_] for id_ in circle), key=itemgetter(0))
        batch.faults.append(last.fault(Code.CYCLE, "manager_id", path=path))


def check_ends(batch: Batch) -> None:
    """Both ends of every edge are in the files: where there is no store to know more. O(edges)."""
    for draft in batch.drafts:
        if isinstance(draft.kind, EdgeKind):
            spec = EDGE_SPECS[draft.kind]
            for name, kind in (("source_id", spec.source_of(draft.body)), ("target_id", spec.target)):
                id_ = str(draft.body.get(name))
                if not batch.has(kind, id_):
                    batch.faults.append(draft.place.fault(Code.UNKNOWN_RECORD, kind=kind, id=id_))


def _solid(batch: Batch) -> list[tuple[Body, Place]]:
    """The open solid lines as they will be: stored ones that are not rewritten, then those read."""
    read = [(draft.body, draft.place) for draft in batch.drafts if draft.kind is EdgeKind.REPORTS_TO]
    rewritten = {body["id"] for body, _ in read}
    stored = [
        (body, Place("")) for body in batch.known.of_kind(EdgeKind.REPORTS_TO) if body["id"] not in rewritten
    ]
    return [
        (body, place)
        for body, place in stored + read
        if body.get("until") is None and body.get("line", Line.SOLID) == Line.SOLID
    ]


def _circles(boss: dict[str, str]) -> list[list[str]]:
    """The circles of a graph where everybody has at most one boss, each from its smallest id. O(people)."""
    done: set[str] = set()
    circles = []
    for start in sorted(boss):
        path: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in done and here not in path:
            path[here] = None
            here = boss.get(here)
        if here is not None and here in path:
            circle = list(path)[list(path).index(here) :]
            first = circle.index(min(circle))
            circles.append([*circle[first:], *circle[:first], circle[first]])
        done.update(path)
    return circles
