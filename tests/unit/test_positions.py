"""Positions: solved by hand, and against a slow definition that reads the records one by one."""

from __future__ import annotations

import math
from datetime import date

import pytest

from models.enums import Category, InteractionKind, Kind
from models.findings.positions import PositionTrail, Standing
from models.positions import Position, Road
from models.records import Body
from queries.positions.finding import position_trail, positions
from queries.rules import DEFAULT_RULES
from tests.positions import both, grown, promise
from tests.tie_records import TODAY, ago, event, graph, knows, people

RULES = DEFAULT_RULES.positions
Record = tuple[Kind, Body]


def standing(*records: Record, on: date = TODAY, base: list[Record] | None = None) -> Standing:
    (found,) = positions(graph(*records, base=base), on=on).items
    return found


def values(*records: Record, on: date = TODAY) -> tuple[float, float]:
    found = standing(*records, on=on)
    return found.personal, found.institutional


def trail(*records: Record, on: date = TODAY) -> PositionTrail:
    return position_trail(graph(*records), "cai", on=on)


@pytest.mark.parametrize(
    ("points", "position"),
    [
        ((11, 11), Position.OUTSIDER),
        ((12, 11), Position.FRIEND),
        ((11, 12), Position.SUPPLIER),
        ((12, 12), Position.PARTNER),
    ],
)
def test_each_interest_is_met_from_half_of_its_points(points: tuple[int, int], position: Position) -> None:
    found = standing(both("q", TODAY, *points))
    assert (found.personal, found.institutional) == pytest.approx((points[0] / 0.24, points[1] / 0.24))
    assert found.position is position
    assert (found.assessed_on, found.member_id, found.name) == (TODAY, "ann", "cai")


def test_what_the_questionnaire_said_fades_at_two_speeds() -> None:
    assert values(both("q", ago(730), 24, 24)) == pytest.approx((50, 100 * 2 ** (-730 / 1095)))
    assert values(both("q", ago(1095), 24, 24)) == pytest.approx((100 * 2 ** (-1095 / 730), 50))


@pytest.mark.parametrize("kind", InteractionKind)
def test_each_kind_moves_its_interest(kind: InteractionKind) -> None:
    personal, institutional = values(event("e", kind, ago(365)))
    assert personal == pytest.approx(grown(RULES.personal.get(kind, 0) / 2))
    assert institutional == pytest.approx(grown(RULES.institutional.get(kind, 0) / 2))


@pytest.mark.parametrize(("mood", "factor"), RULES.mood.items())
def test_the_mood_scales_a_move_and_a_sour_one_takes_away(mood: int, factor: float) -> None:
    personal, _ = values(both("q", ago(1), 12, 12), event("m", "meal", TODAY, sentiment=mood))
    assert personal == pytest.approx(grown(8 * factor, 50 * 2 ** (-1 / 730)))


def test_contacts_up_to_the_day_of_the_questionnaire_are_in_it() -> None:
    test = both("q", ago(5), 12, 12)
    assert values(test, event("a", "meal", ago(5)), event("b", "visit", ago(9))) == values(test)
    assert values(test, event("c", "meal", ago(4)))[0] > values(test)[0]


def test_a_crowd_shares_a_move_and_a_day_counts_once() -> None:
    crowd = ["cai", "guest", "other", "third"]
    assert values(event("m", "meal", TODAY, contacts=crowd))[0] == pytest.approx(grown(4))
    alone = event("m", "meal", TODAY), event("n", "meal", TODAY, sentiment=1)
    assert values(*alone)[0] == pytest.approx(grown(8 * 1.2))


def test_personal_moves_belong_to_two_people_and_the_best_of_ours_counts() -> None:
    ours = [event(f"a{n}", "meal", ago(n)) for n in range(3)]
    theirs = [event(f"b{n}", "meal", ago(n), members=["bob"]) for n in range(4)]
    found = standing(*ours, *theirs)
    assert found.member_id == "bob"
    assert found.personal == pytest.approx(grown(sum(8 * 2 ** (-n / 365) for n in range(4))))
    assert standing(*ours).member_id == "ann"


def test_institutional_moves_are_the_firms() -> None:
    visits = event("v", "visit", ago(1)), event("w", "visit", TODAY, members=["bob"])
    nobody = event("d", "demo", TODAY, members=[])
    mass = 5 * 2 ** (-1 / 365) + 5 + 6
    assert values(*visits, nobody)[1] == pytest.approx(grown(mass))
    base = 50 * 2 ** (-2 / 1095)
    assert values(both("q", ago(2), 0, 12), *visits, nobody)[1] == pytest.approx(grown(mass, base))


