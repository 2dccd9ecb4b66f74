"""The two windows to the decision layer: when those who decide see suppliers at all."""

from __future__ import annotations

from datetime import date

from models.columns import NO_DAY, NOT_SET, code_of, iso_day
from models.enums import NodeKind, OpportunityStatus, Stage, Step, Window
from models.graph import AccountGraph, NodeTable

__all__ = ["step_of", "window_of"]

_STEPS = tuple(Step)


def step_of(graph: AccountGraph, opportunity_id: str | None, step: Step | None = None) -> Step | None:
    """The purchasing step a question is about: the one given, else the opportunity's. O(1)."""
    if step is not None or opportunity_id is None:
        return step
    deals = graph.nodes[NodeKind.OPPORTUNITY]
    code = int(deals.array("step")[deals.position[opportunity_id]])
    return Step.DISCOVER if code == NOT_SET else _STEPS[code]


def window_of(
    graph: AccountGraph, opportunity_id: str | None, step: Step | None, on: date
) -> tuple[Window | None, date | None]:
    """Whether the decision layer can be reached directly at `step`, and since when that is known to be so.

    Open if this opportunity is at *brew*, or if it or another one of the account that is not lost is at
    *install* and not accepted by `on` (milestone of the last sales stage). Open since the first of these
    steps began; shut since this opportunity's step began or the last acceptance, whichever came later.
    None, None without a step; the date is None where no record says it. O(opportunities).
    """
    if step is None:
        return None, None
    deals = graph.nodes[NodeKind.OPPORTUNITY]
    own = deals.position.get(opportunity_id or "", -1)
    begun = _begun(deals, own) if own >= 0 and deals.array("step")[own] == code_of(step) else None
    opened = [begun] if step is Step.BREW else []
    closed = [begun]
    at_install = deals.array("step") == code_of(Step.INSTALL)
    lost = deals.array("status") == code_of(OpportunityStatus.LOST)
    for row in range(len(deals)):
        if row != own and at_install[row] and not lost[row]:
            accepted = _accepted(deals, row, on)
            (closed if accepted else opened).append(accepted or _begun(deals, row))
    if step is Step.INSTALL:
        accepted = _accepted(deals, own, on) if own >= 0 else None
        (closed if accepted else opened).append(accepted or begun)
    if opened:
        return Window.OPEN, min((day for day in opened if day), default=None)
    return Window.SHUT, max((day for day in closed if day), default=None)


def _begun(deals: NodeTable, row: int) -> date | None:
    """When an opportunity came to its present step."""
    since = int(deals.array("step_since")[row])
    return None if since == NO_DAY else date.fromisoformat(iso_day(since))


def _accepted(deals: NodeTable, row: int, on: date) -> date | None:
    """When the customer accepted what was installed, if that was by `on`."""
    reached = [
        date.fromisoformat(milestone["reached_on"])
        for milestone in deals.texts("milestones")[row] or ()
        if milestone["stage"] == Stage.DELIVER and milestone.get("reached_on")
    ]
    return min((day for day in reached if day <= on), default=None)
