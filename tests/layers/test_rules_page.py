"""The pages of formulas cannot lie: its examples run, its tables are those of the rules and the code."""

from __future__ import annotations

import doctest
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from models.approach import Topic
from models.enums import Category, Function, Level, Step
from queries.advice.words.catalog import RULES
from queries.approach.words.persons import CATEGORY, INSTALLED, NEED, PERSONALITY, WANT
from queries.approach.words.spin import SPIN
from queries.people import people
from queries.rules import DEFAULT_RULES
from tests.invented import Invented

ROOT = Path(__file__).parents[2]
BEGINNING = ROOT / "docs" / "rules.md"
PAGES = {
    page.read_text("utf-8").split(maxsplit=2)[1]: page
    for page in sorted((ROOT / "docs" / "rules").glob("*.md"))
}
"""The page of each section."""
TEXT = "\n".join(page.read_text("utf-8") for page in PAGES.values())
WEIGHTS_OF_STEPS = "influence.steps"
URGENCY_OF_RULES = "advice.severity"
"""The parameters that have tables of their own."""


def examples(page: Path) -> str:
    """The page with every line blank that is no example."""
    kept, fenced = [], False
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("```"):
            fenced = line == "```python"
        kept.append(line if fenced and not line.startswith("```") else "")
    return "\n".join(kept) + "\n"


def rows_under(*header: str) -> list[list[str]]:
    """The cells of all tables of the pages whose header begins with these cells."""
    found = []
    for match in re.finditer(r"(?:^\|.*\|\n)+", TEXT, re.MULTILINE):
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in match[0].splitlines()]
        if cells[0][: len(header)] == list(header):
            found += cells[2:]
    return found


def defaults() -> dict[str, str]:
    """Every parameter as `table.name`, with its default as the page writes it."""
    tables = {name: getattr(DEFAULT_RULES, name) for name in type(DEFAULT_RULES).model_fields}
    return {f"{name}.{field}": written(value) for name, table in tables.items() for field, value in table}


def written(value: Any) -> str:
    """A default as the page writes it."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {written(item)}" for key, item in value.items())
    if isinstance(value, tuple):
        return ", ".join(written(item) for item in value)
    return str(value) if isinstance(value, str) else f"{value:.12g}"


@pytest.mark.parametrize("section", PAGES)
def test_every_worked_example_comes_out_as_written(section: str) -> None:
    page, parser = PAGES[section], doctest.DocTestParser()
    found = parser.get_doctest(examples(page), {}, section, str(page), 0)
    assert sum(bool(example.want) for example in found.examples) >= 5
    found.examples[:0] = parser.get_examples(examples(BEGINNING))
    report: list[str] = []
    failed = doctest.DocTestRunner(verbose=False).run(found, out=report.append).failed
    assert not failed, "".join(report)


def test_the_beginning_lists_the_pages() -> None:
    listed = re.findall(
        r"^\| (§\d+) \| \[(.*)\]\(rules/(.*)\) \|$", BEGINNING.read_text("utf-8"), re.MULTILINE
    )
    assert {f"# {section} {title}" for section, title, _ in listed} == {
        page.read_text("utf-8").splitlines()[0] for page in PAGES.values()
    }
    assert {section: name for section, _, name in listed} == {
        section: page.name for section, page in PAGES.items()
    }


def test_every_parameter_stands_on_a_page_with_its_default() -> None:
    rules = defaults()
    del rules[WEIGHTS_OF_STEPS], rules[URGENCY_OF_RULES]
    rows = rows_under("name", "default")
    assert len(rows) == len(rules)
    assert {row[0].strip("`"): row[1] for row in rows} == rules
    assert all(re.search(r"\b(trade|paper|ours)\b", row[2]) and row[3] for row in rows)


def test_formulas_name_parameters_that_exist() -> None:
    formulas = "".join(re.findall(r"^```text\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))
    named = set(re.findall(r"\b[a-z]{2,}(?:_[a-z]+)+\b", formulas))
    assert len(named) >= 10
    assert named <= {name.split(".")[1] for name in defaults()}


def test_the_weights_of_the_steps_are_those_of_the_rules() -> None:
    assert f"`{WEIGHTS_OF_STEPS}`" in TEXT
    table = DEFAULT_RULES.influence.steps
    assert rows_under("step", *Category) == [
        [f"{step} {step.zh}", *(written(table[step][category]) for category in Category)] for step in Step
    ]
    assert [sum(table[step].values()) for step in Step] == pytest.approx([1] * len(Step))


def test_the_page_lists_every_rule_of_advice_with_its_urgency() -> None:
    assert f"`{URGENCY_OF_RULES}`" in TEXT
    rows = rows_under("rule", "urgency")
    assert [row[0].strip("`") for row in rows] == [str(rule) for rule in RULES]
    urgency = {str(rule): str(degree) for rule, degree in DEFAULT_RULES.advice.severity.items()}
    assert {row[0].strip("`"): row[1] for row in rows} == urgency
    assert all(row[2] and row[3] for row in rows)


def test_the_page_says_every_sentence_of_an_approach() -> None:
    questions = [(f"spin.{code}.{spin}", said) for code, four in SPIN.items() for spin, said in four.items()]
    tables = {
        Topic.INSTALLED: INSTALLED,
        Topic.WANT: WANT,
        Topic.NEED: NEED,
        Topic.CATEGORY: CATEGORY,
        Topic.PERSONALITY: PERSONALITY,
    }
    others = [(f"{topic}.{word}", said) for topic, table in tables.items() for word, said in table.items()]
    expected = [[f"`{rule}`", said.en, said.zh] for rule, said in [*questions, *others]]
    assert rows_under("rule", "in English") == expected


def test_the_category_of_every_seat_is_that_of_the_code() -> None:
    account, expected = Invented(), {}
    for functions, *cells in rows_under("function", "decision", "management", "operational"):
        for function in functions.split(", "):
            for level, cell in zip(reversed(Level), cells, strict=True):
                account.contact(f"{level}-{function}", level, Function(function))
                expected[f"{level}-{function}"] = cell
    graph = account.graph()
    shares = people(graph, clerk_share=DEFAULT_RULES.influence.finance_share_of_clerks).shares
    found = {}
    for id_, row in zip(graph.contacts.ids, shares.tolist(), strict=True):
        held = {category: share for category, share in zip(Category, row, strict=True) if share}
        found[id_] = written(held) or "none"
    assert len(expected) == len(Function) * len(Level)
    assert found == expected


def test_every_section_that_the_code_points_to_exists() -> None:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "queries").rglob("*.py"))]
    named = {section for text in texts for section in re.findall(r"docs/rules\.md (§\d+)", text)}
    assert named
    assert named <= set(PAGES)
