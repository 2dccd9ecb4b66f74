"""What would be, if: answers before and after changes that nobody stores."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from graphsvc.features.whatif.schemas import WhatIfQuestion
from graphsvc.stores.port import GraphStore, Scope
from models.findings.whatif import Answers, WhatIf
from models.graph import AccountGraph
from queries.rules import DEFAULT_RULES, Rules
from queries.whatif.answer import what_if as what_if_in


async def what_if(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    question: WhatIfQuestion,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> WhatIf:
    """Answers before and after some changes. Raises NotFound, InvalidInput, StoreUnavailable."""
    graph = await store.account_graph(scope, account_id, question.as_of)
    return question.stamped(await asyncio.to_thread(what_if_of, graph, question, rules, lang))


def items_in(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The items of every list of a `WhatIf` as JSON: of its answers before and after, and its own."""
    answers = [answer for side in ("before", "after") for answer in body[side].values() if answer]
    lists = [*(answer["items"] for answer in answers), body["moved"], body["assumed"], body["departures"]]
    return [item for each in lists for item in each]


def what_if_of(
    graph: AccountGraph, question: WhatIfQuestion, rules: Rules = DEFAULT_RULES, lang: str = "en"
) -> WhatIf:
    """The same of a graph in hand, as file mode has it. Raises InvalidInput."""
    found = what_if_in(
        graph,
        changes=question.changes,
        answers=question.answers,
        on=question.day(),
        rules=rules,
        opportunity_id=question.opportunity_id,
        step=question.step,
        lang=lang,
    )
    if question.limit is None:
        return found
    sides = (_shortened(side, question.limit) for side in (found.before, found.after))
    return found.model_copy(update=dict(zip(("before", "after"), sides, strict=True)))


def _shortened(answers: Answers, limit: int) -> Answers:
    """The answers with the first items of each."""
    given = {name: getattr(answers, name) for name in Answers.model_fields}
    kept = {
        name: answer.model_copy(update={"items": answer.items[:limit]})
        for name, answer in given.items()
        if answer is not None
    }
    return answers.model_copy(update=kept)
