"""graphsvc approach: what to ask a contact and what to say, from a store or straight from files."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.common import (
    OWNER,
    JsonOption,
    LangOption,
    StoreOption,
    query_of,
    ruled,
    told,
    with_account,
)
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_csv, print_json, print_table
from graphsvc.features.approach.schemas import ApproachQuery
from graphsvc.features.approach.service import approach_of, approach_to
from models.approach import word_of
from models.findings.approach import Approach
from models.terms import Term

_COLUMNS = ("rule", "topic", "code", "question", "usual", "text")


def approach(
    contact: Annotated[
        str, typer.Option("--contact", metavar="ID", help=both("Whom to approach.", "沟通对象。"))
    ],
    account: o.AccountArgument = None,
    opportunity: Annotated[
        str | None,
        typer.Option("--opportunity", metavar="ID", help=both("In this purchase.", "在此项目中。")),
    ] = None,
    files: o.FilesOption = None,
    relation: o.AsOption = None,
    relations: o.RelationOption = None,
    mapping: o.MappingOption = None,
    encoding: o.EncodingOption = None,
    levels: o.LevelsOption = None,
    at: o.AtOption = None,
    on: o.OnOption = None,
    as_of: o.AsOfOption = None,
    csv: o.CsvOption = False,
    json: JsonOption = False,
    store: StoreOption = None,
    lang: LangOption = None,
) -> None:
    """Talking points and the four questions of SPIN."""
    with told():
        asked = o.asked(
            account, files, store, relation=relation, relations=relations, mapping=mapping,
            encoding=encoding, levels=levels, at=at, on=on, as_of=as_of,
        )  # fmt: skip
        query = query_of(ApproachQuery, opportunity_id=opportunity, on=asked.on, as_of=asked.as_of)
        o.say_notes(asked)
        if asked.files is None:
            found = with_account(
                store,
                asked.account,
                ruled(
                    lambda opened, id_, rules: approach_to(
                        opened, OWNER, id_, contact, query, lang=language(), rules=rules
                    )
                ),
            )
        else:
            graph, whom = asked.files.graph, asked.id_of(contact)
            found = approach_of(graph, whom, query, asked.files.dossiers, lang=language())
        _print(asked, found, csv, json)


def _print(asked: o.Asked, found: Approach, csv: bool, json: bool) -> None:
    if json:
        print_json(asked.plain(found))
    elif csv:
        print_csv(_COLUMNS, ([getattr(item, name) for name in _COLUMNS] for item in found.items))
    else:
        header = both("about what question say", "类别 内容 提问 话术").split()
        rows = [
            [*map(_word, (item.topic, word_of(item.topic, item.code), item.question)), item.text]
            for item in found.items
        ]
        print_table(header, rows)


def _word(term: Term | None) -> str:
    return "" if term is None else both(term.en, term.zh)
