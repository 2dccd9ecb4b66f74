"""Rules of single people: signers nobody has met, champions who fall silent, opponents nobody answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from models.columns import NO_DAY, code_of
from models.enums import Attitude, BuyingRole, EdgeKind, Line, Polarity, Voice
from models.fields import Label
from queries.advice.alerts import Alert, days
from queries.advice.case import SHOWN, Case, in_words
from queries.advice.words.people import PeopleRule as Rule
from queries.deals.purchase import Purchase
from queries.influence.case import Asked
from queries.influence.ranking import Hidden, hidden_influencers
from queries.people import SIGNING, Bools
from queries.strength.cadence import cadence_days

__all__ = ["people_alerts"]


def people_alerts(case: Case) -> Iterator[Alert]:
    """What single people ask for: to be met, named, called, or answered. O(purchases · (people + ties)).

    Each person is named once, whatever he signs; who has left or objected is not.
    """
    yield from _signers(case)
    yield from _champions(case)
    yield from _hidden(case)
    for deal in case.open_deals:
        yield from _opponents(case, deal)
        yield from _voiceless(case, deal)


def _signers(case: Case) -> Iterator[Alert]:
    """Once the purchase is brewing, who signs should have a name and have spoken with one of ours."""
    due = [deal for deal in case.open_deals if deal.has_come_to(case.table.signers_from)]
    signs: dict[int, list[Purchase]] = {}
    for deal in due:
        for contact in case.signers(deal):
            signs.setdefault(contact, []).append(deal)
    for contact in sorted(signs, key=lambda place: (-case.influence[place], place)):
        nameless = case.graph.contacts.array("placeholder")[contact] == 1
        if nameless or case.last_contact[contact] == NO_DAY:
            deals = signs[contact]
            roles = [case.who_in(deal.id).roles[contact] for deal in deals]
            params = {
                "contact": case.name(contact),
                "roles": in_words(role for role in SIGNING if any(role in held for held in roles)),
                "deals": tuple(deal.name for deal in deals),
            }
            evidence = [key for deal in deals for key in case.parts(deal, [contact])]
            rule = Rule.NAME_UNKNOWN if nameless else Rule.SIGNER_UNMET
            yield _of(case, rule, contact, params, *evidence)


def _champions(case: Case) -> Iterator[Alert]:
    named = case.who.holding(BuyingRole.CHAMPION)
    cadence = cadence_days(case.whole, on=case.on, rules=case.rules.cadence)
    for contact in case.by_influence(named & case.who.counts & (case.last_contact != NO_DAY)):
        silent = case.today - int(case.last_contact[contact])
        if silent > cadence[contact]:
            params = {
                "contact": case.name(contact),
                "days": days(silent),
                "cadence": days(int(cadence[contact])),
            }
            yield _of(case, Rule.CHAMPION_SILENT, contact, params)


def _hidden(case: Case) -> Iterator[Alert]:
    """Hidden influencers of any open purchase, of the account where there is none, whom nobody has met."""
    asked = [Asked(opportunity_id=deal.id) for deal in case.open_deals] or [Asked()]
    found: dict[int, Hidden] = {}
    for question in asked:
        for hidden in hidden_influencers(case.whole, on=case.on, rules=case.rules, asked=question):
            if not case.unnamed[hidden.contact]:
                found.setdefault(hidden.contact, hidden)
    for contact in sorted(found, key=lambda place: (-case.influence[place], place)):
        if case.last_contact[contact] != NO_DAY or case.strength[contact] >= case.table.known_points:
            continue
        hidden = found[contact]
        knows_us = [place for place in hidden.listeners if case.strength[place] >= case.table.known_points]
        doors = [case.name(place) for place in sorted(knows_us, key=lambda place: -case.strength[place])[:2]]
        params = {
            "contact": case.name(contact),
            "people": case.names(hidden.listeners),
            "door": Label(
                f"; {' or '.join(doors)} can introduce us",
                f"，可请{'或'.join(doors)}引荐",
            )
            if doors
            else Label("", ""),
        }
        yield _of(case, Rule.HIDDEN_UNMET, contact, params, *hidden.evidence)


def _opponents(case: Case, deal: Purchase) -> Iterator[Alert]:
    """Who is against us and listens to nobody who is for us and known to us."""
    who = case.who_in(deal.id)
    backs = who.counts & (who.attitude > 0) & (case.strength >= case.table.known_points)
    for contact in case.by_influence(who.counts & who.in_centre & (who.attitude < 0)):
        heard = _heard_by(case, deal, contact)
        if (backs & heard).any():
            continue
        starts = case.by_influence(heard & who.counts)[:SHOWN]
        said = next(word for word in Attitude if word == who.attitude[contact])
        en, zh = (mark.join(case.name(place) for place in starts) for mark in (", ", "、"))
        params = {
            "deal": deal.name,
            "contact": case.name(contact),
            "attitude": in_words([said]),
            "people": Label(f" beside {en}", f"（目前已知：{zh}）") if starts else Label("", ""),
        }
        yield _of(case, Rule.OPPONENT_UNANSWERED, contact, params, *case.parts(deal, [contact]), deal=deal)


def _heard_by(case: Case, deal: Purchase, contact: int) -> Bools:
    """Whom a contact listens to: who is said to influence him, his friends, his boss."""
    heard = np.zeros(len(case.graph.contacts), dtype=bool)
    said = case.graph.edges[EdgeKind.INFLUENCES]
    bound = said.texts("opportunity_id")
    for row in np.flatnonzero(said.target == contact).tolist():
        heard[said.source[row]] |= bound[row] in (None, deal.id)
    bonds = case.graph.edges[EdgeKind.BOND]
    friendly = bonds.array("polarity") != float(Polarity.CONFLICT)
    heard[bonds.source[friendly & (bonds.target == contact)]] = True
    heard[bonds.target[friendly & (bonds.source == contact)]] = True
    lines = case.graph.edges[EdgeKind.REPORTS_TO]
    solid = lines.array("line") != code_of(Line.DOTTED)
    heard[lines.target[solid & (lines.source == contact)]] = True
    return heard


def _voiceless(case: Case, deal: Purchase) -> Iterator[Alert]:
    """Who stands up for us, is heard by nobody, and is nearer to us than any decision maker."""
    who = case.who_in(deal.id)
    decides = who.holding(BuyingRole.DECISION_MAKER) & who.counts
    if not decides.any():
        return
    nearest = max(np.flatnonzero(decides).tolist(), key=lambda place: (case.strength[place], -place))
    leaned_on = (case.strength >= case.table.trusted_points) & (case.strength > case.strength[nearest])
    mute = who.counts & who.in_centre & (who.attitude == Attitude.ADVOCATE) & (who.voice == Voice.NONE)
    for contact in case.by_influence(mute & leaned_on):
        params = {"deal": deal.name, "contact": case.name(contact), "people": case.name(nearest)}
        yield _of(case, Rule.VOICELESS_ADVOCATE, contact, params, *case.parts(deal, [contact]), deal=deal)


def _of(
    case: Case,
    rule: Rule,
    contact: int,
    params: Mapping[str, object],
    *evidence: tuple[EdgeKind, str],
    deal: Purchase | None = None,
) -> Alert:
    id_ = case.graph.contacts.ids[contact]
    return Alert(
        rule,
        params,
        (case.key(contact), *evidence),
        None if deal is None else deal.id,
        contact_id=id_,
        subject=(id_,),
    )
