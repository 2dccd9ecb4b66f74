"""graphsvc advice: what to look at, in an account of the store or straight in files."""

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
    say,
    told,
    with_account,
)
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_csv, print_json, print_table
from graphsvc.features.advice.schemas import AdviceQuery
from graphsvc.features.advice.service import advice_about, advice_of
from models.findings.warnings import Advice, Warned

_COLUMNS = ("severity", "rule", "text", "next_step", "opportunity_id")


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
                ruled(
                    lambda opened, id_, rules: advice_about(
                        opened, OWNER, id_, query, lang=language(), rules=rules
                    )
                ),
            )
        else:
            found = advice_of(asked.files.graph, query, asked.files.dossiers, lang=language())
        _print(asked, found, csv, json)


def _print(asked: o.Asked, found: Advice, csv: bool, json: bool) -> None:
    if json:
        print_json(asked.plain(found))
        return
    rows = [
        [item.severity, item.rule, item.text, _next_step(item), item.opportunity_id] for item in found.items
    ]
    if csv:
        print_csv(_COLUMNS, rows)
    else:
        header = both("urgency rule what next opportunity", "紧急度 规则 内容 下一步 项目").split()
        print_table(header, ([getattr(degree, language()), *rest] for degree, *rest in rows))
        if found.left_off:
            more = ", ".join(f"{rule} {count}" for rule, count in found.left_off.items())
            say(both(f"Left off: {more}", f"另有未列出：{more}"))


def _next_step(item: Warned) -> str:
    """What to do about it, or the action that was made of it."""
    if item.suggested is not None:
        return item.suggested.text
    if item.action is None:
        return ""
    due = f" ({item.action.due})" if item.action.due else ""
    return both(f"action {item.action.id}{due}", f"行动 {item.action.id}{due}")
