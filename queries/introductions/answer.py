"""Introductions: the warm ways to somebody, also over other accounts, and what asking costs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.enums import EdgeKind, NodeKind
from models.faults import Code, Fault, InvalidInput
from models.findings.base import Evidence
from models.findings.introductions import (
    Barred,
    GoBetween,
    Introduction,
    Introductions,
    IntroductionStep,
    KnownBy,
)
from models.graph import AccountGraph
from queries.chains.paths import Path, best_paths, best_to
from queries.chains.step_graph import StepGraph
from queries.introductions.crossing import CrossingTie
from queries.introductions.network import Network
from queries.introductions.standing import Standing, standing
from queries.naming import known_contact
from queries.numbers import significant
from queries.provenance import provenance_of
from queries.relations.channels import ChannelTie
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["introductions"]

VERSION = "1"
_TURNS = 5
"""How often the number of paths asked for is doubled to find enough ways of different people."""


def introductions(
    graphs: Sequence[AccountGraph],
    *,
    to: str,
    on: date,
    rules: Rules = DEFAULT_RULES,
    ties: Sequence[CrossingTie] = (),
    links: Sequence[ChannelTie] = (),
    k: int = 5,
    left_out: int = 0,
) -> Introductions:
    """The k best ways from our people to the contact `to` of the first account, over people of all of them.

    A way leads from one of ours over one go-between or more; each step has the probability that the one
    brings us to the next. No two ways have the same go-betweens in the same order. Who is against us, sour,
    or does not want to refer us is not asked; those who stand on a way that would be among the k best are
    named in `barred`. `ties` and `links` hold on the day and join people and accounts of `graphs`
    (others are passed over); `left_out` more accounts could have been looked at.

    Raises InvalidInput if `to` is no contact of the first account (`queries.naming`), or for k outside 1–20.
    O(steps log people) and the k best paths. Formula: docs/rules.md §18; Dijkstra 1959, Yen 1971.
    """
    home = graphs[0]
    _check(home, to, k, rules)
    accounts = [standing(graph, on, rules) for graph in graphs]
    network = Network(accounts, ties, links, rules)
    target = network.position[to]
    extra = 2 * rules.chains.extra_hops  # a place between two people is a hop of its own
    open_, all_ = (
        _Ways(network, network.steps(target, barred=barred), target, k, extra) for barred in (False, True)
    )
    provenance = provenance_of(home, on, rules, "introductions", VERSION, to=to, k=k)
    sums = {
        "account_sequence": sum(graph.sequence for graph in graphs),
        "firm_sequence": max(graph.firm_sequence for graph in graphs),
    }
    return Introductions(
        items=[open_.item(rank, path) for rank, path in enumerate(open_.paths, start=1)],
        known_by=_known_by(accounts[0], home.contacts.position[to]),
        barred=_barred(network, all_),
        accounts=[graph.account_id for graph in graphs],
        accounts_left_out=left_out,
        provenance=provenance.model_copy(update=sums),
    )


def _check(home: AccountGraph, to: str, k: int, rules: Rules) -> None:
    known_contact(home, to, "/to")
    if not 1 <= k <= rules.chains.most_alternatives:
        limits = {"name": "k", "low": 1, "high": rules.chains.most_alternatives}
        raise InvalidInput(Fault(Code.OUT_OF_RANGE, limits, pointer="/k"))


def _known_by(account: Standing, contact: int) -> list[KnownBy]:
    """Our ties to somebody, the strongest first."""
    table, members = account.table, account.day.nodes[NodeKind.MEMBER].ids
    rows = np.flatnonzero(table.contact == contact)
    rows = rows[np.lexsort((table.member[rows], -np.round(table.strength[rows], 9)))]
    return [
        KnownBy(
            member_id=members[table.member[row]],
            strength=significant(float(table.strength[row])),
            edge_id=account.ties[row],
        )
        for row in rows.tolist()
    ]


def _barred(network: Network, ways: _Ways) -> list[Barred]:
    """Who on the ways is not asked, by the probability of the best way he stands on, then by id."""
    found: dict[int, Barred] = {}
    for path in ways.paths:
        for person in ways.people(path)[:-1]:
            account, local = network.account(person), network.local[person]
            if person in found or local not in account.bars:
                continue
            bar, evidence = account.bars[local]
            found[person] = Barred(
                contact_id=network.ids[person],
                name=account.day.contacts.texts("name")[local],
                account_id=account.whole.account_id,
                bar=bar,
                probability=significant(path.probability(ways.steps)),
                evidence=list(evidence),
            )
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Leg:
    """One person bringing us to the next, over one step or over a place where both are."""

    source: int
    target: int
    kind: EdgeKind
    edge_id: str
    probability: float


class _Ways:
    """The best ways to a person over some steps."""

    def __init__(self, network: Network, steps: StepGraph, target: int, k: int, extra: int) -> None:
        self.network, self.steps, self.target = network, steps, target
        self.paths = self._distinct(k, extra)

    def _distinct(self, k: int, extra: int) -> list[Path]:
        """The k best paths of different people: one person may reach another in two ways."""
        tree = best_to(self.steps, self.target)
        wanted, kept = k, dict[tuple[int, ...], Path]()
        for _ in range(_TURNS):
            paths = best_paths(tree, self.steps.team, wanted, extra)
            for path in paths:
                kept.setdefault(tuple(self.people(path)), path)
            if len(kept) >= k or len(paths) < wanted:
                break
            wanted *= 2
        return list(kept.values())[:k]

    def people(self, path: Path) -> list[int]:
        """The people on a path, the target last."""
        return [node for node in path.nodes if node < self.steps.contacts]

    def item(self, rank: int, path: Path) -> Introduction:
        """A way as it is told."""
        network, people_ = self.network, self.people(path)
        legs = list(self._legs(path))
        first = network.account(people_[0])
        row = int(first.best[network.local[people_[0]]])
        member = first.day.nodes[NodeKind.MEMBER].ids[first.table.member[row]]
        between = [self._go_between(leg) for leg in legs[:-1]]
        homes = [network.account(person).whole.account_id for person in people_]
        steps = [
            IntroductionStep(
                source_id=member if leg.source == self.steps.team else network.ids[leg.source],
                target_id=network.ids[leg.target],
                kind=leg.kind,
                edge_id=leg.edge_id,
                probability=significant(leg.probability),
                crosses=leg.source != self.steps.team and not network.together(leg.source, leg.target),
            )
            for leg in legs
        ]
        return Introduction(
            rank=rank,
            member_id=member,
            first_id=between[0].contact_id,
            introducer_id=between[-1].contact_id,
            target_id=network.ids[self.target],
            probability=significant(path.probability(self.steps)),
            cost=significant(sum(person.cost for person in between)),
            accounts=len(set(homes)),
            occasion=between[0].occasion,
            occasion_on=between[0].occasion_on,
            path=[member, *(network.ids[person] for person in people_)],
            steps=steps,
            go_betweens=between,
            evidence=list(self._evidence(steps, people_[:-1])),
        )

    def _legs(self, path: Path) -> Iterator[_Leg]:
        """The path from person to person, without the places."""
        steps, begin = self.steps, 0
        for end, node in enumerate(path.nodes[1:], start=1):
            if node >= steps.contacts:
                continue
            passed = path.steps[begin:end]
            kind = steps.edge_kind(passed[0])
            assert kind is not None  # only our team has steps that are no edges, and here it has none
            chance = math.prod(float(steps.probability[step]) for step in passed)
            yield _Leg(path.nodes[begin], node, kind, steps.edge_ids[passed[0]], chance)
            begin = end

    def _go_between(self, leg: _Leg) -> GoBetween:
        account, local = self.network.account(leg.target), self.network.local[leg.target]
        rules = self.network.rules.introductions
        asks, strength = account.asks.get(local, 0), account.strength(local)
        occasion, moment, _ = account.occasions.get(local, (None, None, ""))
        return GoBetween(
            contact_id=self.network.ids[leg.target],
            name=account.day.contacts.texts("name")[local],
            account_id=account.whole.account_id,
            strength=None if strength is None else significant(strength),
            cost=significant(min(100.0, 100 * (1 - leg.probability) + rules.ask_cost * asks)),
            asks=asks,
            occasion=occasion,
            occasion_on=moment,
        )

    def _evidence(self, steps: list[IntroductionStep], people_: list[int]) -> Iterator[Evidence]:
        """The records of the steps, and the one that makes this a moment to ask the first go-between."""
        for step in steps:
            yield Evidence(kind=step.kind, id=step.edge_id)
        account, local = self.network.account(people_[0]), self.network.local[people_[0]]
        if local in account.occasions:
            yield Evidence(kind=NodeKind.INTERACTION, id=account.occasions[local][2])
