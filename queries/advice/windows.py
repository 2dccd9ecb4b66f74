"""Rules of the windows to the decision layer: used while they are open, and used before they shut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from models.columns import day_number
from models.enums import Stage, Step, Window
from queries.advice.alerts import Alert, days
from queries.advice.case import Case
from queries.advice.words.purchase import PurchaseRule
from queries.chains.windows import window_of
from queries.deals.purchase import Purchase, purchases

__all__ = ["window_alerts"]


def window_alerts(case: Case) -> Iterator[Alert]:
    """Windows nobody has used since they opened, and windows that an acceptance will shut.

    Both need an open purchase, another one than what is accepted: a window leads to somebody who decides on
    one. O(purchases · (purchases + people)).
    """
    yield from _closing(case)
    for deal in case.open_deals:
        yield from _unused(case, deal)


def _closing(case: Case) -> Iterator[Alert]:
    """Acceptance is the milestone of the last sales stage; the window shuts on the day it is planned for."""
    every = list(purchases(case.graph))
    deciders = case.by_influence(case.who.decision() & case.who.counts & case.who.in_centre)
    if not deciders:
        return
    for deal in every:
        day = dict(deal.planned).get(Stage.DELIVER)
        if deal.step is not Step.INSTALL or day is None:
            continue
        if not any(other.open for other in every if other.id != deal.id):
            continue
        if not case.on <= day <= case.on + timedelta(days=case.table.window_days):
            continue
        yield Alert(
            PurchaseRule.WINDOW_CLOSING,
            {
                "deal": deal.name,
                "days": days((day - case.on).days),
                "day": day,
                "people": case.names(deciders),
            },
            (deal.key,),
            contact_id=case.graph.contacts.ids[deciders[0]],
            due=day,
        )


def _unused(case: Case, deal: Purchase) -> Iterator[Alert]:
    window, since = window_of(case.graph, deal.id, deal.step, case.on)
    if window is not Window.OPEN or since is None:
        return
    waiting = [
        contact
        for contact in _deciders_of(case, deal)
        if case.last_contact[contact] < day_number(since) and not _placeholder(case, contact)
    ]
    if waiting:
        yield Alert(
            PurchaseRule.WINDOW_UNUSED,
            {"deal": deal.name, "since": since, "people": case.names(waiting)},
            (deal.key, *(case.key(contact) for contact in waiting)),
            deal.id,
            contact_id=case.graph.contacts.ids[waiting[0]],
            subject=(deal.id, since.isoformat()),
        )


def _deciders_of(case: Case, deal: Purchase) -> list[int]:
    """The decision level of a purchase: who of it plays a part and has neither left nor objected."""
    who = case.who_in(deal.id)
    return case.by_influence(who.decision() & who.counts & who.in_centre)


def _placeholder(case: Case, contact: int) -> bool:
    return bool(np.equal(case.graph.contacts.array("placeholder")[contact], 1))
