"""Whether a text, or the name of a file, says who somebody is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from graphsvc.stores.erasing import file_names_erased
from models.anonymous import ERASED_NAME
from models.enums import ImportStage
from models.imports import ImportState
from models.names import naming, naming_file

WORDS = ["Li", "Li Wei", "王芳", "wang.fang@example.org", "A.", "--", "138-0000"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("delivery", False),
        ("ask li!", True),
        ("与王芳谈", True),
        ("lithium", False),
        ("LI WEI,", True),
        ("Fang", False),
        ("li_wei", False),
    ],
)
def test_latin_words_are_told_whole_and_chinese_ones_anywhere(text: str, told: bool) -> None:
    assert naming(WORDS)(text) is told
    assert not naming([])(text)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Visits_LI-WEI.2026.csv", True),
        ("li.csv", True),
        ("publicity.csv", False),
        ("delivery-list.xlsx", False),
        ("名单_王芳_2026.xlsx", True),
        ("wang_fang@example.org.csv", True),
        ("plan-a.csv", False),
        ("138_0000.csv", True),
        ("1138 0000.csv", False),
        ("", False),
    ],
)
def test_names_of_files_are_read_with_blanks_for_marks(name: str, told: bool) -> None:
    assert naming_file(WORDS)(name) is told
    state = ImportState(
        "i", "a", (name, "x.csv"), "0", (), datetime(2026, 1, 1, tzinfo=UTC), ImportStage.DONE
    )
    assert file_names_erased(state, WORDS).files == (ERASED_NAME if told else name, "x.csv")
