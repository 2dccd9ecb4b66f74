"""Rules of our ties to people: which hang on one of us, cool, sour, are late, or are guessed too rosy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from models.columns import NO_DAY
from models.enums import BuyingRole, EdgeKind, NodeKind
from models.fields import Label
from queries.advice.alerts import Alert, days, points
from queries.advice.case import Case, in_words
from queries.advice.words.ties import TieRule as Rule
from queries.cadence.overdue import overdue
from queries.people import SIGNING, Bools
from queries.positions.finding import positions
from queries.strength.table import strength_moved

__all__ = ["tie_alerts"]

_QUARTER = 90
"""Days over which a tie cools."""


def tie_alerts(case: Case) -> Iterator[Alert]:
    """What our ties to the people who matter show. O(ties + people).

    Who matters has a part in the purchase or an influence of at least `cadence.least_influence`, and has
    neither left nor objected. The most influential come first.
    """
    matters = case.who.counts & (case.who.in_centre | (case.influence >= case.rules.cadence.least_influence))
    yield from _single_threaded(case)
    yield from _hostile(case)
    yield from _cooling(case, matters)
    yield from _overdue(case, matters)
    yield from _lagging(case, matters)
    yield from _rosy(case)


def _single_threaded(case: Case) -> Iterator[Alert]:
    """Signers who hang on one of ours; a tie to who is against us holds nothing, so nothing hangs on it."""
    position = case.graph.contacts.position
    hung = {position[row.id]: row for row in case.threads if row.kind == NodeKind.CONTACT}
    for contact in sorted(hung, key=lambda place: (-case.influence[place], place)):
        deals = [deal for deal in case.open_deals if contact in case.signers(deal)]
        roles = [case.who_in(deal.id).roles[contact] for deal in deals]
        params = {
            "roles": in_words(role for role in SIGNING if any(role in held for held in roles)),
            "deals": tuple(deal.name for deal in deals),
            **case.thread_params(hung[contact]),
        }
        evidence = [key for deal in deals for key in case.parts(deal, [contact])]
        if deals:
            yield _of(case, Rule.SIGNER_SINGLE_THREADED, int(case.best[contact]), params, *evidence)


def _hostile(case: Case) -> Iterator[Alert]:
    rows = np.flatnonzero(case.ties.hostile & case.who.counts[case.ties.contact])
    for row in _by_influence(case, rows):
        yield _of(case, Rule.TIE_HOSTILE, row, {"points": points(case.ties.strength[row])})


def _cooling(case: Case, matters: Bools) -> Iterator[Alert]:
    if not len(case.ties):
        return
    moved = strength_moved(case.whole, on=case.on, days=_QUARTER, rules=case.rules)
    best = case.best[np.flatnonzero(matters & (case.best >= 0))]
    for row in _by_influence(case, best[moved[best] <= -case.rules.strength.cooling_points]):
        last = int(case.ties.last_two_way[row])
        ago = days(case.today - last)
        params = {
            "points": points(-moved[row]),
            "last": Label("", "")
            if last == NO_DAY
            else Label(f"; last in touch {ago.en} ago", f"，上次往来在 {ago.zh}前"),
        }
        yield _of(case, Rule.TIE_COOLING, row, params)


def _overdue(case: Case, matters: Bools) -> Iterator[Alert]:
    """Late by the cadence (docs/rules.md §12); champions and who was never met have rules of their own."""
    champion = case.who.holding(BuyingRole.CHAMPION)
    for late in overdue(case.whole, on=case.on, rules=case.rules).items:
        contact = case.graph.contacts.position[late.contact_id]
        if late.days is not None and matters[contact] and not champion[contact]:
            params = {"days": days(late.days), "cadence": days(late.cadence_days)}
            yield _of(case, Rule.CONTACT_OVERDUE, int(case.best[contact]), params)


def _lagging(case: Case, matters: Bools) -> Iterator[Alert]:
    """Suppliers on the supplier road (docs/rules.md §10) whom we know."""
    position = case.graph.contacts.position
    found = {
        position[row.contact_id]: row for row in positions(case.whole, on=case.on, rules=case.rules).items
    }
    for contact in sorted(found, key=lambda place: (-case.influence[place], place)):
        row = found[contact]
        if row.lagging and matters[contact] and case.best[contact] >= 0:
            params = {"personal": points(row.personal), "institutional": points(row.institutional)}
            yield _of(case, Rule.PERSONAL_LAGGING, int(case.best[contact]), params)


def _rosy(case: Case) -> Iterator[Alert]:
    """A member who puts a tie far higher than its record plans on sand."""
    ties = case.ties
    gap = ties.self_strength - ties.strength
    rosy = (gap > case.rules.strength.disagreement_points) & case.who.counts[ties.contact]
    for row in _by_influence(case, np.flatnonzero(rosy)):
        params = {"guess": points(ties.self_strength[row]), "points": points(ties.strength[row])}
        member = case.graph.nodes[NodeKind.MEMBER].ids[ties.member[row]]
        yield _of(case, Rule.GUESS_ROSY, row, params, member=member)


def _by_influence(case: Case, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[int]:
    """Rows of ties, those to the most influential first, then by contact and member."""
    contact, member = case.ties.contact[rows], case.ties.member[rows]
    return [int(row) for row in rows[np.lexsort((member, contact, -case.influence[contact]))]]


def _of(
    case: Case,
    rule: Rule,
    row: int,
    params: Mapping[str, object],
    *evidence: tuple[EdgeKind, str],
    member: str | None = None,
) -> Alert:
    """An alert about a tie: named are both ends, and the edge if there is one."""
    contact, ours = int(case.ties.contact[row]), int(case.ties.member[row])
    knows = case.graph.edges[EdgeKind.KNOWS]
    edges = np.flatnonzero((knows.source == ours) & (knows.target == contact)).tolist()
    id_, member_id = case.graph.contacts.ids[contact], case.graph.nodes[NodeKind.MEMBER].ids[ours]
    return Alert(
        rule,
        {"contact": case.name(contact), "member": case.member_name(ours), **params},
        (
            case.key(contact),
            (NodeKind.MEMBER, member_id),
            *((EdgeKind.KNOWS, knows.ids[edge]) for edge in edges),
            *evidence,
        ),
        contact_id=id_,
        member_id=member,
        subject=(id_, member_id),
    )
