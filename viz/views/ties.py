"""The ties of the influence map as rows, before they have a place on it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.columns import NO_DAY, NOT_SET, iso_day
from models.enums import Basis, EdgeKind
from models.findings.chains import Chain
from models.graph import AccountGraph, EdgeTable
from queries.rules import DEFAULT_RULES, Rules
from viz.labels import label
from viz.views.people import STALE_DAYS, Roster

Row = dict[str, Any]
UNKNOWN_WEIGHT = 0.5
_BASES = tuple(Basis)


@dataclass(frozen=True, slots=True)
class Ties:
    """Reads the ties of a graph as it stands on a day; `today` is that day's number."""

    held: AccountGraph
    people: Roster
    opportunity_id: str | None
    lang: str
    today: int
    rules: Rules = DEFAULT_RULES

    def all(self, chain: Chain | None) -> list[Row]:
        """Every tie that may be drawn, each with its step in the best chain (None beside it)."""
        steps = {step.edge_id: place for place, step in enumerate(chain.steps)} if chain else {}
        rows = [*self.influences(), *self.bonds(), *self.messages(), *self.knows(), *self.courts()]
        rows += [row for row in self.reports() if row["id"] in steps]
        for row in rows:
            place = steps.get(row["id"])
            if chain and place is not None:
                step = chain.steps[place]
                row |= {"chain": place, "from": step.source_id, "to": step.target_id}
                row["probability"] = step.probability
        missing = steps.keys() - {row["id"] for row in rows}
        return rows + [self._step(chain, edge_id, steps[edge_id]) for edge_id in sorted(missing) if chain]

    def _step(self, chain: Chain, edge_id: str, place: int) -> Row:
        """A step of the chain whose edge is not drawn by itself, such as the other direction of messages."""
        step = chain.steps[place]
        key = {"influences": "edge:influences:0", "bond": "edge:bond:1"}.get(step.kind, f"edge:{step.kind}")
        row = empty_tie(step.kind, key, edge_id, step.source_id, step.target_id, sign=0)
        return {**row, "weight": step.probability, "probability": step.probability, "chain": place}

    def influences(self) -> Iterator[Row]:
        """Who moves whom; the sign is what the source thinks of us."""
        table = self.held.edges[EdgeKind.INFLUENCES]
        deals = table.texts("opportunity_id")
        for place, (source, target) in enumerate(_ends(self.held, table)):
            if deals[place] is not None and deals[place] != self.opportunity_id:
                continue
            attitude = self.people.of(source)["attitude"] or 0
            sign = (attitude > 0) - (attitude < 0)
            yield {
                **self._edge(table, place, source, target, f"edge:influences:{sign}", sign),
                "weight": _number(table, "weight", place),
                "stated": bool(table.array("stated")[place] == 1),
            }

    def bonds(self) -> Iterator[Row]:
        """Friendly bonds, and conflicts, which count as against."""
        table = self.held.edges[EdgeKind.BOND]
        for place, (source, target) in enumerate(_ends(self.held, table)):
            conflict = table.array("polarity")[place] < 0
            key = f"edge:bond:{-1 if conflict else 1}"
            row = self._edge(table, place, source, target, key, -1 if conflict else 0)
            yield {**row, "weight": _number(table, "weight", place)}

    def messages(self) -> Iterator[Row]:
        """Who writes to whom, both directions of a pair together."""
        table = self.held.edges[EdgeKind.MESSAGES]
        count = table.array("count")
        pairs: dict[tuple[str, str], tuple[int, float]] = {}
        for place, (source, target) in enumerate(_ends(self.held, table)):
            pair = (min(source, target), max(source, target))
            first, total = pairs.get(pair, (place, 0.0))
            pairs[pair] = first, total + float(count[place])
        for (one, other), (place, total) in pairs.items():
            weight = 1 - math.exp(-total / self.rules.chains.messages_scale)
            row = self._edge(table, place, one, other, "edge:messages", 0)
            yield {**row, "weight": round(weight, 6), "count": int(total)}

    def knows(self) -> Iterator[Row]:
        """Our ties, with their strength."""
        points = {(member, contact): strength for member, contact, strength in self.people.ours}
        table = self.held.edges[EdgeKind.KNOWS]
        for place, (source, target) in enumerate(_ends(self.held, table)):
            strength = points.get((source, target))
            row = self._edge(table, place, source, target, "edge:knows", 1)
            yield {**row, "strength": strength, "weight": (strength or 0.0) / 100}

    def courts(self) -> Iterator[Row]:
        """The competitors' ties."""
        table = self.held.edges[EdgeKind.COURTS]
        for place, (source, target) in enumerate(_ends(self.held, table)):
            strength = float(table.array("strength")[place])
            row = self._edge(table, place, source, target, "edge:courts", -1)
            yield {**row, "strength": strength, "weight": strength / 100}

    def reports(self) -> Iterator[Row]:
        """Reporting lines, for the steps of a chain that follow them."""
        table = self.held.edges[EdgeKind.REPORTS_TO]
        for place, (source, target) in enumerate(_ends(self.held, table)):
            yield self._edge(table, place, source, target, "edge:reports_to", 0)

    def _edge(self, table: EdgeTable, place: int, source: str, target: str, key: str, sign: int) -> Row:
        row = empty_tie(str(table.spec.kind), key, table.ids[place], source, target, sign)
        confirmed = int(table.array("confirmed_on")[place])
        since = int(table.array("since")[place])
        row["since"] = iso_day(since) if since != NO_DAY else None
        row["confidence"] = _number(table, "confidence", place)
        if confirmed != NO_DAY:
            row["confirmed_on"] = iso_day(confirmed)
            row["stale"] = self.today - confirmed > STALE_DAYS
        if "basis" in table.columns and (code := int(table.array("basis")[place])) != NOT_SET:
            row["basis"], row["basis_label"] = str(_BASES[code]), label(_BASES[code], self.lang)
        return row


def empty_tie(kind: str, key: str, id_: str, source: str, target: str, sign: int) -> Row:
    """A tie of which nothing is known but its ends, kind and sign."""
    return {
        "id": id_,
        "from": source,
        "to": target,
        "kind": kind,
        "key": key,
        "sign": sign,
        "weight": None,
        "strength": None,
        "basis": None,
        "basis_label": None,
        "since": None,
        "confidence": None,
        "probability": None,
        "confirmed_on": None,
        "stale": False,
        "chain": None,
    }


def _ends(held: AccountGraph, table: EdgeTable) -> Iterator[tuple[str, str]]:
    sources, targets = held.nodes[table.spec.source].ids, held.nodes[table.spec.target].ids
    for source, target in zip(table.source.tolist(), table.target.tolist(), strict=True):
        yield sources[source], targets[target]


def _number(table: EdgeTable, name: str, place: int) -> float | None:
    value = float(table.array(name)[place])
    return None if math.isnan(value) else value
