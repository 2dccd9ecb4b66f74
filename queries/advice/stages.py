"""Rules of steps, stages and milestones: do the buyer's step and ours go together, is nothing skipped?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from models.enums import Stage, Step
from models.fields import Label
from models.trade import STAGE_OF_STEP, WORK_OF_STAGE
from queries.advice.alerts import Alert, days
from queries.advice.words.purchase import PurchaseRule as Rule
from queries.deals.purchase import Purchase

__all__ = ["stage_alerts"]

_STAGES = tuple(Stage)
_SHAPING = _STAGES[: _STAGES.index(Stage.PROPOSE) + 1]
"""The stages up to the one whose work is to shape the criteria."""


def stage_alerts(deal: Purchase, on: date) -> Iterator[Alert]:
    """What is wrong with the step, the stage and the milestones of a purchase on a day. O(milestones).

    A milestone counts once its day has come. *evaluate* begins with the tender document: from then on the
    criteria stand.
    """
    tendered, evaluates = deal.tendered(on), deal.has_come_to(Step.EVALUATE)
    fitting = STAGE_OF_STEP[deal.step]
    if tendered and not evaluates:
        yield _alert(deal, Rule.TENDER_BEFORE_EVALUATE, day=deal.tender, step=deal.step)
    if deal.stage is not fitting:
        yield _alert(
            deal,
            Rule.STAGE_STEP_MISMATCH,
            step=deal.step,
            fitting=fitting,
            stage=deal.stage,
            behind=_behind(deal, fitting, on),
        )
    if (tendered or evaluates) and deal.stage in _SHAPING:
        yield _alert(deal, Rule.CRITERIA_SHUT, stage=deal.stage)
    yield from _milestones(deal, on)


def _milestones(deal: Purchase, on: date) -> Iterator[Alert]:
    reached = {stage for stage, day in deal.reached if day <= on}
    left = _STAGES[: _STAGES.index(deal.stage)]
    skipped = tuple(_with_milestone(stage) for stage in left if stage not in reached)
    if skipped:
        yield _alert(deal, Rule.MILESTONE_SKIPPED, stages=skipped)
    for (earlier, first), (later, second) in pairwise(deal.reached):
        if second < first:
            yield _alert(deal, Rule.MILESTONE_ORDER, earlier=earlier, later=later)
    for stage, day in deal.reached:
        if day > on:
            yield _alert(deal, Rule.MILESTONE_AHEAD, stage=stage, day=day)
    for stage, day in deal.planned:
        if day < on:
            yield _alert(deal, Rule.MILESTONE_LATE, stage=stage, day=day, days=days((on - day).days))


def _behind(deal: Purchase, fitting: Stage, on: date) -> Label:
    """What keeps us at a stage that comes before the fitting one: its milestone, if it is not reached."""
    done = any(stage is deal.stage and day <= on for stage, day in deal.reached)
    if done or _STAGES.index(deal.stage) > _STAGES.index(fitting):
        return Label("", "")
    milestone = WORK_OF_STAGE[deal.stage].milestone
    return Label(f", its milestone not reached: {milestone.en}", f"，其关键节点尚未达成：{milestone.zh}")


def _with_milestone(stage: Stage) -> Label:
    milestone = WORK_OF_STAGE[stage].milestone
    return Label(f"{stage.en} ({milestone.en})", f"{stage.zh}（{milestone.zh}）")


def _alert(deal: Purchase, rule: Rule, **params: object) -> Alert:
    stages = [params[name] for name in ("stage", "later") if name in params]
    return Alert(
        rule,
        {"deal": deal.name, **params},
        (deal.key,),
        deal.id,
        subject=(deal.id, *(str(stage) for stage in stages)),
    )
