"""A purchase in one answer, put together from what the other rooms know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from models.deals import MilestoneState
from models.enums import CriterionOrigin, NodeKind, Stage
from models.findings.deals import CriteriaShare, Deal, DealCriterion, StageMilestone
from models.graph import AccountGraph
from models.nodes import Opportunity
from models.records import Body
from models.trade import STAGE_OF_STEP, WORK_OF_STAGE
from queries.advice.answer import advice
from queries.advice.case import Case
from queries.chains.windows import open_windows, step_of, window_of
from queries.coverage.gaps import missing_roles
from queries.deals.centre import buyers
from queries.forecast.forecast import forecast, room_of
from queries.naming import known_opportunity
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["VERSION", "deal"]

VERSION = "1"
_STAGES = tuple(Stage)


def deal(
    graph: AccountGraph,
    *,
    opportunity_id: str,
    on: date,
    rules: Rules = DEFAULT_RULES,
    dossiers: Sequence[Body] | None = None,
    lang: str = "en",
) -> Deal:
    """All that is known of a purchase on a day: where it stands, who buys, how the room settles, what to do.

    Nothing here has a formula of its own: the windows are those of chains (docs/rules.md §3), influence is
    the ranking's (§2), opinions and vetoes are the forecast's (§14), competitors' ties those of threats
    (§11), the rest is advice (§6) in "en" or "zh". `dossiers` as in `advice`.

    A milestone is reached on its day; skipped, if we are at a later stage without it; late, if the day it
    was planned for has passed; else planned, or ahead.
    Raises InvalidInput for an opportunity that is not there. As costly as the forecast and the advice.
    """
    known_opportunity(graph, opportunity_id)
    record = _record(graph, opportunity_id)
    step = step_of(graph, opportunity_id)
    assert step is not None
    window, since = window_of(graph, opportunity_id, step, on)
    case = Case.of(graph, on, rules, opportunity_id)
    room = room_of(graph, on=on, rules=rules, opportunity_id=opportunity_id)
    settled = forecast(graph, on=on, rules=rules, opportunity_id=opportunity_id, lang=lang)
    asked = {"opportunity_id": opportunity_id}
    return Deal(
        items=list(buyers(case, room)),
        opportunity_id=opportunity_id,
        name=record.name,
        status=record.status,
        value=record.value,
        currency=record.currency,
        step=step,
        step_since=record.step_since,
        stage=record.stage,
        fitting_stage=STAGE_OF_STEP[step],
        tender_issued_on=record.tender_issued_on,
        milestones=list(_milestones(record, on, lang)),
        criteria=list(_criteria(case, record)),
        criteria_by_origin=_by_origin(record),
        window=window,
        window_since=since,
        windows=open_windows(graph, opportunity_id, step, on),
        missing_roles=[gap.role for gap in missing_roles(case.graph, opportunity_id, rules)],
        vetoes=settled.vetoes,
        forecast=settled,
        advice=advice(graph, on=on, rules=rules, opportunity_id=opportunity_id, dossiers=dossiers, lang=lang),
        provenance=provenance_of(graph, on, rules, "purchase", VERSION, **asked),
    )


def _record(graph: AccountGraph, opportunity_id: str) -> Opportunity:
    """The purchase as far as the snapshot holds it."""
    table = graph.nodes[NodeKind.OPPORTUNITY]
    (row,) = islice(table.rows(), table.position[opportunity_id], table.position[opportunity_id] + 1)
    return Opportunity.model_validate({**row, "account_id": graph.account_id}, strict=False)


def _milestones(record: Opportunity, on: date, lang: str) -> Iterator[StageMilestone]:
    known = {milestone.stage: milestone for milestone in record.milestones}
    for stage in Stage:
        found, label = known.get(stage), WORK_OF_STAGE[stage].milestone
        reached = found.reached_on if found else None
        planned = found.planned_on if found else None
        yield StageMilestone(
            stage=stage,
            milestone=label.zh if lang == "zh" else label.en,
            state=_state(reached, planned, _STAGES.index(stage) < _STAGES.index(record.stage), on),
            reached_on=reached,
            planned_on=planned,
            by=found.by if found else None,
            evidence=found.evidence if found else None,
        )


def _state(reached: date | None, planned: date | None, left: bool, on: date) -> MilestoneState:
    if reached and reached <= on:
        return MilestoneState.REACHED
    if left:
        return MilestoneState.SKIPPED
    day = reached or planned
    if day is None:
        return MilestoneState.AHEAD
    return MilestoneState.LATE if day < on else MilestoneState.PLANNED


def _criteria(case: Case, record: Opportunity) -> Iterator[DealCriterion]:
    """The criteria as they were entered; who answers for one is named unless he left or is restricted."""
    for criterion in record.criteria:
        place = case.graph.contacts.position.get(criterion.owner_id or "")
        named = place is not None and bool(case.who.counts[place])
        yield DealCriterion(
            text=criterion.text,
            origin=criterion.origin,
            owner_id=criterion.owner_id if named else None,
            owner=case.name(place) if named and place is not None else None,
        )


def _by_origin(record: Opportunity) -> list[CriteriaShare]:
    counted = Counter(criterion.origin for criterion in record.criteria)
    return [CriteriaShare(origin=origin, count=counted[origin]) for origin in CriterionOrigin]
