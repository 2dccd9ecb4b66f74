"""The buying centre of a purchase, person by person: what each thinks, who holds whom, who courts whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from models.columns import NO_DAY, iso_day
from models.enums import Attitude, BuyingRole, EdgeKind, Grade, NodeKind, Voice
from models.findings.base import Evidence
from models.findings.deals import Buyer
from models.graph import AccountGraph
from models.opinions import OpinionSource
from queries.advice.case import Case
from queries.deals.concerns import concerns_of
from queries.forecast.forecast import Room, verdict_of
from queries.numbers import significant
from queries.strength.table import tie_ids
from queries.threats.courted import Courted, Stake, courted

__all__ = ["buyers"]

_GRADES = tuple(Grade)


def buyers(case: Case, room: Room) -> Iterator[Buyer]:
    """Who plays a part in the purchase of a case: deciders first, then by influence, then by id.

    Who left or is restricted is not told of. O(people + ties log ties).
    """
    assert case.opportunity_id is not None
    everybody = courted(case.whole, case.who, on=case.on, rules=case.rules)
    theirs = Stake.of(case.graph, everybody, case.influence, case.opportunity_id).courted
    strongest = _strongest(theirs)
    knows = tie_ids(case.whole, case.ties, case.on)
    said = _said(case.graph, case.opportunity_id)
    places = case.by_influence(case.who.in_centre & case.who.counts)
    for contact in sorted(places, key=lambda place: not room.deciders[place]):
        tie, courting = int(case.best[contact]), strongest.get(contact)
        evidence = list(said.get(contact, ()))
        if tie >= 0:
            evidence.append(_evidence(EdgeKind.KNOWS, knows[tie], float(case.strength[contact])))
        if courting is not None:
            courts = case.graph.edges[EdgeKind.COURTS].ids[theirs.edge[courting]]
            evidence.append(_evidence(EdgeKind.COURTS, courts, float(theirs.theirs[courting])))
        yield _buyer(case, room, contact, theirs, courting, evidence)


def _buyer(
    case: Case,
    room: Room,
    contact: int,
    theirs: Courted,
    courting: int | None,
    evidence: list[Evidence],
) -> Buyer:
    graph, who, tie = case.graph, case.who, int(case.best[contact])
    begun, settled = room.begun, float(room.settled[contact])
    strength = float(case.strength[contact])
    competitor, rival = _ends(graph, theirs, courting)
    points = 0.0 if courting is None else float(theirs.theirs[courting])
    assert case.opportunity_id is not None
    return Buyer(
        contact_id=graph.contacts.ids[contact],
        name=case.name(contact),
        title=who.title(contact),
        category=who.category(contact),
        roles=[role for role in BuyingRole if role in who.roles[contact]],
        decider=bool(room.deciders[contact]),
        placeholder=bool(graph.contacts.array("placeholder")[contact] == 1),
        attitude=next((word for word in Attitude if word == who.attitude[contact]), None),
        voice=next((word for word in Voice if word == who.voice[contact]), None),
        opinion=significant(float(begun.value[contact])),
        source=OpinionSource.STATED if begun.stated[contact] else OpinionSource.GUESSED,
        settled=significant(settled),
        verdict=verdict_of(settled, case.rules),
        veto=bool(room.vetoes[contact]),
        influence=significant(float(case.influence[contact])),
        strength=significant(strength),
        grade=_GRADES[case.ties.grade[tie]] if tie >= 0 else None,
        member_id=graph.nodes[NodeKind.MEMBER].ids[case.ties.member[tie]] if tie >= 0 else None,
        last_contact=_day(int(case.last_contact[contact])),
        competitor_id=competitor,
        rival_id=rival,
        theirs=significant(points),
        lead=significant(max(0.0, points - strength)),
        concerns=concerns_of(graph, graph.contacts.ids[contact], case.opportunity_id),
        evidence=evidence,
    )


def _strongest(theirs: Courted) -> dict[int, int]:
    """The row of the strongest competitor's tie to each contact, of equals the first competitor by id."""
    order = np.lexsort((theirs.competitor, -theirs.theirs, theirs.contact))
    found: dict[int, int] = {}
    for row in order.tolist():
        found.setdefault(int(theirs.contact[row]), row)
    return found


def _ends(graph: AccountGraph, theirs: Courted, courting: int | None) -> tuple[str | None, str | None]:
    """The competitor and the rep of a row."""
    if courting is None:
        return None, None
    rep = graph.edges[EdgeKind.COURTS].source[theirs.edge[courting]]
    competitor = graph.nodes[NodeKind.COMPETITOR].ids[theirs.competitor[courting]]
    return competitor, graph.nodes[NodeKind.RIVAL].ids[rep]


def _said(graph: AccountGraph, opportunity_id: str) -> dict[int, list[Evidence]]:
    """The records that say which part each contact plays in a purchase."""
    plays = graph.edges[EdgeKind.PLAYS]
    target = graph.nodes[NodeKind.OPPORTUNITY].position[opportunity_id]
    found: dict[int, list[Evidence]] = {}
    for row in np.flatnonzero(plays.target == target).tolist():
        evidence = Evidence(kind=EdgeKind.PLAYS, id=plays.ids[row])
        found.setdefault(int(plays.source[row]), []).append(evidence)
    return found


def _evidence(kind: EdgeKind, id_: str, points: float) -> Evidence:
    return Evidence(kind=kind, id=id_, points=significant(points))


def _day(number: int) -> date | None:
    return None if number == NO_DAY else date.fromisoformat(iso_day(number))