def test_of_two_views_the_better_one_counts_on_each_side() -> None:
    found = standing(both("a", ago(1), 20, 4), both("b", ago(1), 4, 20, member="bob"))
    assert found.personal == pytest.approx(100 * 20 / 24 * 2 ** (-1 / 730))
    assert found.institutional == pytest.approx(100 * 20 / 24 * 2 ** (-1 / 1095))
    assert found.member_id == "ann"
    assert [line.id for line in found.institutional_evidence] == ["b"]


def test_promises_kept_and_broken() -> None:
    assert values(promise("p", ago(3), ago(3)))[1] == pytest.approx(grown(8 * 2 ** (-3 / 365)))
    assert values(promise("p", None, ago(3)))[1] == pytest.approx(grown(8 * 2 ** (-3 / 365)))
    base = 50 * 2 ** (-9 / 1095)
    broken = grown(-6 * 2 ** (-2 / 365), base)
    for done in (None, ago(1)):
        assert values(both("q", ago(9), 0, 12), promise("p", ago(3), done))[1] == pytest.approx(broken)
    assert values(both("q", ago(9), 0, 12), promise("p", TODAY, None))[1] == pytest.approx(base)
    both_kept = promise("p", ago(3), ago(3)), promise("o", ago(3), ago(3))
    assert values(*both_kept)[1] == pytest.approx(grown(16 * 2 ** (-3 / 365)))
    others = promise("n", ago(3), ago(3), contact=None), promise("s", ago(3), ago(3), kind="next_step")
    assert positions(graph(*others), on=TODAY).items == []


def complaint(day: date, closed: date | None) -> Record:
    kind, body = event("c", "complaint", day, "theirs", sentiment=-2)
    return kind, {**body, "resolved_on": closed and closed.isoformat()}


@pytest.mark.parametrize(("days", "credit"), [(0, 8), (30, 8), (31, 0), (None, 0)])
def test_a_complaint_takes_away_and_its_closing_in_time_gives_more(days: int | None, credit: float) -> None:
    closed = None if days is None else ago(40 - days)
    _, institutional = values(both("q", ago(50), 0, 12), complaint(ago(40), closed))
    mass = -6 * 2 ** (-40 / 365) + (credit * 2 ** (-(40 - days) / 365) if days is not None else 0)
    assert institutional == pytest.approx(grown(mass, 50 * 2 ** (-50 / 1095)))


def test_a_value_set_by_hand_overrules_its_members_view() -> None:
    hand = knows("k", personal=30, institutional=90, reason="She said so", confirmed_on=ago(9).isoformat())
    found = standing(both("q", ago(20), 24, 0), event("m", "meal", TODAY), hand)
    assert (found.personal, found.institutional) == (30, 90)
    assert found.personal_reason == found.institutional_reason == "She said so"
    assert [(line.kind, line.id, line.points) for line in found.personal_evidence] == [("knows", "k", 30)]
    before = standing(both("q", ago(20), 24, 0), hand, on=ago(10))
    assert (before.personal, before.personal_reason) == (pytest.approx(100 * 2 ** (-10 / 730)), None)
    other = standing(hand, both("q", TODAY, 24, 0, member="bob"))
    assert (other.personal, other.member_id, other.personal_reason) == (100, "bob", None)


def test_a_value_set_by_hand_goes_with_its_tie() -> None:
    old = knows("k", personal=70, since=ago(90).isoformat(), until=ago(10).isoformat())
    new = knows("l", personal=60, since=ago(10).isoformat())
    found = trail(old, new, event("a", "email", ago(50)), event("b", "email", ago(5)))
    assert [(point.on, point.personal) for point in found.items] == [(ago(50), 70), (ago(5), 60), (TODAY, 60)]
    assert trail(old, event("a", "email", ago(50))).items[-1].personal == 0


