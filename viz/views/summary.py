"""What a page says beside its map: the ranking's top, who is against us, who is not met, coverage."""

from __future__ import annotations

from typing import Any

from viz.texts import texts
from viz.views.people import Fields, Roster

Row = dict[str, Any]
TOP = 6


def _brief(row: Fields) -> Row:
    return {name: row[name] for name in ("id", "name", "job", "rank", "score", "hidden", "attitude_label")}


def _ranked(people: Roster) -> list[Fields]:
    rows = [row for row in people.fields if row["rank"] is not None]
    return sorted(rows, key=lambda row: (row["rank"], row["id"]))


def top_influencers(people: Roster, count: int = TOP) -> list[Row]:
    """The first places of the ranking."""
    return [_brief(row) for row in _ranked(people)[:count]]


def against_us(people: Roster, count: int = TOP) -> list[Row]:
    """People of negative attitude, by influence."""
    return [_brief(row) for row in _ranked(people) if (row["attitude"] or 0) < 0][:count]


def not_met(people: Roster, count: int = TOP) -> list[Row]:
    """The most influential people nobody of ours has met."""
    return [_brief(row) for row in _ranked(people) if not row["met"] and not row["left"]][:count]


def coverage(people: Roster, lang: str) -> list[Row]:
    """How many people of each department somebody of ours has met; unplaced people last."""
    units: dict[str, Row] = {}
    for row in people.fields:
        if row["left"]:
            continue
        name = row["department_name"] or texts(lang)("Unplaced")
        unit = units.setdefault(
            row["department"] or "", {"department": row["department"], "label": name, "met": 0, "people": 0}
        )
        unit["people"] += 1
        unit["met"] += row["met"]
    order = sorted(units, key=lambda unit: (unit == "", unit))
    return [{**units[unit], "share": round(units[unit]["met"] / units[unit]["people"], 4)} for unit in order]
