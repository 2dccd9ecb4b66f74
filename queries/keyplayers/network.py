"""The ties that key-player measures walk along: who listens to whom, each tie one step or none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.enums import TieDirection
from models.graph import AccountGraph
from queries.influence.ties import Ties, listening, mailing, type_weights
from queries.keyplayers.hops import Hops
from queries.people import Bools, people
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["Network", "network_of", "steps_of"]


@dataclass(frozen=True, slots=True)
class Network:
    """The people of a graph who count, and `heard`: from the one who listens to the one who is heard."""

    counts: Bools
    heard: Hops

    def without(self, gone: Bools) -> Network:
        """The network once some have left."""
        return Network(self.counts & ~gone, self.heard.without(gone))


def network_of(
    graph: AccountGraph, rules: Rules = DEFAULT_RULES, *, opportunity_id: str | None = None
) -> Network:
    """The network of a graph as it stands on a day (see `AccountGraph.on`). O(ties log ties).

    Its ties are those of the ranking (docs/rules.md §2): reporting lines, influences, friendly bonds; where
    there is none of them, messages. One fainter than `keyplayers.counts_from` is none.
    """
    counts = people(graph, opportunity_id, rules.influence.finance_share_of_clerks).counts
    ties = listening(graph, counts, rules, type_weights(rules), TieDirection.AS_STORED, opportunity_id)
    if not len(ties):
        ties = mailing(graph, counts, TieDirection.AS_STORED)
    return Network(counts, steps_of(ties, rules))


def steps_of(ties: Ties, rules: Rules) -> Hops:
    """The pairs of listener and heard whose ties together weigh enough to count. O(ties)."""
    pair = ties.heard.astype(np.int64) * ties.people + ties.listener
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    joint = np.add.reduceat(ties.weight, first) if len(first) else np.zeros(0)
    kept = first[joint >= rules.keyplayers.counts_from]
    return Hops.of(ties.people, ties.listener[kept].astype(np.int64), ties.heard[kept].astype(np.int64))
