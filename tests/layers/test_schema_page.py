"""The page of the model is what the model says now, and says all of it."""

from __future__ import annotations

import re
from pathlib import Path

from models.kinds import OPEN_SPECS, SPECS
from models.schema_page import page, vocabularies

PAGE = Path(__file__).parents[2] / "docs" / "schema.md"


def test_the_page_is_what_the_model_says() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_the_page_tells_every_kind_field_and_word() -> None:
    text = page()
    for spec in SPECS:
        section = text.split(f"### `{spec.kind}` {spec.kind.en} {spec.kind.zh}\n")[1].split("\n### ")[0]
        assert [
            name for name in spec.record.model_fields if f"| `{name}` |" not in section.replace("**", "")
        ] == []
        assert (f"Route `/{spec.plural}`." in section) is (spec in OPEN_SPECS)
    for words in vocabularies():
        section = text.split(f"\n### {words.__name__}\n")[1].split("\n### ")[0]
        assert [word for word in words if f"| {word.en} | {word.zh} |" not in section] == []


def test_every_table_of_the_page_is_whole() -> None:
    tables = re.findall(r"(?:^\|.*\|\n)+", page(), re.MULTILINE)
    assert len(tables) > len(SPECS)
    for table in tables:
        assert len({line.count(" | ") for line in table.splitlines()}) == 1, table
