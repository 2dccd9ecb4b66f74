"""What a score is made of, who is hidden, how firmly people hold their places."""

from __future__ import annotations

import pytest

from models.enums import (
    Basis,
    Category,
    Function,
    Level,
    Prior,
    Step,
)
from queries.influence.ranking import influence_standings, rank_influencers
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.influence import InfluenceRules
from tests.invented import Invented
from tests.rankings import DAY, items, people, ranking


class TestParts:
    """What a score is made of."""

    def account(self) -> Invented:
        account = people("ana", "ben", "cho", "dee", "eve", "fay")
        for listener, weight in (("ben", 0.5), ("cho", 0.4), ("dee", 0.3), ("eve", 0.2)):
            account.influences("ana", listener, weight)
        return account.influences(
            "ana", "ben", 0.1, id="second", stated=False, basis=Basis.AUTHORITY
        ).reports("fay", "ben")

    def test_prior_and_sources_add_up_to_the_score(self) -> None:
        for asked in ({}, {"step": Step.BREW}):
            best = items(self.account(), **asked)["ben"]
            assert [source.contact_id for source in best.parts.sources] == ["fay"]
            assert best.parts.prior + best.parts.sources[0].points == pytest.approx(best.score)

    def test_the_three_largest_sources_are_shown_and_ties_of_one_pair_add_up(self) -> None:
        top = ranking(self.account(), step=Step.BREW).items[0]
        assert (top.contact_id, top.score) == ("ana", 100)
        assert [source.contact_id for source in top.parts.sources] == ["ben", "cho", "dee"]
        of_ben = [row.points for row in top.evidence if row.id in ("influences-ana-ben", "second")]
        assert [row.id for row in top.evidence] == [
            "influences-ana-ben",
            "influences-ana-cho",
            "influences-ana-dee",
        ]
        assert of_ben[0] == pytest.approx(top.parts.sources[0].points * 5 / 6)

    def test_formal_is_the_score_of_the_chart_alone(self) -> None:
        chart = items(self.account(), step=Step.BREW, informal=False)
        for id_, item in items(self.account(), step=Step.BREW).items():
            assert item.parts.formal == chart[id_].score
            assert chart[id_].parts.formal == chart[id_].score

    def test_key_players_are_above_twice_the_mean_or_decide(self) -> None:
        account = people(*"abcdefgh").contact("boss", Level.DECISION)
        for listener in "bcdefgh":
            account.influences("a", listener, 1)
        found = items(account, prior=Prior.FLAT)
        assert [id_ for id_, item in found.items() if item.key_player] == ["a", "boss"]
        assert found["a"].share > 2 / 9 > found["boss"].share

    def test_who_left_or_objected_is_no_key_player(self) -> None:
        account = people("ana").contact("ben", Level.DECISION, status="left")
        held = influence_standings(account.contact("cho", Level.DECISION, restricted=True).graph(), on=DAY)
        assert (held.rank.tolist(), held.key_player.tolist()) == ([1, 0, 0], [False, False, False])

    def test_a_ranking_cut_short_or_by_category_keeps_ranks_and_shares(self) -> None:
        account = (
            Invented()
            .contact("ana", Level.DECISION, Function.FINANCE)
            .contact("ben", Level.MANAGEMENT, Function.USER)
        )
        account.contact("cho", Level.MANAGEMENT, Function.FINANCE)
        whole = ranking(account)
        assert ranking(account, limit=2).items == whole.items[:2]
        finance = ranking(account, category=Category.FINANCE_MANAGER)
        assert [(item.contact_id, item.rank) for item in finance.items] == [("ana", 1), ("cho", 3)]
        assert finance.by_category == whole.by_category


class TestHidden:
    """The hidden influencer."""

    def account(self) -> Invented:
        account = Invented().contact("chief", Level.DECISION, Function.EXECUTIVE)
        for unit in ("east", "west"):
            account.contact(unit, Level.MANAGEMENT, Function.USER).reports(unit, "chief")
        account.contact("old", Level.OPERATIONAL, Function.TECHNICAL).reports("old", "east")
        account.contact("new", Level.OPERATIONAL, Function.USER).reports("new", "west")
        return account.influences("old", "chief", 0.8, basis=Basis.COMRADE).influences("old", "west", 0.3)

    def test_informal_ties_lift_him_and_the_tie_that_does_it_stands_first(self) -> None:
        found = items(self.account(), step=Step.BREW)
        old = found["old"]
        assert [id_ for id_, item in found.items() if item.hidden] == ["old"]
        assert old.score - old.parts.formal >= 15
        assert (old.evidence[0].kind, old.evidence[0].id) == ("influences", "influences-old-chief")

    def test_the_best_informal_tie_stands_before_a_stronger_line(self) -> None:
        account = self.account().contact("squad", Level.OPERATIONAL, Function.USER).reports("squad", "old")
        account.influences("new", "squad", 0.02)
        rules = Rules(influence=InfluenceRules(hidden_points=0.001))
        old = {
            item.contact_id: item for item in rank_influencers(account.graph(), on=DAY, rules=rules).items
        }["old"]
        points = [row.points or 0 for row in old.evidence]
        assert old.hidden
        assert old.evidence[0].kind == "influences"
        assert points[1:] == sorted(points[1:], reverse=True)

    def test_nobody_is_hidden_where_informal_ties_are(self) -> None:
        assert not any(item.hidden for item in items(self.account(), step=Step.BREW, informal=False).values())

    def test_decision_makers_are_never_hidden(self) -> None:
        account = self.account().opportunity("line", step=Step.BREW).plays("old", "line", "decision_maker")
        assert not items(account, opportunity_id="line")["old"].hidden

    def test_an_unknown_level_counts_as_below(self) -> None:
        account = self.account().contact("guest").influences("guest", "chief", 1)
        assert items(account, step=Step.BREW)["guest"].hidden


class TestStability:
    """How firmly people hold their places."""

    def test_five_or_fewer_always_stay(self) -> None:
        account = people("ana", "ben").influences("ana", "ben", 1)
        assert [item.stability for item in ranking(account).items] == [1, 1]

    def test_who_hangs_on_one_tie_stays_in_as_many_draws_as_the_tie(self) -> None:
        account = people(*"abcdef").influences("f", "a", 1)
        draws = DEFAULT_RULES.influence.stability_draws
        found = items(account)
        # without the tie all are equal and f, the last by id, is sixth
        assert 0.6 < found["f"].stability < 1
        assert found["f"].stability * draws == pytest.approx(round(found["f"].stability * draws))
        assert sum(item.stability for item in found.values()) == pytest.approx(5)

    def test_draws_hang_on_the_ids_of_ties_alone(self) -> None:
        one = people(*"abcdef").influences("f", "a", 1, id="x").influences("e", "b", 1, id="y")
        two = people(*"abcdef").influences("e", "b", 1, id="y").influences("f", "a", 1, id="x")
        assert ranking(one) == ranking(two)

    def test_it_does_not_matter_how_many_draws_are_settled_at_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        account = people(*"abcdefgh")
        for source, target in ("ab", "bc", "cd", "hc", "ga", "fe", "eb", "hd"):
            account.influences(source, target, 0.6)
        at_once = ranking(account)
        monkeypatch.setattr("queries.influence.standing.BLOCK", 1)
        assert ranking(account) == at_once
        assert len({item.stability for item in at_once.items}) > 3
