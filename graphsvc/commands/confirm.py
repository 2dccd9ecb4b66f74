"""graphsvc confirm: what to have confirmed this week, and whom to assess."""

from __future__ import annotations

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, cell_of, found_by, rows_of
from graphsvc.commands.common import OWNER
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.cadence.service import confirm_in, confirm_of
from graphsvc.features.questions import Question
from models.findings.cadence import ConfirmList, Stale
from models.kinds import kind_named

_COLUMNS = ("rank", "kind", "id", "source_id", "target_id", "confirmed_on", "days", "weight", "because")


@answering()
def confirm(
    asked: o.Asked,
) -> Reply:
    """The stale cards and ties that matter most, and people to assess."""
    query = Question(on=asked.on, as_of=asked.as_of)
    found = found_by(
        asked,
        lambda opened, id_, rules: confirm_in(opened, OWNER, id_, query, rules),
        lambda graph: confirm_of(graph, query),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: ConfirmList) -> None:
    _print_for_people(asked, found)


def _print_for_people(asked: o.Asked, found: ConfirmList) -> None:
    header = both("rank what id confirmed weight because", "名次 内容 编号 上次确认 权重 原因").split()
    print_table(header, (_row(asked, item) for item in found.items))
    if found.drawn:
        typer.echo(both(f"\nTo be assessed in {found.week}:", f"\n{found.week} 周待测评："))
        header = both("id name by last", "编号 姓名 由谁 上次测评").split()
        never = both("never", "从未")
        ids = ("contact_id", "member_id")
        print_table(
            header,
            (
                [cell_of(asked, row, ids[0]), row.name, cell_of(asked, row, ids[1]), row.assessed_on or never]
                for row in found.drawn
            ),
        )


def _row(asked: o.Asked, item: Stale) -> list[object]:
    kind = kind_named(item.kind)
    word = getattr(kind, language())
    what = f"{item.source} → {item.target} ({word})" if item.source else f"{item.target} ({word})"
    confirmed = item.confirmed_on or both("never", "从未")
    because = getattr(item.because, language())
    return [item.rank, what, cell_of(asked, item, "id"), confirmed, item.weight, because]
