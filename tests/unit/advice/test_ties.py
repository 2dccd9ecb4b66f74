"""Advice about ties: cooling, hostile, overdue, guessed too rosy; and about the best way to who signs."""

from __future__ import annotations

from typing import Any

import pytest

from models.enums import EdgeKind, Function, Level, NodeKind
from models.nodes import QUESTIONS
from queries.advice.answer import advice
from tests.advised import Account, back, fired, texts
from tests.deals import TODAY


def part(**fields: Any) -> Account:
    """Ana, a manager, plays a part in an open purchase; Mia is ours."""
    account = Account().tier("A").member("mia").opportunity("line")
    account.contact("ana", Level.MANAGEMENT, Function.USER, **fields)
    return account.plays("ana", "line", "user", attitude=0)


def test_a_tie_that_was_warm_a_quarter_ago_cools() -> None:
    (item,) = fired(part().often("mia", "ana", 120, 95), "tie-cooling")
    assert "Ana: our tie fell by" in item.text
    assert item.text.endswith("in 90 days; last in touch 99 days ago.")
    assert [(row.kind, row.id) for row in item.evidence] == [("contact", "ana"), ("member", "mia")]
    assert fired(part().often("mia", "ana", 120, 1), "tie-cooling") == []
    quiet = Account().member("mia").contact("boss", Level.DECISION).contact("ana", Level.OPERATIONAL)
    cooled = quiet.often("mia", "ana", 120, 95)
    assert fired(cooled, "tie-cooling") == [], "of no part and no influence"


def test_close_but_hostile() -> None:
    account = part().knows("mia", "ana", 3).often("mia", "ana", 200, 1, sentiment=-2)
    (item,) = fired(account, "tie-hostile")
    assert item.text.startswith("Ana and Mia are close but hostile")
    assert ("knows", "knows-mia-ana") in [(row.kind, row.id) for row in item.evidence]
    assert fired(part(restricted=True).knows("mia", "ana", 3), "tie-hostile") == []


def test_overdue_by_level_and_tier() -> None:
    late = "Ana: last two-way contact 22 days ago; the rhythm is 21 days."
    assert texts(part().met("mia", "ana", 22), "contact-overdue") == [late]
    assert texts(part().met("mia", "ana", 21), "contact-overdue") == []
    assert texts(part().met("mia", "ana", 22).tier("B"), "contact-overdue") == []
    assert texts(part(status="left").met("mia", "ana", 400), "contact-overdue") == []
    assert texts(part(), "contact-overdue") == [], "whom nobody has met is not late"


def test_a_champion_is_not_told_twice() -> None:
    account = part().met("mia", "ana", 90).plays("ana", "line", "champion", id="second")
    assert len(fired(account, "champion-silent")) == 1
    assert fired(account, "contact-overdue") == []


def test_a_guess_far_above_the_record_is_rosy() -> None:
    def guessed(points: float) -> list[str]:
        return texts(
            part().met("mia", "ana", 30).edge(EdgeKind.KNOWS, "mia", "ana", self_strength=points),
            "guess-rosy",
        )

    (said,) = guessed(90)
    assert said.startswith("Mia puts the tie to Ana at 90; what is on record gives ")
    assert guessed(30) == guessed(0) == []
    account = part().met("mia", "ana", 30).edge(EdgeKind.KNOWS, "mia", "ana", self_strength=90)
    (item,) = fired(account.member("max").knows("max", "ana", 4), "guess-rosy")
    assert item.suggested is not None
    assert item.suggested.member_id == "mia", "who guessed is asked, not who knows her best"


def test_the_personal_side_lags_behind() -> None:
    def answered(*halves: tuple[int, int, int]) -> list[str]:
        account = part().met("mia", "ana", 3)
        for ago, personal, institutional in halves:
            answers = {name: personal if name[0] == "P" else institutional for name in QUESTIONS}
            fields = {"member_id": "mia", "contact_id": "ana", "answers": answers}
            account._node(NodeKind.ASSESSMENT, f"q{ago}", at=f"{back(ago)}T09:00:00Z", **fields)
        return texts(account, "personal-lagging")

    (said,) = answered((400, 0, 1), (5, 1, 3))
    assert said.startswith("Ana: their unit is served (7")
    assert answered((400, 0, 1), (5, 3, 3)) == [], "a partner"
    assert answered((400, 0, 1), (5, 1, 1)) == [], "an outsider"


def way(mood: int = 0, **tie: Any) -> Account:
    """Mia knows Ana, Ana influences the boss, who decides and whom nobody of ours knows."""
    account = Account().member("mia").opportunity("line", step="brew", step_since=back(1))
    account.contact("boss", Level.DECISION, Function.EXECUTIVE).contact("ana")
    account.plays("boss", "line", "decision_maker")
    return (
        account.knows("mia", "ana", 3)
        .met("mia", "ana", 5, sentiment=mood)
        .influences("ana", "boss", 0.9, **tie)
    )


def test_a_go_between_who_is_not_content_with_us() -> None:
    assert texts(way(), "go-between-sour") == texts(way(1), "go-between-sour") == []
    (item,) = fired(way(-2), "go-between-sour")
    assert item.text == "Line: the best way to Boss leads through Ana, who is not content with us."
    assert (item.opportunity_id, item.evidence[0].id, item.evidence[1].id) == ("line", "ana", "boss")


@pytest.mark.parametrize(
    ("tie", "stale"),
    [
        ({}, False),
        ({"confirmed_on": back(90)}, False),
        ({"confirmed_on": back(91)}, True),
        ({"since": back(400)}, True),
        ({"since": back(400), "confirmed_on": back(10)}, False),
        ({"since": back(400), "confirmed_on": back(-1)}, True),
    ],
)
def test_ties_on_the_way_are_to_be_confirmed(tie: dict[str, str], stale: bool) -> None:
    said = texts(way(**tie), "tie-stale")
    expected = "Line: the way to Boss rests on ties nobody has confirmed for more than 90 days: Ana → Boss."
    assert said == [expected] * stale


def test_the_most_influential_come_first_and_others_are_counted() -> None:
    account = Account().tier("A").member("mia").opportunity("line").contact("top", Level.DECISION)
    for number in range(8):
        account.contact(f"c{number}", Level.MANAGEMENT, Function.USER).plays(f"c{number}", "line", "user")
        account.met("mia", f"c{number}", 100).influences(f"c{number}", "top", 0.1 + number / 10)
    found = advice(account.graph(), on=TODAY)
    late = [item.evidence[0].id for item in found.items if item.rule == "contact-overdue"]
    assert late == ["c7", "c6", "c5", "c4", "c3"]
    assert found.left_off["contact-overdue"] == 3
