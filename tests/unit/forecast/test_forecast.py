"""How a room settles: small ones solved by hand, vetoes, levers, guesses, words."""

from __future__ import annotations

from typing import Any

import pytest

from models.enums import Attitude, Category, EdgeKind, Function, Level, OpportunityStatus, Polarity, Step
from models.faults import InvalidInput
from models.findings.forecast import Forecast, Lever, Settling, VerdictShare
from models.opinions import OpinionSource, Verdict
from queries.forecast.forecast import forecast
from queries.forecast.wording import headline
from tests.deals import TODAY, Deal


def asked(deal: Deal, **more: Any) -> Forecast:
    return forecast(deal.graph(), on=TODAY, opportunity_id="line", **more)


def people(found: Forecast) -> dict[str, Settling]:
    return {item.contact_id: item for item in found.items}


def ways(found: Forecast) -> dict[str, Lever]:
    return {lever.contact_id: lever for lever in found.levers}


def duo(ana: int | None = None, ben: int | None = None, weight: float = 0.5) -> Deal:
    """Ben decides and hears Ana, who manages the users, with weight · 0.8."""
    deal = Deal().member("mia").opportunity("line", step=Step.COMMIT)
    deal.contact("ana", Level.MANAGEMENT, Function.USER).contact("ben", Level.DECISION)
    deal.plays("ana", "line", "user", attitude=ana).plays("ben", "line", "decision_maker", attitude=ben)
    return deal.influences("ana", "ben", weight)


def test_he_keeps_seven_tenths_of_his_own_mind() -> None:
    found = asked(duo(ana=2, ben=-1))
    ben = people(found)["ben"]
    assert ben.opinion == -0.5
    assert ben.settled == pytest.approx(0.7 * -0.5 + 0.3 * 1)
    assert [(part.contact_id, part.points) for part in ben.parts] == [("ben", -0.35), ("ana", 0.3)]
    assert people(found)["ana"].settled == 1
    assert found.opinion == pytest.approx(0.8 * -0.05 + 0.2 * 1)
    assert found.room.model_dump() == {
        "category": None, "weight": 1, "for_us": 0.2, "undecided": 0.8, "against_us": 0
    }  # fmt: skip


def test_who_is_half_listened_to_moves_half_as_much() -> None:
    assert people(asked(duo(ana=2, ben=0, weight=0.25)))["ben"].settled == pytest.approx(0.15)


def test_an_attitude_in_a_closed_purchase_is_no_evidence() -> None:
    deal = duo(ana=2, ben=-1).opportunity("past", status=OpportunityStatus.LOST)
    deal.edge(EdgeKind.PLAYS, "ana", "past", id="then", attitude=-2)
    ana = people(forecast(deal.graph(), on=TODAY))["ana"]
    assert ana.attitude is Attitude.ADVOCATE
    assert len(ana.evidence) == 1
    assert "then" not in [item.id for item in ana.evidence]
    assert people(asked(deal))["ana"].evidence == ana.evidence


def test_a_quarrel_turns_what_is_heard_into_its_opposite() -> None:
    deal = duo(ana=2, ben=0).contact("cem", Level.DECISION).plays("cem", "line", attitude=0)
    deal.bond("ana", "cem", polarity=int(Polarity.CONFLICT), weight=1, basis="authority")
    found = people(asked(deal))
    assert found["cem"].settled < 0 < found["ben"].settled
    assert found["cem"].settled == pytest.approx(0.3 * -found["ana"].settled)


@pytest.mark.parametrize(
    ("ben", "ana", "vetoes"), [(-2, 0, ["ben"]), (-1, 0, ["ben"]), (-1, 2, []), (None, -2, []), (2, -2, [])]
)
def test_who_signs_and_stays_against_us_is_a_veto(ben: int | None, ana: int, vetoes: list[str]) -> None:
    found = asked(duo(ana=ana, ben=ben))
    assert found.vetoes == vetoes
    assert [item.contact_id for item in found.items if item.veto] == vetoes
    assert ("Veto: Ben." in found.headline) is bool(vetoes)


def test_a_veto_needs_a_role_that_signs() -> None:
    deal = Deal().opportunity("line", step=Step.COMMIT).contact("ben", Level.DECISION)
    found = asked(deal.plays("ben", "line", "user", attitude=-2))
    assert found.vetoes == []
    assert people(found)["ben"].decider, "nobody signs, so the decision level decides"


def test_what_nobody_entered_is_guessed_from_ties() -> None:
    deal = duo(ana=None, ben=0).rival("rex").knows("mia", "ana", 3).courts("rex", "ana", 40)
    ana = people(asked(deal))["ana"]
    assert ana.source is OpinionSource.GUESSED
    assert ana.opinion == pytest.approx((62 - 40) / 200)
    assert [(row.kind, row.id) for row in ana.evidence] == [
        ("knows", "knows-mia-ana"), ("courts", "courts-rex-ana")
    ]  # fmt: skip
    assert asked(deal).guessed_share == pytest.approx(0.2)
    both = people(asked(deal.member("moe").knows("moe", "ana", 3)))["ana"]
    assert (both.opinion, both.evidence) == (ana.opinion, ana.evidence), "of equal ties the first member's"
    stated = people(asked(duo(ana=1)))["ana"]
    assert (stated.source, [row.id for row in stated.evidence]) == (
        OpinionSource.STATED, ["plays-ana-line"]
    )  # fmt: skip


