"""graphsvc coverage: how broadly an account is held, of the store or straight of files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, cell_of, found_by, rows_of
from graphsvc.commands.common import OWNER, query_of
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.coverage.schemas import CoverageQuery
from graphsvc.features.coverage.service import coverage as coverage_in
from graphsvc.features.coverage.service import coverage_of
from models.findings.coverage import Coverage, Pairing
from models.terms import Term

_COLUMNS = (
    "member_id",
    "contact_id",
    "strength",
    "counted",
    "discount",
    "grade",
    "member_rung",
    "contact_rung",
    "equal",
)


@answering()
def coverage(
    asked: o.Asked,
    opportunity: Annotated[str | None, typer.Option(help=both("In this purchase.", "在此项目中。"))] = None,
    limit: o.LimitOption = None,
) -> Reply:
    """Which rungs of theirs are held by whom, what hangs on one of ours, whom to get to know next."""
    query = query_of(CoverageQuery, on=asked.on, as_of=asked.as_of, opportunity_id=opportunity, limit=limit)
    found = found_by(
        asked,
        lambda opened, id_, rules: coverage_in(opened, OWNER, id_, query, rules),
        lambda graph: coverage_of(graph, query),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: Coverage) -> None:
    """The rungs where equals meet as a table, then what follows from it, line by line."""
    header = both("rung ours theirs ties counted of with", "职级 我方人数 对方人数 关系数 计入强度 我方 对方")
    rows = (
        [_word(strand.rung), strand.members, strand.people, strand.ties, strand.counted,
         cell_of(asked, strand, "member_id"), cell_of(asked, strand, "contact_id")]
        for strand in found.strands
    )  # fmt: skip
    print_table(header.split(), rows)
    for line in _lines(asked, found):
        typer.echo(line)


def _lines(asked: o.Asked, found: Coverage) -> Iterator[str]:
    if found.shape is not None:
        yield both(
            f"Shape {found.shape:.2f} (0 bow-tie, 1 diamond).",
            f"形状 {found.shape:.2f}（0 蝴蝶结，1 钻石）。",
        )
    if found.hub:
        who, share = asked.own(found.hub.member_id), f"{found.hub.share:.0%}"
        yield both(f"{share} of all strength hangs on {who}.", f"全部关系强度的 {share} 系于 {who}。")
    for thread in found.threads:
        who, left = asked.own(thread.member_id), f"{thread.strength:.1f} → {thread.without:.1f}"
        en = f"Access to {thread.name} hangs on {who}: {left} without."
        yield both(en, f"与{thread.name}的关系主要系于 {who}：若其离开，{left}。")
    for role in found.missing_roles:
        deal = asked.own(role.opportunity_id)
        yield both(f"{deal}: nobody known as {role.role.en}.", f"{deal}：尚不清楚谁是{role.role.zh}。")
    for gap in found.missing_categories:
        worth = f"{gap.worth:.1f}"
        yield both(
            f"Not won: {gap.category.en}, best tie {worth}.", f"尚未拿下：{gap.category.zh}，最强 {worth}。"
        )
    for pairing in found.pairings:
        yield _pairing(asked, pairing)


def _pairing(asked: o.Asked, found: Pairing) -> str:
    who, whom = asked.own(found.member_id), asked.own(found.contact_id)
    filled = (
        "、".join(c.zh for c in found.fills) if language() == "zh" else ", ".join(c.en for c in found.fills)
    )
    en = f"Next: {who} – {whom} ({found.rung.en}), from {found.strength:.0f} to {found.goal:.0f}: "
    en += f"shape +{found.gain:.2f}, trust +{found.trust_gain:.1f}"
    zh = f"下一步：{who} – {whom}（{found.rung.zh}），{found.strength:.0f} → {found.goal:.0f}："
    zh += f"形状 +{found.gain:.2f}，信任 +{found.trust_gain:.1f}"
    return both(f"{en}; {filled}." if filled else f"{en}.", f"{zh}；{filled}。" if filled else f"{zh}。")


def _word(term: Term) -> str:
    return term.zh if language() == "zh" else term.en
