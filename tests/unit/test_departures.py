"""What hangs on one person: small accounts by hand, and whole recomputation as the definition."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import BuyingRole, Category, Function, Level, NodeKind
from models.faults import InvalidInput
from models.findings.departures import Departure
from queries.chains.best import decision_chains
from queries.coverage.trust import trust
from queries.departures.departure import departure, left
from queries.forecast.forecast import forecast
from queries.rules import DEFAULT_RULES, Rules
from tests.deals import TODAY, Deal

TRUSTED = DEFAULT_RULES.model_copy(
    update={"coverage": DEFAULT_RULES.coverage.model_copy(update={"goal_points": 62})}
)
"""Rules in which a new tie reaches 62 points: those of a questionnaire all of whose answers are 3."""


def account() -> Deal:
    """Mia knows Ana (62) who sways Ben, who decides; Max knows Cem (22) who sways Ben a little."""
    made = Deal().member("mia", "max").contact("ben", Level.DECISION)
    for id_ in ("ana", "cem"):
        made.contact(id_, Level.MANAGEMENT, Function.USER if id_ == "ana" else Function.FINANCE)
    made.influences("ana", "ben", 1.0).influences("cem", "ben", 0.5)
    return made.knows("mia", "ana", 3).knows("max", "cem", 1)


def gone(
    made: Deal, id: str, kind: NodeKind = NodeKind.MEMBER, rules: Rules = DEFAULT_RULES, **asked: Any
) -> Departure:
    return departure(made.graph(), kind=kind, id=id, on=TODAY, rules=rules, **asked)


def test_the_best_chain_falls_back_on_the_next_best() -> None:
    found = gone(account(), "mia")
    (way,) = found.items
    before, after = 0.62 * 0.85, 0.22 * 0.85 * 0.5
    assert (way.contact_id, way.path, way.path_after) == ("ben", ["mia", "ana", "ben"], ["max", "cem", "ben"])
    assert way.probability == pytest.approx(before)
    assert way.probability_after == pytest.approx(after)
    assert way.probability_loss == pytest.approx(1 - after / before)
    assert way.reach == pytest.approx(1 - (1 - before) * (1 - after))
    assert way.reach_after == pytest.approx(after)
    assert (way.by_chain, way.by_reach, found.single_threaded) == (True, True, True)


def test_deciders_are_who_signs_in_the_purchase_as_the_forecast_has_them() -> None:
    made = account().contact("dan", Level.DECISION).opportunity("line").opportunity("other")
    made.plays("ben", "line", "approver").plays("dan", "line", "influencer")
    assert [way.contact_id for way in gone(made, "mia", opportunity_id="line").items] == ["ben"]
    assert {way.contact_id for way in gone(made, "mia", opportunity_id="other").items} == {"ben", "dan"}
    assert {way.contact_id for way in gone(made, "mia").items} == {"ben", "dan"}
    for deal in ("line", "other"):
        found = forecast(made.graph(), on=TODAY, opportunity_id=deal).items
        same = {item.contact_id for item in found if item.decider}
        assert {way.contact_id for way in gone(made, "mia", opportunity_id=deal).items} == same


def test_what_nobody_needs_costs_nothing() -> None:
    found = gone(account(), "max")
    (way,) = found.items
    assert (way.probability_loss, way.by_chain, way.by_reach) == (0, False, False)
    assert 0 < way.reach_loss < 0.2
    assert found.single_threaded is False
    assert found.substitutes == []


def test_a_chain_may_hang_on_one_where_reach_does_not() -> None:
    made = account()
    for place in range(8):
        made.contact(f"p{place}", Level.OPERATIONAL).influences(f"p{place}", "ben", 0.5)
        made.knows("max", f"p{place}", 2)
    way = gone(made, "mia").items[0]
    assert (way.by_chain, way.by_reach) == (True, False)
    assert way.reach > 0.8


def test_units_and_categories_that_hang_on_nobody_are_named() -> None:
    found = gone(account(), "mia")
    assert [(unit.department_id, unit.ours_after) for unit in found.departments] == [("dept-user", 0)]
    assert (found.departments[0].worth, found.departments[0].worth_after) == (pytest.approx(62), 0)
    assert [row.category for row in found.categories] == [Category.USER_MANAGER]
    assert found.trust > found.trust_after
    assert (found.fragmentation, found.fragmentation_after) == (None, None)


def test_one_of_theirs_tears_the_net_and_takes_the_chains_through_him() -> None:
    found = gone(account(), "ana", NodeKind.CONTACT)
    (way,) = found.items
    assert way.path_after == ["max", "cem", "ben"]
    assert found.fragmentation is not None
    assert found.fragmentation_after is not None
    assert found.fragmentation_error == 0
    # Three people, ana – ben – cem: 1 − (4 · 1 + 2 · ½)/6; then two people who are tied: 0.
    assert found.fragmentation == pytest.approx(1 - 5 / 6)
    assert found.fragmentation_after == 0


def test_a_decider_who_leaves_is_no_target_any_more() -> None:
    assert gone(account(), "ben", NodeKind.CONTACT).items == []


def test_who_takes_over_knows_the_contact_best_then_stands_at_his_rung_then_knows_most() -> None:
    made = account()
    (first, *_) = gone(made, "mia").substitutes
    assert (first.member_id, first.helps) == ("max", ["ben"])
    made.member("kim").knows("kim", "ana", 1)
    ana = next(one for one in gone(made, "mia").substitutes if one.contact_id == "ana")
    assert (ana.member_id, ana.strength) == ("kim", pytest.approx(22))


@pytest.mark.parametrize("whom", ["ana", "ben", "cem"])
def test_what_comes_back_is_what_a_real_tie_would_bring_back(whom: str) -> None:
    found = gone(account(), "mia", rules=TRUSTED)
    (one,) = [one for one in found.substitutes if one.contact_id == whom]
    real = account()
    real.records = [row for row in real.records if row[1]["id"] != "knows-max-cem" or whom != "cem"]
    real.records = [row for row in real.records if row[1]["id"] != "q-max-cem" or whom != "cem"]
    again = departure(real.knows("max", whom, 3).graph(), kind=NodeKind.MEMBER, id="mia", on=TODAY)
    before, after = found.items[0].probability, found.items[0].probability_after
    back = min(again.items[0].probability_after, before) - after
    assert one.restored == pytest.approx(back / (before - after))


def test_nobody_is_led_to_an_empty_seat_and_nobody_takes_over_where_nobody_is_left() -> None:
    made = Deal().member("mia", "max").contact("ben", Level.DECISION).knows("mia", "ben", 3)
    assert [one.contact_id for one in gone(made, "mia").substitutes] == ["ben"]
    seat = (
        Deal().member("mia", "max").contact("seat", Level.DECISION, placeholder=True).knows("mia", "seat", 3)
    )
    assert gone(seat, "mia").substitutes == []
    alone = Deal().member("mia").contact("ben", Level.DECISION).knows("mia", "ben", 3)
    assert gone(alone, "mia").substitutes == []


def test_the_purchase_says_who_decides_and_what_the_room_thinks() -> None:
    made = account().opportunity("line", step="commit").plays("cem", "line", "approver", attitude=-2)
    found = gone(made, "mia", opportunity_id="line")
    assert [way.contact_id for way in found.items] == ["cem"]
    assert found.room.vetoes == found.room.vetoes_after == ["cem"]
    after = left(made.graph(), NodeKind.MEMBER, "mia")
    for graph, opinion in ((made.graph(), found.room.opinion), (after, found.room.opinion_after)):
        assert forecast(graph, on=TODAY, opportunity_id="line").opinion == opinion
    assert trust(after, on=TODAY, opportunity_id="line").trust == found.trust_after


def test_many_deciders_are_the_most_influential_ones() -> None:
    made = Deal().member("mia")
    for place in range(12):
        made.contact(f"p{place:02}", Level.DECISION)
    found = gone(made.knows("mia", "p00", 3), "mia")
    assert (len(found.items), found.deciders_left_out) == (10, 2)


def test_the_headline_speaks_both_languages() -> None:
    assert gone(account(), "mia").headline == (
        "If Mia leaves, the way to Ben loses most: 82%. Trust goes from 14 to 4. Nobody of ours is left in "
        "Dept-User. Who could make up for most: Max, with Ben: 94% comes back."
    )
    zh = gone(account(), "mia", lang="zh").headline
    assert zh.startswith(
        "若Mia离开，通往Ben的路径损失最大：82%。信任度由 14 变为 4。Dept-User将无人对接。最佳补位：由Max加强"
    )
    assert "the best way to every decider stays" in gone(account(), "max").headline


@pytest.mark.parametrize(
    ("kind", "id_", "pointer"),
    [
        (NodeKind.MEMBER, "nobody", "/member_id"),
        (NodeKind.CONTACT, "nobody", "/contact_id"),
        (NodeKind.CONTACT, "shy", "/contact_id"),
    ],
)
def test_who_is_not_there_or_objected_is_refused(kind: NodeKind, id_: str, pointer: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        gone(account().contact("shy", restricted=True), id_, kind)
    assert refused.value.faults[0].pointer == pointer
    with pytest.raises(InvalidInput):
        gone(account(), "mia", opportunity_id="nothing")


@st.composite
def rooms(draw: st.DrawFn) -> Deal:
    """Up to six people, three of ours; whoever knows and sways whom."""
    made = Deal().member("m0", "m1", "m2").opportunity("line", step="commit")
    people = [f"p{place}" for place in range(draw(st.integers(2, 6)))]
    for id_ in people:
        made.contact(id_, draw(st.sampled_from(Level)), Function.USER)
    for source in people:
        for target in people:
            if source != target and draw(st.integers(0, 2)) == 0:
                made.influences(source, target, draw(st.sampled_from([0.2, 0.5, 1.0])))
    for member in ("m0", "m1", "m2"):
        for contact in people:
            if draw(st.integers(0, 2)) == 0:
                made.knows(member, contact, draw(st.integers(0, 4)))
    attitude = draw(st.sampled_from([None, -2, 0, 2]))
    return made.plays(people[0], "line", BuyingRole.DECISION_MAKER, attitude=attitude)


@given(rooms(), st.sampled_from([(NodeKind.MEMBER, "m0"), (NodeKind.CONTACT, "p1")]))
def test_every_number_is_that_of_the_two_graphs(made: Deal, who: tuple[NodeKind, str]) -> None:
    kind, id_ = who
    graph = made.graph()
    after = left(graph, kind, id_)
    found = gone(made, id_, kind, opportunity_id="line")
    for way in found.items:
        sides = (
            (graph, way.probability, way.reach, way.path),
            (after, way.probability_after, way.reach_after, way.path_after),
        )
        for side, probability, reach, path in sides:
            chains = decision_chains(
                side, on=TODAY, target_ids=[way.contact_id], opportunity_id="line", k=1
            ).items
            assert [(chain.probability, chain.reach, chain.path) for chain in chains[:1]] == (
                [(probability, reach, path)] if path else []
            )
        assert way.probability_after <= way.probability
        assert way.reach_after <= way.reach
    assert all(0 < one.restored <= 1 for one in found.substitutes)
    assert found.trust_after <= found.trust or kind is NodeKind.CONTACT
