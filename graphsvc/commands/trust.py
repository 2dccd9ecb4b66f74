"""graphsvc trust: how far an account trusts us, of the store or straight of files."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, cell_of, found_by, rows_of
from graphsvc.commands.common import OWNER, query_of, say
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.trust.schemas import TrustQuery
from graphsvc.features.trust.service import trust as trust_in
from graphsvc.features.trust.service import trust_of
from models.enums import Step
from models.findings.trust import Trust, TrustTerm

_COLUMNS = ("category", "weight", "strength", "points", "grade", "people", "met", "contact_id", "member_id")


@answering()
def trust(
    asked: o.Asked,
    opportunity: Annotated[str | None, typer.Option(help=both("In this purchase.", "在此项目中。"))] = None,
    step: Annotated[Step | None, typer.Option(help=both("At this step.", "在此采购步骤。"))] = None,
) -> Reply:
    """How far an account trusts us, category by category."""
    query = query_of(TrustQuery, on=asked.on, as_of=asked.as_of, opportunity_id=opportunity, step=step)
    found = found_by(
        asked,
        lambda opened, id_, rules: trust_in(opened, OWNER, id_, query, rules),
        lambda graph: trust_of(graph, query),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: Trust) -> None:
    header = both(
        "category weight worth points grade people met best of note",
        "类别 权重 计入强度 得分 等级 人数 已接触 最佳联系人 我方 备注",
    ).split()
    print_table(header, (_row(asked, term) for term in found.items))
    word = getattr(found.grade, language())
    say(
        both(
            f"Trust {found.trust:.1f} of {found.possible:.0f}: {word.lower()}.",
            f"信任度 {found.trust:.1f}（可达 {found.possible:.0f}）：{word}。",
        )
    )


def _row(asked: o.Asked, term: TrustTerm) -> list[object]:
    contact, member = (cell_of(asked, term, name) for name in ("contact_id", "member_id"))
    numbers = [f"{term.weight:.0%}", term.strength, term.points]
    grade = getattr(term.grade, language())
    category = getattr(term.category, language())
    return [category, *numbers, grade, term.people, term.met, contact, member, _note(asked, term)]


def _note(asked: o.Asked, term: TrustTerm) -> str:
    """What the numbers alone do not tell: nobody is there, or a stronger tie was passed over."""
    if term.gap:
        return both("nobody known there", "尚不知有谁")
    if term.passed_over is None:
        return ""
    passed, why = term.passed_over, getattr(term.passed_over.discount, language())
    who = asked.own(passed.contact_id)
    return both(f"{who} {passed.strength:.1f}: {why.lower()}", f"{who} {passed.strength:.1f}：{why}")
