"""Every sentence of pages, scripts and pictures has its Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir

from viz.texts import texts

VIZ = Path(__file__).parents[3] / "viz"
METHODS: list[tuple[str, Any]] = [
    ("**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("static/*.js", "javascript"),
]
# Jinja's extractor sees calls of names only, not `_.many(…)`.
COUNTED = re.compile(r'_\.many\(\s*"([^"]+)",\s*"([^"]+)"')
KEYWORDS: dict[str, Any] = {"_": None, "t": None, "many": (1, 2), "tn": (1, 2)}


def sentences() -> Iterator[tuple[str, str]]:
    """(place, English sentence) of all that is said through the catalogue."""
    for name, line, message, _, _ in extract_from_dir(VIZ, METHODS, keywords=KEYWORDS):
        for sentence in (message,) if isinstance(message, str) else message:
            if sentence:
                yield f"{name}:{line}", sentence
    for template in sorted((VIZ / "templates").glob("**/*.html")):
        for counted in COUNTED.findall(template.read_text("utf-8")):
            yield from ((f"{template.name}:0", sentence) for sentence in counted)


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_sentence_has_its_chinese() -> None:
    catalogue = texts("zh").catalogue
    missing = sorted({f"{place} {sentence}" for place, sentence in sentences() if sentence not in catalogue})
    assert not missing, "\n".join(["no Chinese in messages.po for:", *missing])


def test_sentences_are_found_in_python_templates_and_scripts() -> None:
    kinds = {place.rpartition(":")[0].rpartition(".")[2] for place, _ in sentences()}
    assert kinds == {"py", "html", "js"}


def test_the_chinese_fills_the_same_names() -> None:
    for english, chinese in texts("zh").catalogue.items():
        assert names_in(english) == names_in(chinese), english


def test_no_entry_is_left_over() -> None:
    said = {sentence for _, sentence in sentences()}
    assert not sorted(set(texts("zh").catalogue) - said)


@pytest.mark.parametrize(("lang", "said"), [("en", "Hidden influencer"), ("zh", "隐性影响者")])
def test_a_sentence_is_said_in_the_language(lang: str, said: str) -> None:
    assert texts(lang)("Hidden influencer") == said


def test_a_sentence_the_catalogue_lacks_stays_english() -> None:
    assert texts("zh")("{count} zebras", count=2) == "2 zebras"


def test_one_and_many() -> None:
    assert texts("en").many("{count} person", "{count} people", 1) == "1 person"
    assert texts("en").many("{count} person", "{count} people", 3) == "3 people"
    assert texts("zh").many("{count} person", "{count} people", 3) == "3 人"


def test_a_day_is_written_as_people_write_it() -> None:
    assert texts("en").day(date(2026, 9, 7)) == "7 Sept 2026"
    assert texts("zh").day(date(2026, 9, 7)) == "2026年9月7日"
