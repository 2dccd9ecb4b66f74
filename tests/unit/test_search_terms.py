"""The terms of records, the expressions of queries and the order of what is found: pure, without a store."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.changes import Stored
from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import NODE_SPECS
from models.records import body_of, read_record
from queries.catalog import cypher, label
from queries.search.asked import MOST_TERMS, MOST_WORDS, asked, inside, typos
from queries.search.candidates import Candidate, Job
from queries.search.forms import folded, forms_of, squeezed
from queries.search.ranking import Match, ranked
from queries.search.terms import LONGEST, WHOLE, WORD, coded, terms_of
from queries.search.texts import NAMED, SEARCHED

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴吕单仇曾", "伟芳娜敏静丽强磊军洋建国绿"
CHINESE = st.builds("".join, st.tuples(st.sampled_from(FAMILY), st.text(GIVEN, min_size=1, max_size=2)))
LATIN = st.from_regex(r"\A[A-Z][a-zé]{1,8} [A-ZÜ][a-z]{1,9}\Z")
NAMES = st.one_of(CHINESE, LATIN, st.builds(" ".join, st.tuples(CHINESE, LATIN)))
ANY_TEXT = st.text(min_size=1, max_size=60).filter(lambda text: bool(squeezed(text)))


def contact(name: str, **fields: Any) -> Candidate:
    body = body_of(read_record(NodeKind.CONTACT, {"id": "one", "account_id": "acme", "name": name, **fields}))
    return Candidate(Stored(NodeKind.CONTACT, body, "acme", 1, NOW, NOW), "ACME")


def terms(name: str, **fields: Any) -> list[str]:
    found = terms_of(NodeKind.CONTACT, "acme", dict(contact(name, **fields).stored.body))
    assert found is not None
    return found.split()


def hit(expression: str, held: list[str]) -> bool:
    """What an engine makes of an expression: one of its terms is held, or begins one that is."""
    for part in expression.strip("()").split(" OR "):
        text = part.removesuffix("*")
        if text in held or (part.endswith("*") and any(term.startswith(text) for term in held)):
            return True
    return False


def finds(query: str, candidate: Candidate, *, nearly: bool = False) -> bool:
    """Whether the engine gives the candidate and the order keeps it."""
    said, stored = asked(query), candidate.stored
    held = (terms_of(stored.kind, stored.account, stored.body) or "").split()
    ways = [said.exactly(), said.beginnings(), *([said.nearly()] if nearly else [])]
    given_ = any(way and all(hit(expression, held) for expression in way) for way in ways)
    return given_ and bool(ranked(said, [candidate]))


def score(query: str, candidate: Candidate) -> float:
    (found,) = ranked(asked(query), [candidate])
    return found.score


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        (
            "王建国",
            "王建国|建国|国|wangjianguo|wang jianguo|jianguo wang|wang jian guo|jianguo|guo|wjg|WangJ",
        ),
        ("单雄信", "单雄信|shanxiongxin|shan xiongxin|danxiongxin|sxx"),
        ("吕布", "lvbu|lubu|lyubu|lyu bu|lb"),
        ("欧阳修", "ouyangxiu|ouyang xiu|oyx|ouyang|欧阳"),
        ("尉迟恭", "yuchigong|yuchi gong|ycg"),
        ("張偉", "張偉|zhangwei|zhang wei|zw"),
        ("David Wang", "david|dav|wang|wang david|davidwang|david wang|dw|DAVID"),
        ("José Müller-Lüdenscheid", "jose|muller|MÜLLER|mullerlud|ludenscheid|José"),
        ("王David", "王david|wangdavid|王 david|david|wd"),
        ("３Ｍ公司", "3m|3m公司|公司|3mgongsi|gongsi"),
        ("O'Brien", "o'brien|obrien|brien"),
    ],
)
def test_a_name_is_found_however_it_is_typed(name: str, queries: str) -> None:
    missed = [query for query in queries.split("|") if not finds(query, contact(name))]
    assert missed == []


@pytest.mark.parametrize("query", ["ian", "anguo", "wangguo", "建王", "jg wang zhang", "王建军", "x"])
def test_what_begins_no_word_of_a_name_does_not_find_it(query: str) -> None:
    assert not finds(query, contact("王建国"))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("张伟", "zhagn wei"),
        ("张伟", "zhang wie"),
        ("张伟", "zhangwie"),
        ("张伟", "zhng wei"),
        ("张伟", "章伟"),
        ("王建国", "王健国"),
        ("王建國", "王建国"),
        ("David Wang", "davdi"),
        ("David Wang", "davidd wang"),
    ],
)
def test_one_wrong_letter_or_the_same_sound_is_found_nearly(name: str, query: str) -> None:
    assert not finds(query, contact(name))
    assert finds(query, contact(name), nearly=True)
    assert 0 < score(query, contact(name)) < Match.NEARLY


def test_two_wrong_letters_are_too_many() -> None:
    assert not finds("zgahn wei", contact("张伟"), nearly=True)
    assert asked("a1 b2").nearly() == ()


def test_a_latin_name_given_by_hand_counts_beside_the_pinyin() -> None:
    jackie = contact("成龙", latin_name="Jackie Chan")
    assert all(finds(query, jackie) for query in ("jackie", "jackiechan", "chan", "chenglong", "cl", "jc"))


def test_addresses_numbers_and_ids_elsewhere() -> None:
    ana = contact(
        "Ana",
        channels=[
            {"kind": "email", "value": "Ana.Li@Acme.example"},
            {"kind": "phone", "value": "+86 138-0000-1234"},
        ],
        external_ids={"crm": "CRM-0017"},
    )
    whole = [
        "ana.li@acme.example",
        "13800001234",
        "+86 138 0000 1234",
        "(86)13800001234",
        "crm-0017",
        "CRM-0017",
    ]
    assert [query for query in whole if not finds(query, ana) or score(query, ana) != Match.KEY] == []
    assert [query for query in ("ana.li@", "138-0000", "86138000") if not finds(query, ana)] == []
    assert not finds("CRM-001", ana)  # ids elsewhere are found whole


def test_better_matches_come_first() -> None:
    names = ["王建", "王建国", "Jian Wang", "李王建"]
    people = [contact(name) for name in names]
    worker = Candidate(contact("钱一").stored, None, (Job("王建经理", "采购部"),))
    found = ranked(asked("王建"), [worker, *reversed(people)])
    assert [one.name for one in found] == ["王建", "王建国", "李王建", "钱一", "Jian Wang"][: len(found)]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    by_way = {
        query: score(query, contact("王建国")) for query in ("王建国", "王建", "wangjianguo", "wjg", "建国")
    }
    assert list(by_way.values()) == [
        Match.NAME,
        Match.NAME_BEGINS,
        Match.SPELLING,
        Match.INITIALS,
        Match.IN_NAME,
    ]


def test_words_may_match_name_title_and_department_together() -> None:
    job = Job("采购经理", "Purchasing Europe")
    candidate = Candidate(contact("王建国").stored, "ACME", (job,))
    (found,) = ranked(asked("wang 经理 europe"), [candidate])
    assert (found.score, found.matched.field, found.title, found.department) == (
        Match.IN_WORK,
        "title",
        "采购经理",
        "Purchasing Europe",
    )
    assert ranked(asked("wang 销售"), [candidate]) == []


@given(NAMES)
def test_a_name_finds_itself_in_every_script_form(name: str) -> None:
    candidate = contact(name)
    forms = forms_of(name, person=True)
    ways = [
        name,
        name.upper(),
        name.replace(" ", ""),
        *forms.written,
        *forms.spelled,
        *forms.initials,
        *forms.words,
    ]
    assert [way for way in ways if not finds(way, candidate)] == []
    assert score(name, candidate) == Match.NAME


@given(NAMES, st.data())
def test_every_beginning_of_a_form_finds_the_name(name: str, data: st.DataObject) -> None:
    forms = forms_of(name, person=True)
    form = data.draw(st.sampled_from([*forms.written, *forms.spelled]))
    length = data.draw(st.integers(1, len(form)))
    assert finds(form[:length], contact(name))


@given(ANY_TEXT)
def test_any_text_with_a_letter_or_digit_finds_itself(text: str) -> None:
    body = {"id": "p", "name": text}
    candidate = Candidate(Stored(NodeKind.PRODUCT, body, None, 1, NOW, NOW))
    assert finds(text, candidate)


@given(st.text(max_size=12), st.text(max_size=30))
def test_a_beginning_of_a_text_and_nothing_else_is_a_beginning_of_its_term(short: str, text: str) -> None:
    assert coded(WORD, text).startswith(coded(WORD, short)) == text[:LONGEST].startswith(short)


@given(st.text(max_size=200))
def test_nothing_of_what_is_typed_reaches_an_engine_but_terms(text: str) -> None:
    query = asked(text)
    for expression in (*query.exactly(), *query.beginnings(), *query.nearly()):
        whole = inside(expression, 'an") OR account:"id')
        assert re.fullmatch(r"[a-z0-9]+ AND \(\(?[a-z0-9]+\*?( OR [a-z0-9]+\*?)*\)?\)", whole), whole
        assert max(map(len, re.findall("[a-z0-9]+", whole))) < 255
    if query:
        assert len(query.beginnings()) <= MOST_WORDS
        assert sum(expression.count(" OR ") + 1 for expression in query.nearly()) <= MOST_TERMS + len(
            query.words
        )


@pytest.mark.parametrize("text", ["", " ", "😀", "!?*\"'()", "-", "​"])
def test_without_a_letter_or_digit_nothing_is_asked(text: str) -> None:
    assert not asked(text)


def test_typos_are_one_mistake_away_and_each_once() -> None:
    assert typos("ab")[:4] == ["b", "a", "ba", "bb"]
    assert len(typos("wang")) == len(set(typos("wang")))
    assert "wang" not in typos("wang")


def test_folding_keeps_what_is_no_accent() -> None:
    assert (folded("Ｊosé ΣΑΣ"), folded("がぎ"), folded("한글"), squeezed("a-1 b")) == (
        "jose σασ",
        "がぎ",
        "한글",
        "a1b",
    )


def test_which_kinds_have_terms() -> None:
    assert terms_of(NodeKind.INTERACTION, "acme", {"id": "v", "note": "王建国"}) is None
    assert terms_of(EdgeKind.WORKS_IN, "acme", {"id": "j"}) == "aacme"
    job = terms_of(EdgeKind.WORKS_IN, "acme", {"id": "j", "title": "CEO"})
    assert job == f"aacme {coded(WORD, 'ceo')}"
    held = terms("王建国")
    assert held[0] == "aacme"
    assert coded(WHOLE, "wangjianguo") in held
    assert len(held) == len(set(held))


def test_the_index_of_one_store_names_the_kinds_that_are_found() -> None:
    labels = "|".join(label(NODE_SPECS[kind]) for kind in NAMED)
    assert f"FOR (n:{labels})" in cypher("index_search_nodes")
    named: list[Kind] = [kind for kind, spec in NODE_SPECS.items() if "name" in spec.record.model_fields]
    assert sorted(named) == sorted(NAMED)
    assert {*SEARCHED} - {*NAMED} == {EdgeKind.WORKS_IN}
