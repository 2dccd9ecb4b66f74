"""What the demo account is advised, on whatever day it is loaded: the story's list, and no false alarm."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest

from examples.make_demo import FILE
from graphsvc.features.imports.on_files import graph_of_files
from graphsvc.features.imports.reader import ImportOptions, SourceFile
from models.findings.warnings import Advice, Warned
from models.records import Body
from queries.advice.answer import advice
from tests.unit.test_demo_story import ACCOUNT, DAYS, LINE_1, LINE_2, PLATFORM, THIN, loaded

pytestmark = pytest.mark.parametrize("today", DAYS, ids=str)


@cache
def dossiers(today: date, account: str = ACCOUNT) -> tuple[Body, ...]:
    file = SourceFile(FILE.name, FILE.read_bytes())
    return graph_of_files([file], ImportOptions(today=today), account).dossiers


@cache
def advised(today: date, account: str = ACCOUNT, lang: str = "en") -> Advice:
    found = dossiers(today, account)
    return advice(loaded(today, account), on=today, dossiers=found, lang=lang)


def of_rule(today: date, rule: str, lang: str = "en") -> list[Warned]:
    return [item for item in advised(today, lang=lang).items if item.rule == rule]


def test_the_list_of_the_story(today: date) -> None:
    (met,) = of_rule(today, "same-city", "zh")
    first = today + timedelta(days=6)
    assert met.text == f"王建国与秦松将同在东埠 Dongbu：{first} 至 {first + timedelta(days=2)}。"
    assert met.suggested is not None
    assert (met.suggested.member_id, met.suggested.due) == ("qin-song", first)
    (sour,) = of_rule(today, "complaint-open", "zh")
    assert sour.text == "投诉已 40 天未结：曹文静。"
    assert sour.suggested is not None
    assert sour.suggested.text == "办结曹文静的投诉，满意后请其推荐。"
    (late,) = of_rule(today, "action-overdue")
    assert late.text.startswith("Promise, overdue for 9 days")
    assert "spare-parts list" in late.text
    assert (late.suggested, late.action and late.action.id) == (None, "spares-list")
    (auditor,) = of_rule(today, "name-unknown")
    assert auditor.evidence[0].id == "audit-head"
    assert (auditor.suggested, auditor.action and auditor.action.id) == (None, "auditors-name")


def test_many_rules_fire_and_each_has_something_to_do(today: date) -> None:
    rules = {item.rule for item in advised(today).items}
    assert rules == {
        *("action-overdue", "complaint-open", "ask-referral", "same-city"),
        *("window-closing", "stage-step-mismatch", "tender-undecided", "criteria-theirs"),
        *("veto", "name-unknown", "champion-silent", "opponent-unanswered", "hidden-unmet"),
        *("voiceless-advocate", "role-unplaced"),
        *("signer-single-threaded", "tie-hostile", "tie-cooling", "contact-overdue", "guess-rosy"),
        "personal-lagging",
        *("rival-leads", "rival-product-sour", "department-single-threaded", "left-friend", "shared-past"),
    }
    assert len(rules) >= 25
    assert all((item.suggested is None) != (item.action is None) for item in advised(today).items)


def test_who_is_named(today: date) -> None:
    about = {
        rule: [item.evidence[0].id for item in of_rule(today, rule)]
        for rule in ("veto", "hidden-unmet", "rival-leads", "tie-hostile", "champion-silent", "left-friend")
    }
    assert about == {
        "veto": ["liu-zhiyuan", "liu-zhiyuan"],
        "hidden-unmet": ["liang-wei"],
        "rival-leads": ["zhou-min"],
        "tie-hostile": ["liu-zhiyuan"],
        "champion-silent": ["li-guoqiang"],
        "left-friend": ["xu-jing"],
    }
    (lagging,) = of_rule(today, "personal-lagging", "zh")
    assert lagging.text == "孙海涛：机构利益已满足（52 分），个人利益没跟上（22 分），两手都要硬。"
    (met,) = of_rule(today, "shared-past")
    assert [row.id for row in met.evidence[:2]] == ["liang-wei", "gao-yuan"]
    assert {item.opportunity_id for item in of_rule(today, "opponent-unanswered")} == {LINE_2, PLATFORM}
    assert [item.evidence[0].id for item in of_rule(today, "window-closing")] == [LINE_1]


def test_thin_accounts_need_little(today: date) -> None:
    rules = {account: [item.rule for item in advised(today, account).items] for account in THIN}
    assert rules == {
        "dongbu": ["action-overdue", "role-missing", "contact-overdue", "step-stalled"],
        "huize": ["contact-overdue"],
        "jichuan-logistics": [],
        "lanshan": [],
        "xinqiao": [
            "signer-single-threaded",
            "ask-referral",
            "criteria-not-ours",
            "budget-unsure",
            "department-single-threaded",
            "department-single-threaded",
            "concerns-unknown",
        ],
    }


def test_without_the_right_to_dossiers_nothing_of_them_is_said(today: date) -> None:
    found = advice(loaded(today), on=today)
    assert found.silent == ["same-city", "shared-past"]
    assert not {item.rule for item in found.items} & set(found.silent)
    assert "东埠" not in found.model_dump_json()
    assert advised(today).silent == []
