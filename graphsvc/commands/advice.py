"""graphsvc advice: what to look at, in an account of the store or straight in files."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.common import OWNER, JsonOption, LangOption, StoreOption, query_of, told, with_account
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_csv, print_json, print_table
from graphsvc.features.advice.schemas import AdviceQuery
from graphsvc.features.advice.service import advice_about, advice_of
from models.findings.warnings import Advice

_COLUMNS = ("severity", "rule", "text", "opportunity_id")


def advice(
    account: o.AccountArgument = None,
    opportunity: Annotated[
        str | None,
        typer.Option(
            "--opportunity", metavar="ID", help=both("Only what concerns this one.", "仅限该项目。")
        ),
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
    """Warnings by rule, the most urgent first."""
    with told():
        asked = o.asked(
            account, files, store, relation=relation, relations=relations, mapping=mapping,
            encoding=encoding, levels=levels, at=at, on=on, as_of=as_of,
        )  # fmt: skip
        query = query_of(AdviceQuery, opportunity_id=opportunity, on=asked.on, as_of=asked.as_of)
        o.say_notes(asked)
        if asked.files is None:
            found = with_account(
                store,
                asked.account,
                lambda opened, id_: advice_about(opened, OWNER, id_, query, lang=language()),
            )
        else:
            found = advice_of(asked.files.graph, query, lang=language())
        _print(asked, found, csv, json)


def _print(asked: o.Asked, found: Advice, csv: bool, json: bool) -> None:
    if json:
        print_json(asked.plain(found))
        return
    rows = [[getattr(item, name) for name in _COLUMNS] for item in found.items]
    if csv:
        print_csv(_COLUMNS, rows)
    else:
        header = both("urgency rule what opportunity", "紧急度 规则 内容 项目").split()
        print_table(header, ([getattr(degree, language()), *rest] for degree, *rest in rows))
