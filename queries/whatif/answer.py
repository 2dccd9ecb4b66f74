"""What if: answers before and after changes that are only thought of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from models.enums import Step
from models.findings.whatif import WhatIf
from models.graph import AccountGraph
from models.whatif import Answered, Change
from queries.departures.departure import departure
from queries.naming import known_opportunity
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules
from queries.whatif.answers import Asked, answers_to, compared, scales
from queries.whatif.compare import moved
from queries.whatif.edits import edited

__all__ = ["VERSION", "what_if"]

VERSION = "1"


def what_if(
    graph: AccountGraph,
    *,
    changes: Sequence[Change],
    answers: Collection[Answered],
    on: date,
    rules: Rules = DEFAULT_RULES,
    opportunity_id: str | None = None,
    step: Step | None = None,
    lang: str = "en",
) -> WhatIf:
    """Answers about an account before and after changes that nobody stores, and what moves most.

    The changes are made one after the other on copies of the tables they touch (`queries.whatif.edits`),
    and each answer is the very one its own route gives of such an account: nothing is estimated. Of more
    deciders than chains lead to both sides take those who lead the ranking before.
    `step` asks both sides at a step; a change of step is one of the `changes`.
    `moved` holds `whatif.most_moved` numbers of each answer. The answer DEPARTURE tells of each person who
    leaves what that one leaving costs (docs/rules.md §20).
    Raises InvalidInput, faults of a change under `/changes/…`. Twice as costly as the answers.
    Rules: docs/rules.md §15.
    """
    known_opportunity(graph, opportunity_id)
    then = edited(graph, changes, on=on, rules=rules)
    asked = Asked(on=on, rules=rules, opportunity_id=opportunity_id, step=step, lang=lang)
    wanted = set(answers)
    before = answers_to(graph, wanted, asked)
    after = compared(before, then.graph, wanted, asked)
    scale = scales(graph, then.graph, asked) if Answered.THREATS in wanted else {}
    return WhatIf(
        before=before,
        after=after,
        moved=moved(graph, before, after, rules.whatif.most_moved, scale),
        assumed=then.assumed,
        departures=[
            departure(
                graph,
                kind=kind,
                id=id_,
                on=on,
                rules=rules,
                opportunity_id=opportunity_id,
                step=step,
                lang=lang,
            )
            for kind, id_ in then.left
            if Answered.DEPARTURE in wanted
        ],
        provenance=provenance_of(
            graph,
            on,
            rules,
            "what if",
            VERSION,
            changes=[change.model_dump(mode="json", exclude_none=True) for change in changes],
            answers=[str(name) for name in Answered if name in wanted],
            opportunity_id=opportunity_id,
            step=step,
        ),
    )
