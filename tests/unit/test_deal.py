"""A purchase in one answer: each part is that of the answer it comes from, and says whom it leaves out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.deals import MilestoneState
from models.enums import (
    Attitude,
    BuyingRole,
    ConcernCode,
    CriterionOrigin,
    Function,
    Grade,
    Level,
    Stage,
    Step,
    Voice,
    Window,
)
from models.faults import InvalidInput
from models.findings.deals import Buyer
from models.findings.deals import Deal as DealAnswer
from models.opinions import OpinionSource
from queries.advice.answer import advice
from queries.deals.deal import deal
from queries.forecast.forecast import forecast
from queries.influence.ranking import rank_influencers
from queries.threats.finding import threats
from tests.deals import TODAY, Deal

MILESTONES = [
    {"stage": "develop", "reached_on": "2025-05-01", "by": "Mia", "evidence": "notes"},
    {"stage": "propose", "planned_on": "2025-06-01"},
    {"stage": "bid", "planned_on": "2025-07-01"},
    {"stage": "negotiate", "reached_on": "2025-08-01"},
]


def account(**fields: Any) -> Deal:
    """Ben decides and Ana evaluates; Mia knows both, Rex courts Ben, and Max sells for who is out."""
    made = Deal().member("mia").rival("rex").opportunity("line", **{"step": Step.DESIGN, **fields})
    made.contact("ben", Level.DECISION).contact("ana", Level.MANAGEMENT, Function.TECHNICAL)
    made.influences("ana", "ben", 0.5).knows("mia", "ana", 3).knows("mia", "ben", 1).courts("rex", "ben", 70)
    made.plays("ben", "line", "decision_maker", attitude=-2, voice=3)
    return made.plays(
        "ana", "line", "evaluator", "champion", concerns=[{"code": "price", "text": "too much"}]
    )


def asked(made: Deal, **more: Any) -> DealAnswer:
    return deal(made.graph(), opportunity_id="line", on=TODAY, **more)


def buyers(found: DealAnswer) -> dict[str, Buyer]:
    return {item.contact_id: item for item in found.items}


def test_the_buying_centre_says_who_thinks_what_and_who_holds_whom() -> None:
    found = asked(account())
    assert [item.contact_id for item in found.items] == ["ben", "ana"], "deciders first"
    ben, ana = found.items
    assert (ben.decider, ben.attitude, ben.voice) == (True, Attitude.AGAINST, Voice.DECISIVE)
    assert (ana.decider, ana.attitude, ana.voice) == (False, None, None)
    assert (ben.source, ana.source) == (OpinionSource.STATED, OpinionSource.GUESSED)
    assert ana.roles == [BuyingRole.EVALUATOR, BuyingRole.CHAMPION]
    assert (ben.strength, ben.grade, ben.member_id) == (pytest.approx(22), Grade.STRANGER, "mia")
    assert (ben.competitor_id, ben.rival_id, ben.theirs) == ("them", "rex", 70)
    assert ben.lead == pytest.approx(48)
    assert (ana.competitor_id, ana.rival_id, ana.theirs, ana.lead) == (None, None, 0, 0)
    assert [(concern.code, concern.text) for concern in ana.concerns] == [(ConcernCode.PRICE, "too much")]
    assert [concern.edge_id for concern in ben.concerns] == [None, None], "the usual ones"
    assert [(row.kind, row.id) for row in ben.evidence] == [
        ("plays", "plays-ben-line"), ("knows", "knows-mia-ben"), ("courts", "courts-rex-ben")
    ]  # fmt: skip


def test_numbers_are_those_of_the_answers_they_come_from() -> None:
    made = account()
    graph, found = made.graph(), asked(made)
    ranks = rank_influencers(graph, on=TODAY, opportunity_id="line").items
    assert {item.contact_id: item.influence for item in found.items} == {
        item.contact_id: item.score for item in ranks
    }
    room = forecast(graph, on=TODAY, opportunity_id="line")
    assert found.forecast == room
    assert found.vetoes == room.vetoes == ["ben"]
    assert [(item.contact_id, item.settled, item.verdict, item.veto) for item in found.items] == [
        (item.contact_id, item.settled, item.verdict, item.veto) for item in room.items
    ]
    assert found.advice == advice(graph, on=TODAY, opportunity_id="line")
    (threat,) = threats(graph, on=TODAY, opportunity_id="line").items
    ben = buyers(found)["ben"]
    assert (ben.rival_id, ben.theirs, ben.lead) == (threat.rival_id, threat.theirs, threat.lead)


def test_a_competitor_who_is_out_courts_nobody_in_this_purchase() -> None:
    made = account().edge("competes_in", "them", "line", status="out")
    assert buyers(asked(made))["ben"].rival_id is None


def test_who_left_or_objected_is_not_told_of() -> None:
    made = account(criteria=[{"text": "Fast", "origin": "ours", "owner_id": "old"}])
    made.contact("old", Level.DECISION, status="left").plays("old", "line", "approver", attitude=-2)
    made.contact("shy", Level.DECISION, restricted=True).plays("shy", "line", "approver", attitude=-2)
    found = asked(made)
    assert set(buyers(found)) == {"ben", "ana"}
    assert [(one.owner_id, one.owner) for one in found.criteria] == [(None, None)]
    assert "shy" not in found.model_dump_json()


def test_a_seat_whose_holder_is_unknown_stands_in_the_list() -> None:
    made = account().contact("seat", Level.MANAGEMENT, Function.FINANCE, placeholder=True)
    seat = buyers(asked(made.plays("seat", "line", "approver")))["seat"]
    assert (seat.placeholder, seat.decider, seat.member_id, seat.grade) == (True, True, None, None)
    assert (seat.strength, seat.last_contact) == (0, None)


def test_milestones_stand_where_they_stand_on_the_day() -> None:
    found = asked(account(stage=Stage.PROPOSE, milestones=MILESTONES)).milestones
    assert [one.stage for one in found] == list(Stage)
    assert [one.state for one in found] == [
        MilestoneState.REACHED, MilestoneState.SKIPPED, MilestoneState.LATE,
        MilestoneState.PLANNED, MilestoneState.PLANNED, MilestoneState.AHEAD,
    ]  # fmt: skip
    assert (found[0].by, found[0].evidence, found[0].reached_on) == ("Mia", "notes", date(2025, 5, 1))
    assert found[0].milestone == "Accurate project information"
    assert asked(account(), lang="zh").milestones[0].milestone == "准确的项目信息"


def test_criteria_say_whose_idea_they_were() -> None:
    criteria = [
        {"text": "Fast", "origin": "ours", "owner_id": "ana"},
        {"text": "Blue", "origin": "competitor"},
        {"text": "Soon", "origin": "ours"},
    ]
    found = asked(account(criteria=criteria))
    assert [(one.text, one.origin, one.owner) for one in found.criteria] == [
        ("Fast", CriterionOrigin.OURS, "Ana"),
        ("Blue", CriterionOrigin.COMPETITOR, None),
        ("Soon", CriterionOrigin.OURS, None),
    ]
    assert [(share.origin, share.count) for share in found.criteria_by_origin] == [
        (CriterionOrigin.OURS, 2), (CriterionOrigin.COMPETITOR, 1), (CriterionOrigin.THEIRS, 0)
    ]  # fmt: skip


def test_step_stage_and_windows() -> None:
    install = {"status": "won", "milestones": [{"stage": "deliver", "planned_on": "2025-07-03"}]}
    made = account(stage=Stage.DEVELOP, value=5e6, currency="CNY")
    found = asked(made.opportunity("first", step=Step.INSTALL, **install))
    assert (found.step, found.stage, found.fitting_stage) == (Step.DESIGN, Stage.DEVELOP, Stage.PROPOSE)
    assert (found.value, found.currency, found.name) == (5e6, "CNY", "Line")
    assert found.window is Window.OPEN
    assert [(one.opportunity_id, one.shuts_on) for one in found.windows] == [("first", date(2025, 7, 3))]
    shut = asked(account())
    assert (shut.window, shut.windows) == (Window.SHUT, [])


def test_roles_that_should_be_known_by_now_are_missed() -> None:
    made = Deal().opportunity("line", step=Step.COMMIT).contact("ben").plays("ben", "line", "user")
    assert set(asked(made).missing_roles) >= {BuyingRole.DECISION_MAKER, BuyingRole.APPROVER}
    assert asked(made).items[0].decider is False


def test_a_purchase_that_was_lost_can_still_be_read() -> None:
    found = asked(account(status="lost", loss_reason="price"))
    assert str(found.status) == "lost"
    assert [item.contact_id for item in found.items] == ["ben", "ana"]


def test_the_language_reaches_every_text() -> None:
    found = asked(account(), lang="zh")
    assert found.forecast.headline.startswith("支持我方")
    assert "可一票否决" in found.forecast.headline
    assert any("一票否决" in item.text for item in found.advice.items)


def test_an_unknown_purchase_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        deal(account().graph(), opportunity_id="nothing", on=TODAY)
    assert refused.value.faults[0].pointer == "/opportunity_id"
