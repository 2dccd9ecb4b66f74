"""Probable bosses: for everybody without a solid line, who is likely above him, and why."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from models.bosses import BossSign
from models.columns import NOT_SET
from models.enums import Level
from models.faults import Code, Fault, InvalidInput
from models.findings.base import Evidence
from models.findings.bosses import BossGround, BossGuess, Bossless, ProbableBosses
from models.graph import AccountGraph
from queries.bosses.organisation import Organisation, below, organisation
from queries.bosses.pairs import between_two
from queries.bosses.proposal import proposed
from queries.bosses.seats import Ground, Guess, Seats
from queries.naming import known_contact
from queries.numbers import significant
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["Guessed", "guesses", "probable_bosses"]

VERSION = "1"
_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Guessed:
    """Everybody who may be the boss of `person`, nobody among them, the most probable first.

    `total` are the odds of all of them and of somebody whom nothing points to; `below` people are below.
    """

    person: int
    below: int
    total: float
    ranked: tuple[Guess, ...]

    @property
    def share(self) -> float:
        """The part of all odds that falls on the first guess."""
        return self.ranked[0].odds / self.total


def probable_bosses(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    k: int = 3,
    contact_id: str | None = None,
    most: int | None = None,
    lang: str = "en",
) -> ProbableBosses:
    """Who is probably the boss of each contact without a solid line: the k most probable, and nobody above.

    With `contact_id` of that contact alone, if he has none; with `most` only the first so many are told,
    the proposal is of all who are asked about.

    A guess's odds are the product of the factors of its grounds (where both sit, who leads the colleagues,
    what is between the two); its share is the part of all odds, of which `nobody` above and `somebody`
    whom nothing points to have some too. Who is already below somebody is never guessed as his boss. The
    proposal holds the first guesses of at least `propose`, the surest first, each only if it closes no
    circle with the known lines (those that begin later too) and those before it.
    Who left, is restricted or was erased is neither asked about nor guessed.

    Raises InvalidInput for k outside 1–`most_guesses` and a contact that cannot be named. O(people ·
    candidates of a seat + ties log ties + participations · `meeting_people`). Formulas: docs/rules.md §22;
    the product of independent likelihoods is that of naive Bayes (Maron 1961), its factors are ours.
    """
    if not 1 <= k <= rules.bosses.most_guesses:
        limits = {"name": "k", "low": 1, "high": rules.bosses.most_guesses}
        raise InvalidInput(Fault(Code.OUT_OF_RANGE, limits, pointer="/k"))
    asked = None if contact_id is None else known_contact(graph, contact_id)
    org = organisation(graph, on, rules)
    if asked is not None:
        org = replace(org, bossless=tuple({asked} & set(org.bossless)))
    found = sorted(guesses(org, on, rules), key=lambda each: (-each.share, each.person))
    proposal, circular = proposed(
        org, [(each.person, each.ranked[0].boss, each.share) for each in found], on, rules.bosses, lang
    )
    return ProbableBosses(
        items=[_told(org, each, k, rules) for each in found[:most]],
        placed=org.placed,
        proposal=proposal,
        circular=circular,
        provenance=provenance_of(graph, on, rules, "bosses", VERSION, k=k, contact_id=contact_id),
    )


def guesses(org: Organisation, on: date, rules: Rules) -> Iterator[Guessed]:
    """The guesses about everybody without a solid line, in the order of positions."""
    seats, pairs = Seats(org, rules.bosses), between_two(org, on, rules)
    people = int(org.told.sum())
    for person in org.bossless:
        hidden = below(person, org.under)
        tied, seat = pairs.get(person, {}), seats.seat(person)
        seated = seats.candidates(seat)
        found = [
            (seated.get(boss) or seats.placed(boss, seat)).also(tied.get(boss, ()))
            for boss in sorted(seated.keys() | tied.keys())
            if boss != person and boss not in hidden
        ]
        beneath = sum(bool(org.told[one]) for one in hidden - {person})
        found.append(_nobody(seat.level, beneath, people, rules))
        found.sort(key=lambda each: -each.odds)
        total = math.fsum((rules.bosses.somebody, *(each.odds for each in found)))
        yield Guessed(person, beneath, total, tuple(found))


def _nobody(level: int, beneath: int, people: int, rules: Rules) -> Guess:
    """The guess that nobody of the account is above somebody, with so many of all people below him."""
    table = rules.bosses
    odds = table.nobody_unknown if level == NOT_SET else table.nobody.get(_LEVELS[level], 1.0)
    grounds = [Ground(BossSign.OWN_LEVEL, odds)]
    if beneath:
        grounds.append(
            Ground(BossSign.TOP, 1 + table.top * beneath / max(1, people - 1), beneath, people - 1)
        )
    return Guess.of(None, grounds)


def _told(org: Organisation, found: Guessed, k: int, rules: Rules) -> Bossless:
    """The first k people and, at its place, nobody; what falls on all others."""
    names, ids = org.day.contacts.texts("name"), org.day.contacts.ids
    people = [each for each in found.ranked if each.boss is not None][:k]
    named = {None, *(each.boss for each in people)}
    listed = [each for each in found.ranked if each.boss in named]
    left = (each.odds for each in found.ranked if each.boss not in named)
    first = found.ranked[0].boss
    return Bossless(
        contact_id=ids[found.person],
        name=names[found.person],
        boss_id=None if first is None else ids[first],
        boss_name=None if first is None else names[first],
        share=significant(found.share),
        below=found.below,
        others=significant(math.fsum((rules.bosses.somebody, *left)) / found.total),
        guesses=[
            BossGuess(
                contact_id=None if each.boss is None else ids[each.boss],
                name=None if each.boss is None else names[each.boss],
                share=significant(each.odds / found.total),
                odds=significant(each.odds),
                grounds=[_ground(ground, rules.bosses.records) for ground in each.grounds],
            )
            for each in listed
        ],
    )


def _ground(ground: Ground, most: int) -> BossGround:
    return BossGround(
        sign=ground.sign,
        factor=significant(ground.factor),
        number=ground.number,
        of=ground.of,
        evidence=[Evidence(kind=str(kind), id=id_) for kind, id_ in ground.records[:most]],
    )
