"""Rules of the parts people play in an open purchase: who is missing, who signs, who speaks for us."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from models.enums import Attitude, BuyingRole, EdgeKind, NodeKind, Voice
from models.fields import Label
from queries.advice.alerts import Alert
from queries.advice.case import SHOWN, Case, in_words
from queries.advice.words.people import PeopleRule as Rule
from queries.coverage.gaps import missing_roles
from queries.deals.purchase import Purchase
from queries.forecast.forecast import room_of
from queries.people import SIGNING

__all__ = ["part_alerts"]

_ATTITUDES = tuple(Attitude)


def part_alerts(case: Case) -> Iterator[Alert]:
    """What is not known of the people in open purchases, and what stands against us in them.

    Who has left or is under restriction fills no role and is not named. O(purchases · (people + roles)).
    """
    for deal in case.open_deals:
        yield from _missing(case, deal)
        yield from _champion(case, deal)
        signers = case.signers(deal)
        yield from _vetoes(case, deal, signers)
        for contact in signers:
            yield from _signer(case, deal, contact)


def _missing(case: Case, deal: Purchase) -> Iterator[Alert]:
    who = case.who_in(deal.id)
    playing = np.flatnonzero(who.in_centre & who.counts).tolist()
    missing = tuple(row.role for row in missing_roles(case.graph, deal.id, case.rules))
    if missing:
        params = {"deal": deal.name, "step": deal.step, "roles": missing}
        yield Alert(Rule.ROLE_MISSING, params, (deal.key,), deal.id)
    unplaced = [contact for contact in playing if who.department[contact] < 0]
    if unplaced:
        yield Alert(
            Rule.ROLE_UNPLACED,
            {"deal": deal.name, "people": tuple(case.name(contact) for contact in unplaced)},
            (*(case.key(contact) for contact in unplaced), *case.parts(deal, unplaced)),
            deal.id,
            contact_id=case.graph.contacts.ids[unplaced[0]],
            subject=(deal.id,),
        )


def _champion(case: Case, deal: Purchase) -> Iterator[Alert]:
    """A champion is who is entered as one and does not doubt us, or stands up for us with a strong voice."""
    who = case.who_in(deal.id)
    named = who.holding(BuyingRole.CHAMPION)
    heard = ~(who.voice < Voice.SOME)
    loud = (who.attitude == Attitude.ADVOCATE) & (who.voice >= Voice.STRONG)
    if (
        deal.has_come_to(case.table.champion_from)
        and not (who.counts & ((named & heard & ~(who.attitude < 0)) | loud)).any()
    ):
        able = case.by_influence(who.counts & (who.attitude > 0) & (who.voice >= Voice.SOME))[:SHOWN]
        yield Alert(
            Rule.NO_CHAMPION,
            {"deal": deal.name, "step": deal.step, "people": _candidates(case, able)},
            (deal.key, *case.parts(deal, able)),
            deal.id,
            contact_id=case.graph.contacts.ids[able[0]] if able else None,
            subject=(deal.id,),
        )


def _candidates(case: Case, able: list[int]) -> Label:
    en, zh = (mark.join(case.name(contact) for contact in able) for mark in (", ", "、"))
    return Label(f", such as {en}", f"，例如{zh}") if able else Label("", "")


def _vetoes(case: Case, deal: Purchase, signers: list[int]) -> Iterator[Alert]:
    attitude = case.who_in(deal.id).attitude
    if not (attitude[signers] < 0).any():
        return  # nobody could, and the forecast need not be made
    room = room_of(case.whole, on=case.on, rules=case.rules, opportunity_id=deal.id)
    for contact in signers:
        if room.vetoes[contact]:
            said = next(word for word in _ATTITUDES if word == attitude[contact])
            yield _about(case, deal, contact, Rule.VETO, attitude=in_words([said]))


def _signer(case: Case, deal: Purchase, contact: int) -> Iterator[Alert]:
    """Without a signer nothing is bought: what he thinks and what he asks for should be known."""
    who = case.who_in(deal.id)
    if case.graph.contacts.array("placeholder")[contact] == 1:
        return
    if not deal.has_come_to(case.table.signers_from):
        return
    if np.isnan(who.attitude[contact]):
        yield _about(case, deal, contact, Rule.ATTITUDE_UNKNOWN)
    if not _concerned(case, deal, contact):
        yield _about(case, deal, contact, Rule.CONCERNS_UNKNOWN)


def _about(case: Case, deal: Purchase, contact: int, rule: Rule, **params: object) -> Alert:
    roles = case.who_in(deal.id).roles[contact]
    id_ = case.graph.contacts.ids[contact]
    return Alert(
        rule,
        {
            "deal": deal.name,
            "contact": case.name(contact),
            "roles": in_words(role for role in SIGNING if role in roles),
            **params,
        },
        (case.key(contact), *case.parts(deal, [contact])),
        deal.id,
        contact_id=id_,
        subject=(id_,),
    )


def _concerned(case: Case, deal: Purchase, contact: int) -> bool:
    plays, target = case.graph.edges[EdgeKind.PLAYS], case.graph.nodes[NodeKind.OPPORTUNITY].position[deal.id]
    rows = np.flatnonzero((plays.source == contact) & (plays.target == target)).tolist()
    return any(plays.texts("concerns")[row] for row in rows)
