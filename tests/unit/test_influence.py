"""Key influencers: closed forms, and what each choice does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.enums import (
    Basis,
    Category,
    ContactStatus,
    Function,
    Level,
    Line,
    Polarity,
    Prior,
    Step,
    TieDirection,
)
from models.faults import Code, InvalidInput
from models.measures import Measure
from queries.influence.ranking import Asked, influence_scores, rank_influencers
from queries.rules import DEFAULT_RULES
from tests.invented import Invented
from tests.rankings import DAY, items, people, ranking, shares


def test_an_empty_account_has_an_empty_ranking() -> None:
    answer = ranking(Invented(), step=Step.BREW)
    assert answer.items == []
    assert [row.people for row in answer.by_category] == [0] * 6
    assert answer.gaps == list(Category)
    assert answer.measure is Measure.INFLUENCE


def test_without_ties_everyone_gets_the_prior_of_the_level() -> None:
    account = Invented().contact("ana", Level.DECISION).contact("ben", Level.MANAGEMENT)
    account.contact("cho", Level.OPERATIONAL).contact("dee")
    # 9, 3, 1 and for the unknown level their mean, 13/3: together 52/3
    expected = {"ana": 27 / 52, "ben": 9 / 52, "cho": 3 / 52, "dee": 13 / 52}
    assert shares(account) == pytest.approx(expected)
    assert shares(account, prior=Prior.FLAT) == pytest.approx(dict.fromkeys(expected, 0.25))


def test_unknown_levels_alone_make_a_flat_prior() -> None:
    assert shares(people("ana", "ben")) == {"ana": 0.5, "ben": 0.5}


def test_equal_people_stand_in_the_order_of_their_ids() -> None:
    account = people("cho", "ana", "ben")
    assert [(item.rank, item.contact_id) for item in ranking(account).items] == [
        (1, "ana"),
        (2, "ben"),
        (3, "cho"),
    ]


def test_one_listener_gives_the_closed_form_with_and_without_a_step() -> None:
    account = people("ana", "ben").influences("ana", "ben", 0.5, confidence=0.8)
    # ben listens fully (0.4 of 0.4); without a step z = (1/2 + .85/2, 1/2), with one he keeps 15 %
    assert shares(account) == pytest.approx({"ana": 0.925 / 1.425, "ben": 0.5 / 1.425})
    assert shares(account, step=Step.BREW) == pytest.approx({"ana": 0.925, "ben": 0.075})


@pytest.mark.parametrize(
    ("level", "openness"),
    [(Level.DECISION, 0.3), (Level.MANAGEMENT, 0.4), (Level.OPERATIONAL, 0.5), (None, 0.85)],
)
def test_with_a_step_openness_falls_with_the_level(level: Level | None, openness: float) -> None:
    account = Invented().contact("ana").contact("ben", level, Function.OTHER)
    account.influences("ana", "ben", 1, confidence=1)
    found = shares(account, step=Step.BREW, prior=Prior.FLAT)
    assert found == pytest.approx({"ana": (1 + openness) / 2, "ben": (1 - openness) / 2})


def test_who_listens_little_keeps_most_of_his_mind() -> None:
    account = people("ana", "ben").influences("ana", "ben", 0.1, confidence=0.8)
    # L = 0.08/0.4 = 0.2, so ben gives away 0.85·0.2
    assert shares(account, step=Step.BREW) == pytest.approx({"ana": 0.585, "ben": 0.415})


@pytest.mark.parametrize(
    ("fields", "t"),
    [
        ({"weight": 0.3, "confidence": 0.5}, 0.15),
        ({"confidence": 0.5}, 0.25),
        ({"weight": 0.3, "confidence": 0.5, "basis": Basis.FRIENDSHIP}, 0.15),
        ({"weight": 0.3, "confidence": 0.5, "basis": Basis.EXPERTISE, "stated": False}, 0.15),
        ({"weight": 0.3, "confidence": 0.5, "basis": Basis.TOWNSMAN, "stated": False}, 0.03),
        ({"weight": 0.3, "confidence": 0.5, "stated": False}, 0.015),
    ],
)
def test_a_stated_influence_counts_as_stated_and_a_derived_one_by_its_basis(
    fields: dict[str, Any], t: float
) -> None:
    account = people("ana", "ben").influences("ana", "ben", **fields)
    moved = 0.85 * t / 0.4 / 2
    assert shares(account, step=Step.BREW) == pytest.approx({"ana": 0.5 + moved, "ben": 0.5 - moved})


def test_a_boss_is_heard_by_reports_and_a_dotted_line_carries_less() -> None:
    account = people("ana", "ben", "cho").reports("cho", "ana").reports("cho", "ben", line=Line.DOTTED)
    found = shares(account, step=Step.BREW)
    assert found["ana"] - 1 / 3 == pytest.approx(0.85 / 3 * 0.8 / 1.3)
    assert found["ben"] - 1 / 3 == pytest.approx(0.85 / 3 * 0.5 / 1.3)


def test_friendly_bonds_count_both_ways_and_conflicts_not_at_all() -> None:
    account = people("ana", "ben", "cho").bond("ana", "ben", weight=1, confidence=1, basis=Basis.COMRADE)
    account.bond("ana", "cho", weight=1, polarity=int(Polarity.CONFLICT))
    assert shares(account, step=Step.BREW) == pytest.approx(dict.fromkeys(("ana", "ben", "cho"), 1 / 3))
    answer = items(account, step=Step.BREW)
    assert [source.contact_id for source in answer["ana"].parts.sources] == ["ben"]
    assert [source.contact_id for source in answer["ben"].parts.sources] == ["ana"]
    assert answer["cho"].parts.sources == []


def test_ties_hold_only_on_their_days() -> None:
    account = people("ana", "ben").influences("ana", "ben", 1, until="2025-03-01")
    assert shares(account) == {"ana": 0.5, "ben": 0.5}
    before = rank_influencers(account.graph(), on=date(2025, 2, 28))
    assert before.items[0].score > before.items[1].score


def test_an_influence_limited_to_an_opportunity_holds_there_alone() -> None:
    account = people("ana", "ben").opportunity("line", step=Step.BREW).opportunity("grid")
    account.influences("ana", "ben", 1, opportunity_id="line")
    assert shares(account) == {"ana": 0.5, "ben": 0.5}
    assert shares(account, opportunity_id="grid") == {"ana": 0.5, "ben": 0.5}
    assert shares(account, opportunity_id="line")["ana"] == pytest.approx(0.925)


def test_reversed_reads_influences_the_other_way_round_and_lines_as_they_are() -> None:
    account = people("ana", "ben", "cho").influences("ana", "ben", 1).reports("cho", "ana")
    turned = people("ana", "ben", "cho").influences("ben", "ana", 1).reports("cho", "ana")
    assert shares(account, direction=TieDirection.REVERSED) == shares(turned)
    assert shares(turned) != shares(account)


def test_who_left_or_objected_is_neither_ranked_nor_passed_through() -> None:
    account = people("ana", "ben", "dee").contact("cho", restricted=True)
    account.contact("eve", status=ContactStatus.LEFT)
    account.influences("ana", "cho", 1).influences("cho", "ben", 1).influences("eve", "ben", 1)
    assert shares(account) == pytest.approx(dict.fromkeys(("ana", "ben", "dee"), 1 / 3))


def test_the_opportunitys_own_step_is_used_unless_one_is_given() -> None:
    account = (
        Invented()
        .contact("ana", Level.DECISION, Function.USER)
        .contact("ben", Level.OPERATIONAL, Function.USER)
    )
    account.opportunity("line", step=Step.DISCOVER)
    assert ranking(account, opportunity_id="line").provenance.parameters["step"] == "discover"
    assert shares(account, opportunity_id="line") == shares(account, step=Step.DISCOVER)
    assert shares(account, opportunity_id="line", step=Step.COMMIT) == shares(account, step=Step.COMMIT)


def test_an_unknown_opportunity_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        ranking(people("ana"), opportunity_id="nowhere", step=Step.BREW)
    assert [fault.code for fault in caught.value.faults] == [Code.UNKNOWN_RECORD]
    assert "nowhere" in caught.value.faults[0].message("zh")


def test_provenance_says_what_the_answer_came_from() -> None:
    answer = ranking(people("ana"), weights={"stated": 0.5, "bond": 1}, category=Category.USER, limit=3)
    seen = answer.provenance
    assert (seen.algorithm, seen.version, seen.rules_version, seen.on) == (
        "influence",
        "1",
        DEFAULT_RULES.version,
        DAY,
    )
    assert seen.parameters == {
        "opportunity_id": None,
        "step": None,
        "measure": "influence",
        "prior": "level",
        "direction": "as_stored",
        "weights": {"bond": 1, "stated": 0.5},
        "informal": True,
        "category": "user",
        "compare_step": None,
        "limit": 3,
    }
    assert answer.model_dump(mode="json")["provenance"]["parameters"] == seen.parameters


def test_scores_as_arrays_are_those_of_the_ranking() -> None:
    account = people("ana", "ben").contact("cho", restricted=True).influences("ben", "ana", 0.7)
    light = influence_scores(account.graph(), on=DAY, asked=Asked(step=Step.BREW))
    found = items(account, step=Step.BREW)
    assert light.share.tolist() == pytest.approx([found["ana"].share, found["ben"].share, 0])
    assert light.score.tolist() == pytest.approx([found["ana"].score, found["ben"].score, 0])
    assert light.measure is Measure.INFLUENCE
