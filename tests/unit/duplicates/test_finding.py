"""Probable duplicates: closed cases, and what is measured on invented accounts with known ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.doubles import LikenessRule
from models.enums import EdgeKind
from models.findings.duplicates import Duplicate
from queries.duplicates.finding import find_duplicates
from queries.duplicates.persons import persons
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.duplicates import DuplicateRules
from tests.invented import Invented
from tests.namesakes import account

DAY = date(2025, 6, 15)
R = LikenessRule


def pair(one: str, other: str, *, same_unit: bool | None = None, **channels: tuple[str, str]) -> Duplicate:
    """Two people of an account, compared."""
    made = Invented().department("lab").department("shop")
    for place, name in enumerate((one, other)):
        reached = [
            {"kind": kind, "value": values[place]} for kind, values in channels.items() if values[place]
        ]
        made.contact(f"p{place}", name=name, channels=reached)
        if same_unit is not None:
            made.edge(EdgeKind.WORKS_IN, f"p{place}", "lab" if same_unit or not place else "shop")
    items = find_duplicates(made.graph(), on=DAY, min_score=0).items
    return items[0] if items else Duplicate(**NOBODY)


NOBODY: dict[str, Any] = {
    "contact_id": "", "other_id": "", "name": "", "other_name": "", "account_id": "", "other_account_id": "",
    "score": 0.0, "reasons": [],
}  # fmt: skip


def rules_of(found: Duplicate) -> list[LikenessRule]:
    return [reason.rule for reason in found.reasons]


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("王建国", "王建国", R.SAME_NAME),
        ("王建国", "王 建国先生", R.SAME_NAME),
        ("李娜", "李 娜", R.SHORT_NAME),
        ("王建国", "Wang Jianguo", R.SAME_SPELLING),
        ("王建国", "Wang Jian Guo", R.SAME_SPELLING),
        ("王建国", "wangjianguo", R.SAME_SPELLING),
        ("王建国", "Jianguo WANG", R.SAME_SPELLING),
        ("王建国", "Ｗａｎｇ Ｊｉａｎｇｕｏ", R.SAME_SPELLING),
        ("Wang Jianguo", "Jian Guo Wang", R.SAME_SPELLING),
        ("José Núñez", "Jose\u0301 Nun\u0303ez", R.SAME_NAME),
        ("Dr. Anna Schmidt", "SCHMIDT, Anna", R.SAME_NAME),
        ("Katharina Schneider", "Katarina Schneider", R.MISSPELT),
        ("Katharina Schneider", "Katharina Schnieder", R.MISSPELT),
    ],
)
def test_the_same_person_written_in_another_way(one: str, other: str, rule: LikenessRule) -> None:
    found = pair(one, other, same_unit=True)
    assert rules_of(found) == [rule, R.SAME_DEPARTMENT]
    assert found.score >= DEFAULT_RULES.duplicates.least_score
    assert pair(other, one, same_unit=True).score == found.score


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ("王芳", "王芳", {"same_unit": False, "email": ("a@x.cn", "b@x.cn")}),
        ("王大明", "王小明", {"same_unit": True, "phone": ("010 6512 3456", "+86 10 65123456")}),
        ("王建国", "王建军", {"same_unit": True}),
        ("Zhang Wei", "Zhang Wen", {"same_unit": True}),
        ("Zhang Liying", "Zhang Liping", {"same_unit": True}),
        ("Anna Schmidt", "Bruno Keller", {"same_unit": True, "email": ("info@x.de", "info@x.de")}),
        ("王建国", "王建国", {"same_unit": False}),
        ("王建国", "王建国", {}),
    ],
)
def test_people_who_only_look_alike_score_below_the_threshold(one: str, other: str, more: Any) -> None:
    assert pair(one, other, **more).score < DEFAULT_RULES.duplicates.least_score


@pytest.mark.parametrize(
    ("channel", "values"),
    [
        ("email", ("Li.Na@Example.com", "ｌｉ.na@example.com ")),
        ("phone", ("+86 (0)10 6512-3456", "010 65123456")),
        ("wechat", ("wx_LiNa", "WX_lina")),
    ],
)
def test_an_address_or_number_in_common(channel: str, values: tuple[str, str]) -> None:
    found = pair("李娜", "Li Na", **{channel: values})
    assert rules_of(found) == [R.SHORT_NAME, LikenessRule(f"same_{channel}")]  # type: ignore[call-arg]
    assert found.score > 0.9
    assert pair("李娜", "Li Na", **{channel: (values[0], "7" + values[1][1:-1] + "7")}).score < 0.6


def test_a_score_is_what_its_reasons_add_up_to() -> None:
    found = pair(
        "王芳", "Wang Fang", same_unit=True, email=("f@x.cn", "f@x.cn"), phone=("13800001111", "13900002222")
    )
    table = DEFAULT_RULES.duplicates
    bits = table.prior + sum(reason.points for reason in found.reasons)
    assert found.score == pytest.approx(1 / (1 + 2**-bits), rel=1e-8)
    assert {reason.rule: reason.value for reason in found.reasons} == {
        R.SAME_SPELLING: "Wang Fang / 王芳",
        R.SAME_EMAIL: "f@x.cn",
        R.OTHER_PHONE: "00001111 / 00002222",
        R.SAME_DEPARTMENT: "lab",
    }
    assert found.contact_ids == [found.contact_id, found.other_id] == ["p0", "p1"]


def test_the_same_id_in_two_systems_is_a_hint() -> None:
    made = Invented().contact("a", name="王建国", external_ids={"crm": "0007731"})
    made.contact("b", name="Wang Jianguo", external_ids={"file": "0007731"})
    made.contact("c", name="Wang Jianguo", external_ids={"file": "77"}).contact(
        "d", external_ids={"erp": "77"}
    )
    found = find_duplicates(made.graph(), on=DAY).items
    assert [row.contact_ids for row in found] == [["a", "b"]]
    assert R.SAME_EXTERNAL_ID in rules_of(found[0])


def test_who_was_told_apart_and_empty_seats_are_left_out() -> None:
    same = {"channels": [{"kind": "email", "value": "a@x.cn"}]}
    made = Invented().contact("a", name="王芳", **same).contact("b", name="王芳", not_same_as=["a"], **same)
    made.contact("c", name="王芳", placeholder=True, **same).contact(
        "d", name="王芳", restricted=True, **same
    )
    found = find_duplicates(made.graph(), on=DAY, min_score=0)
    assert (found.items, found.people, found.compared) == ([], 2, 0)


def test_many_namesakes_say_less() -> None:
    made = Invented().department("lab")
    for place in range(5):
        made.contact(f"p{place}", name="Li Na").edge(EdgeKind.WORKS_IN, f"p{place}", "lab")
    found = find_duplicates(made.graph(), on=DAY, min_score=0).items
    assert {reason.points for row in found for reason in row.reasons if reason.rule is R.COMMON_NAME} == {
        -2.0
    }
    assert max(row.score for row in found) < DEFAULT_RULES.duplicates.least_score


def test_a_department_that_was_left_no_longer_counts() -> None:
    made = (
        Invented()
        .department("lab")
        .department("shop")
        .contact("a", name="王建国")
        .contact("b", name="王建国")
    )
    made.edge(EdgeKind.WORKS_IN, "a", "lab").edge(EdgeKind.WORKS_IN, "b", "shop", until="2025-01-01")
    made.edge(EdgeKind.WORKS_IN, "b", "lab", since="2025-01-01")
    now, before = (
        find_duplicates(made.graph(), on=day, min_score=0).items[0] for day in (DAY, date(2024, 6, 1))
    )
    assert (rules_of(now)[-1], rules_of(before)[-1]) == (R.SAME_DEPARTMENT, R.OTHER_DEPARTMENT)


def test_across_accounts_only_pairs_of_the_account_asked_for_are_listed() -> None:
    same = {"channels": [{"kind": "email", "value": "a@x.cn"}]}
    acme = Invented().contact("a", name="王芳", **same).contact("b", name="Wang Fang", **same)
    bolt = Invented("bolt").contact("c", name="王芳", **same).contact("d", name="王芳", **same)
    found = find_duplicates(acme.graph(), on=DAY, others={"bolt": persons(bolt.graph(), DuplicateRules())})
    assert sorted(row.contact_ids for row in found.items) == [["a", "c"], ["a", "d"], ["b", "c"], ["b", "d"]]
    assert {(row.account_id, row.other_account_id) for row in found.items} == {("acme", "bolt")}
    assert found.provenance.parameters["accounts"] == ["bolt"]


def test_a_block_that_is_too_large_is_split_and_said() -> None:
    rules = Rules(duplicates=DuplicateRules(block_people=5, window=1))
    made = Invented()
    for place in range(12):
        shared = [{"kind": "email", "value": "info@x.de"}]
        made.contact(
            f"p{place:02}", name=f"Xaver Zeppelin-{'abcdefghijkl'[place]}abcdefghijklm", channels=shared
        )
    made.contact(
        "q", name="Xaver Zeppelin-aabcdefghijklm", channels=[{"kind": "email", "value": "info@x.de"}]
    )
    found = find_duplicates(made.graph(), on=DAY, rules=rules)
    assert ["p00", "q"] in [row.contact_ids for row in found.items]
    assert found.split_blocks == 1


@pytest.mark.parametrize("people", [150, 400])
def test_precision_and_recall_on_invented_accounts(people: int) -> None:
    """Ten seeds each; the wording of names, the gaps in what is known and the namesakes differ by seed."""
    right = listed = there = 0
    for seed in range(100, 110):
        made, twice = account(seed, people)
        found = {frozenset(row.contact_ids) for row in find_duplicates(made.graph(), on=DAY).items}
        right, listed, there = right + len(found & twice), listed + len(found), there + len(twice)
    print(f"precision {right / listed:.3f}, recall {right / there:.3f} of {there}")
    assert right / listed >= 0.95
    assert right / there >= 0.9
