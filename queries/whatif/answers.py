"""The answers that can be asked for before and after, and the one number of each item that may move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.enums import NodeKind, Step
from models.findings.base import Answer
from models.findings.whatif import Answers
from models.graph import AccountGraph
from models.whatif import Answered
from queries.chains.best import decision_chains
from queries.coverage.coverage import coverage
from queries.coverage.trust import trust
from queries.forecast.forecast import forecast
from queries.influence.case import Asked as InfluenceAsked
from queries.influence.ranking import influence_scores, rank_influencers
from queries.rules import Rules
from queries.strength.table import tie_strengths
from queries.threats.finding import threats

__all__ = ["MEASURED", "Asked", "Measure", "answers_to", "compared", "scales"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the answers are asked for: a day, a purchase and a step of it, and the language.

    `among` are the deciders whom chains lead to, where there are too many to lead to all.
    """

    on: date
    rules: Rules
    opportunity_id: str | None = None
    step: Step | None = None
    lang: str = "en"
    among: frozenset[str] | None = None


def answers_to(graph: AccountGraph, wanted: set[Answered], asked: Asked) -> Answers:
    """The answers of a graph as each is alone. Raises InvalidInput. As costly as they are."""
    made = {str(name): make(graph, asked) for name, make in _MAKERS.items() if name in wanted}
    return Answers().model_copy(update=made)


def compared(before: Answers, graph: AccountGraph, wanted: set[Answered], asked: Asked) -> Answers:
    """The answers of a changed graph beside those of before: of many deciders its chains lead to the same."""
    first = before.chains
    if first is None:
        return answers_to(graph, wanted, asked)
    ends = {chain.target_id for chain in first.items} | {target for _, target in first.unreachable}
    same = replace(asked, among=frozenset(ends))
    after = answers_to(graph, wanted, same if first.targets_left_out else asked)
    if after.chains is not None and after.chains.targets_left_out and not first.targets_left_out:
        after = after.model_copy(update={"chains": _MAKERS[Answered.CHAINS](graph, same)})
    return after


def scales(graph: AccountGraph, then: AccountGraph, asked: Asked) -> Mapping[Answered, float]:
    """By what the numbers of the changed graph are multiplied to stand beside those of before.

    Threats weigh influence by the first man of their own side. O(two rankings).
    """
    wanted = InfluenceAsked(opportunity_id=asked.opportunity_id, step=asked.step)
    first, last = (
        influence_scores(each, on=asked.on, rules=asked.rules, asked=wanted).share.max(initial=0.0)
        for each in (graph, then)
    )
    return {Answered.THREATS: float(last / first)} if first > 0 else {}


def _plain(asked: Asked) -> dict[str, Any]:
    return {
        "on": asked.on,
        "rules": asked.rules,
        "opportunity_id": asked.opportunity_id,
        "step": asked.step,
    }


_MAKERS: Mapping[Answered, Callable[[AccountGraph, Asked], Answer[Any]]] = {
    Answered.INFLUENCERS: lambda graph, asked: rank_influencers(graph, **_plain(asked)),
    Answered.CHAINS: lambda graph, asked: decision_chains(graph, **_plain(asked), among=asked.among),
    Answered.STRENGTH: lambda graph, asked: tie_strengths(graph, on=asked.on, rules=asked.rules),
    Answered.FORECAST: lambda graph, asked: forecast(graph, **_plain(asked), lang=asked.lang),
    Answered.COVERAGE: lambda graph, asked: coverage(graph, **_plain(asked)),
    Answered.TRUST: lambda graph, asked: trust(graph, **_plain(asked)),
    Answered.THREATS: lambda graph, asked: threats(graph, **_plain(asked)),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """The number of an answer's items that is compared, and the fields that say what an item is about.

    `kinds` are the kinds of the records those fields name, None where they are words of their own.
    """

    field: str
    about: tuple[str, ...]
    kinds: tuple[NodeKind | None, ...]


MEASURED: Mapping[Answered, Measure] = {
    # Scores are scaled to the first man of each side: if he leaves, all rise though nobody listens more.
    Answered.INFLUENCERS: Measure("share", ("contact_id",), (NodeKind.CONTACT,)),
    Answered.CHAINS: Measure("probability", ("target_id",), (NodeKind.CONTACT,)),
    Answered.STRENGTH: Measure("strength", ("member_id", "contact_id"), (NodeKind.MEMBER, NodeKind.CONTACT)),
    Answered.FORECAST: Measure("settled", ("contact_id",), (NodeKind.CONTACT,)),
    Answered.COVERAGE: Measure("counted", ("member_id", "contact_id"), (NodeKind.MEMBER, NodeKind.CONTACT)),
    Answered.TRUST: Measure("strength", ("category",), (None,)),
    Answered.THREATS: Measure(
        "points", ("competitor_id", "contact_id"), (NodeKind.COMPETITOR, NodeKind.CONTACT)
    ),
}
