"""One account's lines of a member's week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from models.columns import NO_DAY, code_of, day_number, iso_day
from models.enums import ActionKind, EdgeKind, NodeKind, TeamRole
from models.fields import Label
from models.findings.base import Evidence
from models.findings.cadence import ConfirmList, Overdue, Stale
from models.findings.warnings import Severity, Warned
from models.findings.week import WeekAccount, WeekItem
from models.graph import AccountGraph
from models.kinds import kind_named
from models.records import Body
from models.week import Duty
from queries.advice.alerts import Alert, days, said, told
from queries.advice.answer import alerts
from queries.advice.case import Case
from queries.advice.duties import action_text, still_to_do
from queries.advice.next_steps import NextSteps, later
from queries.advice.words.duties import DutyRule
from queries.advice.words.people import PeopleRule
from queries.advice.words.private import PrivateRule
from queries.advice.words.purchase import PurchaseRule
from queries.advice.words.ties import TieRule
from queries.cadence.confirm import confirm_list
from queries.cadence.overdue import late_contacts
from queries.numbers import significant
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.week import words

__all__ = ["VERSION", "AccountWeek", "account_week", "roles_of"]

VERSION = "1"
_DUTIES: Mapping[str, Duty] = {
    PurchaseRule.WINDOW_CLOSING: Duty.WINDOW,
    PurchaseRule.WINDOW_UNUSED: Duty.WINDOW,
    TieRule.TIE_COOLING: Duty.WARM_UP,
}
"""The rules of advice that are a duty of their own."""
_ELSEWHERE = (DutyRule.ACTION_OVERDUE, TieRule.CONTACT_OVERDUE)
"""What they say stands in the week already: as promises and as contacts."""
_SAYS_MORE = (PeopleRule.CHAMPION_SILENT, PeopleRule.HIDDEN_UNMET)
"""Where one of them speaks of a contact, no line says again that the contact is due."""
_KINDS, _ROLES = tuple(ActionKind), tuple(TeamRole)


@dataclass(frozen=True, slots=True)
class AccountWeek:
    """What was looked at, and its lines, not ranked yet."""

    account: WeekAccount
    items: list[WeekItem]


def account_week(
    graph: AccountGraph,
    member_id: str,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    dossiers: Sequence[Body] | None = None,
    lang: str = "en",
) -> AccountWeek:
    """What a member should do in one account in the days from `on` on, in the words of `lang`.

    A line is the member's if a record or rule names him, or if of ours he knows its contact best; what has
    nobody in the team is the owner's and, where there is no owner, everybody's. `dossiers` as in `advice`.
    Cost: that of advice and of the weekly list. Source: docs/rules.md §21.
    """
    case = Case.of(graph, on, rules)
    lines = _Lines(case, member_id, lang)
    advised, left_off = lines.advice(dossiers)
    told_of = {line.contact_id for line in advised if line.rule in _SAYS_MORE}
    return AccountWeek(
        WeekAccount(
            account_id=graph.account_id,
            name=lines.account,
            roles=roles_of(case.graph, member_id),
            left_off=left_off,
            silent=[str(rule) for rule in PrivateRule] if dossiers is None else [],
            provenance=provenance_of(graph, on, rules, "week", VERSION, member_id=member_id),
        ),
        [*lines.promises(), *lines.contacts(told_of), *advised, *lines.confirming()],
    )


def roles_of(graph: AccountGraph, member_id: str) -> list[TeamRole]:
    """As what a member serves the account, on the day of a daily graph. O(team)."""
    serves, member = graph.edges[EdgeKind.SERVES], graph.nodes[NodeKind.MEMBER].position.get(member_id, -1)
    held = set(serves.array("role")[serves.source == member].tolist())
    return [role for role in _ROLES if code_of(role) in held]


@dataclass(frozen=True, eq=False)
class _Lines:
    """The lines of one account for one member in one language."""

    case: Case
    member_id: str
    lang: str

    @cached_property
    def account(self) -> str:
        """The account's name, its id where it has none (straight on files)."""
        accounts = self.case.graph.nodes[NodeKind.ACCOUNT]
        own = accounts.position.get(self.case.graph.account_id)
        return self.case.graph.account_id if own is None else str(accounts.texts("name")[own])

    @cached_property
    def until(self) -> date:
        """The last day the week looks ahead to."""
        return later(self.case.on, self.case.rules.week.days)

    @cached_property
    def serving(self) -> set[str]:
        """Who of ours serves the account."""
        members, serves = self.case.graph.nodes[NodeKind.MEMBER].ids, self.case.graph.edges[EdgeKind.SERVES]
        return {members[place] for place in serves.source.tolist()}

    def mine(self, member_id: str | None) -> bool:
        """Whether what one of ours has to do is this member's.

        What has nobody is the owner's, and so is what somebody has who is not in the team: he sees no week
        of this account, unless he asks for it on a file.
        """
        if member_id == self.member_id:
            return True
        named = member_id if member_id in self.serving else None
        return (named or self.case.owner or self.member_id) == self.member_id

    def promises(self) -> Iterator[WeekItem]:
        """Open actions that are late or due by the last day."""
        case, actions = self.case, self.case.graph.nodes[NodeKind.ACTION]
        due, done = actions.array("due"), actions.array("done_on")
        is_open = (done == NO_DAY) | (done > case.today)
        for row in np.flatnonzero(is_open & (due != NO_DAY) & (due <= day_number(self.until))).tolist():
            if not self.mine(actions.texts("member_id")[row]) or not still_to_do(case, row):
                continue
            place = case.graph.contacts.position.get(actions.texts("contact_id")[row] or "", -1)
            late = due[row] < case.today
            yield self.line(
                Duty.PROMISE,
                case.table.severity[DutyRule.ACTION_OVERDUE] if late else Severity.MEDIUM,
                words.PROMISE,
                {"kind": _KINDS[actions.array("kind")[row]], "text": action_text(case, row)},
                [(NodeKind.ACTION, actions.ids[row])],
                contact=-1 if place >= 0 and case.unnamed[place] else place,
                opportunity_id=actions.texts("opportunity_id")[row],
                due=date.fromisoformat(iso_day(int(due[row]))),
            )

    def contacts(self, but: Collection[str | None]) -> Iterator[WeekItem]:
        """Contacts past their rhythm, or due by the last day; `but` those of whom a rule says more."""
        case, table = self.case, self.case.rules.week
        for row in late_contacts(case.whole, on=case.on, rules=case.rules, ahead=table.days):
            contact = case.graph.contacts.position[row.contact_id]
            if row.contact_id in but or case.unnamed[contact] or not self.mine(row.member_id):
                continue
            late = row.overdue_days is None or row.overdue_days > 0
            urgent = Severity.HIGH if row.influence >= table.urgent_influence else Severity.MEDIUM
            yield self.line(
                Duty.CONTACT,
                urgent if late else Severity.LOW,
                _contact_says(row, late=late),
                {"contact": row.name, "due": row.due, "cadence": days(row.cadence_days)}
                | ({} if row.days is None else {"days": days(row.days)}),
                [case.key(contact), *((EdgeKind.KNOWS, line.id) for line in row.evidence)],
                contact=contact,
                due=row.due,
            )

    def advice(self, dossiers: Sequence[Body] | None) -> tuple[list[WeekItem], dict[str, int]]:
        """What rules of advice warn of and nothing is being done about; and how many more, by rule."""
        case = self.case
        found = [alert for alert in alerts(case, dossiers) if alert.rule not in _ELSEWHERE]
        steps = NextSteps(case, self.lang).after
        kept: list[Alert] = []
        seen = Counter[str]()
        for alert in found:
            suggested, _ = steps(alert)
            if suggested is None or not self.mine(suggested.member_id):
                continue
            seen[str(alert.rule)] += 1
            if seen[str(alert.rule)] <= case.table.most_each:
                kept.append(alert)
        items = [self.warned(row) for row in told(kept, case.table.severity, self.lang, steps)]
        most = case.table.most_each
        return items, {rule: number - most for rule, number in sorted(seen.items()) if number > most}

    def warned(self, row: Warned) -> WeekItem:
        """A warning as a line."""
        position = self.case.graph.contacts.position
        about = [position[line.id] for line in row.evidence if line.kind == NodeKind.CONTACT]
        named = row.suggested.contact_id if row.suggested else None
        contact = position[named] if named else max(about, key=lambda place: self.stake(place), default=-1)
        return self.line(
            _DUTIES.get(row.rule, Duty.ADVICE),
            row.severity,
            row.text,
            {},
            [(line.kind, line.id) for line in row.evidence],
            contact=contact,
            opportunity_id=row.opportunity_id,
            due=row.suggested.due if row.suggested else None,
        ).model_copy(update={"rule": row.rule, "suggested": row.suggested})

    def confirming(self) -> Iterator[WeekItem]:
        """Cards and ties to have confirmed, and people to assess: by the end of the calendar week."""
        found = confirm_list(self.case.whole, on=self.case.on, rules=self.case.rules)
        sunday = later(self.case.on, 7 - self.case.on.isoweekday())
        yield from self._stale(found, sunday)
        for row in found.drawn:
            contact = self.case.graph.contacts.position[row.contact_id]
            if self.mine(row.member_id) and not self.case.unnamed[contact]:
                yield self.line(
                    Duty.ASSESS,
                    Severity.LOW,
                    words.ASSESS,
                    {"contact": row.name},
                    [self.case.key(contact)],
                    contact=contact,
                    due=sunday,
                )

    def _stale(self, found: ConfirmList, sunday: date) -> Iterator[WeekItem]:
        for row in found.items:
            contact = self.case.graph.contacts.position[row.target_id]
            if self.case.unnamed[contact] or not self.mine(self._confirms(row, contact)):
                continue
            day = row.confirmed_on
            when = Label(said(words.SINCE.en, {"day": day}, "en"), said(words.SINCE.zh, {"day": day}, "zh"))
            params = {
                "source": row.source,
                "target": row.target,
                "kind": _kind(row.kind),
                "when": when if day else words.EVER,
            }
            says = words.TIE if row.source else words.CARD
            evidence = [(row.kind, row.id)]
            line = self.line(Duty.CONFIRM, Severity.LOW, says, params, evidence, contact=contact, due=sunday)
            yield line.model_copy(update={"stake": row.weight})

    def _confirms(self, row: Stale, contact: int) -> str | None:
        """Who of ours is to be asked: whose tie it is, else who knows the target best."""
        if row.kind == EdgeKind.KNOWS:
            return row.source_id
        best = int(self.case.best[contact])
        return (
            None if best < 0 else str(self.case.graph.nodes[NodeKind.MEMBER].ids[self.case.ties.member[best]])
        )

    def stake(self, contact: int) -> float:
        """The influence of a contact (a position), 0 for nobody."""
        return significant(float(self.case.influence[contact])) if contact >= 0 else 0.0

    def line(
        self,
        duty: Duty,
        urgency: Severity,
        says: Label | str,
        params: Mapping[str, Any],
        evidence: Sequence[tuple[str, str]],
        *,
        contact: int,
        due: date | None,
        opportunity_id: str | None = None,
    ) -> WeekItem:
        """A line that waits for its rank; a text that is no label is told as it is."""
        sentence = says if isinstance(says, str) else said(getattr(says, self.lang), params, self.lang)
        return WeekItem(
            rank=0,
            account_id=self.case.graph.account_id,
            account=self.account,
            duty=duty,
            urgency=urgency,
            text=sentence,
            stake=self.stake(contact),
            due=due,
            days_late=None if due is None else (self.case.on - due).days,
            contact_id=self.case.graph.contacts.ids[contact] if contact >= 0 else None,
            opportunity_id=opportunity_id,
            rule=None,
            evidence=[Evidence(kind=kind, id=id_) for kind, id_ in evidence],
            suggested=None,
        )


def _contact_says(row: Overdue, *, late: bool) -> Label:
    if row.days is None:
        return words.CONTACT_NEVER
    return words.CONTACT_LATE if late else words.CONTACT_DUE


def _kind(kind: str) -> Label:
    named = kind_named(kind)
    assert named is not None
    return Label(named.en.lower(), named.zh)
