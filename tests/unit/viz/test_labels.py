"""Names and labels in the language asked for, and how wide they are."""

from __future__ import annotations

import pytest

from models.enums import BuyingRole
from viz.labels import ROLES_BY_WEIGHT, in_language, initials, names, own_words, role_word, search_terms
from viz.layout.widths import cut, text_width


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("总经理 General Manager", "总经理", "General Manager"),
        ("Production 生产部", "生产部", "Production"),
        ("信息部 IT", "信息部", "IT"),
        ("研发中心 R&D", "研发中心", "R&D"),
        ("总经理（General Manager）", "总经理", "General Manager"),
        ("一车间主任 Shop 1 Lead", "一车间主任", "Shop 1 Lead"),
        ("二期 2", "二期 2", "二期 2"),
        ("SAP 顾问", "SAP 顾问", "SAP 顾问"),
        ("MES 工程师 MES Engineer", "MES 工程师", "MES Engineer"),
        ("高级 PLC 工程师 Senior PLC Engineer", "高级 PLC 工程师", "Senior PLC Engineer"),
        ("IT 部 Manager 经理", "IT 部 Manager 经理", "IT 部 Manager 经理"),
        ("JV adviser", "JV adviser", "JV adviser"),
        ("集团", "集团", "集团"),
        ("", "", ""),
    ],
)
def test_the_part_in_the_language(text: str, chinese: str, english: str) -> None:
    assert (in_language(text, "zh"), in_language(text, "en")) == (chinese, english)


@pytest.mark.parametrize(
    ("name", "latin", "chinese", "english"),
    [
        ("孟怀山", "Meng Huaishan", ("孟怀山", "Meng Huaishan"), ("Meng Huaishan", "孟怀山")),
        ("林兰", None, ("林兰", "Lin Lan"), ("Lin Lan", "林兰")),
        ("Tom Ellwood", None, ("Tom Ellwood", None), ("Tom Ellwood", None)),
        ("林兰 Orchid Lin", None, ("林兰", "Orchid Lin"), ("Orchid Lin", "林兰")),
    ],
)
def test_names_with_the_other_script_beside(
    name: str, latin: str | None, chinese: tuple[str, str | None], english: tuple[str, str | None]
) -> None:
    assert (names(name, latin, "zh"), names(name, latin, "en")) == (chinese, english)


def test_people_are_found_by_pinyin_and_initials() -> None:
    assert search_terms("孟怀山", "Meng Huaishan") == "meng-huai-shan mhs"
    assert search_terms("单田芳", "Shan Tianfang").split()[0] == "shantianfang"
    assert search_terms("单田芳", "Tim Shan") == "timshan dan-tian-fang dtf"
    assert search_terms("Tom Ellwood", None) == ""


def test_initials() -> None:
    assert [initials("林兰", None), initials("Tom Ellwood", None), initials("?", None)] == ["LL", "TE", "?"]


def test_every_role_has_its_place_and_a_short_word_in_both_languages() -> None:
    assert set(ROLES_BY_WEIGHT) == set(BuyingRole)
    for role in BuyingRole:
        assert len(role_word(role, "zh")) == 2
        assert len(role_word(role, "en")) <= 10


def test_chinese_characters_are_an_em_wide() -> None:
    assert text_width("孟怀山", 20) == pytest.approx(60, rel=0.05)
    assert text_width("illi", 20) < text_width("mmmm", 20) / 2
    assert text_width("Name", 20, bold=True) > text_width("Name", 20)


def test_text_is_cut_where_it_does_not_fit() -> None:
    assert cut("孟怀山", 20, 100) == "孟怀山"
    short = cut("高级可靠性与可维护性工程师", 20, 100)
    assert short.endswith("…")
    assert text_width(short, 20) <= 100
    assert cut("wide", 20, 5) == ""


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "承诺：补齐清单。"), ("en", "承诺：Complete the list: two items.")],
)
def test_what_a_sentence_quotes_follows_the_first_colon(lang: str, said: str) -> None:
    assert own_words("承诺：补齐清单。 Complete the list: two items.", lang) == said
    assert own_words("项目：由对手提出：三年业绩 Three years、兼容平台 One platform", "zh").endswith(
        "三年业绩、兼容平台"
    )
    assert own_words("承诺：升级 Windows、更换面板", "zh") == "承诺：升级 Windows、更换面板", (
        "a reader's own words stay"
    )
