"""What the rules of one answer share: who is who, how strong our ties are, who is listened to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from models.columns import code_of, day_number
from models.enums import EdgeKind, NodeKind, TeamRole
from models.fields import Label
from models.findings.coverage import Thread
from models.graph import AccountGraph
from models.terms import Degree, Term
from queries.advice.alerts import points
from queries.coverage.threads import single_threads
from queries.coverage.ties import counted_ties
from queries.deals.purchase import Purchase, purchases
from queries.influence.case import Asked
from queries.influence.ranking import influence_scores
from queries.people import SIGNING, Bools, Floats, People, people, unnamed_people
from queries.rules import Rules
from queries.rules.advice import AdviceRules
from queries.strength.by_contact import best_tie_rows, last_contact_days
from queries.strength.flows import Ints
from queries.strength.table import StrengthTable, strength_table

__all__ = ["SHOWN", "Case", "in_words"]

SHOWN = 3
"""So many names are listed; the others are counted."""


@dataclass(frozen=True, eq=False)
class Case:
    """One account on one day, asked about all its purchases or one of them.

    `whole` has every tie, `graph` those that hold on the day. Everything derived is made once.
    """

    whole: AccountGraph
    graph: AccountGraph
    on: date
    rules: Rules
    opportunity_id: str | None = None

    @classmethod
    def of(cls, graph: AccountGraph, on: date, rules: Rules, opportunity_id: str | None = None) -> Case:
        """The case of an account graph on a day."""
        return cls(graph, graph.on(on), on, rules, opportunity_id)

    @property
    def table(self) -> AdviceRules:
        """The parameters of advice."""
        return self.rules.advice

    @cached_property
    def today(self) -> int:
        """The day's number."""
        return day_number(self.on)

    @cached_property
    def deals(self) -> tuple[Purchase, ...]:
        """The purchases that are not lost: open ones, the buyer furthest along first, then by id.

        Or the one asked about.
        """
        found = purchases(self.graph, self.opportunity_id)
        return tuple(sorted(found, key=lambda deal: (not deal.open, -code_of(deal.step), deal.id)))

    @cached_property
    def open_deals(self) -> tuple[Purchase, ...]:
        """Those that are neither won nor lost."""
        return tuple(deal for deal in self.deals if deal.open)

    @cached_property
    def who(self) -> People:
        """The people with the parts they play in the purchase asked about, else in all open ones."""
        return self.who_in(self.opportunity_id)

    def who_in(self, opportunity_id: str | None) -> People:
        """The people with the parts they play in one purchase; nobody who was erased counts any more."""
        who = people(self.graph, opportunity_id, self.rules.influence.finance_share_of_clerks)
        return replace(who, counts=who.counts & ~self.unnamed) if self.unnamed.any() else who

    @cached_property
    def unnamed(self) -> Bools:
        """Who has objected to profiling or was erased: nothing is advised about them, none is named."""
        return unnamed_people(self.graph)

    @cached_property
    def ties(self) -> StrengthTable:
        """Every tie of ours; ties to who is restricted are not among them."""
        return strength_table(self.whole, on=self.on, rules=self.rules)

    @cached_property
    def best(self) -> Ints:
        """The row of each contact's strongest tie of ours, −1 without one."""
        return best_tie_rows(self.ties, len(self.graph.contacts))

    @cached_property
    def threads(self) -> list[Thread]:
        """The departments and deciders that hang on one of ours (docs/rules.md §7), worst first."""
        counted = counted_ties(self.whole, on=self.on, rules=self.rules, opportunity_id=self.opportunity_id)
        return single_threads(self.graph, self.who, counted, self.rules)

    @cached_property
    def strength(self) -> Floats:
        """The strength of each contact's best tie of ours, 0 without one."""
        return np.where(self.best >= 0, self.ties.strength[self.best] if len(self.ties) else 0.0, 0.0)

    @cached_property
    def last_contact(self) -> Ints:
        """The day number of each contact's last two-way contact with any of ours, NO_DAY without one."""
        return last_contact_days(self.whole, self.on, self.rules)

    @cached_property
    def influence(self) -> Floats:
        """Everybody's influence, 0–100, in the purchase asked about, else in the account."""
        asked = Asked(opportunity_id=self.opportunity_id)
        return influence_scores(self.whole, on=self.on, rules=self.rules, asked=asked).score

    @cached_property
    def team(self) -> list[int]:
        """The positions of those of ours who serve the account or have a tie to somebody in it."""
        serves = self.graph.edges[EdgeKind.SERVES]
        team: list[int] = np.unique(np.concatenate((self.ties.member, serves.source))).tolist()
        return team

    @cached_property
    def owner(self) -> str | None:
        """Who of ours owns the account, the first by id."""
        serves, members = self.graph.edges[EdgeKind.SERVES], self.graph.nodes[NodeKind.MEMBER].ids
        rows = np.flatnonzero(serves.array("role") == code_of(TeamRole.OWNER)).tolist()
        return min((members[serves.source[row]] for row in rows), default=None)

    def name(self, contact: int) -> str:
        """The name of the contact at a position."""
        return str(self.graph.contacts.texts("name")[contact])

    def names(self, contacts: Sequence[int]) -> Label:
        """Their names, the first few of them and how many there are."""
        shown, more = [self.name(contact) for contact in contacts[:SHOWN]], len(contacts) - SHOWN
        en, zh = ", ".join(shown), "、".join(shown)
        return Label(f"{en} and {more} more", f"{zh}等 {len(contacts)} 人") if more > 0 else Label(en, zh)

    def member_name(self, member: int) -> str:
        """The name of one of ours at a position."""
        return str(self.graph.nodes[NodeKind.MEMBER].texts("name")[member])

    def thread_params(self, thread: Thread) -> dict[str, str]:
        """On whom something hangs, and what would be left of our best tie."""
        member = self.graph.nodes[NodeKind.MEMBER].position[thread.member_id]
        return {
            "member": self.member_name(member),
            "points": points(thread.strength),
            "rest": points(thread.without),
        }

    def key(self, contact: int) -> tuple[NodeKind, str]:
        """The record of the contact at a position."""
        return (NodeKind.CONTACT, self.graph.contacts.ids[contact])

    def by_influence(self, chosen: Bools) -> list[int]:
        """The positions of a mask, the most influential first, equal ones by id."""
        return self.by(self.influence, chosen)

    def by(self, weight: Floats, chosen: Bools) -> list[int]:
        """The positions of a mask, the weightiest first, equal ones by id."""
        places = np.flatnonzero(chosen)
        return [int(place) for place in places[np.argsort(-weight[places], kind="stable")]]

    @cached_property
    def signs(self) -> Bools:
        """Who decides or approves in the purchase asked about, else in any open one."""
        return self.who.holding(*SIGNING)

    def parts(self, deal: Purchase, contacts: Iterable[int]) -> tuple[tuple[EdgeKind, str], ...]:
        """The records that say which parts these people play in a purchase."""
        plays, target = self.graph.edges[EdgeKind.PLAYS], self.graph.nodes[NodeKind.OPPORTUNITY].position
        wanted = np.isin(plays.source, list(contacts)) & (plays.target == target[deal.id])
        return tuple((EdgeKind.PLAYS, plays.ids[row]) for row in np.flatnonzero(wanted).tolist())

    def signers(self, deal: Purchase) -> list[int]:
        """Who decides or approves a purchase, the most influential first; nobody who left or objected."""
        who = self.who_in(deal.id)
        return self.by_influence(who.holding(*SIGNING) & who.counts)


def in_words(terms: Iterable[Term | Degree]) -> tuple[Label, ...]:
    """Terms as they stand inside a sentence."""
    return tuple(Label(term.en.lower(), term.zh) for term in terms)
