"""Whom to win over first: what one word of each person moves, and how well we reach him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from models.enums import Attitude, Window
from models.findings.forecast import Lever
from models.graph import AccountGraph
from queries.chains.paths import Tree, best_to
from queries.chains.steps import steps_of
from queries.forecast.opinions import ATTITUDE_TOP
from queries.numbers import significant
from queries.people import Floats, People
from queries.rules import Rules

__all__ = ["Ways", "levers"]

_WORDS = tuple(sorted(Attitude))


@dataclass(frozen=True, slots=True)
class Ways:
    """Our best chain to every contact, read back from him to our team."""

    tree: Tree

    @classmethod
    def of(
        cls, graph: AccountGraph, on: date, rules: Rules, opportunity_id: str | None, window: Window | None
    ) -> Ways:
        """The ways of an account on a day. O(steps · log people)."""
        steps = steps_of(graph, on=on, rules=rules, opportunity_id=opportunity_id, window=window)
        return cls(best_to(steps.turned(), steps.team))

    def probability(self, contact: int) -> float:
        """How likely our best chain to a contact carries; 0 where there is none."""
        return float(self.tree.probability[contact])

    def path(self, contact: int) -> list[str]:
        """The people of that chain, ours first."""
        found, node = [], contact
        while node >= 0 and node != self.tree.target:
            found.append(self.tree.graph.ids[node])
            node = int(self.tree.next[node])
        return found[::-1] if node >= 0 else []


def levers(
    graph: AccountGraph, who: People, opinion: Floats, sway: Floats, ways: Ways, rules: Rules
) -> list[Lever]:
    """The people whose next word helps most for what it takes, the best first. O(people log people).

    The next word is the first above the present opinion; who is an advocate already is none. What the room
    gains by it is exact, for the settled opinion of all is linear in each one's own.
    """
    found = []
    for contact in np.flatnonzero(who.counts & (sway > 0)).tolist():
        word = next((word for word in _WORDS if word / ATTITUDE_TOP > opinion[contact]), None)
        if word is None:
            continue
        gain = float(sway[contact]) * (word / ATTITUDE_TOP - float(opinion[contact]))
        chance = ways.probability(contact)
        found.append((-gain * chance, -gain, graph.contacts.ids[contact], contact, word, chance))
    names = graph.contacts.texts("name")
    return [
        Lever(
            contact_id=id_,
            name=names[contact],
            attitude=attitude_of(who, contact),
            to=word,
            gain=significant(-gain),
            probability=significant(chance),
            expected=significant(-expected),
            path=ways.path(contact),
        )
        for expected, gain, id_, contact, word, chance in sorted(found)[: rules.forecast.levers]
    ]


def attitude_of(who: People, contact: int) -> Attitude | None:
    """The attitude that was entered, if any."""
    value = who.attitude[contact]
    return None if np.isnan(value) else next(word for word in Attitude if word == value)
