"""What must always be true of probable duplicates, whatever people are called."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.at_hand import graph_of
from models.doubles import LikenessRule
from models.enums import EdgeKind
from queries.duplicates.blocks import candidates
from queries.duplicates.finding import find_duplicates
from queries.duplicates.likeness import Namesakes, likeness
from queries.duplicates.normal import person_name
from queries.duplicates.persons import persons
from queries.rules import DEFAULT_RULES
from tests.invented import Invented
from tests.names import is_name

DAY = date(2025, 6, 15)
RULES = DEFAULT_RULES.duplicates

NAMES = st.one_of(
    st.sampled_from(
        ["王芳", "Wang Fang", "王建国", "wang jianguo", "Anna Schmidt", "Ana Schmidt", "李娜", "·"]
    ),
    st.text(min_size=1, max_size=12).filter(is_name),
)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES,
            "email": st.sampled_from([None, "a@x.cn", "B@x.cn", "b@X.cn"]),
            "phone": st.sampled_from([None, "13800001111", "+86 138 0000 1111", "65123456"]),
            "unit": st.sampled_from([None, "lab", "shop"]),
        }
    ),
    min_size=2,
    max_size=9,
)


def invented(people: list[dict[str, Any]]) -> Invented:
    made = Invented().department("lab").department("shop")
    for place, person in enumerate(people):
        reached = [{"kind": kind, "value": person[kind]} for kind in ("email", "phone") if person[kind]]
        made.contact(f"p{place}", name=person["name"], channels=reached)
        if person["unit"]:
            made.edge(EdgeKind.WORKS_IN, f"p{place}", person["unit"])
    return made


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(people: list[dict[str, Any]], rng: random.Random) -> None:
    made = invented(people)
    mixed = list(made.records)
    rng.shuffle(mixed)
    answers = [find_duplicates(graph_of("acme", rows), on=DAY, min_score=0) for rows in (made.records, mixed)]
    assert answers[0] == answers[1]
    assert all(row.contact_id < row.other_id and 0 <= row.score <= 1 for row in answers[0].items)
    assert [row.score for row in answers[0].items] == sorted(
        (row.score for row in answers[0].items), reverse=True
    )


@given(PEOPLE)
def test_likeness_is_the_same_both_ways(people: list[dict[str, Any]]) -> None:
    found = persons(invented(people).graph(), RULES)
    namesakes = Namesakes.of(found)
    for one in found:
        for other in found:
            if one is not other:
                assert likeness(one, other, namesakes, RULES) == likeness(other, one, namesakes, RULES)


@given(PEOPLE)
def test_no_block_loses_what_is_alike(people: list[dict[str, Any]]) -> None:
    """Against all pairs: who shares an address, a number or a name is a candidate."""
    found = persons(invented(people).graph(), RULES)
    namesakes, chosen = Namesakes.of(found), set(candidates(found, RULES).pairs)
    telling = {rule for rule in LikenessRule if RULES.points[rule] > 0} - {LikenessRule.SAME_DEPARTMENT}
    for first, one in enumerate(found):
        for second in range(first + 1, len(found)):
            rules = {rule for rule, _, _ in likeness(one, found[second], namesakes, RULES)}
            if rules & telling and (one.name.spelling or rules & telling > {LikenessRule.SAME_NAME}):
                assert (first, second) in chosen


@given(st.text(max_size=20))
def test_a_name_of_any_letters_has_its_forms(name: str) -> None:
    made = person_name(name)
    assert person_name(name) == made
    assert made.spellings
    assert all(" " not in spelling for spelling in made.spellings)
