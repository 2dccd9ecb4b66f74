"""graphsvc what-if: answers before and after changes that nobody stores, of the store or of files."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from graphsvc.commands import options as o
from graphsvc.commands.answering import Reply, answering, found_by
from graphsvc.commands.common import (
    OWNER,
    usage,
)
from graphsvc.commands.language import both
from graphsvc.commands.language import lang as language
from graphsvc.commands.output import print_table
from graphsvc.features.whatif.schemas import question_of
from graphsvc.features.whatif.service import what_if as what_if_in
from graphsvc.features.whatif.service import what_if_of
from models.enums import EdgeKind, Step
from models.findings.whatif import Moved, WhatIf
from models.whatif import AddEdge, Answered

_COLUMNS = ("answer", "measure", "ids", "names", "before", "after", "change")
_EDGE_FIELDS = frozenset(AddEdge.model_fields)
_AMONG_PEOPLE = (EdgeKind.INFLUENCES, EdgeKind.REPORTS_TO, EdgeKind.BOND, EdgeKind.MESSAGES)


_ChangeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--change",
        metavar="KIND NAME=VALUE…",
        help=both(
            "A change, e.g. 'leave member_id=ann'; repeatable, made in this order.",
            "一项假设，如 'leave member_id=ann'；可重复，按顺序进行。",
        ),
    ),
]
_ChangesOption = Annotated[
    Path | None,
    typer.Option("--changes", exists=True, dir_okay=False, help=both("A JSON file of them.", "JSON 文件。")),
]
_AnswerOption = Annotated[
    list[Answered] | None,
    typer.Option(
        "--answer", help=both("What to ask before and after; repeatable.", "前后对比的内容，可重复。")
    ),
]
_OpportunityOption = Annotated[
    str | None, typer.Option("--opportunity", help=both("In this purchase.", "在此项目中。"))
]
_StepOption = Annotated[
    Step | None, typer.Option("--step", help=both("Both sides at this step.", "前后均按此采购步骤。"))
]


@answering()
def what_if(
    asked: o.Asked,
    change: _ChangeOption = None,
    changes: _ChangesOption = None,
    answer: _AnswerOption = None,
    opportunity: _OpportunityOption = None,
    step: _StepOption = None,
) -> Reply:
    """What would move if somebody left, got closer, thought otherwise; nothing is stored."""
    given = {
        "changes": [_own(asked, each) for each in _changes(change or [], changes)],
        "answers": [str(each) for each in answer] if answer else None,
        "opportunity_id": opportunity,
        "step": None if step is None else str(step),
        "on": asked.on,
        "as_of": asked.as_of,
    }
    question = question_of({name: value for name, value in given.items() if value is not None})
    found = found_by(
        asked,
        lambda opened, id_, rules: what_if_in(opened, OWNER, id_, question, rules, language()),
        lambda graph: what_if_of(graph, question, lang=language()),
    )
    return Reply(found, (_COLUMNS, (_cells(asked, move) for move in found.moved)), lambda: _tell(found))


def _changes(said: list[str], file: Path | None) -> Iterator[dict[str, Any]]:
    """The changes of the options, then those of the file. Wrong usage exits with status 2."""
    for line in said:
        yield _change(line)
    if file is None:
        return
    try:
        read = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise usage(f"{file.name} is not JSON: {error}.", f"{file.name} 不是有效的 JSON：{error}。") from None
    many = read.get("changes") if isinstance(read, dict) else read
    if not isinstance(many, list) or not all(isinstance(each, dict) for each in many):
        raise usage(f"{file.name} holds no list of changes.", f"{file.name} 中没有变更列表。")
    yield from many


def _change(line: str) -> dict[str, Any]:
    """A change as JSON values: `tie member_id=ann contact_id=bob strength=60`."""
    try:
        kind, *words = shlex.split(line)
        pairs = [word.split("=", 1) for word in words]
        given = {name: _value(name, value) for name, value in pairs}
    except ValueError:
        raise usage(
            f"{line!r} is no change like 'leave member_id=ann'.",
            f"{line!r} 不是 'leave member_id=ann' 形式的变更。",
        ) from None
    if kind != "edge":
        return {"kind": kind, **given}
    own = {name: value for name, value in given.items() if name in _EDGE_FIELDS}
    return {"kind": kind, **own, "fields": {name: value for name, value in given.items() if name not in own}}


def _value(name: str, text: str) -> Any:
    """Numbers, true, false and null as such; ids and whatever else as text."""
    if name == "id" or name.endswith("_id"):
        return text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _own(asked: o.Asked, change: dict[str, Any]) -> dict[str, Any]:
    """The change with the ids of people as the graph of the files has them."""
    names = {"contact_id"} | ({"source_id", "target_id"} if change.get("edge") in _AMONG_PEOPLE else set())
    known = {name for name in names if isinstance(change.get(name), str)}
    return {**change, **{name: asked.id_of(change[name]) for name in sorted(known)}}


def _cells(asked: o.Asked, move: Moved) -> list[object]:
    ids = ">".join(asked.own(id_) for id_ in move.ids)
    return [move.answer, move.measure, ids, ">".join(move.names), move.before, move.after, move.change]


def _tell(found: WhatIf) -> None:
    """What moves as a table, then the ties that were assumed, what a departure costs, and the headlines."""
    header = both("answer about before after change", "内容 对象 之前 之后 变化").split()
    print_table(header, (_row(move) for move in found.moved))
    for tie in found.assumed:
        who, now = f"{tie.member_id} – {tie.contact_id}", f"{tie.strength:.1f}"
        typer.echo(
            both(
                f"Assumed: {who} at {now} (wished {tie.wished:.0f}).",
                f"假设：{who} 的关系强度为 {now}（期望 {tie.wished:.0f}）。",
            )
        )
    for departure in found.departures:
        typer.echo(departure.headline)
    if found.before.forecast and found.after.forecast:
        typer.echo(both(f"Now: {found.before.forecast.headline}", f"现在：{found.before.forecast.headline}"))
        typer.echo(both(f"Then: {found.after.forecast.headline}", f"届时：{found.after.forecast.headline}"))


def _row(move: Moved) -> list[object]:
    digits = 1 if move.before is None or max(abs(move.before), abs(move.after or 0)) > 1 else 2
    before, after = (None if side is None else f"{side:.{digits}f}" for side in (move.before, move.after))
    return [
        both(move.answer.en, move.answer.zh),
        " – ".join(move.names),
        before,
        after,
        f"{move.change:+.{digits}f}",
    ]
