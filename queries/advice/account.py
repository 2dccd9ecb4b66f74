"""Rules of the account as a whole: our team, departments that hang on one of us, products, who has left."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from models.columns import NO_DAY, code_of
from models.enums import BuyingRole, ContactStatus, EdgeKind, NodeKind, TeamRole, Tier
from queries.advice.alerts import Alert, days, points
from queries.advice.case import Case, in_words
from queries.advice.words.account import AccountRule as Rule
from queries.people import Bools, Floats
from queries.strength.by_contact import best_rows
from queries.strength.flows import Ints
from queries.strength.state import tie_state

__all__ = ["account_alerts", "team_gaps"]

_TEAM = (TeamRole.OWNER, TeamRole.SPONSOR)


def account_alerts(case: Case) -> Iterator[Alert]:
    """What is to be seen to in the account itself. O(people + ties)."""
    yield from _team(case)
    yield from _departments(case)
    yield from _left(case)
    yield from _unplaced(case)


def team_gaps(account_id: str, tier: Tier | None, held: set[TeamRole]) -> Iterator[Alert]:
    """The roles nobody of ours has in an A account."""
    for role in _TEAM:
        if tier is Tier.A and role not in held:
            evidence = ((NodeKind.ACCOUNT, account_id),)
            yield Alert(Rule.A_WITHOUT_TEAM, {"role": role}, evidence, subject=(str(role),))


def _team(case: Case) -> Iterator[Alert]:
    accounts, serves = case.graph.nodes[NodeKind.ACCOUNT], case.graph.edges[EdgeKind.SERVES]
    own = accounts.position.get(case.graph.account_id)
    if own is not None:
        tier, roles = int(accounts.array("tier")[own]), tuple(TeamRole)
        held = {roles[code] for code in serves.array("role")[serves.target == own].tolist()}
        yield from team_gaps(case.graph.account_id, tuple(Tier)[tier] if tier >= 0 else None, held)


def _departments(case: Case) -> Iterator[Alert]:
    """Departments with a part in a purchase that hang on one of ours.

    The next step is about the most influential one known there.
    """
    departments, known = case.graph.nodes[NodeKind.DEPARTMENT], case.strength >= case.table.known_points
    plays = case.who.in_centre & case.who.counts
    for thread in case.threads:
        inside = case.who.department == departments.position.get(thread.id, -1)
        if thread.kind != NodeKind.DEPARTMENT or not (inside & plays).any():
            continue
        first = next(iter(case.by_influence(inside & known & case.who.counts)), None)
        yield Alert(
            Rule.DEPARTMENT_SINGLE_THREADED,
            {"department": thread.name, **case.thread_params(thread)},
            ((NodeKind.DEPARTMENT, thread.id), (NodeKind.MEMBER, thread.member_id)),
            contact_id=None if first is None else case.graph.contacts.ids[first],
            member_id=case.owner,
            subject=(thread.id,),
        )


def _left(case: Case) -> Iterator[Alert]:
    """Who has left: friends, with whom a door opens elsewhere, and those whose part nobody has taken over."""
    contacts = case.graph.contacts
    gone = contacts.array("status") == code_of(ContactStatus.LEFT)
    gone &= ~case.unnamed
    yield from _friends(case, gone)
    for contact in _nearest(case, gone & case.who.in_centre & case.signs, gone & case.who.in_centre):
        deals = [deal for deal in case.open_deals if case.who_in(deal.id).roles[contact]]
        roles = [case.who_in(deal.id).roles[contact] for deal in deals]
        yield Alert(
            Rule.LEFT_GAP,
            {
                "contact": case.name(contact),
                "roles": in_words(role for role in BuyingRole if any(role in held for held in roles)),
                "deals": tuple(deal.name for deal in deals),
            },
            (case.key(contact), *(key for deal in deals for key in case.parts(deal, [contact]))),
            contact_id=contacts.ids[contact],
            member_id=case.owner,
            subject=(contacts.ids[contact],),
        )


def _friends(case: Case, gone: Bools) -> Iterator[Alert]:
    jobs = case.whole.edges[EdgeKind.WORKS_IN]
    ended = np.full(len(gone), NO_DAY, dtype=np.int64)
    np.maximum.at(ended, jobs.source, jobs.array("until"))
    first = case.today - case.table.left_days
    lately = gone & (ended <= case.today) & (ended >= first) & (ended != NO_DAY)
    if not lately.any():
        return
    strength, member = _parting(case, first)
    for contact in case.by(strength, lately & (strength >= case.table.trusted_points)):
        yield Alert(
            Rule.LEFT_FRIEND,
            {
                "contact": case.name(contact),
                "ago": days(case.today - int(ended[contact])),
                "points": points(strength[contact]),
            },
            (case.key(contact),),
            contact_id=case.graph.contacts.ids[contact],
            member_id=case.graph.nodes[NodeKind.MEMBER].ids[member[contact]],
        )


def _parting(case: Case, first: int) -> tuple[Floats, Ints]:
    """What our best tie to each contact would be had it not ended with the job, since a day, and whose it is.

    0 and −1 without one.
    """
    state = tie_state(case.whole, case.on, case.rules)
    events, strength = state.events, np.zeros(len(case.graph.contacts))
    member = np.full(len(strength), -1, dtype=np.int64)
    rows = np.flatnonzero(state.exists | (state.ended >= first))
    best = best_rows(events.member[rows], events.contact[rows], state.strength[rows], len(strength))
    met = np.flatnonzero(best >= 0)
    strength[met], member[met] = state.strength[rows[best[met]]], events.member[rows[best[met]]]
    return strength, member


def _nearest(case: Case, *chosen: Bools) -> list[int]:
    """The positions of masks, those of the first one first, by our best tie: who has left moves nobody."""
    found = [place for mask in chosen for place in case.by(case.strength, mask)]
    return list(dict.fromkeys(found))


def _unplaced(case: Case) -> Iterator[Alert]:
    """People we know who have neither a seat here nor a part in a purchase, which has a rule of its own."""
    who = case.who
    lost = who.counts & (who.department < 0) & ~who.in_centre & (case.strength >= case.table.known_points)
    if lost.any():
        people = case.by_influence(lost)
        yield Alert(
            Rule.PEOPLE_UNPLACED,
            {"people": case.names(people)},
            tuple(case.key(contact) for contact in people),
            contact_id=case.graph.contacts.ids[people[0]],
            subject=(case.graph.account_id,),
        )
