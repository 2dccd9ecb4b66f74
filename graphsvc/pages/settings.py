"""The rule tables on a page: each parameter with its bounds and unit, changed for everybody, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from graphsvc.features.rules.service import changes_of_rules, rules_shown
from graphsvc.pages.asking import Asked, Shown
from graphsvc.pages.rule_names import RULE_NAMES, part_named
from graphsvc.web.callers import known_caller
from graphsvc.web.deps import rulebook
from models.access import Right
from models.fields import Label, Unit
from models.findings.rules import Bounds, Parameter, RuleChange

TITLES: Mapping[str, Label] = {
    "strength": Label("Relationship strength", "关系强度"),
    "cadence": Label("Contact rhythm", "联系节奏"),
    "influence": Label("Influence", "影响力"),
    "chains": Label("Decision chains", "决策链"),
    "tiers": Label("Tiers of accounts", "客户分级"),
    "advice": Label("Warnings and advice", "提示"),
    "coverage": Label("Coverage", "覆盖"),
    "trust": Label("Trust", "信任度"),
    "positions": Label("Positions", "关系定位"),
    "threats": Label("Threats", "竞争威胁"),
    "complaints": Label("Complaints", "投诉"),
    "forecast": Label("Forecast", "走势预测"),
    "whatif": Label("What if", "假设推演"),
    "keyplayers": Label("Key players", "关键人物组合"),
    "introductions": Label("Introductions", "引荐"),
    "departures": Label("Departures", "人员离开"),
    "week": Label("My week", "我的一周"),
    "duplicates": Label("Duplicates", "疑似重复"),
    "bosses": Label("Probable bosses", "推测的上级"),
}
"""What each table is about, by its name in the rules."""
_UNITS: Mapping[str, Unit] = {str(unit): unit for unit in Unit}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value that can be changed: where it stands in a patch, and what it is by default."""

    path: list[str]
    name: str
    called: Label
    value: Any
    default: Any
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter with its values, `undo` being the patch that brings its default back."""

    name: str
    called: Label
    cells: list[Cell]
    bounds: Bounds | None
    unit: Unit | None
    section: str
    changed: bool
    undo: Mapping[str, Any]


async def settings(asked: Asked) -> Shown:
    """Every parameter in force, table by table, and who changed which. Raises StoreUnavailable."""
    book = rulebook(asked.request)
    found, changes = await rules_shown(book), await changes_of_rules(book)
    tables = [
        (name, TITLES[name], [_line(item) for item in items])
        for name, items in groupby(found.items, key=lambda item: item.key.partition(".")[0])
    ]
    return Shown(
        (),
        {
            "found": found,
            "may_steer": known_caller(asked.request).may(Right.STEER),
            "tables": tables,
            "number": found.change.number if found.change else 0,
            "changed": sum(item.changed for item in found.items),
            "all_back": _patch({item.key: None for item in found.items if item.changed}),
            "changes": [(change, _said(change), _patch(change.before)) for change in changes.items],
        },
    )


def _line(item: Parameter) -> Line:
    table, _, name = item.key.partition(".")
    unit = _UNITS.get(item.unit or "")
    cells = list(_cells([table, name], name, item.value, item.default))
    return Line(
        name,
        RULE_NAMES[item.key],
        cells,
        item.bounds,
        unit,
        item.section,
        item.changed,
        _patch({item.key: None}),
    )


def _cells(path: list[str], name: str, value: Any, default: Any) -> Iterator[Cell]:
    if isinstance(value, Mapping):
        for inner, held in value.items():
            before = default.get(inner) if isinstance(default, Mapping) else None
            said = inner if len(path) == 2 else f"{name} · {inner}"
            yield from _cells([*path, str(inner)], said, held, before)
        return
    kind = "list" if isinstance(value, list) else "text" if isinstance(value, str) else "number"
    yield Cell(path, name, part_named(str(name), ".".join(path[:2])), value, default, kind)


def _patch(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Values by key as a merge patch, table by table."""
    patch: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        table, _, name = key.partition(".")
        patch.setdefault(table, {})[name] = value
    return patch


def _said(change: RuleChange) -> list[tuple[str, str, str]]:
    """(key, before, after) of a change; of a table of numbers only those that differ."""
    told = []
    for key, after in change.after.items():
        before = change.before.get(key)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
            told += [(f"{key}.{name}", str(before.get(name)), str(after.get(name))) for name in names]
        else:
            told.append((key, str(before), str(after)))
    return told
