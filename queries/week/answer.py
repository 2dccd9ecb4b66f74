"""A member's week over all accounts: the lines of each account in one order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.findings.warnings import Severity
from models.findings.week import Week, WeekItem
from models.week import Duty
from queries.advice.next_steps import later
from queries.provenance import provenance_across
from queries.rules import DEFAULT_RULES, Rules
from queries.week.account import VERSION, AccountWeek

__all__ = ["week"]

_URGENCIES, _DUTIES = list(Severity), list(Duty)
_DECIMALS = 9


def week(
    found: Sequence[AccountWeek], member_id: str, name: str, *, on: date, rules: Rules = DEFAULT_RULES
) -> Week:
    """The lines of all accounts: by urgency, duty, stake (the highest first), day (the earliest first).

    Equal ones by account, rule and evidence. Of cards and ties to confirm the first
    `cadence.stale_records` are kept, over all accounts. O(n log n). Source: docs/rules.md §21.
    """
    lines = sorted((line for each in found for line in each.items), key=_place)
    confirm = [line for line in lines if line.duty is Duty.CONFIRM][: rules.cadence.stale_records]
    kept = {id(line) for line in confirm}
    lines = [line for line in lines if line.duty is not Duty.CONFIRM or id(line) in kept]
    year, number, _ = on.isocalendar()
    traced = [each.account.provenance for each in found]
    at = (
        sum(row.account_sequence for row in traced),
        max((row.firm_sequence for row in traced), default=0),
    )
    return Week(
        items=[line.model_copy(update={"rank": rank}) for rank, line in enumerate(lines, start=1)],
        member_id=member_id,
        member=name,
        week=f"{year}-W{number:02}",
        until=later(on, rules.week.days),
        accounts=[each.account for each in found],
        provenance=provenance_across(
            at, on, rules, "week", VERSION, member_id=member_id, accounts=len(found)
        ),
    )


def _place(line: WeekItem) -> tuple[int, int, float, date, str, str, list[str]]:
    return (
        _URGENCIES.index(line.urgency),
        _DUTIES.index(line.duty),
        -round(line.stake, _DECIMALS),
        line.due or date.max,
        line.account_id,
        line.rule or "",
        [row.id for row in line.evidence],
    )
