"""Our way to each decider on two graphs, and which new tie of ours would bring back most of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.enums import NodeKind, Window
from models.findings.departures import Substitute, WayLost
from models.graph import AccountGraph
from queries.chains.paths import Tree, best_paths, best_to
from queries.chains.reach import Reach, reach_to_each
from queries.chains.steps import steps_of, welcomes
from queries.coverage.matrix import member_rungs
from queries.numbers import significant
from queries.people import Bools, Floats, People, people
from queries.rules import Rules
from queries.strength.table import strength_table

__all__ = ["WaysTo", "lost", "substitutes"]

_DECIMALS = 12


@dataclass(frozen=True, slots=True, eq=False)
class WaysTo:
    """Our ways to some contacts, all of ours starting at once: the best chain and the reach of each."""

    graph: AccountGraph
    trees: list[Tree]
    reaches: list[Reach]

    @classmethod
    def of(
        cls,
        graph: AccountGraph,
        targets: Sequence[int],
        *,
        on: date,
        rules: Rules,
        opportunity_id: str | None,
        window: Window | None,
    ) -> WaysTo:
        """The ways to the contacts at these positions. O(targets · steps log people), and the reach."""
        steps = steps_of(graph, on=on, rules=rules, opportunity_id=opportunity_id, window=window)
        trees = [best_to(steps, target) for target in targets]
        return cls(graph, trees, reach_to_each(trees, start=steps.team, rules=rules.chains))

    def probability(self, place: int) -> float:
        """The probability of our best chain to the target at a place; 0 without one."""
        tree = self.trees[place]
        return float(tree.probability[tree.graph.team])

    def reach(self, place: int) -> tuple[float, float]:
        """Our reach of it, and the error of that."""
        team = self.trees[place].graph.team
        return float(self.reaches[place].probability[team]), float(self.reaches[place].error[team])

    def path(self, place: int) -> list[str]:
        """The people of our best chain, ours first."""
        tree = self.trees[place]
        found = best_paths(tree, tree.graph.team, 1)
        return [tree.graph.ids[node] for node in found[0].nodes[1:]] if found else []


def lost(before: WaysTo, after: WaysTo, rules: Rules) -> list[WayLost]:
    """What of the way to each target goes, the largest loss of chain first, then of reach, then by id."""
    found = []
    contacts, most = before.graph.contacts, rules.coverage.thread_loss
    for place, tree in enumerate(before.trees):
        chain, chain_after = before.probability(place), after.probability(place)
        (reach, error), (reach_after, error_after) = before.reach(place), after.reach(place)
        chain_loss, reach_loss = _loss(chain, chain_after), _loss(reach, reach_after)
        found.append(
            WayLost(
                contact_id=contacts.ids[tree.target],
                name=contacts.texts("name")[tree.target],
                probability=significant(chain),
                probability_after=significant(chain_after),
                probability_loss=significant(chain_loss),
                by_chain=chain_loss >= most,
                reach=significant(reach),
                reach_after=significant(reach_after),
                reach_error=significant(max(error, error_after)),
                reach_loss=significant(reach_loss),
                by_reach=reach_loss >= most,
                path=before.path(place),
                path_after=after.path(place),
            )
        )
    return sorted(found, key=lambda way: (-way.probability_loss, -way.reach_loss, way.contact_id))


def _loss(before: float, after: float) -> float:
    """The part that goes; nothing is lost where nothing was."""
    return max(0.0, 1 - after / before) if before > 0 else 0.0


def substitutes(
    before: WaysTo,
    after: WaysTo,
    *,
    on: date,
    rules: Rules,
    opportunity_id: str | None,
    window: Window | None,
) -> list[Substitute]:
    """Whose tie to whom brings back most of what the best chains have lost, the best first.

    A tie of S points to contact c is a first step of p = S/100 · (what a tie of ours to c carries), so the
    best chain to a decider t becomes max(what it is, p · best chain from c to t): nobody has to be tried.
    For each contact one of ours is named: who knows him best, else who stands at his rung, else who knows
    most people here, else the first by id. Nobody is led to a seat without a holder.
    O(targets · people + ties).
    """
    team = _Team.of(after.graph, people(after.graph.on(on), opportunity_id), on, rules)
    if not len(team.ids):
        return []
    goal = rules.coverage.goal_points
    step = goal / 100 * _welcome(after.graph, team.who, window, rules)
    restored, helps = np.zeros(len(step)), np.zeros((len(before.trees), len(step)), dtype=bool)
    missing = 0.0
    for place, tree in enumerate(after.trees):
        was, now = before.probability(place), after.probability(place)
        gain = np.minimum(step * tree.probability[: len(step)], was) - now
        helps[place] = gain > 0
        restored += np.maximum(gain, 0.0)
        missing += max(0.0, was - now)
    if missing <= 0:
        return []
    order = np.lexsort((np.arange(len(step)), -np.round(restored, _DECIMALS)))
    chosen = order[restored[order] > 0][: rules.departures.substitutes]
    return list(_named(before, team, chosen.tolist(), restored / missing, helps, goal))


def _named(
    before: WaysTo, team: _Team, chosen: list[int], part: Floats, helps: Bools, goal: float
) -> Iterator[Substitute]:
    ids = before.graph.contacts.ids
    for contact in chosen:
        member, strength = team.best_for(contact)
        yield Substitute(
            member_id=member,
            contact_id=ids[contact],
            strength=significant(strength),
            goal=goal,
            restored=significant(float(part[contact])),
            helps=[ids[tree.target] for place, tree in enumerate(before.trees) if helps[place, contact]],
        )


def _welcome(graph: AccountGraph, who: People, window: Window | None, rules: Rules) -> Floats:
    """What of its strength a new tie to each contact carries; 0 to whom none can be made."""
    holder = graph.contacts.array("placeholder") != 1
    return np.asarray(welcomes(who, who.attitude, window, rules.chains) * (who.counts & holder))


@dataclass(frozen=True, slots=True, eq=False)
class _Team:
    """Our people who are left: their ties and rungs."""

    who: People
    ids: tuple[str, ...]
    strength: Floats
    rung: np.ndarray[tuple[int], np.dtype[np.int64]]

    @classmethod
    def of(cls, graph: AccountGraph, who: People, on: date, rules: Rules) -> _Team:
        members, table = graph.nodes[NodeKind.MEMBER], strength_table(graph, on=on, rules=rules)
        strength = np.zeros((len(members), len(graph.contacts)))
        strength[table.member, table.contact] = table.strength
        return cls(who, members.ids, strength, member_rungs(graph))

    def best_for(self, contact: int) -> tuple[str, float]:
        """Who of ours should know a contact, and how strong that tie is now."""
        known = np.round(self.strength[:, contact], _DECIMALS)
        equal = (self.rung == self.who.rung[contact]) & (self.rung >= 0)
        most = np.round(self.strength.sum(axis=1), _DECIMALS)
        first = int(np.lexsort((-most, ~equal, -known))[0])
        return self.ids[first], float(self.strength[first, contact])
