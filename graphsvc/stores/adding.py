"""A change set that is nothing but new records of one account: what it comes to is known without a plan.

Each record is at its first revision, and the account's log goes on by one entry each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from graphsvc.stores.deleting import fallout
from graphsvc.stores.draft import Draft
from graphsvc.stores.facts import Facts
from graphsvc.stores.rules_of_records import erased_people
from graphsvc.stores.state import State
from models.changes import Applied, LogEntry, LogHead
from models.faults import InvalidInput


@dataclass(frozen=True, slots=True)
class Added:
    """What a change set adds: its first entry, as of which all are but for kind, id, value and sequence.

    `head`: the log before it.
    """

    first: LogEntry
    head: LogHead
    applied: Applied


def added(draft: Draft, facts: Facts, now: datetime) -> Added:
    """What a draft that is `new_in` an account adds. Raises InvalidInput if somebody was erased meanwhile."""
    faults = list(erased_people(State(draft, facts, fallout(draft, facts))))
    if faults:
        raise InvalidInput(*faults)
    asked, log = draft.change_set, draft.change_set.new_in
    assert log is not None
    head, count = facts.heads[log], len(draft.writings)
    at = now if head.at is None else max(now, head.at)  # a log's times never go back
    writing = next(iter(draft.writings.values()))
    first = LogEntry(
        account=log,
        sequence=head.sequence + 1,
        at=at,
        actor=draft.scope.actor,
        change_set=asked.id,
        kind=writing.kind,
        id=writing.key[1],
        before=None,
        after=writing.body,
        revision=1,
        reason=asked.reason,
        request_id=asked.request_id,
    )
    revisions = dict.fromkeys(draft.writings, 1)
    reached = {log: head.sequence + count}
    return Added(first, head, Applied(asked.id, count, 0, 0, reached, revisions, entries={log: count}))
