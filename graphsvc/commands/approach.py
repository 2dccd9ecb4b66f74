"""graphsvc approach: what to ask a contact and what to say, from a store or straight from files."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_by
from graphsvc.commands.common import (
    OWNER,
    query_of,
)
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.approach.schemas import ApproachQuery
from graphsvc.features.approach.service import approach_of, approach_to
from models.approach import word_of
from models.findings.approach import Approach
from models.terms import Term

_COLUMNS = ("rule", "topic", "code", "question", "usual", "text")


@answering()
def approach(
    asked: o.Asked,
    contact: Annotated[
        str, typer.Option("--contact", metavar="ID", help=both("Whom to approach.", "沟通对象。"))
    ],
    opportunity: Annotated[
        str | None,
        typer.Option("--opportunity", metavar="ID", help=both("In this purchase.", "在此项目中。")),
    ] = None,
) -> Reply:
    """Talking points and the four questions of SPIN."""
    query = query_of(ApproachQuery, opportunity_id=opportunity, on=asked.on, as_of=asked.as_of)
    whom = asked.id_of(contact)
    found = found_by(
        asked,
        lambda opened, id_, rules: approach_to(opened, OWNER, id_, whom, query, rules, language()),
        lambda graph: approach_of(graph, whom, query, asked.dossiers, lang=language()),
    )
    return Reply(
        found,
        (_COLUMNS, ([getattr(item, name) for name in _COLUMNS] for item in found.items)),
        lambda: _tell(asked, found),
    )


def _tell(asked: o.Asked, found: Approach) -> None:
    header = both("about what question say", "类别 内容 提问 话术").split()
    rows = [
        [*map(_word, (item.topic, word_of(item.topic, item.code), item.question)), item.text]
        for item in found.items
    ]
    print_table(header, rows)


def _word(term: Term | None) -> str:
    return "" if term is None else both(term.en, term.zh)
