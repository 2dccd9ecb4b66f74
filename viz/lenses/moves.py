"""Who moves: in the ranking from one purchasing step to another, and in the answers of a what-if."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.enums import Step
from models.findings.views import Lens, Sign
from models.findings.whatif import WhatIf
from models.whatif import AddEdge, Answered, Change, Leave, NewAttitude, Tie
from queries.influence.ranking import Standings
from viz.labels import label
from viz.lenses.signs import moved
from viz.naming import Names
from viz.texts import texts

FIRST_OF_STEP, FIRST_OF_THOUGHT = 12, 15
"""Of the first so many it is said that they move: from step to step, and in a what-if."""


def steps(
    before: Standings, now: Standings, ids: Sequence[str], of: tuple[Step, Step | None], lang: str
) -> Lens:
    """Who of the first moves in the ranking between two steps. O(people)."""
    _ = texts(lang)
    people = {}
    for place, id_ in enumerate(ids):
        was, rank = int(before.rank[place]), int(now.rank[place])
        if was and 0 < rank <= FIRST_OF_STEP and was != rank:
            people[id_] = moved(was - rank)
    said = [_("no step") if step is None else label(step, lang) for step in of]
    return Lens(
        title=_("Step by step"), says=_("From {before} to {now}", before=said[0], now=said[1]), people=people
    )


def assumed(found: WhatIf, changes: Sequence[Change], names: Names) -> Lens:
    """What a what-if moves, on the people it moves, and the ties it thinks of. O(moved)."""
    _ = texts(names.lang)
    people: dict[str, Sign] = {}
    for one in found.moved:
        if one.answer is Answered.FORECAST and one.ids:
            people[one.ids[0]] = moved(one.change, "▲" if one.change > 0 else "▼")
    for id_, by in _ranked(found).items():
        people[id_] = moved(by)
    for one in found.moved:
        if one.answer is Answered.CHAINS:
            people[one.ids[-1]] = moved(one.change, f"{_share(one.before)} → {_share(one.after)}")
    people |= {_who(one): Sign(text="×", tone="down") for one in changes if isinstance(one, Leave)}
    rooms = [side.forecast.room.for_us for side in (found.before, found.after) if side.forecast is not None]
    result = _("for us") + f" {rooms[0]:.0%} → {rooms[1]:.0%}"
    said = _.separator.join(_said(one, names) for one in changes)
    return Lens(
        title=_("What if"),
        says=f"{said} · {result}",
        people=people,
        lines=[ends for one in changes if (ends := _ends(one)) is not None],
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _ranked(found: WhatIf) -> Mapping[str, int]:
    """By how many places those of the first move that do."""
    if found.before.influencers is None or found.after.influencers is None:
        return {}
    was = {item.contact_id: item.rank for item in found.before.influencers.items}
    now = {item.contact_id: item.rank for item in found.after.influencers.items}
    return {
        id_: was[id_] - rank
        for id_, rank in now.items()
        if id_ in was and was[id_] != rank and min(was[id_], rank) <= FIRST_OF_THOUGHT
    }


def _who(change: Leave) -> str:
    return change.member_id or change.contact_id or ""


def _ends(change: Change) -> tuple[str, str] | None:
    if isinstance(change, Tie):
        return change.member_id, change.contact_id
    return (change.source_id, change.target_id) if isinstance(change, AddEdge) else None


def _said(change: Change, names: Names) -> str:
    """A change in words, as the bar of the lens has it."""
    _, lang = texts(names.lang), names.lang
    match change:
        case Leave():
            member = change.member_id
            return _("{name} leaves", name=names.member(member) if member else names.contact(_who(change)))
        case Tie():
            ends = f"{names.member(change.member_id)} – {names.contact(change.contact_id)}"
            return f"{ends}{_.colon}{label(change.grade, lang) if change.grade else change.strength}"
        case NewAttitude():
            thinks = label(change.attitude, lang) if change.attitude is not None else _("Unknown")
            thinks = f"{thinks} ({names.deal(change.opportunity_id)})"
            return f"{names.contact(change.contact_id)}{_.colon}{thinks}"
        case AddEdge():
            ends = f"{names.contact(change.source_id)} → {names.contact(change.target_id)}"
            weight = change.fields.get("weight")
            return f"{ends} {weight:.0%}" if weight is not None else ends
        case _:
            raise TypeError(type(change))
