"""Who can bring us to whom: the people of several accounts as one graph of steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from models.columns import NO_DAY, day_number
from models.enums import EdgeKind, Line, Polarity
from models.graph import AccountGraph, EdgeTable
from queries.chains.step_graph import Ints, Part, StepGraph, step_graph
from queries.chains.steps import steps_inside
from queries.introductions.crossing import CrossingTie
from queries.introductions.standing import Standing
from queries.people import Bools
from queries.relations.channels import ChannelTie
from queries.rules import Rules
from queries.rules.introductions import IntroductionRules

__all__ = ["Network"]

_Rows = list[tuple[int, int, float, str]]
"""Steps as source, target, probability and edge id."""


class Network:
    """The people of some accounts in the order of their ids, then places where they meet, then our team.

    A place stands for a department, or for one way of a channel: who is there can introduce us to everybody
    else there. So a department of n people has 2n steps and not n². `home` is the number of each one's
    account, `local` his position in it.
    """

    def __init__(
        self,
        accounts: Sequence[Standing],
        ties: Sequence[CrossingTie],
        links: Sequence[ChannelTie],
        rules: Rules,
    ) -> None:
        self.accounts, self.ties, self.links, self.rules = accounts, ties, links, rules
        seats = sorted(
            (id_, number, place)
            for number, account in enumerate(accounts)
            for place, id_ in enumerate(account.day.contacts.ids)
        )
        self.ids = tuple(id_ for id_, _, _ in seats)
        self.home = [number for _, number, _ in seats]
        self.local = [place for _, _, place in seats]
        self.position: Mapping[str, int] = {id_: place for place, id_ in enumerate(self.ids)}
        self._places: list[str] = []

    def steps(self, target: int, barred: bool) -> StepGraph:
        """The steps towards a person; those out of people who are not asked only if `barred`.

        Nobody who left, is restricted or has no name yet passes us on or is led to, but the target. Our own
        tie to the target is no step: who has one needs no introduction.
        """
        self._places = []
        named = np.zeros(len(self.ids), dtype=bool)
        asked = np.zeros(len(self.ids), dtype=bool)
        parts: list[Part] = []
        for account in self.accounts:
            place = self._global(account)
            named[place] = account.named
            open_ = account.named.copy()
            open_[list(account.bars)] &= barred
            asked[place] = open_
            parts += [
                replace(part, source=place[part.source], target=place[part.target])
                for part in self._inside(account)
            ]
            parts += self._meeting(account, place)
        parts += [*self._across(), *self._channels()]
        named[target] = True
        team = len(self.ids) + len(self._places)
        kept = [_between(part, asked, named) for part in parts]
        ours = [self._ours(account, team, target, asked) for account in self.accounts]
        ids = (*self.ids, *self._places, "")
        return step_graph(ids, len(self.ids), [*kept, *ours], team)

    def account(self, person: int) -> Standing:
        """The account of a person."""
        return self.accounts[self.home[person]]

    def together(self, one: int, other: int) -> bool:
        """Whether two people are of one account."""
        return self.home[one] == self.home[other]

    def _global(self, account: Standing) -> Ints:
        return np.array([self.position[id_] for id_ in account.day.contacts.ids], dtype=np.int32)

    def _place(self, name: str) -> int:
        """A new place where people meet."""
        self._places.append(name)
        return len(self.ids) + len(self._places) - 1

    def _inside(self, account: Standing) -> Iterator[Part]:
        """Lines, influences and messages as in chains, bonds at their weight, and past colleagues."""
        own = self.rules.introductions
        chains = self.rules.chains.model_copy(update={"upward": own.upward})
        yield from steps_inside(account.day, chains, None)
        bonds = account.day.edges[EdgeKind.BOND]
        friendly = bonds.where(bonds.array("polarity") != float(Polarity.CONFLICT))
        weight = friendly.array("weight")
        drawn = np.where(np.isnan(weight), own.unknown_bond, own.bond * weight)
        yield Part(EdgeKind.BOND, friendly.source, friendly.target, drawn, friendly.ids)
        yield Part(EdgeKind.BOND, friendly.target, friendly.source, drawn, friendly.ids, against=True)
        yield _part(EdgeKind.WORKS_IN, _past_colleagues(account, own))

    def _meeting(self, account: Standing, place: Ints) -> Iterator[Part]:
        """From everybody into the department he works in, and out of it to everybody else there."""
        jobs, chance = account.day.edges[EdgeKind.WORKS_IN], self.rules.introductions.colleagues
        units = {unit: self._place(f"works_in:{unit}") for unit in np.unique(jobs.target).tolist()}
        where = np.array([units[unit] for unit in jobs.target.tolist()], dtype=np.int32)
        into = np.full(len(jobs), chance)
        yield Part(EdgeKind.WORKS_IN, place[jobs.source], where, into, jobs.ids)
        yield Part(EdgeKind.WORKS_IN, where, place[jobs.source], np.ones(len(jobs)), jobs.ids, against=True)

    def _across(self) -> Iterator[Part]:
        """The ties between people of two accounts, worth what they are worth inside one."""
        for tie in self.ties:
            source, target = self.position.get(tie.source_id), self.position.get(tie.target_id)
            if source is None or target is None:
                continue  # an account that was left out
            forth, back = _worth(tie, self.rules)
            yield _part(tie.kind, [(source, target, forth, tie.id), (target, source, back, tie.id)])

    def _channels(self) -> Iterator[Part]:
        """From the leaders of an account to those of one that goods or ownership join it to, both ways."""
        chance = self.rules.introductions.channel
        leaders = {
            account.whole.account_id: self._global(account)[account.who.decision() & account.named].tolist()
            for account in self.accounts
        }
        for link in self.links:
            both = (link.source_id, link.target_id)
            if not all(account in leaders for account in both):
                continue
            for one, other in (both, both[::-1]):
                place = self._place(f"channel:{link.id}:{one}")
                rows: _Rows = [(leader, place, chance, link.id) for leader in leaders[one]]
                rows += [(place, leader, 1.0, link.id) for leader in leaders[other]]
                yield _part(EdgeKind.CHANNEL, rows)

    def _ours(self, account: Standing, team: int, target: int, asked: Bools) -> Part:
        """From our team to each person over our strongest tie."""
        place, rows = self._global(account), account.best[account.best >= 0]
        known = place[account.table.contact[rows]]
        worth = account.table.strength[rows] / 100 * asked[known] * (known != target)
        ids = [account.ties[row] for row in rows.tolist()]
        return Part(EdgeKind.KNOWS, np.full_like(known, team), known, worth, ids)


def _part(kind: EdgeKind, rows: _Rows) -> Part:
    source, target, chance = (np.array([row[column] for row in rows]) for column in range(3))
    return Part(
        kind,
        source.astype(np.int32),
        target.astype(np.int32),
        chance.astype(np.float64),
        [id_ for *_, id_ in rows],
    )


def _between(part: Part, asked: Bools, named: Bools) -> Part:
    """A part without the steps out of people who are not asked and to people who are not named."""
    people_ = len(asked)
    out = (part.source >= people_) | asked[np.minimum(part.source, people_ - 1)]
    into = (part.target >= people_) | named[np.minimum(part.target, people_ - 1)]
    return replace(part, probability=part.probability * out * into)


def _worth(tie: CrossingTie, rules: Rules) -> tuple[float, float]:
    """How likely a tie across accounts leads from its source to its target, and back."""
    own, chains = rules.introductions, rules.chains
    match tie.kind:
        case EdgeKind.BOND if tie.polarity == Polarity.CONFLICT:
            return 0.0, 0.0
        case EdgeKind.BOND:
            worth = own.unknown_bond if tie.weight is None else own.bond * tie.weight
            return worth, worth
        case EdgeKind.INFLUENCES if tie.opportunity_id is not None:
            return 0.0, 0.0
        case EdgeKind.INFLUENCES:
            trust = chains.derived if tie.stated is False else chains.stated
            return (chains.unknown_weight if tie.weight is None else trust * tie.weight), 0.0
        case _ if tie.line == Line.DOTTED:
            return chains.dotted, chains.dotted
        case _:
            return own.upward, chains.downward


def _past_colleagues(account: Standing, rules: IntroductionRules) -> _Rows:
    """Pairs who once worked in the same department at the same time, and do not now. O(jobs ended · unit)."""
    table = account.whole.edges[EdgeKind.WORKS_IN]
    table = table.where(table.array("since") <= day_number(account.on))
    now = _now(account.day)
    by_unit: dict[int, list[int]] = {}
    for row, unit in enumerate(table.target.tolist()):
        by_unit.setdefault(unit, []).append(row)
    rows: _Rows = []
    for unit, jobs in by_unit.items():
        ended = [row for row in jobs if (int(table.source[row]), unit) not in now]
        for one in ended:
            for other in jobs:
                if table.source[one] != table.source[other] and _together(table, one, other):
                    ends = int(table.source[one]), int(table.source[other])
                    rows += [
                        (*ends, rules.past_colleagues, table.ids[one]),
                        (*ends[::-1], rules.past_colleagues, table.ids[one]),
                    ]
    return rows


def _now(day: AccountGraph) -> set[tuple[int, int]]:
    """Who works where, as (person, department)."""
    jobs = day.edges[EdgeKind.WORKS_IN]
    return set(zip(jobs.source.tolist(), jobs.target.tolist(), strict=True))


def _together(table: EdgeTable, one: int, other: int) -> bool:
    """Whether two jobs were held at the same time; an empty day is open."""
    since, until = table.array("since"), table.array("until")
    return all(
        until[first] == NO_DAY or since[second] < until[first]
        for first, second in pairwise((one, other, one))
    )
