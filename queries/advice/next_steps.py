"""What could be done about an alert: an action to be made with one request, and the one that was made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import orjson

from models.columns import NO_DAY, iso_day
from models.enums import ActionKind, NodeKind
from models.findings.warnings import MadeAction, SuggestedAction
from models.graph import NodeTable
from queries.advice.alerts import Alert, said
from queries.advice.case import Case

__all__ = ["NextSteps", "later"]

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What to do about the alerts of a case, in the words of `lang`.

    An action is one of an alert if it has the id suggested for it, or if it has an id of its own and names
    the rule, the contact and the purchase if the alert is about one. Once it is done and the alert still
    stands, another is suggested.
    """

    case: Case
    lang: str

    def after(self, alert: Alert) -> tuple[SuggestedAction | None, MadeAction | None]:
        """The action to suggest, and the newest one that was made of the alert."""
        actions = self.case.graph.nodes[NodeKind.ACTION]
        if alert.action_id is not None:
            return None, _made(actions, actions.position[alert.action_id])
        if alert.rule.todo is None:
            return None, None
        base = _id(self.case.whole.account_id, alert)
        taken = [row for id_ in _ids(base, actions) if (row := actions.position.get(id_)) is not None]
        rows = taken or _by_hand(actions, alert)
        made = _made(actions, rows[-1]) if rows else None
        if made is not None and (made.done_on is None or made.done_on > self.case.on):
            return None, made
        id_ = base if not taken else f"{base}.{len(taken) + 1}"
        return self._suggested(alert, id_), made

    def _suggested(self, alert: Alert, id_: str) -> SuggestedAction:
        assert alert.rule.todo is not None
        sentence = alert.rule.todo.zh if self.lang == "zh" else alert.rule.todo.en
        table = self.case.table
        return SuggestedAction(
            id=id_,
            account_id=self.case.whole.account_id,
            kind=ActionKind.NEXT_STEP,
            text=said(sentence, alert.params, self.lang),
            member_id=alert.member_id or self._who(alert.contact_id),
            contact_id=alert.contact_id,
            opportunity_id=alert.opportunity_id,
            due=alert.due or later(self.case.on, table.due_days[table.severity[alert.rule]]),
            from_rule=str(alert.rule),
        )

    def _who(self, contact_id: str | None) -> str | None:
        """Who of ours knows the contact best, if anybody does, else who owns the account."""
        case = self.case
        contact = case.graph.contacts.position[contact_id] if contact_id else None
        if contact is None or case.strength[contact] < case.table.known_points:
            return case.owner
        return str(case.graph.nodes[NodeKind.MEMBER].ids[case.ties.member[case.best[contact]]])


def later(day: date, days: int) -> date:
    """`day` and so many days, but not beyond the calendar's end."""
    return day + timedelta(days=min(days, (date.max - day).days))


def _id(account_id: str, alert: Alert) -> str:
    """The id of the action that is made of an alert: of its rule and of what it is about."""
    about = alert.subject or tuple(id_ for _, id_ in alert.evidence)
    text = orjson.dumps([account_id, str(alert.rule), alert.opportunity_id, *about])
    return f"{alert.rule}.{hashlib.sha256(text).hexdigest()[:_DIGITS]}"


def _ids(base: str, actions: NodeTable) -> Iterator[str]:
    """The ids of the actions that were made one after the other."""
    id_, turn = base, 1
    while id_ in actions.position:
        yield id_
        turn += 1
        id_ = f"{base}.{turn}"


def _by_hand(actions: NodeTable, alert: Alert) -> list[int]:
    """The actions of an id of their own that name the rule, the contact and the purchase; open ones last."""
    rule, contact, deal = (actions.texts(name) for name in ("from_rule", "contact_id", "opportunity_id"))
    if alert.contact_id is None and alert.opportunity_id is None:
        return []  # nothing says which of the rule's alerts it was made of
    rows = [
        row
        for row, id_ in enumerate(actions.ids)
        if rule[row] == alert.rule
        and contact[row] == alert.contact_id
        and alert.opportunity_id in (None, deal[row])
        and not id_.startswith(f"{alert.rule}.")
    ]
    return sorted(rows, key=lambda row: actions.array("done_on")[row] == NO_DAY)


def _made(actions: NodeTable, row: int) -> MadeAction:
    due, done = (int(actions.array(name)[row]) for name in ("due", "done_on"))
    return MadeAction(
        id=actions.ids[row],
        member_id=actions.texts("member_id")[row],
        due=None if due == NO_DAY else date.fromisoformat(iso_day(due)),
        done_on=None if done == NO_DAY else date.fromisoformat(iso_day(done)),
    )
