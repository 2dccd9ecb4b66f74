"""All advice about an account and its purchases, as one answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from models.findings.warnings import Advice
from models.graph import AccountGraph
from models.records import Body
from queries.advice.account import account_alerts
from queries.advice.alerts import Alert, told
from queries.advice.case import Case
from queries.advice.criteria import criteria_alerts
from queries.advice.duties import duty_alerts
from queries.advice.next_steps import NextSteps
from queries.advice.parts import part_alerts
from queries.advice.people import people_alerts
from queries.advice.private import private_alerts
from queries.advice.rivals import rival_alerts
from queries.advice.stages import stage_alerts
from queries.advice.ties import tie_alerts
from queries.advice.ways import way_alerts
from queries.advice.windows import window_alerts
from queries.advice.words.private import PrivateRule
from queries.naming import known_opportunity
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules

__all__ = ["VERSION", "advice", "alerts"]

VERSION = "2"


def advice(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    dossiers: Sequence[Body] | None = None,
    lang: str = "en",
) -> Advice:
    """What to look at in an account on a day and what to do about it, the most urgent first.

    Parameters
    ----------
    graph : the account; `on` picks the ties that hold on a day.
    opportunity_id : only what concerns this purchase and the people in it, and the account as a whole.
    dossiers : the account's dossiers as bodies of records; None for who has no right to them. Then the
        rules that read them say nothing, and are named in `silent`.
    lang : the words of texts and of suggested actions, "en" or "zh".

    Returns
    -------
    Advice : of each rule the first few alerts, the most important ones; `left_off` counts the others.

    Raises
    ------
    InvalidInput : an unknown opportunity.

    Notes
    -----
    Rules and parameters: docs/rules.md §6. O(purchases · (ties · rounds + people) + interactions).
    """
    known_opportunity(graph, opportunity_id)
    case = Case.of(graph, on, rules, opportunity_id)
    most, seen, kept = rules.advice.most_each, Counter[str](), []
    for alert in alerts(case, dossiers):
        seen[str(alert.rule)] += 1
        if seen[str(alert.rule)] <= most:
            kept.append(alert)
    return Advice(
        items=told(kept, rules.advice.severity, lang, NextSteps(case, lang).after),
        left_off={rule: number - most for rule, number in sorted(seen.items()) if number > most},
        silent=[str(rule) for rule in PrivateRule] if dossiers is None else [],
        provenance=provenance_of(graph, on, rules, "advice by rule", VERSION, opportunity_id=opportunity_id),
    )


def alerts(case: Case, dossiers: Sequence[Body] | None) -> Iterator[Alert]:
    """Everything the rules warn of, the most important of each rule first. Cost: see `advice`."""
    yield from duty_alerts(case)
    yield from private_alerts(case, dossiers or ())
    for deal in case.deals:
        yield from stage_alerts(deal, case.on)
    yield from window_alerts(case)
    yield from criteria_alerts(case)
    yield from part_alerts(case)
    yield from people_alerts(case)
    yield from tie_alerts(case)
    yield from way_alerts(case)
    yield from rival_alerts(case)
    yield from account_alerts(case)
