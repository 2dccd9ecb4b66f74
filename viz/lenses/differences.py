"""What differs between a map now and at another time, by the words the map has for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from models.findings.views import Differing, Lens, Sign
from viz.texts import Texts, texts

STRONGER, HEAVIER, HIGHER, FIRST = 10.0, 0.1, 3, 20
"""Points of strength, shares of weight and places in the ranking (of the first so many) that are told."""
MOST = 200
"""So many people and ties of each sort are named; all are counted."""
Row = dict[str, Any]
Fields = tuple[list[str], float]
"""What differs in words, and whether it has risen (above 0), fallen, or neither (0)."""


def differences(
    people: tuple[Sequence[Row], Sequence[Row]],
    ties: tuple[Sequence[Row], Sequence[Row]],
    day: str,
    lang: str,
) -> Lens:
    """The rows of two tables each, (then, now), compared; `day` is the other time in words. O(rows)."""
    _ = texts(lang)
    found = [_compared(*people, lambda was, row: _person(was, row, _)), _compared(*ties, _tie_in(_))]
    said = {name: [one for part in found for one in part[name]] for name in ("added", "removed", "changed")}
    counts = {name: len(rows) for name, rows in said.items()}
    if any(counts.values()):
        told = {name: f"{count:,}" for name, count in counts.items()}
        says = _("{added} new, {removed} gone, {changed} changed since {day}", **told, day=day)
    else:
        says = _("Nothing differs from {day}", day=day)
    return Lens(
        title=_("What has changed"),
        says=says,
        people=_signs(found[0]),
        ties=_signs(found[1]),
        differing={name: [one for one, _sign in rows[:MOST]] for name, rows in said.items()},
        counts=counts,
    )


_Part = dict[str, list[tuple[Differing, Sign]]]


def _compared(before: Iterable[Row], after: Sequence[Row], differs: Callable[[Row, Row], Fields]) -> _Part:
    old = {row["id"]: row for row in before}
    now = {row["id"] for row in after}
    found: _Part = {"added": [], "removed": [], "changed": []}
    for row in after:
        was = old.get(row["id"])
        if was is None:
            found["added"].append((_told(row), Sign(text="+", tone="other")))
            continue
        fields, by = differs(was, row)
        if fields:
            tone = "up" if by > 0 else "down" if by < 0 else "other"
            sign = Sign(text={"up": "▲", "down": "▼", "other": "≠"}[tone], tone=tone)
            found["changed"].append((_told(row, fields), sign))
    gone = [row for id_, row in old.items() if id_ not in now]
    found["removed"] = [(_told(row), Sign(text="−", tone="other")) for row in gone]
    return found


def _told(row: Row, fields: Sequence[str] = ()) -> Differing:
    tie = "from" in row
    name = f"{row['from_name']} → {row['to_name']}" if tie else row["name"]
    return Differing(
        id=row["id"], name=name, kind_label=row["kind_label"] if tie else None, fields=list(fields), tie=tie
    )


def _signs(part: _Part) -> dict[str, Sign]:
    return {one.id: sign for rows in part.values() for one, sign in rows}


def _arrow(_: Texts, label: str, was: Any, now: Any) -> str:
    return f"{label}{_.colon}{'–' if was is None else was} → {'–' if now is None else now}"


def _person(was: Row, row: Row, _: Texts) -> Fields:
    words = (
        (_("Attitude"), "attitude_label"),
        (_("Job"), "job"),
        (_("Department"), "department_name"),
        (_("Level"), "level_label"),
        (_("Buying roles"), "roles_label"),
        (_("Our owner"), "owner_name"),
    )
    fields = [_arrow(_, label, was[name], row[name]) for label, name in words if was[name] != row[name]]
    if was["left"] != row["left"]:
        fields.append(_("left the firm") if row["left"] else _("back"))
    before, now = was["rank"] or 1000, row["rank"] or 1000
    if abs(before - now) >= HIGHER and min(before, now) <= FIRST:
        fields.append(_arrow(_, _("Rank"), was["rank"], row["rank"]))
    return fields, (row["attitude"] or 0) - (was["attitude"] or 0)


def _tie_in(_: Texts) -> Callable[[Row, Row], Fields]:
    def differs(was: Row, row: Row) -> Fields:
        stronger = _value(row, "strength") - _value(was, "strength")
        heavier = _value(row, "weight") - _value(was, "weight") if row["strength"] is None else 0.0
        fields = []
        if abs(stronger) >= STRONGER:
            fields.append(
                _arrow(_, _("Strength"), round(_value(was, "strength")), round(_value(row, "strength")))
            )
        if abs(heavier) >= HEAVIER:
            fields.append(
                _arrow(_, _("Weight"), f"{_value(was, 'weight'):.0%}", f"{_value(row, 'weight'):.0%}")
            )
        return fields, stronger or heavier

    return differs


def _value(row: Mapping[str, Any], name: str) -> float:
    return float(row[name] or 0.0)
