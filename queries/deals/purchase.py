"""A purchase as the rules read it: one row of the snapshot with its words and days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.columns import NO_DAY, iso_day
from models.enums import NodeKind, OpportunityStatus, Stage, Step
from models.faults import Code, Fault, InvalidInput
from models.graph import AccountGraph

_STEPS, _STAGES, _STATUS = tuple(Step), tuple(Stage), tuple(OpportunityStatus)


@dataclass(frozen=True, slots=True)
class Purchase:
    """An opportunity. `reached`: the stages whose milestone has a day, in the order of the stages."""

    id: str
    name: str
    step: Step
    stage: Stage
    status: OpportunityStatus
    reached: tuple[tuple[Stage, date], ...]
    tender: date | None

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
        tender = int(table.array("tender_issued_on")[row])
        reached = {
            part["stage"]: date.fromisoformat(part["reached_on"])
            for part in table.texts("milestones")[row] or ()
        }
        yield Purchase(
            id=id_,
            name=table.texts("name")[row],
            step=_STEPS[table.array("step")[row]],
            stage=_STAGES[table.array("stage")[row]],
            status=status,
            reached=tuple((stage, reached[stage]) for stage in Stage if stage in reached),
            tender=None if tender == NO_DAY else date.fromisoformat(iso_day(tender)),
        )


def known_opportunity(graph: AccountGraph, opportunity_id: str | None) -> None:
    """Raises InvalidInput for a purchase that is not in the account. O(1)."""
    if opportunity_id is not None and opportunity_id not in graph.nodes[NodeKind.OPPORTUNITY].position:
        unknown = {"kind": NodeKind.OPPORTUNITY, "id": opportunity_id}
        raise InvalidInput(Fault(Code.UNKNOWN_RECORD, unknown, pointer="/opportunity_id"))
