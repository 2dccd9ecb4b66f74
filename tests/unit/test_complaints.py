"""Complaints and satisfaction: solved by hand, and against a slow definition."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import Function, Level
from models.findings.complaints import Complaints, OpenComplaint
from queries.chains.best import decision_chains
from queries.complaints.finding import complaints
from queries.complaints.moods import willing
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.complaints import ComplaintRules
from queries.strength.table import tie_strengths
from tests.complaints import Plaint
from tests.deals import TODAY
from tests.tie_records import ago


def board() -> Plaint:
    """Mia knows Cai with 82, who reports to Ben, who decides."""
    account = Plaint().member("mia", "moe").contact("ben", Level.DECISION, Function.EXECUTIVE)
    account.contact("cai", Level.OPERATIONAL, Function.USER).reports("cai", "ben")
    return account.knows("mia", "cai", 4)


def asked(account: Plaint, **more: Any) -> Complaints:
    return complaints(account.graph(), **{"on": TODAY, **more})


def only(account: Plaint, **more: Any) -> OpenComplaint:
    (found,) = asked(account, **more).items
    return found


def test_a_complaint_halves_what_the_tie_carries() -> None:
    found = only(board().complaint("c", 40, "mia", "cai"))
    assert (found.rank, found.id, found.since, found.days) == (1, "c", ago(40), 40)
    assert (found.contact_ids, found.names, found.member_ids) == (["cai"], ["Cai"], ["mia"])
    assert (found.cost, found.decider_id) == (pytest.approx(0.82 * 0.8 / 2), "ben")
    (row,) = found.reach
    assert (row.reach, row.reach_without) == (pytest.approx(0.328), pytest.approx(0.656))
    (tie,) = found.ties
    assert (tie.strength, tie.liking, tie.mood, tie.factor) == (82, -0.5, -0.5, 0.5)
    assert (tie.liking_without, tie.mood_without, tie.factor_without) == (0, 0, 1)


@pytest.mark.parametrize(
    ("mood", "left"), [(1, 1), (0, 1), (-0.25, 0.75), (-0.5, 0.5), (-0.75, 0.3), (-1, 0.1)]
)
def test_a_mood_passes_on_what_the_attitude_that_feels_alike_does(mood: float, left: float) -> None:
    assert willing(mood, DEFAULT_RULES.chains) == pytest.approx(left)


def test_pleasant_meetings_do_not_outweigh_what_is_open() -> None:
    account = board().complaint("c", 40, "mia", "cai")
    for n in range(9):
        account.met(f"m{n}", n, "mia", "cai", 2)
    (tie,) = only(account).ties
    assert tie.liking > 0.8
    assert (tie.mood, tie.mood_without) == (-0.5, 1)
    assert tie.strength > 82


def test_a_tie_that_was_sour_before_costs_less() -> None:
    sour = board().complaint("c", 0, "mia", "cai", sentiment=-2).met("m", 0, "mia", "cai", -1)
    (tie,) = only(sour).ties
    assert (tie.liking, tie.liking_without, tie.mood, tie.mood_without) == (-0.75, -0.5, -1, -0.5)
    assert (tie.factor, tie.factor_without) == (pytest.approx(0.1), pytest.approx(0.5))
    mild = board().complaint("c", 0, "mia", "cai", sentiment=-1).met("m", 0, "mia", "cai", -2)
    (tie,) = only(mild).ties
    assert (tie.liking, tie.liking_without, tie.mood) == (-0.75, -0.75, -0.75), "without it all were worse"
    assert only(mild).cost == 0


def test_a_complaint_is_open_until_the_day_it_is_resolved() -> None:
    account = board().complaint("c", 10, "mia", "cai", resolved_on=ago(3).isoformat())
    days = {back: len(asked(account, on=ago(back)).items) for back in (11, 10, 4, 3, 0)}
    assert days == {11: 0, 10: 1, 4: 1, 3: 0, 0: 0}


def test_the_costliest_come_first_then_the_oldest() -> None:
    account = board().complaint("light", 90, None, "cai").complaint("lighter", 95, None, "ben")
    account.complaint("heavy", 1, "mia", "cai")
    assert [(row.rank, row.id) for row in asked(account).items] == [
        (1, "heavy"),
        (2, "lighter"),
        (3, "light"),
    ]


def test_the_best_of_the_touched_ties_is_what_counts() -> None:
    account = board().knows("moe", "cai", 2).complaint("c", 5, "mia", "cai")
    assert only(account).cost == pytest.approx(0.82 * 0.8 / 2)
    both = board().knows("moe", "cai", 2).complaint("c", 5, "mia", "cai")
    both.complaint("d", 5, "moe", "cai")
    assert {row.id: row.cost for row in asked(both).items} == pytest.approx({"c": 0.328, "d": 0.42 * 0.8 / 2})


def test_who_decides_himself_and_complains() -> None:
    account = board().knows("mia", "ben", 3).complaint("c", 5, "mia", "ben")
    assert (only(account).cost, only(account).decider_id) == (pytest.approx(0.62 / 2), "ben")


@pytest.mark.parametrize("gone", [{"status": "left"}, {"restricted": True}])
def test_who_left_passes_nothing_on_and_who_is_restricted_is_not_named(gone: dict[str, Any]) -> None:
    account = Plaint().member("mia").contact("ben", Level.DECISION).contact("cai", **gone)
    found = only(account.reports("cai", "ben").knows("mia", "cai", 4).complaint("c", 5, "mia", "cai", "ben"))
    assert found.cost == pytest.approx(0.1 / 2), "over Ben, a stranger but for the complaint"
    assert found.contact_ids == (["ben"] if "restricted" in gone else ["cai", "ben"])
    assert {tie.contact_id for tie in found.ties} == set(found.contact_ids)


def test_to_the_most_influential_deciders_only() -> None:
    account = board()
    for n in range(7):
        account.contact(f"d{n}", Level.DECISION).reports("cai", f"d{n}", line="dotted")
    found = only(account.influences("d3", "ben", 0.9).complaint("c", 5, "mia", "cai"))
    assert len(found.reach) == 5
    assert {"ben", "d3"} <= {row.contact_id for row in found.reach}
    none = Rules(complaints=ComplaintRules(deciders=0))
    assert (only(account, rules=none).reach, only(account, rules=none).cost) == ([], 0)


def test_in_large_accounts_the_best_chain_stands_for_the_reach() -> None:
    small = Rules(complaints=ComplaintRules(reach_people=1))
    account = board().contact("dan").bond("cai", "dan", weight=1.0).bond("dan", "ben", weight=1.0)
    account.complaint("c", 5, "mia", "cai")
    by_chain, by_reach = asked(account, rules=small), asked(account)
    assert by_chain.items[0].cost == pytest.approx(0.82 * 0.8 / 2)
    assert by_reach.items[0].cost == pytest.approx(0.82 * (1 - 0.2 * (1 - 0.3 * 0.3)) / 2)
    assert by_chain.provenance.parameters == {"onward": "best chain"}
    assert by_reach.provenance.parameters == {"onward": "reach"}


def test_nothing_is_open() -> None:
    assert asked(Plaint()).items == []
    assert asked(Plaint()).satisfaction == []
    assert asked(board()).items == []


# Satisfaction


def test_the_latest_survey_of_each_person_counts_once() -> None:
    account = board().contact("cy", Level.OPERATIONAL, Function.USER)
    account.survey("a", 300, 1, "cai", "cy").survey("b", 20, 4, "cai").survey("c", 10, None, "cai")
    (unit,) = asked(account).satisfaction
    assert (unit.department_id, unit.score, unit.surveyed, unit.surveys) == ("dept-user", 2.5, 2, ["a", "b"])
    (later,) = asked(account, on=TODAY + timedelta(days=100)).satisfaction
    assert (later.score, later.surveyed, later.surveys) == (4, 1, ["b"]), "365 days at most"
    assert asked(account, on=ago(301)).satisfaction == []


def test_departments_show_complaints_and_products_and_the_account_comes_first() -> None:
    account = board().contact("dan").survey("s", 5, 3, "dan").complaint("c", 5, "mia", "cai", "ben")
    account.installed("flow", "dept-user", 2).installed("desk", "dept-user", None)
    units = asked(account).satisfaction
    assert [(unit.department_id, unit.name, unit.score, unit.complaints) for unit in units] == [
        (None, "Acme", 3, 0),
        ("dept-executive", "Dept-Executive", None, 1),
        ("dept-user", "Dept-User", None, 1),
    ]
    assert [(row.product_id, row.competitor_id, row.satisfaction) for row in units[2].products] == [
        ("desk", None, None),
        ("flow", None, 2),
    ]


def test_who_left_or_is_restricted_answers_for_no_department() -> None:
    for gone in ({"status": "left"}, {"restricted": True}):
        account = Plaint().contact("cai", Level.OPERATIONAL, Function.USER, **gone).survey("s", 5, 3, "cai")
        assert asked(account).satisfaction == []


# Against the slow definition

MOODS = st.lists(
    st.tuples(
        st.sampled_from(["complaint", "meeting"]),
        st.sampled_from(["mia", "moe"]),
        st.sampled_from(["ben", "cai"]),
        st.integers(0, 90),
        st.integers(-2, 2),
    ),
    max_size=6,
)
LEFT = {-2: 0.1, -1: 0.5, 0: 1.0}


def left_of(mood: float) -> float:
    """Straight lines through what an opponent, a sceptic and a neutral man pass on."""
    degree = min(0.0, 2 * mood)
    if degree < -1:
        return LEFT[-2] + (LEFT[-1] - LEFT[-2]) * (degree + 2)
    return LEFT[-1] + (LEFT[0] - LEFT[-1]) * (degree + 1)


def liking(rows: list[Any], half_life: float) -> float:
    """The decayed mean of the moods, a complaint's being −½ at best."""
    weights = [2 ** (-days / half_life) for _, _, _, days, _ in rows]
    moods = [(min(mood, -1) if kind == "complaint" else mood) / 2 for kind, _, _, _, mood in rows]
    return sum(w * m for w, m in zip(weights, moods, strict=True)) / sum(weights) if rows else 0.0


