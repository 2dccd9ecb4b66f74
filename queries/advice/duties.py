"""Rules of what we owe and may ask for: actions past their day, complaints, surveys, referrals."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from models.columns import NO_DAY, SECONDS_A_DAY, code_of
from models.enums import ActionKind, EdgeKind, InteractionKind, NodeKind, OpportunityStatus
from models.fields import Label
from queries.advice.alerts import Alert, days, points
from queries.advice.case import Case
from queries.advice.words.duties import DutyRule as Rule
from queries.complaints.opened import open_complaints
from queries.complaints.pleased import pleased_lately, taking_part
from queries.people import Bools
from queries.strength.flows import Ints

__all__ = ["action_text", "duty_alerts", "still_to_do"]

_KINDS = tuple(ActionKind)
_NOBODY = Label("nobody named", "未注明联系人")
_UNTOLD = Label("about somebody who is not to be named", "涉及不应提及姓名的人员")
_SETTLED = Label("a complaint was settled", "投诉已办结")


def duty_alerts(case: Case) -> Iterator[Alert]:
    """Actions that are late, complaints still open, low scores nobody followed up, referrals to ask for.

    What was done or resolved later is still open on that day; what is due on it is not late.
    People under restriction are not named. O(actions + interactions).
    """
    yield from _overdue(case)
    yield from _complaints(case)
    yield from _low_scores(case)
    yield from _referrals(case)


def _overdue(case: Case) -> Iterator[Alert]:
    """Actions past their day, the latest first."""
    actions = case.graph.nodes[NodeKind.ACTION]
    due, done = actions.array("due"), actions.array("done_on")
    late = np.flatnonzero((due != NO_DAY) & (due < case.today) & ((done == NO_DAY) | (done > case.today)))
    for row in late[np.argsort(due[late], kind="stable")].tolist():
        deal = actions.texts("opportunity_id")[row]
        elsewhere = deal is not None and case.opportunity_id not in (None, deal)
        if elsewhere or not still_to_do(case, row):
            continue
        params = {
            "kind": _KINDS[actions.array("kind")[row]],
            "days": days(case.today - int(due[row])),
            "text": action_text(case, row),
        }
        id_ = actions.ids[row]
        yield Alert(Rule.ACTION_OVERDUE, params, ((NodeKind.ACTION, id_),), deal, action_id=id_)


def still_to_do(case: Case, row: int) -> bool:
    """Whether an action has not lapsed with its purchase: a next step does where that is lost, no promise."""
    actions, deals = case.graph.nodes[NodeKind.ACTION], case.graph.nodes[NodeKind.OPPORTUNITY]
    deal = deals.position.get(actions.texts("opportunity_id")[row] or "", -1)
    lost = deal >= 0 and deals.array("status")[deal] == code_of(OpportunityStatus.LOST)
    return not lost or _KINDS[actions.array("kind")[row]] is ActionKind.PROMISE


def action_text(case: Case, row: int) -> str | Label:
    """What an action says, unless it is about somebody who is not to be spoken of."""
    actions = case.graph.nodes[NodeKind.ACTION]
    place = case.graph.contacts.position.get(actions.texts("contact_id")[row] or "", -1)
    return _UNTOLD if place >= 0 and case.unnamed[place] else str(actions.texts("text")[row])


def _complaints(case: Case) -> Iterator[Alert]:
    table, day = case.graph.nodes[NodeKind.INTERACTION], _days_of(case)
    for row in open_complaints(case.graph, case.today):
        people = [contact for contact in taking_part(case.graph, row) if not case.unnamed[contact]]
        names = tuple(case.name(contact) for contact in people)
        params = {"days": days(case.today - int(day[row])), "people": names or (_NOBODY,)}
        first = case.graph.contacts.ids[people[0]] if people else None
        yield Alert(Rule.COMPLAINT_OPEN, params, ((NodeKind.INTERACTION, table.ids[row]),), contact_id=first)


def _low_scores(case: Case) -> Iterator[Alert]:
    """Who gave a low score after which there was no two-way contact: the last such survey of each."""
    table, day = case.graph.nodes[NodeKind.INTERACTION], _days_of(case)
    score = table.array("score")
    low = _surveys(case) & (score <= case.table.low_score) & (day >= case.today - case.table.survey_days)
    rows = np.flatnonzero(low)
    last: dict[int, int] = {}
    for row in rows[np.argsort(day[rows], kind="stable")].tolist():
        last |= dict.fromkeys(taking_part(case.graph, row), row)
    for contact in sorted(last, key=lambda place: (-case.influence[place], place)):
        row = last[contact]
        if not case.who.counts[contact] or case.last_contact[contact] > day[row]:
            continue
        params = {
            "contact": case.name(contact),
            "score": points(score[row]),
            "ago": days(case.today - int(day[row])),
        }
        evidence = ((NodeKind.INTERACTION, table.ids[row]), case.key(contact))
        yield Alert(Rule.SURVEY_LOW, params, evidence, contact_id=case.graph.contacts.ids[contact])


def _referrals(case: Case) -> Iterator[Alert]:
    """Who has just been pleased, has no complaint open, is not unwilling and has not referred us since."""
    table = case.graph.nodes[NodeKind.INTERACTION]
    moments = pleased_lately(case.graph, case.today, case.table)
    unwilling, referred = _unwilling(case), _referred(case)
    for contact in sorted(moments, key=lambda place: (-case.influence[place], place)):
        at, row = moments[contact]
        if not case.who.counts[contact] or contact in unwilling or referred.get(contact, NO_DAY) >= at:
            continue
        why = _SETTLED
        if table.array("kind")[row] == code_of(InteractionKind.SURVEY):
            gave = points(table.array("score")[row])
            why = Label(f"gave us {gave} of 5", f"满意度打了 {gave} 分")
        params = {"contact": case.name(contact), "why": why, "ago": days(case.today - at)}
        evidence = ((NodeKind.INTERACTION, table.ids[row]), case.key(contact))
        yield Alert(Rule.ASK_REFERRAL, params, evidence, contact_id=case.graph.contacts.ids[contact])


def _surveys(case: Case) -> Bools:
    table = case.graph.nodes[NodeKind.INTERACTION]
    survey = table.array("kind") == code_of(InteractionKind.SURVEY)
    return np.asarray(survey & (_days_of(case) <= case.today))


def _unwilling(case: Case) -> set[int]:
    knows = case.graph.edges[EdgeKind.KNOWS]
    return set(knows.target[knows.array("referral_ok") == 0].tolist())


def _referred(case: Case) -> dict[int, int]:
    """The day of the last referral of each contact up to the day."""
    table, day = case.graph.nodes[NodeKind.INTERACTION], _days_of(case)
    found: dict[int, int] = {}
    referral = (table.array("kind") == code_of(InteractionKind.REFERRAL)) & (day <= case.today)
    for row in np.flatnonzero(referral).tolist():
        for contact in taking_part(case.graph, row):
            found[contact] = max(found.get(contact, NO_DAY), int(day[row]))
    return found


def _days_of(case: Case) -> Ints:
    """The day number of each interaction."""
    return np.asarray(case.graph.nodes[NodeKind.INTERACTION].array("at") // SECONDS_A_DAY)