def test_the_trail_has_a_point_on_questionnaires_and_on_the_last_contact_of_each_month() -> None:
    found = trail(
        event("a", "email", date(2025, 3, 1)),
        event("b", "email", date(2025, 3, 31)),
        event("c", "email", date(2025, 4, 1)),
        both("q", date(2025, 4, 15), 12, 12),
        event("d", "email", date(2025, 7, 1)),
    )
    assert [str(point.on) for point in found.items] == [
        "2025-03-31",
        "2025-04-01",
        "2025-04-15",
        "2025-06-15",
    ]
    assert trail().items[0].on == TODAY, "of whom nothing is known there is one point, an outsider"
    assert trail().contact.passed[0].position is Position.OUTSIDER


STEPS = {"O": (3, 3), "F": (20, 3), "S": (3, 20), "P": (20, 20)}


@pytest.mark.parametrize(
    ("walk", "passed", "road", "lagging"),
    [
        ("O", "O", None, False),
        ("F", "F", None, False),
        ("OF", "OF", Road.FRIEND_FIRST, False),
        ("OOFFP", "OFP", Road.FRIEND_FIRST, False),
        ("OFSP", "OFSP", Road.FRIEND_FIRST, False),
        ("OS", "OS", Road.SUPPLIER_FIRST, True),
        ("OSP", "OSP", Road.SUPPLIER_FIRST, False),
        ("OSO", "OSO", Road.SUPPLIER_FIRST, False),
        ("S", "S", None, False),
        ("SP", "SP", Road.SUPPLIER_FIRST, False),
        ("OP", "OP", None, False),
        ("OPS", "OPS", None, False),
    ],
)
def test_the_road_is_named_once_two_positions_have_been_passed(
    walk: str, passed: str, road: Road | None, lagging: bool
) -> None:
    days = [ago(10 * (len(walk) - place)) for place in range(len(walk))]
    tests = [both(f"q{n}", day, *STEPS[step]) for n, (step, day) in enumerate(zip(walk, days, strict=True))]
    found = trail(*tests).contact
    assert "".join(step.position[0].upper() for step in found.passed) == passed
    assert (found.road, found.lagging) == (road, lagging)
    assert found.passed[0].since == days[0]


def test_everybody_comes_by_interests_met_then_by_their_sum() -> None:
    found = positions(
        graph(
            both("a", TODAY, 24, 11, contact="cai"),
            both("b", TODAY, 12, 12, contact="dai"),
            both("c", TODAY, 11, 11, contact="eve"),
        ),
        on=TODAY,
    )
    assert [item.contact_id for item in found.items] == ["dai", "cai", "eve"]
    dots = {row.category: row for row in found.categories}
    assert list(dots) == list(Category)
    assert (dots[Category.DECISION_MAKER].contact_id, dots[Category.DECISION_MAKER].people) == ("dai", 1)
    user = dots[Category.USER]
    assert (user.contact_id, user.people, user.position) == (None, 0, Position.OUTSIDER)


def test_who_left_or_is_restricted_is_not_listed() -> None:
    test = both("q", TODAY, 12, 12)
    assert positions(graph(test, base=people(left="cai")), on=TODAY).items == []
    assert positions(graph(test, base=people(restricted="cai")), on=TODAY).items == []
    gone = position_trail(graph(test, base=people(left="cai")), "cai", on=TODAY)
    assert gone.contact.position is Position.PARTNER, "his trail can still be looked at"


def test_whom_nobody_has_to_do_with_is_not_listed() -> None:
    assert positions(graph(), on=TODAY).items == []
    assert [row.contact_id for row in positions(graph(knows("k", contact="eve")), on=TODAY).items] == ["eve"]
    later = knows("k", since=ago(-1).isoformat()), event("m", "meal", ago(-1), contacts=["dai"])
    assert positions(graph(*later), on=TODAY).items == []


def test_lists_show_the_heaviest_lines_and_a_trail_all() -> None:
    meals = [event(f"m{n}", "meal", ago(n)) for n in range(9)]
    found, whole = standing(*meals), trail(*meals).contact
    assert len(found.personal_evidence) == 5
    assert found.personal_evidence == whole.personal_evidence[:5]
    assert math.fsum(line.points or 0 for line in whole.personal_evidence) == pytest.approx(whole.personal)


def test_moves_looked_at_in_pieces_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    life = [event(f"e{n}", kind, ago(7 * n)) for n, kind in enumerate(("meal", "visit", "call", "demo") * 6)]
    whole = trail(*life, both("q", ago(60), 9, 9))
    monkeypatch.setattr("queries.positions.interests._AT_ONCE", 1)
    assert trail(*life, both("q", ago(60), 9, 9)) == whole
