"""The rule tables as they are in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.findings.base import Finding


class Bounds(Finding):
    """Between what a number, or each number of a table, must lie; `above` excludes the bound itself."""

    least: float | None = None
    above: float | None = None
    most: float | None = None


class Parameter(Finding):
    """One parameter: `key` is table.name, `section` where docs/rules.md explains it."""

    key: str
    value: Any
    default: Any
    changed: bool
    bounds: Bounds | None
    unit: str | None
    section: str


class RuleChange(Finding):
    """What somebody changed: parameters before and after, by key; `version` is of the tables after it."""

    number: int
    at: datetime
    actor: str
    reason: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    version: str


class RulesInForce(Finding):
    """All parameters of one version, as answers name it (`provenance.rules_version`).

    `change` is the one that made it; None: these are the defaults.
    """

    version: str
    in_force: bool
    change: RuleChange | None
    items: list[Parameter]
    next_cursor: str | None = None


class RuleChanges(Finding):
    """All changes, the newest first."""

    items: list[RuleChange]
    next_cursor: str | None = None
