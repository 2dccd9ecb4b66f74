"""What open complaints cost in reach: the way to each decider over the people they touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.findings.complaints import LostReach
from models.graph import AccountGraph
from queries.chains.paths import best_to
from queries.chains.reach import reach_to_each
from queries.chains.steps import steps_of
from queries.complaints.moods import Touch, willing
from queries.influence.ranking import influence_scores
from queries.numbers import significant
from queries.people import Floats, people
from queries.rules import Rules

__all__ = ["Ways", "counted_over_all_paths"]

_DECIMALS = 12
"""What differs by less differs by the order of additions only."""


@dataclass(frozen=True, eq=False)
class Ways:
    """How likely a purchase gets from every contact to the most influential deciders (positions), first one
    first; and the error of that."""

    graph: AccountGraph
    rules: Rules
    deciders: list[int]
    onward: list[Floats]
    error: list[Floats]

    @classmethod
    def of(cls, graph: AccountGraph, on: date, rules: Rules) -> Ways:
        """The ways on a day, without a purchase in particular. O(deciders · reach).

        Above `reach_people` along the best chain alone: less than the reach, and without an error.
        """
        who = people(graph.on(on), None, rules.influence.finance_share_of_clerks)
        score = np.round(influence_scores(graph, on=on, rules=rules).score, 9)
        level = np.flatnonzero(who.decision() & who.counts)
        deciders = level[np.argsort(-score[level], kind="stable")][: rules.complaints.deciders].tolist()
        steps = steps_of(graph, on=on, rules=rules)
        trees = [best_to(steps, decider) for decider in deciders]
        if counted_over_all_paths(graph, rules):
            reaches = reach_to_each(trees, rules=rules.chains)
            probability, error = [each.probability for each in reaches], [each.error for each in reaches]
        else:
            probability = [tree.probability for tree in trees]
            error = [np.zeros(steps.size) for _ in trees]
        return cls(graph, rules, deciders, probability, error)

    def lost(self, ties: Sequence[Touch]) -> list[LostReach]:
        """For each decider: what the best of the touched ties carries to him, as it is and lifted.

        strength/100 · what the mood leaves · the contact's reach to him; 0 without a tie.
        """
        return [self._lost(place, ties) for place in range(len(self.deciders))]

    def _lost(self, place: int, ties: Sequence[Touch]) -> LostReach:
        chains = self.rules.chains
        onward = [float(self.onward[place][tie.contact]) * tie.strength / 100 for tie in ties]
        now, lifted = (
            max((way * willing(mood, chains) for way, mood in zip(onward, moods, strict=True)), default=0.0)
            for moods in ([tie.mood for tie in ties], [tie.mood_without for tie in ties])
        )
        decider = self.deciders[place]
        return LostReach(
            contact_id=self.graph.contacts.ids[decider],
            name=self.graph.contacts.texts("name")[decider],
            reach=significant(now),
            reach_without=significant(lifted),
            cost=significant(round(lifted - now, _DECIMALS)),
            error=significant(max((float(self.error[place][tie.contact]) for tie in ties), default=0.0)),
        )


def counted_over_all_paths(graph: AccountGraph, rules: Rules) -> bool:
    """Whether the account is small enough to count the way on over all paths."""
    return len(graph.contacts) <= rules.complaints.reach_people
