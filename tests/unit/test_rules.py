"""The rule tables know their version."""

from __future__ import annotations

from queries.rules import DEFAULT_RULES, Rules
from queries.rules.chains import ChainRules


def test_other_values_are_another_version_also_of_a_copy() -> None:
    version = DEFAULT_RULES.version
    changed = DEFAULT_RULES.model_copy(update={"chains": ChainRules(upward=0.7)})
    assert changed.version == Rules(chains=ChainRules(upward=0.7)).version != version
    assert DEFAULT_RULES.version == Rules().version == version
