"""Every parameter of the rules has a name in both languages, and no name is left of one that is gone."""

from __future__ import annotations

import doctest
import re

from graphsvc.pages import rule_names
from graphsvc.pages.rule_names import RULE_NAMES
from queries.rules import DEFAULT_RULES


def test_every_parameter_is_named_in_both_languages_and_nothing_else() -> None:
    keys = {
        f"{table}.{name}"
        for table in type(DEFAULT_RULES).model_fields
        for name in type(getattr(DEFAULT_RULES, table)).model_fields
    }
    assert set(RULE_NAMES) == keys
    for key, name in RULE_NAMES.items():
        assert not re.search("[\u4e00-\u9fff]|_", name.en), key
        assert re.search("[\u4e00-\u9fff]", name.zh), key


def test_parts_are_named_by_the_vocabularies() -> None:
    assert doctest.testmod(rule_names).failed == 0
    assert doctest.testmod(rule_names).attempted == 2
