"""Handed-over ties: for 180 days the successor has at least half of the depth his predecessor has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import compress

import numpy as np

from models.columns import day_number
from models.enums import NodeKind
from models.graph import AccountGraph, EdgeTable
from queries.rules.strength import StrengthRules
from queries.strength.events import TieEvents
from queries.strength.flows import Floats, Ints

__all__ = ["Handovers", "handovers_on"]


@dataclass(frozen=True, slots=True)
class Handovers:
    """What is carried over on a day: who receives it, whose it was, and the `knows` tie that says so."""

    pair: Ints
    former: Ints
    edge: tuple[str, ...]

    def carry(self, own: Floats, former: Floats, rules: StrengthRules) -> Floats:
        """The depth of the receiving pairs: their own, but at least half of the former's own depth."""
        return np.maximum(own, rules.handover_share * former)


def handovers_on(
    graph: AccountGraph,
    knows: EdgeTable,
    known: Ints,
    events: TieEvents,
    own_depth: Floats,
    today: int,
    rules: StrengthRules,
) -> Handovers:
    """The handovers in force: from the day of the handover on for 180 days, then nothing is left of it.

    `known` is the pair of each `knows` tie. The former depth is that of the former pair's own evidence,
    on the day asked: it fades as it would have faded, and what was carried to the predecessor himself is
    not carried on. Of several handovers to one pair the one that carries most counts, then the first by id.
    """
    members = graph.nodes[NodeKind.MEMBER].position
    best: dict[int, tuple[float, int, str]] = {}
    said = knows.texts("handed_over_from")
    for row, handover in compress(enumerate(said), said):
        if known[row] < 0:
            continue
        age = today - day_number(date.fromisoformat(handover["on"]))
        former = members.get(handover.get("member_id") or "", -1)
        old = int(events.pairs_of(np.array([former]), knows.target[row : row + 1].astype(np.int64))[0])
        if old < 0 or not 0 <= age < rules.handover_days:
            continue
        pair = int(known[row])
        if pair not in best or own_depth[old] > best[pair][0]:
            best[pair] = (float(own_depth[old]), old, knows.ids[row])
    pairs = sorted(best)
    former_pairs = np.array([best[pair][1] for pair in pairs], dtype=np.int64)
    return Handovers(np.array(pairs, dtype=np.int64), former_pairs, tuple(best[pair][2] for pair in pairs))
