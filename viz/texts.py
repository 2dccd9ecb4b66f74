"""The words of pages and pictures: English sentences and their Chinese from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, cast

from babel.dates import format_date
from babel.messages.pofile import read_po

Lang = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Texts:
    """Says a sentence in one language; the English sentence is its key in the catalogue."""

    lang: Lang
    catalogue: MappingProxyType[str, str]

    def __call__(self, sentence: str, **values: Any) -> str:
        """The sentence with its `{names}` filled. One that the catalogue lacks stays English."""
        said = self.catalogue.get(sentence, sentence)
        return said.format(**values) if values else said

    def many(self, one: str, many: str, count: int, **values: Any) -> str:
        """`one` where `count` is 1, else `many`; `{count}` is filled with it."""
        return self(one if count == 1 else many, count=count, **values)

    @property
    def separator(self) -> str:
        """What stands between the items of a list."""
        return "、" if self.lang == "zh" else ", "

    @property
    def colon(self) -> str:
        """What stands between a word and what it is about."""
        return "：" if self.lang == "zh" else ": "

    def day(self, day: date) -> str:
        """A day as people write it: "21 Nov 2026", 2026年11月21日."""
        return format_date(day, "medium", locale="zh_Hans" if self.lang == "zh" else "en_GB")


@cache
def texts(lang: str) -> Texts:
    """The texts of "zh"; of any other language, English. The catalogue is read once."""
    return Texts("zh", _chinese()) if lang == "zh" else Texts("en", MappingProxyType({}))


def _chinese() -> MappingProxyType[str, str]:
    path = files("viz") / "locales" / "zh" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        messages = read_po(file, locale="zh")
    return MappingProxyType({cast(str, m.id): cast(str, m.string) for m in messages if m.id and m.string})
