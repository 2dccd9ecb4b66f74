"""Authority over message ties, and weights by tie type."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from models.enums import (
    Basis,
    Line,
    Polarity,
    Prior,
    Step,
    TieDirection,
)
from models.faults import Code, InvalidInput
from models.measures import Measure
from queries.influence.ranking import rank_influencers
from queries.influence.ties import type_weights
from queries.rules import DEFAULT_RULES
from tests.invented import Invented
from tests.rankings import DAY, items, people, ranking, shares


class TestAuthority:
    """Accounts of which only messages are known."""

    def account(self) -> Invented:
        account = people("ana", "ben", "cho", "dee")
        account.messages("ben", "ana", 90, active_days=40).messages("cho", "ana", 9, active_days=5)
        return account.messages("ben", "dee", 9, active_days=5).messages("ana", "cho", 1)

    def test_a_tie_that_does_not_apply_does_not_silence_the_mail(self) -> None:
        account = self.account().opportunity("deal").influences("ben", "dee", 0.9, opportunity_id="deal")
        assert ranking(account).measure is Measure.AUTHORITY
        assert ranking(account, opportunity_id="deal").measure is Measure.INFLUENCE

    def test_message_ties_alone_are_ranked_by_authority_and_it_says_so(self) -> None:
        answer = ranking(self.account())
        assert (answer.measure, answer.provenance.algorithm) == (Measure.AUTHORITY, "authority")
        assert answer.items[0].contact_id == "ana"
        assert sum(item.share for item in answer.items) == pytest.approx(1)

    def test_its_parts_are_the_senders(self) -> None:
        top = ranking(self.account()).items[0]
        assert (top.parts.prior, top.parts.formal, top.hidden) == (0, 0, False)
        assert [source.contact_id for source in top.parts.sources] == ["ben", "cho"]
        assert sum(source.points for source in top.parts.sources) == pytest.approx(100)
        assert [(row.kind, row.id) for row in top.evidence] == [
            ("messages", "messages-ben-ana"),
            ("messages", "messages-cho-ana"),
        ]

    @pytest.mark.parametrize("tie", ["reports", "influences", "bond"])
    def test_any_other_tie_makes_it_influence(self, tie: str) -> None:
        account = self.account()
        getattr(account, tie)("dee", "ana")
        assert ranking(account).measure is Measure.INFLUENCE
        assert ranking(account, measure=Measure.AUTHORITY).measure is Measure.AUTHORITY

    def test_a_conflict_or_the_chart_alone_does_not(self) -> None:
        account = self.account().bond("dee", "ana", polarity=int(Polarity.CONFLICT))
        assert ranking(account).measure is Measure.AUTHORITY
        assert ranking(account, informal=False).measure is Measure.INFLUENCE

    def test_unknown_days_fall_back_on_the_number_of_messages(self) -> None:
        known = people("ana", "ben").messages("ana", "ben", 7, active_days=7)
        unknown = people("ana", "ben").messages("ana", "ben", 7)
        assert shares(known) == shares(unknown) == {"ben": 1, "ana": 0}

    def test_reversed_ranks_the_senders(self) -> None:
        assert ranking(self.account(), direction=TieDirection.REVERSED).items[0].contact_id == "ben"

    def test_without_messages_all_are_equal(self) -> None:
        assert shares(people("ana", "ben"), measure=Measure.AUTHORITY) == {"ana": 0.5, "ben": 0.5}


class TestTypeWeights:
    """Weights by tie type."""

    def account(self) -> Invented:
        account = people("ana", "ben", "cho", "dee").influences(
            "ana", "ben", 0.5, stated=False, basis=Basis.FRIENDSHIP
        )
        account.influences("cho", "ben", 0.5).reports("ben", "dee").reports("cho", "dee", line=Line.DOTTED)
        return account.bond("ana", "dee", basis=Basis.ALUMNI).messages("dee", "ana", 20)

    def test_giving_the_defaults_changes_nothing(self) -> None:
        rules = DEFAULT_RULES.influence
        weights = {"none": 0.1, "stated": 1, "solid": 0.8, "dotted": 0.5}
        weights |= {str(name): weight for name, weight in (*rules.basis.items(), *rules.kinds.items())}
        assert set(weights) == set(type_weights(DEFAULT_RULES))
        assert shares(self.account(), weights=weights) == shares(self.account())

    @pytest.mark.parametrize(
        ("name", "without"),
        [
            ("friendship", {"influences-ana-ben"}),
            ("stated", {"influences-cho-ben"}),
            ("influences", {"influences-ana-ben", "influences-cho-ben"}),
            ("solid", {"reports_to-ben-dee"}),
            ("dotted", {"reports_to-cho-dee"}),
            ("reports_to", {"reports_to-ben-dee", "reports_to-cho-dee"}),
            ("bond", {"bond-ana-dee"}),
            ("alumni", {"bond-ana-dee"}),
        ],
    )
    def test_nought_leaves_a_type_out(self, name: str, without: set[str]) -> None:
        rest = self.account()
        rest.records = [(kind, body) for kind, body in rest.records if body["id"] not in without]
        assert shares(self.account(), weights={name: 0}) == shares(rest)

    def test_a_basis_sets_how_much_its_derived_ties_count(self) -> None:
        account = people("ana", "ben").influences("ana", "ben", 0.5, stated=False, basis=Basis.FRIENDSHIP)
        found = shares(account, step=Step.BREW, weights={"friendship": 0.5})
        assert found["ana"] == pytest.approx(0.5 + 0.85 * 0.5 * 0.5 * 0.8 / 0.4 / 2)

    def test_messages_can_be_made_to_count_as_listening_to_who_is_written_to(self) -> None:
        account = people("ana", "ben").messages("ben", "ana", 20, confidence=1).reports("ana", "ben")
        assert items(account)["ana"].parts.sources == []
        assert [row.id for row in items(account, weights={"messages": 0.2})["ana"].evidence] == [
            "messages-ben-ana"
        ]

    def test_every_unknown_type_and_every_bad_number_is_named(self) -> None:
        with pytest.raises(InvalidInput) as caught:
            ranking(self.account(), weights={"magic": 1, "bond": -0.1, "solid": float("nan"), "stated": 11})
        found = [(fault.code, fault.pointer) for fault in caught.value.faults]
        assert found == [
            (Code.UNKNOWN_TIE_TYPE, "/weights/magic"),
            (Code.OUT_OF_RANGE, "/weights/bond"),
            (Code.OUT_OF_RANGE, "/weights/solid"),
            (Code.OUT_OF_RANGE, "/weights/stated"),
        ]
        assert "friendship" in caught.value.faults[0].message()


def test_what_is_kept_of_one_question_is_not_told_to_another() -> None:
    account = people("ana", "ben", "cho", "dee", "eva", "fay", "gus")
    for place, (one, other) in enumerate(pairwise(("ana", "ben", "cho", "dee", "eva", "fay", "gus"))):
        account.influences(one, other, 0.1 + place / 10).reports(other, "ana").bond(
            other, one, polarity=1, weight=0.4
        )
    questions: list[dict[str, Any]] = [
        {},
        {"weights": {"reports_to": 9}},
        {"direction": TieDirection.REVERSED},
        {"prior": Prior.FLAT},
        {"informal": False},
        {"step": Step.BREW},
        {"measure": Measure.PAGERANK},
    ]
    graph = account.graph()
    for asked in questions * 2:
        kept = rank_influencers(graph, on=DAY, **asked)
        assert kept == rank_influencers(account.graph(), on=DAY, **asked)
    answers = [rank_influencers(graph, on=DAY, **asked) for asked in questions]
    assert len({tuple(item.stability for item in answer.items) for answer in answers}) > 3
