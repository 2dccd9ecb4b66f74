"""The rule tables in force over a store: the defaults, and the changes kept beside the graph."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphsvc.conflicts import KeptSince
from graphsvc.errors import NoRules, RulesChanged
from graphsvc.stores.keeping import Keeping, Kept
from models.faults import InvalidInput
from models.findings.rules import RuleChange
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.change import differences, patched, rules_of

LOG = logging.getLogger("graphsvc")
AREA = "rules"


@dataclass(frozen=True, slots=True)
class Edition:
    """The tables after a change; number 0 are the defaults, which nobody changed."""

    number: int
    overrides: Mapping[str, Any]
    rules: Rules
    change: RuleChange | None


FIRST = Edition(0, {}, DEFAULT_RULES, None)


class Rulebook:
    """The editions of one store. The newest is in force; each is kept under its number for ever."""

    def __init__(self, store: Keeping) -> None:
        self._store = store
        self._newest = FIRST

    async def in_force(self) -> Edition:
        """The newest edition, also if another service made it: one indexed read, more after a change."""
        while (kept := await self._store.kept(AREA, _key(self._newest.number + 1))) is not None:
            self._newest = _edition(kept)
        return self._newest

    async def editions(self) -> list[Edition]:
        """All of them, the newest first; the last are the defaults."""
        made = [_edition(kept) for kept in await self._store.kept_in(AREA)]
        return [*sorted(made, key=lambda edition: -edition.number), FIRST]

    async def edition(self, version: str) -> Edition:
        """The newest edition of this version, as answers name it. Raises NoRules."""
        for edition in await self.editions():
            if version in (edition.rules.version, edition.change and edition.change.version):
                return edition
        raise NoRules(version)

    async def change(
        self, patch: Mapping[str, Any], read: int | None, actor: str, reason: str | None, at: datetime
    ) -> Edition:
        """Put a merge patch of the overrides in force (null takes one back); gives what holds then.

        `read` is the number of the edition the patch is made for; None takes the one in force. A patch that
        changes nothing makes no edition. Raises RulesChanged if another is in force, InvalidInput that names
        each place.
        """
        now = await self.in_force()
        if read not in (None, now.number):
            raise RulesChanged(now.number)
        overrides = patched(now.overrides, patch)
        rules = rules_of(overrides)
        if rules.version == now.rules.version:
            return now
        before, after = differences(now.rules, rules)
        number = now.number + 1
        change = RuleChange(
            number=number,
            at=at,
            actor=actor,
            reason=reason,
            before=before,
            after=after,
            version=rules.version,
        )
        body = {"overrides": overrides, "change": change.model_dump(mode="json")}
        try:
            await self._store.keep(Kept(AREA, _key(number), actor, body), expected=0)
        except KeptSince:
            raise RulesChanged((await self.in_force()).number) from None
        return await self.in_force()


def _key(number: int) -> str:
    return f"{number:08}"


def _edition(kept: Kept) -> Edition:
    change = RuleChange.model_validate(kept.body["change"])
    overrides = _fitting(kept.body["overrides"])
    return Edition(change.number, overrides, rules_of(overrides), change)


def _fitting(overrides: Mapping[str, Any]) -> Mapping[str, Any]:
    """The overrides without the tables that this version of the program does not know or take any more."""
    while True:
        try:
            rules_of(overrides)
        except InvalidInput as refused:
            unfit = {str(fault.pointer).split("/")[1] for fault in refused.faults}
            LOG.warning("the rules of %s do not fit any more: their defaults hold", ", ".join(sorted(unfit)))
            overrides = {name: table for name, table in overrides.items() if name not in unfit}
        else:
            return overrides
