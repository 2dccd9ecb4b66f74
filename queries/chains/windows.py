"""The two windows to the decision layer: when those who decide see suppliers at all."""

from __future__ import annotations

from datetime import date

import numpy as np

from models.columns import NO_DAY, code_of, iso_day
from models.enums import NodeKind, OpportunityStatus, Stage, Step, Window
from models.findings.deals import OpenWindow
from models.graph import AccountGraph, NodeTable

__all__ = ["open_windows", "step_of", "window_of"]

_STEPS = tuple(Step)


def step_of(graph: AccountGraph, opportunity_id: str | None, step: Step | None = None) -> Step | None:
    """The purchasing step a question is about: the one given, else the opportunity's. O(1)."""
    if step is not None or opportunity_id is None:
        return step
    deals = graph.nodes[NodeKind.OPPORTUNITY]
    return _STEPS[int(deals.array("step")[deals.position[opportunity_id]])]


def window_of(
    graph: AccountGraph, opportunity_id: str | None, step: Step | None, on: date
) -> tuple[Window | None, date | None]:
    """Whether the decision layer can be reached directly at `step`, and since when that is known to be so.

    Open if `open_windows` has any, since the first of these steps began; else shut since this opportunity's
    step began or the last acceptance, whichever came later. None, None without a step; the date is None
    where no record says it. O(opportunities).
    """
    if step is None:
        return None, None
    if opened := open_windows(graph, opportunity_id, step, on):
        return Window.OPEN, min((window.since for window in opened if window.since), default=None)
    deals, own = _deals(graph, opportunity_id)
    closed = [_begun(deals, own) if _at(deals, own, step) else None]
    closed += [_accepted(deals, row, on) for row in _installing(deals) if row != own]
    if step is Step.INSTALL and own >= 0:
        closed.append(_accepted(deals, own, on))
    return Window.SHUT, max((day for day in closed if day), default=None)


def open_windows(
    graph: AccountGraph, opportunity_id: str | None, step: Step | None, on: date
) -> list[OpenWindow]:
    """The purchases that open the decision layer for this one at `step`: itself first, the others by id.

    Itself at *brew*; itself and any other that is not lost at *install*, unless accepted by `on` (milestone
    of the last sales stage). None without a step. O(opportunities).
    """
    if step is None:
        return []
    deals, own = _deals(graph, opportunity_id)
    found = []
    if step is Step.BREW or (step is Step.INSTALL and not (own >= 0 and _accepted(deals, own, on))):
        found.append(
            OpenWindow(
                opportunity_id=opportunity_id,
                step=step,
                since=_begun(deals, own) if _at(deals, own, step) else None,
                shuts_on=_planned(deals, own) if own >= 0 and step is Step.INSTALL else None,
            )
        )
    others = (row for row in _installing(deals) if row != own and not _accepted(deals, row, on))
    return found + [
        OpenWindow(
            opportunity_id=deals.ids[row],
            step=Step.INSTALL,
            since=_begun(deals, row),
            shuts_on=_planned(deals, row),
        )
        for row in others
    ]


def _deals(graph: AccountGraph, opportunity_id: str | None) -> tuple[NodeTable, int]:
    """The opportunities, and the row of one of them (−1 without)."""
    deals = graph.nodes[NodeKind.OPPORTUNITY]
    return deals, deals.position.get(opportunity_id or "", -1)


def _at(deals: NodeTable, row: int, step: Step) -> bool:
    return row >= 0 and bool(deals.array("step")[row] == code_of(step))


def _installing(deals: NodeTable) -> list[int]:
    """The rows of the opportunities at *install* that are not lost."""
    lost = deals.array("status") == code_of(OpportunityStatus.LOST)
    rows: list[int] = np.flatnonzero((deals.array("step") == code_of(Step.INSTALL)) & ~lost).tolist()
    return rows


def _begun(deals: NodeTable, row: int) -> date | None:
    """When an opportunity came to its present step."""
    since = int(deals.array("step_since")[row])
    return None if since == NO_DAY else date.fromisoformat(iso_day(since))


def _accepted(deals: NodeTable, row: int, on: date) -> date | None:
    """When the customer accepted what was installed, if that was by `on`."""
    return min((day for day in _acceptance(deals, row, "reached_on") if day <= on), default=None)


def _planned(deals: NodeTable, row: int) -> date | None:
    """When the customer is to accept what was not accepted yet."""
    days = _acceptance(deals, row, "reached_on") or _acceptance(deals, row, "planned_on")
    return min(days, default=None)


def _acceptance(deals: NodeTable, row: int, name: str) -> list[date]:
    """The days under `name` of the milestone of the last sales stage."""
    return [
        date.fromisoformat(milestone[name])
        for milestone in deals.texts("milestones")[row] or ()
        if milestone["stage"] == Stage.DELIVER and milestone.get(name)
    ]
