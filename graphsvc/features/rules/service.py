"""The rule tables as they are shown and changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graphsvc.rulebook import Edition, Rulebook
from graphsvc.stores.port import Scope
from models.findings.rules import RuleChange, RuleChanges, RulesInForce
from queries.rules.change import parameters


async def rules_shown(book: Rulebook, version: str | None = None) -> RulesInForce:
    """Every parameter of the rules in force, or of the version an answer names. Raises NoRules."""
    now = await book.in_force()
    return _shown(now if version is None else await book.edition(version), now)


async def rules_changed(
    book: Rulebook,
    scope: Scope,
    patch: Mapping[str, Any],
    read: int | None,
    reason: str | None,
    at: datetime,
) -> RulesInForce:
    """Change the rules for everybody. Raises RulesChanged, InvalidInput; see `Rulebook.change`."""
    now = await book.change(patch, read, scope.actor, reason, at)
    return _shown(now, now)


async def changes_of_rules(book: Rulebook) -> RuleChanges:
    """Who changed what, when and why, the newest first."""
    made: list[RuleChange | None] = [edition.change for edition in await book.editions()]
    return RuleChanges(items=[change for change in made if change])


def _shown(edition: Edition, now: Edition) -> RulesInForce:
    version = edition.rules.version
    return RulesInForce(
        version=version,
        in_force=version == now.rules.version,
        change=edition.change,
        items=parameters(edition.rules),
    )