def test_a_competitor_that_is_out_sways_no_guess() -> None:
    deal = duo(ana=None, ben=0).rival("rex").courts("rex", "ana", 80)
    assert people(asked(deal))["ana"].opinion == -0.4
    deal.edge(EdgeKind.COMPETES_IN, "them", "line", status="out")
    ana = people(asked(deal))["ana"]
    assert (ana.opinion, ana.evidence) == (0, [])
    assert forecast(deal.graph(), on=TODAY).items[0].contact_id == "ben", (
        "of all purchases it is still in some"
    )


def test_levers_are_what_a_word_gains_by_how_well_we_reach_him() -> None:
    deal = duo(ana=1, ben=-1).knows("mia", "ana", 3)
    found = ways(asked(deal))
    assert (found["ana"].to, found["ben"].to) == (Attitude.ADVOCATE, Attitude.NEUTRAL)
    assert found["ana"].gain == pytest.approx((0.2 + 0.8 * 0.3) * 0.5)
    assert found["ben"].gain == pytest.approx(0.8 * 0.7 * 0.5)
    assert found["ana"].path == ["mia", "ana"]
    assert found["ben"].path == ["mia", "ana", "ben"]
    assert found["ana"].probability == pytest.approx(0.62)
    assert found["ben"].probability == pytest.approx(0.62 * 0.85 * 0.5)
    assert [lever.expected for lever in asked(deal).levers] == pytest.approx(
        [found["ana"].gain * 0.62, found["ben"].gain * 0.62 * 0.425]
    )


def test_an_advocate_and_who_moves_nobody_are_no_levers() -> None:
    deal = duo(ana=2, ben=0).contact("dan")
    assert set(ways(asked(deal))) == {"ben"}
    assert ways(asked(deal))["ben"].path == []
    assert ways(asked(deal))["ben"].probability == 0


def test_who_left_or_objected_has_no_opinion() -> None:
    for gone in ({"status": "left"}, {"restricted": True}):
        deal = Deal().opportunity("line", step=Step.COMMIT).contact("ben", Level.DECISION)
        deal.contact("old", Level.MANAGEMENT, Function.USER, **gone).influences("old", "ben", 1)
        deal.plays("old", "line", "approver", attitude=-2).plays("ben", "line", "decision_maker", attitude=1)
        found = asked(deal)
        assert [item.contact_id for item in found.items] == ["ben"]
        assert (found.opinion, found.vetoes) == (0.5, [])


def test_categories_divide_by_verdict() -> None:
    found = asked(duo(ana=2, ben=-2))
    rows = {row.category: row for row in found.by_category}
    assert rows[Category.DECISION_MAKER].against_us == 1
    assert rows[Category.USER_MANAGER].for_us == 1
    assert sum(row.weight for row in found.by_category) == pytest.approx(1)
    assert found.verdict is Verdict.UNDECIDED
    assert Category.FINANCE_MANAGER in found.gaps


def test_the_headline_speaks_both_languages() -> None:
    deal = duo(ana=2, ben=-2)
    assert asked(deal).headline == "20% for us, 80% against, 0% undecided. Veto: Ben."
    assert asked(deal, lang="zh").headline == "支持我方 20%，反对 80%，未定 0%。可一票否决：Ben。"
    nobody = forecast(Deal().graph(), on=TODAY)
    assert nobody.headline == "Nobody is known whose opinion could settle."
    assert nobody.items == nobody.levers == nobody.by_category == []


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((1 / 3, 1 / 3, 1 / 3), "34% for us, 33% against, 33%"),
        ((0.525, 0.355, 0.12), "53% for us, 35% against, 12%"),
    ],
)
def test_the_percents_of_a_headline_add_up(shares: tuple[float, float, float], said: str) -> None:
    for_us, against, undecided = shares
    room = VerdictShare(category=None, weight=1, for_us=for_us, against_us=against, undecided=undecided)
    assert headline(room, [], "en") == f"{said} undecided."


def test_without_a_purchase_all_open_ones_count_and_levels_weigh() -> None:
    deal = duo(ana=2, ben=0)
    found = forecast(deal.graph(), on=TODAY)
    assert found.step is None
    assert people(found)["ben"].weight == pytest.approx(0.75)
    assert people(found)["ben"].settled == pytest.approx(0.3)


def test_an_unknown_purchase_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        forecast(duo().graph(), on=TODAY, opportunity_id="nothing")
    assert refused.value.faults[0].pointer == "/opportunity_id"
