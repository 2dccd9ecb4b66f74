"""What each kind of edge is worth as a step of a chain."""

from __future__ import annotations

import math

import pytest

from models.enums import ContactStatus, Level, NodeKind, Window
from queries.chains.steps import steps_of
from tests.deals import TODAY, Deal

Worth = dict[tuple[str, str], float]


def worth(deal: Deal, **asked: object) -> Worth:
    """Probability of the step of each pair of ids; the one from all of ours is called ""."""
    steps = steps_of(deal.graph(), on=TODAY, **asked)  # type: ignore[arg-type]
    ends = zip(steps.source.tolist(), steps.target.tolist(), strict=True)
    pairs = [(steps.ids[source], steps.ids[target]) for source, target in ends]
    assert len(set(pairs)) == len(pairs)
    return dict(zip(pairs, steps.probability.tolist(), strict=True))


def two(**fields: object) -> Deal:
    return Deal().contact("ana", **fields).contact("bo")  # type: ignore[arg-type]


def test_reporting_lines_lead_up_and_down() -> None:
    assert worth(two().reports("ana", "bo")) == {("ana", "bo"): 0.8, ("bo", "ana"): 0.9}
    assert worth(two().reports("ana", "bo", line="dotted")) == {("ana", "bo"): 0.5, ("bo", "ana"): 0.5}


@pytest.mark.parametrize(
    ("weight", "stated", "expected"),
    [(0.6, True, 0.51), (0.6, False, 0.18), (None, True, 0.15), (None, False, 0.15)],
)
def test_influence_leads_from_source_to_target(weight: float | None, stated: bool, expected: float) -> None:
    deal = two().influences("ana", "bo", weight, stated=stated, confidence=0.1)
    assert worth(deal) == pytest.approx({("ana", "bo"): expected})


def test_influence_without_weight_leads_nowhere() -> None:
    assert worth(two().influences("ana", "bo", 0.0)) == {}


def test_influence_of_one_purchase_holds_in_that_one_alone() -> None:
    deal = two().opportunity("line", step="design").influences("ana", "bo", 1.0, opportunity_id="line")
    assert worth(deal) == {}
    assert worth(deal, opportunity_id="line") == {("ana", "bo"): 0.85}


def test_friends_are_derived_ties_both_ways_and_conflicts_none() -> None:
    assert worth(two().bond("ana", "bo", weight=0.5)) == {("ana", "bo"): 0.15, ("bo", "ana"): 0.15}
    assert worth(two().bond("ana", "bo")) == {("ana", "bo"): 0.15, ("bo", "ana"): 0.15}
    assert worth(two().bond("ana", "bo", polarity=-1, weight=0.5)) == {}


def test_messages_of_both_ways_are_one_derived_tie_each_way() -> None:
    expected = 0.3 * (1 - math.exp(-40 / 20))
    both = two().messages("ana", "bo", 10, id="x").messages("ana", "bo", 5, id="y").messages("bo", "ana", 25)
    assert worth(both) == pytest.approx({("ana", "bo"): expected, ("bo", "ana"): expected})
    one_way = two().messages("bo", "ana", 40)
    assert worth(one_way) == pytest.approx({("ana", "bo"): expected, ("bo", "ana"): expected})


def test_ties_count_on_the_days_they_hold() -> None:
    assert worth(two().reports("ana", "bo", until=TODAY.isoformat())) == {}
    assert len(worth(two().reports("ana", "bo", since=TODAY.isoformat()))) == 2


@pytest.mark.parametrize(
    ("attitude", "voice", "factor"),
    [
        (2, 3, 1),
        (1, 2, 1),
        (0, None, 1),
        (None, None, 1),
        (-1, None, 0.5),
        (-2, None, 0.1),
        (None, 0, 0.6),
        (None, 1, 0.85),
        (-2, 0, 0.06),
    ],
)
def test_who_passes_on_does_so_by_attitude_and_voice(
    attitude: int | None, voice: int | None, factor: float
) -> None:
    deal = two().opportunity("line").plays("ana", "line", "user", attitude=attitude, voice=voice)
    deal.reports("ana", "bo")
    assert worth(deal) == pytest.approx({("ana", "bo"): 0.8 * factor, ("bo", "ana"): 0.9})


