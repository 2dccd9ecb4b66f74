"""Forecast of the room: how opinions settle when people listen to each other, and what moves them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from models.columns import code_of
from models.enums import BuyingRole, Category, Prior
from models.enums import Step as PurchaseStep
from models.findings.forecast import Forecast, OpinionPart, Settling, VerdictShare
from models.graph import AccountGraph
from models.opinions import OpinionSource, Verdict
from queries.chains.windows import step_of, window_of
from queries.forecast.levers import Ways, attitude_of, levers
from queries.forecast.minds import Minds
from queries.forecast.opinions import Opinions, opinions
from queries.forecast.wording import headline
from queries.influence.priors import gaps, prior_of
from queries.naming import known_opportunity
from queries.numbers import significant
from queries.people import SIGNING, Bools, Floats, People, people
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["Room", "forecast", "room_of", "verdict_of"]

VERSION = "1"
SHOWN_PARTS = 3


@dataclass(frozen=True, slots=True)
class Room:
    """Everybody's opinion at the beginning and settled, what each weighs and sways; by contact position."""

    who: People
    step: PurchaseStep | None
    minds: Minds
    begun: Opinions
    settled: Floats
    weight: Floats
    sway: Floats
    deciders: Bools
    vetoes: Bools

    @property
    def opinion(self) -> float:
        """The room's settled opinion, −1 to 1."""
        return float((self.weight * self.settled).sum())


def room_of(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    step: PurchaseStep | None = None,
) -> Room:
    """The opinions of an account on a day, as arrays. O(ties · rounds), unrounded.

    Raises InvalidInput for an opportunity that is not there.
    """
    known_opportunity(graph, opportunity_id)
    day = graph.on(on)
    at = step_of(graph, opportunity_id, step)
    who = people(day, opportunity_id, rules.influence.finance_share_of_clerks)
    minds = Minds.of(day, who, rules, opportunity_id)
    begun = opinions(graph, who, on, rules, opportunity_id)
    weight = prior_of(who, rules.influence, Prior.LEVEL, at)
    settled = minds.settled(begun.value)
    signs = who.holding(*SIGNING) & who.counts
    vetoes = signs & (who.attitude < 0) & (settled < -rules.forecast.decided)
    return Room(who, at, minds, begun, settled, weight, minds.sway(weight), who.signers(), vetoes)


def forecast(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    step: PurchaseStep | None = None,
    lang: str = "en",
) -> Forecast:
    """How the opinion of the room settles, decider by decider, and whom to win over first.

    Everybody begins with the attitude that was entered, or one guessed from ties, and again and again
    keeps part of it and takes the rest from those he listens to; quarrels turn what is heard into its
    opposite. The room's opinion is the mean by what each person weighs in the step (by level without one).
    Who signs, is entered as sceptical or against us and settles below −`decided` is a veto, whatever the
    total.
    Levers are exact: the settled opinion is linear in everybody's own.
    Raises InvalidInput for an opportunity that is not there. O(ties · rounds + steps · log people).
    Formula and sources: docs/rules.md §14. It is a model of what people said of each other, not a promise.
    """
    room = room_of(graph, on=on, rules=rules, opportunity_id=opportunity_id, step=step)
    window, _ = window_of(graph, opportunity_id, room.step, on)
    ways = Ways.of(graph, on, rules, opportunity_id, window)
    shown = np.flatnonzero(room.who.counts & ((room.weight > 0) | room.deciders)).tolist()
    ids = graph.contacts.ids
    weight = np.round(room.weight, 12)
    shown.sort(key=lambda contact: (not room.deciders[contact], -weight[contact], ids[contact]))
    names = graph.contacts.texts("name")
    vetoes = [contact for contact in shown if room.vetoes[contact]]
    whole = _divided(room, None, room.weight, rules)
    return Forecast(
        items=[_settling(graph, room, contact, rules) for contact in shown],
        headline=headline(whole, [names[contact] for contact in vetoes], lang),
        opinion=significant(room.opinion),
        verdict=verdict_of(room.opinion, rules),
        room=whole,
        by_category=_by_category(room, rules),
        vetoes=[ids[contact] for contact in vetoes],
        levers=levers(graph, room.who, room.begun.value, room.sway, ways, rules),
        gaps=gaps(room.who, rules.influence, room.step),
        guessed_share=significant(float(room.weight[~room.begun.stated].sum())),
        step=room.step,
        provenance=provenance_of(
            graph,
            on,
            rules,
            "settled opinions (Friedkin-Johnsen)",
            VERSION,
            opportunity_id=opportunity_id,
            step=step,
        ),
    )


def _settling(graph: AccountGraph, room: Room, contact: int, rules: Rules) -> Settling:
    settled = float(room.settled[contact])
    return Settling(
        contact_id=graph.contacts.ids[contact],
        name=graph.contacts.texts("name")[contact],
        category=room.who.category(contact),
        roles=[role for role in BuyingRole if role in room.who.roles[contact]],
        decider=bool(room.deciders[contact]),
        attitude=attitude_of(room.who, contact),
        source=OpinionSource.STATED if room.begun.stated[contact] else OpinionSource.GUESSED,
        opinion=significant(float(room.begun.value[contact])),
        settled=significant(settled),
        verdict=verdict_of(settled, rules),
        weight=significant(float(room.weight[contact])),
        sway=significant(float(room.sway[contact])),
        veto=bool(room.vetoes[contact]),
        parts=_parts(graph, room, contact),
        evidence=list(room.begun.evidence[contact]),
    )


def _parts(graph: AccountGraph, room: Room, contact: int) -> list[OpinionPart]:
    """What his settled opinion owes to himself and to those he listens to, the largest first."""
    minds, ids = room.minds, graph.contacts.ids
    owed = {contact: float(minds.kept[contact] * room.begun.value[contact])}
    for tie in minds.heard_by(contact).tolist():
        heard = int(minds.heard[tie])
        owed[heard] = owed.get(heard, 0.0) + float(minds.taken[tie] * room.settled[heard])
    ranked = sorted(owed, key=lambda place: (-abs(round(owed[place], 12)), ids[place]))
    return [
        OpinionPart(contact_id=ids[place], points=significant(owed[place])) for place in ranked[:SHOWN_PARTS]
    ]


def _by_category(room: Room, rules: Rules) -> list[VerdictShare]:
    """Each category with people, divided by verdict; who shares in two gives each a part of his weight."""
    held = room.who.shares.sum(axis=1)
    found = []
    for category in Category:
        part = room.who.shares[:, code_of(category)]
        weight = room.weight * np.divide(part, held, out=np.zeros_like(held), where=held > 0)
        if weight.sum() > 0:
            found.append(_divided(room, category, weight, rules))
    return found


def _divided(room: Room, category: Category | None, weight: Floats, rules: Rules) -> VerdictShare:
    total = float(weight.sum())
    for_us, against = (
        float(weight[side].sum()) / total if total else 0.0
        for side in (room.settled >= rules.forecast.decided, room.settled <= -rules.forecast.decided)
    )
    return VerdictShare(
        category=category,
        weight=significant(total),
        for_us=significant(for_us),
        undecided=significant(max(0.0, 1 - for_us - against)) if total else 0.0,
        against_us=significant(against),
    )


def verdict_of(opinion: float, rules: Rules) -> Verdict:
    """What a settled opinion comes to."""
    if abs(opinion) < rules.forecast.decided:
        return Verdict.UNDECIDED
    return Verdict.FOR if opinion > 0 else Verdict.AGAINST