@given(MOODS)
def test_costs_are_the_slow_definition(life: list[Any]) -> None:
    account = board().knows("moe", "ben", 2)
    for n, (kind, member, contact, days, mood) in enumerate(life):
        if kind == "complaint":
            account.complaint(f"r{n}", days, member, contact, sentiment=mood)
        else:
            account.met(f"r{n}", days, member, contact, mood)
    graph = account.graph()
    strength = {
        (tie.member_id, tie.contact_id): tie.strength / 100 for tie in tie_strengths(graph, on=TODAY).items
    }
    onward = {"ben": 1.0, "cai": 0.8}
    found = {row.id: row for row in complaints(graph, on=TODAY).items}
    assert set(found) == {f"r{n}" for n, row in enumerate(life) if row[0] == "complaint"}
    for n, (kind, member, contact, _, mood) in enumerate(life):
        if kind != "complaint":
            continue
        rows = [(m, row) for m, row in enumerate(life) if row[1:3] == (member, contact)]
        half_life = 120 if contact == "ben" else 60
        others = [row for m, row in rows if m != n]
        now = liking([row for _, row in rows], half_life)
        without = max(now, liking(others, half_life))
        standing = [min(row[4], -1) / 2 for row in others if row[0] == "complaint"]
        way = strength[member, contact] * onward[contact]
        lifted = left_of(min([without, *standing]))
        held = left_of(min([now, min(mood, -1) / 2, *standing]))
        assert found[f"r{n}"].cost == pytest.approx(way * (lifted - held), abs=1e-9)
        assert found[f"r{n}"].cost >= 0


@given(MOODS)
def test_what_is_carried_is_no_more_than_the_chains_say(life: list[Any]) -> None:
    account = board()
    for n, (_, member, contact, days, mood) in enumerate(life):
        account.complaint(f"r{n}", days, member, contact, sentiment=mood)
    graph = account.graph()
    best = max(
        (chain.reach for chain in decision_chains(graph, on=TODAY, target_ids=["ben"]).items), default=0.0
    )
    for row in complaints(graph, on=TODAY).items:
        for way in row.reach:
            assert 0 <= way.reach <= way.reach_without <= best + 1e-9
