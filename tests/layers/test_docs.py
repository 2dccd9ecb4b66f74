"""Documents that repeat what the code says fail here when they lie."""

from __future__ import annotations

import re
from pathlib import Path

from graphsvc.settings import Settings
from graphsvc.web.problems import STATUS
from models.faults import Code

DOCS = Path(__file__).parents[2] / "docs"


def rows(name: str) -> dict[str, list[str]]:
    """The table rows of a document, by the code in their first cell."""
    found = {}
    for line in (DOCS / name).read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            found[cells[0].strip("`")] = cells[1:]
    return found


def test_every_setting_is_documented_with_its_default() -> None:
    documented = rows("settings.md")
    assert set(documented) == {f"GRAPHSVC_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        said = documented[f"GRAPHSVC_{name.upper()}"][0]
        assert said == ("none" if field.default is None else f"`{field.default}`")


def test_every_problem_of_the_error_tree_is_documented_with_its_status() -> None:
    documented = rows("errors.md")
    for status, code in STATUS.values():
        assert documented[code][0] == str(status)


def test_every_refusal_in_the_web_layer_is_documented() -> None:
    documented = rows("errors.md")
    web = Path(__file__).parents[2] / "graphsvc" / "web"
    refusals = re.compile(r'Refused\(\s*(\d{3}),\s*"([a-z-]+)"')
    found = {match for path in web.rglob("*.py") for match in refusals.findall(path.read_text("utf-8"))}
    assert found
    assert {(documented[code][0], code) for _, code in found} == found


def test_every_fault_code_is_documented_with_both_sentences() -> None:
    documented = rows("errors.md")
    for code in Code:
        assert documented[code] == [code.en, code.zh]
