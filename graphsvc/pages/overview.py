"""An account at a glance: trust, coverage, purchases, what to do, whom to meet again."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from graphsvc.features.advice.schemas import AdviceQuery
from graphsvc.features.advice.service import advice_about
from graphsvc.features.cadence.service import overdue_in
from graphsvc.features.coverage.schemas import CoverageQuery
from graphsvc.features.coverage.service import coverage
from graphsvc.features.positions.service import positions_in
from graphsvc.features.questions import Question
from graphsvc.features.trust.schemas import TrustQuery
from graphsvc.features.trust.service import trust
from graphsvc.pages.asking import Asked, Part, Shown
from graphsvc.pages.history import latest
from models.enums import NodeKind, OpportunityStatus, Stage, Step
from models.fields import Label
from models.graph import AccountGraph
from models.positions import Position
from models.trade import STAGE_OF_STEP

FIRST_ADVICE, FIRST_OVERDUE = 6, 6


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase with the buyer's step beside our stage; `fits`: they go together."""

    id: str
    name: str
    status: OpportunityStatus
    value: float | None
    currency: str | None
    step: Step
    stage: Stage
    fits: bool


async def overview(asked: Asked) -> Shown:
    """The account as a whole, or in the purchase of the address. Raises NotFound, InvalidInput."""
    of_trust, of_advice = asked.question(TrustQuery), asked.question(AdviceQuery)
    of_coverage, of_overdue = asked.question(CoverageQuery), asked.question(Question)
    store, scope, id_, rules = asked.store, asked.scope, asked.account_id, asked.rules
    trusted, held, advised, due, stood = await asyncio.gather(
        trust(store, scope, id_, of_trust, rules),
        coverage(store, scope, id_, of_coverage, rules),
        advice_about(store, scope, id_, of_advice, rules, asked.lang, asked.request_id),
        overdue_in(store, scope, id_, of_overdue, rules),
        positions_in(store, scope, id_, of_overdue, rules),
    )
    names = await asked.names(trusted, of_trust)
    return Shown(
        (
            Part("trust", trusted, of_trust, Label("Trust", "信任度")),
            Part("coverage", held, of_coverage, Label("Coverage", "覆盖")),
            Part("advice", advised, of_advice, Label("Advice", "提示")),
            Part("overdue", due, of_overdue, Label("Overdue contacts", "久未联系")),
            Part("positions", stood, of_overdue, Label("Positions", "关系定位")),
        ),
        {
            "names": names,
            "people": len(names.graph.contacts),
            "trust": trusted,
            "coverage": held,
            "advice": advised,
            "first_advice": FIRST_ADVICE,
            "overdue": due,
            "first_overdue": asked.query.limit or FIRST_OVERDUE,
            "purchases": purchases(names.graph),
            "positions": Counter(item.position for item in stood.items),
            "corners": tuple(Position),
            "latest": await latest(asked, names),
        },
    )


def purchases(graph: AccountGraph) -> list[Purchase]:
    """Those of an account, open ones first, then by value."""
    return sorted(_purchases(graph), key=_open_and_large_first)


def _open_and_large_first(purchase: Purchase) -> tuple[bool, float, str]:
    return purchase.status is not OpportunityStatus.OPEN, -(purchase.value or 0.0), purchase.id


def _purchases(graph: AccountGraph) -> Iterator[Purchase]:
    for row in graph.nodes[NodeKind.OPPORTUNITY].rows():
        step, stage = _STEPS[row["step"]], _STAGES[row["stage"]]
        yield Purchase(
            row["id"],
            row["name"],
            _STATUSES[row["status"]],
            row.get("value"),
            row.get("currency"),
            step,
            stage,
            STAGE_OF_STEP[step] is stage,
        )


_STEPS = {str(step): step for step in Step}
_STAGES = {str(stage): stage for stage in Stage}
_STATUSES = {str(status): status for status in OpportunityStatus}
