"""What a page says beside its map: the ranking's top, who is against us, who is not met, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.enums import EdgeKind
from models.findings.chains import Chain
from viz.labels import label
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
    _ = texts(lang)
    units: dict[str, Row] = {}
    for row in people.fields:
        if row["left"]:
            continue
        name = row["department_name"] or _("Unplaced")
        unit = units.setdefault(
            row["department"] or "", {"department": row["department"], "label": name, "met": 0, "people": 0}
        )
        unit["people"] += 1
        unit["met"] += row["met"]
    order = sorted(units, key=lambda unit: (unit == "", unit))
    return [{**units[unit], "share": round(units[unit]["met"] / units[unit]["people"], 4)} for unit in order]


def map_summary(
    people: Roster,
    ties: Iterable[Mapping[str, Any]],
    chain: Chain | None,
    names: Mapping[str, str],
    lang: str,
) -> Row:
    """What stands beside the influence map."""
    return {
        "chain": chain_summary(chain, names, lang),
        "top": top_influencers(people),
        "against": against_us(people),
        "rival_ties": rival_ties(ties, names),
        "not_met": not_met(people),
        "coverage": coverage(people, lang),
    }


def chain_summary(chain: Chain | None, names: Mapping[str, str], lang: str) -> Row | None:
    """The best chain in words: who passes on to whom, how surely, where it is weakest."""
    if chain is None:
        return None
    kinds = {str(kind): label(kind, lang) for kind in EdgeKind}
    steps = [
        {
            **step.model_dump(),
            "kind_label": kinds[step.kind],
            "source_name": names[step.source_id],
            "target_name": names[step.target_id],
            "weakest": step.edge_id in chain.weakest,
        }
        for step in chain.steps
    ]
    facts = chain.model_dump(mode="json", exclude={"steps", "rank", "disjoint"})
    return {
        **facts,
        "steps": steps,
        "names": [names[id_] for id_ in chain.path],
        "target_name": names[chain.target_id],
        "entry_point_name": names.get(chain.entry_point or ""),
        "window_label": label(chain.window, lang) if chain.window else None,
    }


def rival_ties(rows: Iterable[Mapping[str, Any]], names: Mapping[str, str], count: int = TOP) -> list[Row]:
    """The competitors' strongest ties."""
    theirs = [row for row in rows if row["kind"] == "courts"]
    theirs.sort(key=lambda row: (-row["strength"], row["id"]))
    return [
        {
            "from": row["from"],
            "from_name": names[row["from"]],
            "to": row["to"],
            "to_name": names[row["to"]],
            "strength": row["strength"],
        }
        for row in theirs[:count]
    ]
