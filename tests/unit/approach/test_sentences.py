"""Every sentence of an approach, whatever is known: whole, in its language, no empty slot."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest

from models.approach import WORDS, Spin, Topic, word_of
from models.enums import Category, ConcernCode, EdgeKind, Function, Level, Need, NodeKind, Personality, Want
from models.fields import Label
from models.findings.approach import TalkingPoint
from models.names import has_chinese
from models.records import Body
from queries.approach.answer import approach
from queries.approach.slots import spoken
from queries.approach.words.persons import CATEGORY, INSTALLED, NEED, PERSONALITY, WANT
from queries.approach.words.spin import SPIN
from tests.deals import TODAY, Deal

SLOTS = {"department", "goal", "installed", "ours", "deal", "score"}
SEATS = {
    Category.DECISION_MAKER: (Level.DECISION, Function.EXECUTIVE),
    Category.USER_MANAGER: (Level.MANAGEMENT, Function.USER),
    Category.TECHNICAL_MANAGER: (Level.MANAGEMENT, Function.TECHNICAL),
    Category.FINANCE_MANAGER: (Level.MANAGEMENT, Function.FINANCE),
    Category.USER: (Level.OPERATIONAL, Function.USER),
    Category.OPERATOR: (Level.OPERATIONAL, Function.TECHNICAL),
}
GOAL = "  二线年内投产。\n Line II {running} this year. "


class Site(Deal):
    """An account with as much known of Ana as is asked for."""

    def __init__(self, seat: tuple[Level, Function] | None, **ana: Any) -> None:
        super().__init__()
        self.opportunity("line")
        self.contact("ana", *(seat or (None, None)), **ana)

    def installed(self, satisfaction: int | None, maker: str | None, at: str = "account") -> Site:
        if maker:
            self._add(NodeKind.COMPETITOR, id=maker, name="Them")
        self._add(NodeKind.PRODUCT, id="p", name="Drive  7", competitor_id=maker)
        source = self.account_id if at == "account" else at
        kind = "account" if at == "account" else "department"
        return self.edge(EdgeKind.USES, source, "p", source_kind=kind, satisfaction=satisfaction)


def dossier(expires: str = "2030-01-01", goal: str = GOAL) -> Body:
    kept = {"basis": "consent", "source": "told us", "expires_on": expires}
    return {"id": "d1", "account_id": "acme", "contact_id": "ana", "goals": {"text": goal, **kept}}


def asked(site: Site, lang: str = "en", **more: Any) -> list[TalkingPoint]:
    return approach(site.graph(), contact_id="ana", on=TODAY, lang=lang, **more).items


def sentences() -> list[Label]:
    tables: tuple[Any, ...] = (CATEGORY, NEED, PERSONALITY, WANT, INSTALLED, *SPIN.values())
    return [label for table in tables for label in table.values()]


def test_there_is_a_sentence_for_every_word() -> None:
    assert {code: set(four) for code, four in SPIN.items()} == {code: set(Spin) for code in ConcernCode}
    tables: dict[Topic, Any] = {
        Topic.CONCERN: SPIN,
        Topic.INSTALLED: INSTALLED,
        Topic.WANT: WANT,
        Topic.NEED: NEED,
        Topic.CATEGORY: CATEGORY,
        Topic.PERSONALITY: PERSONALITY,
    }
    assert {topic: set(table) for topic, table in tables.items()} == {
        topic: set(words) for topic, words in WORDS.items()
    }
    assert all(word_of(topic, str(word)) is word for topic, words in WORDS.items() for word in words)
    assert len(sentences()) == 36 + 6 + 5 + 5 + 4 + 4
    assert len({label.en for label in sentences()}) == len({label.zh for label in sentences()}) == 60


def test_sentences_use_known_slots_the_same_in_both_languages_where_it_matters() -> None:
    for label in sentences():
        en, zh = (set(re.findall(r"{(\w+)}", text)) for text in (label.en, label.zh))
        assert en | zh <= SLOTS
        assert en - {"department"} == zh - {"department"}, label.en
        assert has_chinese(label.zh)
        assert not has_chinese(label.en)
        assert (label.en[-1] in "?.", label.zh[-1] in "？。") == (True, True)


KNOWN = list(product([None, GOAL], [None, 1, 3, 5], [None, "them"]))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("category", [None, *Category])
def test_every_combination_gives_whole_sentences(category: Category | None, lang: str) -> None:
    wants = {str(want): 1 + place % 3 for place, want in enumerate(Want)}
    needs = {str(need): 3 - place % 3 for place, need in enumerate(Need)}
    said = set()
    for personality, (goal, score, maker) in product(Personality, KNOWN):
        site = Site(SEATS.get(category), personality=personality, wants=wants, needs=needs)  # type: ignore[arg-type]
        site.plays("ana", "line", concerns=[{"code": str(code)} for code in ConcernCode])
        if score:
            site.installed(score, maker)
        points = asked(site, lang, dossiers=[dossier(goal=goal)] if goal else None)
        assert len(points) == 36 + 5 + 5 + 1 + (category is not None) + (score in (1, 5))
        said |= {point.text for point in points}
    assert len(said) > 60
    for text in said:
        assert not re.search(r"[{}]|  |\(\)|（）|“”|\n", text.replace("{running}", "running")), text
        assert re.fullmatch(r".+[.?]" if lang == "en" else r".+[。？]", text), text
        assert has_chinese(text) is (lang == "zh"), text


def test_a_text_is_said_in_the_language_that_is_spoken() -> None:
    assert spoken("吨产品能耗降 8%。 Energy per ton down by 8 %.", "zh") == "吨产品能耗降 8%"
    assert spoken("吨产品能耗降 8%。 Energy per ton down by 8 %.", "en") == "Energy per ton down by 8 %"
    assert spoken("Two lines; one year.", "zh") == "Two lines", "the first sentence, if there is none in it"
    assert [spoken(text, "en") for text in ("", " 。. ;", "\n", "—")] == ["", "", "", ""]
    long = spoken("word " * 100, "en")
    assert (len(long) <= 80, long[-5:]) == (True, "word…")
