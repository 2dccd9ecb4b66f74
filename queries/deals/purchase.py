"""A purchase as the rules read it: one row of the snapshot with its words and days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.columns import NO_DAY, NOT_SET, iso_day
from models.enums import BudgetState, NodeKind, OpportunityStatus, Stage, Step
from models.graph import AccountGraph, NodeTable

_STEPS, _STAGES, _STATUS, _BUDGETS = tuple(Step), tuple(Stage), tuple(OpportunityStatus), tuple(BudgetState)


@dataclass(frozen=True, slots=True)
class Purchase:
    """An opportunity. `reached`: the stages whose milestone has a day, in the order of the stages.

    `planned`: those that have a day they are planned for and none they were reached on. `since`: when the
    buyer came to the step.
    """

    id: str
    name: str
    step: Step
    stage: Stage
    status: OpportunityStatus
    reached: tuple[tuple[Stage, date], ...]
    planned: tuple[tuple[Stage, date], ...]
    since: date | None
    tender: date | None
    criteria: tuple[Mapping[str, Any], ...]
    budget_state: BudgetState | None

    @property
    def open(self) -> bool:
        """Whether it is neither won nor lost."""
        return self.status is OpportunityStatus.OPEN

    def has_come_to(self, step: Step) -> bool:
        """Whether the buyer is at `step` or beyond it."""
        return _STEPS.index(self.step) >= _STEPS.index(step)

    def tendered(self, on: date) -> bool:
        """Whether the tender document is out on a day."""
        return self.tender is not None and self.tender <= on

    @property
    def key(self) -> tuple[NodeKind, str]:
        """The record it is read from."""
        return (NodeKind.OPPORTUNITY, self.id)


def purchases(graph: AccountGraph, opportunity_id: str | None = None) -> Iterator[Purchase]:
    """The account's purchases that are not lost, or one of them, by id. O(opportunities)."""
    table = graph.nodes[NodeKind.OPPORTUNITY]
    for row, id_ in enumerate(table.ids):
        status = _STATUS[table.array("status")[row]]
        if status is OpportunityStatus.LOST or opportunity_id not in (None, id_):
            continue
        milestones = table.texts("milestones")[row] or ()
        reached = _days(milestones, "reached_on")
        waiting = _days((part for part in milestones if not part.get("reached_on")), "planned_on")
        budget = int(table.array("budget_state")[row])
        yield Purchase(
            id=id_,
            name=table.texts("name")[row],
            step=_STEPS[table.array("step")[row]],
            stage=_STAGES[table.array("stage")[row]],
            status=status,
            reached=reached,
            planned=waiting,
            since=_day(table, "step_since", row),
            tender=_day(table, "tender_issued_on", row),
            criteria=tuple(table.texts("criteria")[row] or ()),
            budget_state=None if budget == NOT_SET else _BUDGETS[budget],
        )


def _days(milestones: Iterable[Mapping[str, Any]], name: str) -> tuple[tuple[Stage, date], ...]:
    """The days milestones have under `name`, in the order of the stages."""
    found = {part["stage"]: date.fromisoformat(part[name]) for part in milestones if part.get(name)}
    return tuple((stage, found[stage]) for stage in Stage if stage in found)


def _day(table: NodeTable, name: str, row: int) -> date | None:
    number = int(table.array(name)[row])
    return None if number == NO_DAY else date.fromisoformat(iso_day(number))
