"""All warnings about an account and its purchases, as one answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.enums import NodeKind
from models.faults import Code, Fault, InvalidInput
from models.findings.base import Provenance
from models.findings.warnings import Advice
from models.graph import AccountGraph
from queries.alerts import Alert, told
from queries.deals.duties import duty_alerts
from queries.deals.parts import part_alerts
from queries.deals.purchase import purchases
from queries.deals.stages import stage_alerts
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["VERSION", "advice"]

VERSION = "1"


def advice(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    lang: str = "en",
) -> Advice:
    """What to look at in an account on a day, the most urgent first, in the words of `lang`.

    With an opportunity: what concerns it, and what concerns the account as a whole. O(opportunities ·
    people + interactions). Raises InvalidInput for an opportunity that is not there.
    """
    if opportunity_id is not None and opportunity_id not in graph.nodes[NodeKind.OPPORTUNITY].position:
        unknown = {"kind": NodeKind.OPPORTUNITY, "id": opportunity_id}
        raise InvalidInput(Fault(Code.UNKNOWN_RECORD, unknown, pointer="/opportunity_id"))
    return Advice(
        items=told(_alerts(graph.on(on), on, rules, opportunity_id), rules.advice.severity, lang),
        provenance=Provenance(
            algorithm="warnings by rule",
            version=VERSION,
            rules_version=rules.version,
            parameters={"opportunity_id": opportunity_id},
            account_sequence=graph.sequence,
            firm_sequence=graph.firm_sequence,
            on=on,
        ),
    )


def _alerts(graph: AccountGraph, on: date, rules: Rules, opportunity_id: str | None) -> Iterator[Alert]:
    for deal in purchases(graph, opportunity_id):
        yield from stage_alerts(deal, on)
        yield from part_alerts(graph, deal, rules.advice)
    for alert in duty_alerts(graph, on):
        if opportunity_id is None or alert.opportunity_id in (None, opportunity_id):
            yield alert