@pytest.mark.parametrize(("attitude", "ours", "theirs"), [(-2, 0.082, 0.7), (0, 0.82, 0.7), (2, 0.82, 0.07)])
def test_ties_of_sellers_count_by_the_attitude_to_them_and_not_by_voice(
    attitude: int, ours: float, theirs: float
) -> None:
    deal = two().opportunity("line").plays("ana", "line", attitude=attitude, voice=0)
    deal.member("lin").knows("lin", "ana", 4).rival("rex").courts("rex", "ana", 70)
    assert worth(deal) == pytest.approx({("", "lin"): 1.0, ("lin", "ana"): ours})
    assert worth(deal, seller=NodeKind.RIVAL) == pytest.approx({("", "rex"): 1.0, ("rex", "ana"): theirs})


def test_while_the_window_is_shut_direct_ties_to_deciders_count_less() -> None:
    deal = Deal().contact("ana", Level.DECISION).contact("bo", Level.MANAGEMENT).member("lin")
    deal.knows("lin", "ana", 4).knows("lin", "bo", 4).reports("bo", "ana")
    shut, open_ = worth(deal, window=Window.SHUT), worth(deal, window=Window.OPEN)
    assert shut["lin", "ana"] == pytest.approx(0.6 * 0.82)
    assert {pair: p for pair, p in shut.items() if pair != ("lin", "ana")} == {
        pair: p for pair, p in open_.items() if pair != ("lin", "ana")
    }
    assert open_ == worth(deal)


@pytest.mark.parametrize("fields", [{"status": ContactStatus.LEFT}, {"restricted": True}])
def test_who_left_or_is_restricted_passes_nothing_on_and_is_led_to_only_if_asked_for(
    fields: dict[str, object],
) -> None:
    deal = two(**fields).contact("cy").reports("bo", "ana").reports("cy", "bo")
    rest = {("cy", "bo"): 0.8, ("bo", "cy"): 0.9}
    assert worth(deal) == rest
    assert worth(deal, to_also=[0]) == {**rest, ("bo", "ana"): 0.8}
    assert worth(deal, from_also=[0]) == {**rest, ("ana", "bo"): 0.9}


def test_a_tie_known_from_a_questionnaire_alone_has_an_id_made_of_its_ends() -> None:
    deal = two().member("lin").assessed("lin", "ana", 4).knows("lin", "bo", 0)
    steps = steps_of(deal.graph(), on=TODAY)
    assert sorted(steps.edge_ids) == ["", "knows-lin-bo", "lin~ana"]


def test_long_ids_of_ties_without_edges_are_drawn_apart() -> None:
    member = "m" * 64
    deal = two().member(member).assessed(member, "ana", 4).assessed(member, "bo", 4)
    steps = steps_of(deal.graph(), on=TODAY)
    assert len(set(steps.keys.tolist())) == 3


def test_both_ways_of_an_edge_are_drawn_apart() -> None:
    steps = steps_of(two().reports("ana", "bo").graph(), on=TODAY)
    assert len(steps) == len(set(steps.keys.tolist())) == 2
    assert set(steps.edge_ids) == {"reports_to-ana-bo"}


def test_steps_are_made_once_for_the_same_question() -> None:
    graph = two(restricted=True).contact("cy").reports("ana", "bo").graph()
    assert steps_of(graph, on=TODAY) is steps_of(graph, on=TODAY, to_also=[1], from_also=[2])
    assert steps_of(graph, on=TODAY) is not steps_of(graph, on=TODAY, to_also=[0])
