"""What is said to whom: concerns in their order, slots from their records, and who gets no approach."""

from __future__ import annotations

from typing import Any

import pytest

from models.anonymous import ERASED_NAME
from models.approach import Topic
from models.enums import EdgeKind, Function, Level
from models.faults import Code, InvalidInput
from queries.approach.answer import approach
from tests.deals import TODAY
from tests.unit.approach.test_sentences import Site, asked, dossier

MANAGER = (Level.MANAGEMENT, Function.TECHNICAL)


def concerns(site: Site, **more: str) -> list[tuple[str, bool]]:
    points = asked(site, **more)
    return list(dict.fromkeys((point.code, point.usual) for point in points if point.question))


def test_stated_concerns_come_before_usual_ones() -> None:
    usual = [("reliability", True), ("service", True), ("qualification", True)]
    assert concerns(Site(MANAGER)) == usual
    said = [{"code": "price", "text": "too dear"}, {"code": "service"}]
    site = Site(MANAGER).plays("ana", "line", concerns=said)
    stated = [("price", False), ("service", False)]
    assert concerns(site) == [*stated, ("reliability", True), ("qualification", True)]
    (first, *_) = asked(site)
    assert (first.rule, first.heard) == ("spin.price.situation", "too dear")
    assert [(row.kind, row.id) for row in first.evidence] == [("plays", "plays-ana-line")]


def test_concerns_are_those_of_the_purchase_else_of_all_open_ones() -> None:
    site = Site(None).opportunity("next").opportunity("old", status="won")
    for deal, code in (("line", "price"), ("next", "terms"), ("old", "quality")):
        site.plays("ana", deal, concerns=[{"code": code}])
    assert concerns(site) == [("price", False), ("terms", False)]
    assert concerns(site, opportunity_id="next") == [("terms", False)]
    assert concerns(site, opportunity_id="old") == [("quality", False)]


def test_strong_wants_and_needs_come_first() -> None:
    site = Site(None, wants={"status": 1, "survival": 3, "security": 3, "friendship": 0}, needs={"image": 2})
    assert [(point.topic, point.code) for point in asked(site)] == [
        (Topic.WANT, "security"),
        (Topic.WANT, "survival"),
        (Topic.WANT, "status"),
        (Topic.NEED, "image"),
    ]


def test_the_goal_is_his_own_else_the_departments_else_the_companys() -> None:
    def said(site: Site, lang: str = "en", **more: object) -> str:
        site.plays("ana", "line", concerns=[{"code": "return"}])
        return asked(site, lang, **more)[2].text

    ends = "If the money came back a year late, what would that do to {}?"
    assert said(Site(None)) == ends.format("this year's goals")
    site = Site(None).department("lab", Function.TECHNICAL, mandate="试验。 To test.")
    site.edge(EdgeKind.WORKS_IN, "ana", "lab")
    assert said(site) == ends.format("the department's task (“To test”)")
    assert asked(site, "zh")[2].text == "如果投资晚一年收回，对本职工作（“试验”）有什么影响？"
    mine = {"dossiers": [dossier(goal="Two patents.")]}
    assert asked(site, **mine)[2].text == ends.format("this year's goal (“Two patents”)")
    assert ("dossier", "d1") in [(row.kind, row.id) for row in asked(site, **mine)[2].evidence]
    gone = {"dossiers": [dossier("2025-06-14", "Two patents.")]}
    assert asked(site, **gone)[2].text == ends.format("the department's task (“To test”)")


@pytest.mark.parametrize(
    ("score", "maker", "code"),
    [
        (1, None, "ours-sour"),
        (2, "them", "rival-sour"),
        (3, "them", None),
        (4, "them", "rival-content"),
        (5, None, "ours-content"),
        (None, None, None),
    ],
)
def test_what_is_installed_is_spoken_of(score: int | None, maker: str | None, code: str | None) -> None:
    site = Site(MANAGER).installed(score, maker, "dept-technical")
    points = {point.topic: point for point in asked(site)}
    assert (points[Topic.INSTALLED].code if Topic.INSTALLED in points else None) == code
    situation = asked(site)[0]
    assert situation.text == "How often does Drive 7 stop in a year?"
    assert [row.id for row in situation.evidence] == [
        "works_in-ana-dept-technical",
        "uses-dept-technical-p",
        "p",
    ]
    payoff = asked(site)[3].text
    assert payoff.startswith("If Drive 7 halved" if maker is None else "If our solution halved")
    both = site.product("mine").uses("dept-technical", "mine", satisfaction=5).product("spare")
    said = asked(both.department("else").uses("else", "spare"))[3].text
    assert said.startswith("If Mine halved" if maker else ("If Mine", "If Drive 7"))


def test_what_is_known_is_in_the_finding() -> None:
    found = approach(Site(MANAGER, personality="driver").graph(), contact_id="ana", on=TODAY)
    assert (found.name, found.category, found.personality) == ("Ana", "technical_manager", "driver")
    assert [point.rule for point in found.items[-2:]] == ["category.technical_manager", "personality.driver"]
    assert found.provenance.parameters == {"contact_id": "ana", "opportunity_id": None}


@pytest.mark.parametrize(
    ("fields", "asked_for", "code"),
    [
        ({"restricted": True}, {}, Code.UNKNOWN_RECORD),
        ({"placeholder": True}, {}, Code.NO_HOLDER),
        ({"placeholder": True, "name": ERASED_NAME}, {}, Code.NO_HOLDER),
        ({}, {"contact_id": "nobody"}, Code.UNKNOWN_RECORD),
        ({}, {"opportunity_id": "nothing"}, Code.UNKNOWN_RECORD),
    ],
)
def test_some_get_no_approach(fields: dict[str, Any], asked_for: dict[str, str], code: Code) -> None:
    graph = Site(MANAGER, **fields).graph()
    with pytest.raises(InvalidInput) as refused:
        approach(graph, **{"contact_id": "ana", "on": TODAY, **asked_for})  # type: ignore[arg-type]
    (fault,) = refused.value.faults
    assert (fault.code, fault.pointer) == (code, f"/{next(iter(asked_for), 'contact_id')}")
