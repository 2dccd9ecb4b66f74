"""graphsvc positions: where we stand with each contact, in an account of the store or in files."""

from __future__ import annotations

from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, cell_of, found_by, rows_of
from graphsvc.commands.common import OWNER, say
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.positions.service import positions_in, positions_of, trail_in, trail_of
from graphsvc.features.questions import Question
from models.findings.positions import Positions, PositionTrail, Standing

_COLUMNS = (
    "contact_id", "name", "category", "position", "personal", "institutional", "road", "lagging", "member_id",
    "assessed_on",
)  # fmt: skip
_TRAIL = ("on", "personal", "institutional", "position")


@answering()
def positions(
    asked: o.Asked,
    contact: Annotated[
        str | None,
        typer.Option(
            "--contact", metavar="ID", help=both("The dated trail of this one.", "该联系人的轨迹。")
        ),
    ] = None,
) -> Reply:
    """Where we stand with each contact: outsider, friend, supplier or partner."""
    query = Question(on=asked.on, as_of=asked.as_of)
    if contact is None:
        found = found_by(
            asked,
            lambda opened, id_, rules: positions_in(opened, OWNER, id_, query, rules),
            lambda graph: positions_of(graph, query),
        )
        return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))
    whose = asked.id_of(contact)
    trail = found_by(
        asked,
        lambda opened, id_, rules: trail_in(opened, OWNER, id_, whose, query, rules),
        lambda graph: trail_of(graph, whose, query),
    )
    return Reply(trail, rows_of(asked, _TRAIL, trail.items), lambda: _tell_trail(asked, trail))


def _tell(asked: o.Asked, found: Positions) -> None:
    header = both(
        "id name position personal institutional ours note", "编号 姓名 定位 个人利益 机构利益 我方 备注"
    ).split()
    print_table(header, (_row(asked, item) for item in found.items))
    typer.echo()
    header = both("category people position best", "类别 人数 定位 最佳联系人").split()
    print_table(
        header,
        (
            [_word(row.category), row.people, _word(row.position), cell_of(asked, row, "contact_id")]
            for row in found.categories
        ),
    )


def _row(asked: o.Asked, item: Standing) -> list[object]:
    ids = [cell_of(asked, item, name) for name in ("contact_id", "member_id")]
    numbers = [item.personal, item.institutional]
    return [ids[0], item.name, _word(item.position), *numbers, ids[1], _note(item)]


def _note(item: Standing) -> str:
    """The road, and whether the personal side lags on it."""
    lags = both("personal side lagging", "个人关系滞后") if item.lagging else ""
    return both(", ", "，").join(filter(None, (_word(item.road) if item.road else "", lags)))


def _tell_trail(asked: o.Asked, found: PositionTrail) -> None:
    header = both("on personal institutional position", "日期 个人利益 机构利益 定位").split()
    print_table(
        header,
        ([row.on, row.personal, row.institutional, _word(row.position)] for row in found.items),
    )
    walked = " → ".join(_word(step.position) for step in found.contact.passed)
    note = _note(found.contact)
    say(
        f"{found.contact.name}{both(': ', '：')}{walked}"
        + (both(f" ({note})", f"（{note}）") if note else "")
    )


def _word(term: object) -> str:
    return str(getattr(term, language()))
