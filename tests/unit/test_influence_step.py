"""Key influencers at a purchasing step."""

from __future__ import annotations

import pytest

from models.enums import (
    Category,
    Function,
    Level,
    Step,
    Voice,
)
from queries.rules import DEFAULT_RULES
from tests.invented import Invented
from tests.rankings import items, ranking, shares

MAKER, USER_MANAGER, TECHNICAL_MANAGER, FINANCE_MANAGER, USER, OPERATOR = Category


class TestStep:
    """The prior of a purchasing step."""

    def full(self) -> Invented:
        account = Invented().contact("chief", Level.DECISION, Function.EXECUTIVE)
        account.contact("head", Level.MANAGEMENT, Function.USER).contact(
            "tech", Level.MANAGEMENT, Function.TECHNICAL
        )
        account.contact("cash", Level.MANAGEMENT, Function.FINANCE).contact(
            "fitter", Level.OPERATIONAL, Function.TECHNICAL
        )
        return account.contact("user1", Level.OPERATIONAL, Function.USER).contact(
            "user2", Level.OPERATIONAL, Function.USER
        )

    @pytest.mark.parametrize("step", list(Step))
    def test_each_category_holds_the_steps_weight(self, step: Step) -> None:
        table = DEFAULT_RULES.influence.steps[step]
        found, answer = shares(self.full(), step=step), ranking(self.full(), step=step)
        seats = {"chief": MAKER, "head": USER_MANAGER, "tech": TECHNICAL_MANAGER, "cash": FINANCE_MANAGER}
        for id_, category in ({**seats, "fitter": OPERATOR}).items():
            assert found[id_] == pytest.approx(table[category])
        assert found["user1"] + found["user2"] == pytest.approx(table[USER])
        assert {row.category: row.share for row in answer.by_category} == pytest.approx(dict(table))
        assert answer.gaps == []

    def test_a_category_without_people_is_a_gap_and_its_weight_spread(self) -> None:
        account = (
            Invented().contact("chief", Level.DECISION).contact("user", Level.OPERATIONAL, Function.USER)
        )
        answer = ranking(account, step=Step.DISCOVER)
        assert answer.gaps == [USER_MANAGER, TECHNICAL_MANAGER, FINANCE_MANAGER, OPERATOR]
        assert {item.contact_id: item.share for item in answer.items} == pytest.approx(
            {"user": 0.875, "chief": 0.125}
        )
        empty = next(row for row in answer.by_category if row.category is OPERATOR)
        assert (empty.people, empty.share, empty.points, empty.start_with) == (0, 0.2, 0, None)

    def test_people_outside_the_buying_centre_weigh_a_tenth(self) -> None:
        account = self.full().opportunity("line", step=Step.DISCOVER)
        assert shares(account, opportunity_id="line")["user1"] == pytest.approx(0.175)
        account.plays("user1", "line", "user")
        found = shares(account, opportunity_id="line")
        assert found["user1"] == pytest.approx(0.35 / 1.1)
        assert found["user2"] == pytest.approx(0.035 / 1.1)
        assert found["chief"] == pytest.approx(0.05)

    @pytest.mark.parametrize(
        ("voice", "factor"),
        [(Voice.NONE, 0.5), (Voice.SOME, 1), (None, 1), (Voice.STRONG, 1.5), (Voice.DECISIVE, 2)],
    )
    def test_voice_weighs_inside_the_category(self, voice: Voice | None, factor: float) -> None:
        account = self.full().opportunity("line", step=Step.DISCOVER)
        account.plays("user1", "line", "user", voice=voice).plays("user2", "line", "user")
        assert shares(account, opportunity_id="line")["user1"] == pytest.approx(0.35 * factor / (1 + factor))

    def test_who_signs_weighs_double(self) -> None:
        account = self.full().opportunity("line", step=Step.DISCOVER)
        account.plays("user1", "line", "approver").plays("user2", "line", "user")
        assert shares(account, opportunity_id="line")["user1"] == pytest.approx(0.35 * 2 / 3)

    def test_the_role_of_decision_maker_makes_a_decision_maker_of_any_rank(self) -> None:
        account = self.full().opportunity("line", step=Step.COMMIT)
        account.plays("tech", "line", "decision_maker").plays("chief", "line", "user")
        found = items(account, opportunity_id="line")
        assert found["tech"].category is MAKER
        assert found["tech"].key_player
        assert found["tech"].share == pytest.approx(0.05 + 0.4 * 2 / 3)

    def test_ten_users_outweigh_a_director_at_discover_and_not_at_commit(self) -> None:
        account = self.full()
        for number in range(3, 11):
            account.contact(f"user{number}", Level.OPERATIONAL, Function.USER)
        for step, outweigh in ((Step.DISCOVER, True), (Step.COMMIT, False)):
            rows = {row.category: row for row in ranking(account, step=step).by_category}
            assert (rows[USER].points > rows[MAKER].points) is outweigh
            assert (rows[USER].people, rows[USER].start_with) == (10, "user1")

    def test_a_faint_arrow_crowns_nobody(self) -> None:
        account = self.full()
        before = [item.contact_id for item in ranking(account, step=Step.BREW).items]
        account.influences("fitter", "chief", 0.05)
        after = ranking(account, step=Step.BREW).items
        assert [item.contact_id for item in after][:3] == before[:3]
        assert not items(account, step=Step.BREW)["fitter"].key_player
