"""The page of benchmarks: what was not measured stays word for word."""

from __future__ import annotations

from pathlib import Path

from benchmarks.__main__ import ORDER
from benchmarks.figures import Figure, page

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def test_the_page_is_what_the_command_writes_with_its_topics_in_order() -> None:
    held = PAGE.read_text("utf-8")
    assert page(ORDER, held, []) == held
    assert page(list(reversed(ORDER)), held, []) != held


def test_a_topic_measured_anew_takes_its_place_and_leaves_the_others_word_for_word() -> None:
    held = PAGE.read_text("utf-8")
    anew = page(ORDER, held, [Figure("strength", "a loop over lists", 49.5, least=50)])
    before, line, after = anew.partition("| a loop over lists | 49.5× | ≥ 50× | **missed** |\n")
    assert line
    assert held.startswith(before[: before.index("## Strength")])
    assert held.endswith(after[after.index("## Whatif") :])
    assert page(ORDER, "", [Figure("strength", "kept", 2)]).count("## ") == 1
