"""Rules of what we owe: actions past their day, and complaints that are not resolved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from models.columns import NO_DAY, code_of, day_number
from models.enums import ActionKind, InteractionKind, NodeKind
from models.fields import Label
from models.graph import AccountGraph
from queries.alerts import Alert, Rule

__all__ = ["duty_alerts"]

_KINDS = tuple(ActionKind)
_NOBODY = Label("nobody named", "未注明联系人")
_SECONDS_A_DAY = 86_400


def duty_alerts(graph: AccountGraph, on: date) -> Iterator[Alert]:
    """Promises and next steps whose day has passed, and complaints still open on a day.

    What was done or resolved later is still open on that day; what is due on it is not late.
    People under restriction are not named. O(actions + interactions).
    """
    today = day_number(on)
    yield from _overdue(graph, today)
    yield from _complaints(graph, today)


def _overdue(graph: AccountGraph, today: int) -> Iterator[Alert]:
    actions = graph.nodes[NodeKind.ACTION]
    due, done = actions.array("due"), actions.array("done_on")
    late = (due != NO_DAY) & (due < today) & ((done == NO_DAY) | (done > today))
    for row in np.flatnonzero(late).tolist():
        params = {
            "kind": _KINDS[actions.array("kind")[row]],
            "days": _days(today - int(due[row])),
            "text": actions.texts("text")[row],
        }
        evidence = ((NodeKind.ACTION, actions.ids[row]),)
        yield Alert(Rule.ACTION_OVERDUE, params, evidence, actions.texts("opportunity_id")[row])


def _complaints(graph: AccountGraph, today: int) -> Iterator[Alert]:
    table = graph.nodes[NodeKind.INTERACTION]
    day, resolved = table.array("at") // _SECONDS_A_DAY, table.array("resolved_on")
    complaint = table.array("kind") == code_of(InteractionKind.COMPLAINT)
    still = complaint & (day <= today) & ((resolved == NO_DAY) | (resolved > today))
    restricted = graph.contacts.array("restricted") == 1
    names, position = graph.contacts.texts("name"), graph.contacts.position
    for row in np.flatnonzero(still).tolist():
        places = [position[id_] for id_ in table.texts("contact_ids")[row] or () if id_ in position]
        who = tuple(names[place] for place in places if not restricted[place])
        params = {"days": _days(today - int(day[row])), "people": who or (_NOBODY,)}
        yield Alert(Rule.COMPLAINT_OPEN, params, ((NodeKind.INTERACTION, table.ids[row]),))


def _days(number: int) -> Label:
    return Label(f"{number} day" if number == 1 else f"{number} days", f"{number} 天")
