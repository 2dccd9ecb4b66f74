"""graphsvc bosses: who is probably the boss of those without one, in an account of the store or in files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, cell_of, found_by, rows_of
from graphsvc.commands.common import OWNER, query_of, say
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.bosses.schemas import BossesQuery
from graphsvc.features.bosses.service import bosses_in, bosses_of
from models.findings.bosses import BossGround, BossGuess, Bossless, ProbableBosses

_COLUMNS = ("contact_id", "name", "boss_id", "boss_name", "share", "below", "others")


@answering()
def bosses(
    asked: o.Asked,
    contact: Annotated[
        str | None,
        typer.Option("--contact", metavar="ID", help=both("Only whose boss.", "只推测此人的上级。")),
    ] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=20, help=both("Guesses each.", "每人列出几位。"))] = 3,
) -> Reply:
    """Who has no boss on record, and who it probably is; nothing is stored."""
    query = query_of(BossesQuery, on=asked.on, as_of=asked.as_of, contact_id=contact, k=k)
    found = found_by(
        asked,
        lambda opened, id_, rules: bosses_in(opened, OWNER, id_, query, rules, language()),
        lambda graph: bosses_of(graph, query, lang=language()),
    )
    return Reply(found, rows_of(asked, _COLUMNS, found.items), lambda: _tell(asked, found))


def _tell(asked: o.Asked, found: ProbableBosses) -> None:
    _print_for_people(asked, found)


def _print_for_people(asked: o.Asked, found: ProbableBosses) -> None:
    header = both("id name share boss boss_name because", "编号 姓名 可能性 上级编号 上级 依据").split()
    print_table(header, (row for item in found.items for row in _rows(asked, item)))
    lines = len(found.proposal.changes) if found.proposal else 0
    say(
        both(
            f"{found.placed} people have a boss on record. Sure enough to be confirmed: {lines}"
            " (--json has them as a change set). Nothing was stored.",
            f"{found.placed} 人已有上级记录。把握较大、可供确认的有 {lines} 条"
            "（--json 给出变更内容）；未写入存储。",
        )
    )


def _rows(asked: o.Asked, item: Bossless) -> Iterator[list[object]]:
    """A line for each guess, the person on the first; and for another where he is likelier than all."""
    who = [cell_of(asked, item, "contact_id"), item.name]
    for guess in item.guesses:
        name = guess.name or both("nobody above", "无上级")
        yield [*who, f"{guess.share:.0%}", cell_of(asked, guess, "contact_id"), name, _because(guess)]
        who = ["", ""]
    if item.others > item.share:
        yield [*who, f"{item.others:.0%}", None, both("somebody else", "其他人"), ""]


def _because(guess: BossGuess) -> str:
    """What speaks for a guess and against it, with the factor of each."""
    return both(", ", "，").join(map(_ground, guess.grounds))


def _ground(ground: BossGround) -> str:
    word = getattr(ground.sign, language())
    if ground.of is not None:
        word += f" {ground.number}/{ground.of}"
    return f"{word} ×{ground.factor:.2g}"
