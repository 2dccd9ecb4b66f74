"""Relationship strength against its definition in plain Python, and what must always be true of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from math import exp, sqrt
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.at_hand import graph_of
from models.enums import EdgeKind, InteractionKind, Kind, NodeKind
from models.graph import AccountGraph
from models.records import Body
from queries.rules import DEFAULT_RULES
from queries.strength.table import strength_table, tie_strengths
from tests.tie_records import (
    ACCOUNT,
    CONTACTS,
    MEMBERS,
    TODAY,
    Records,
    ago,
    event,
    knows,
    people,
    questionnaire,
)

Pair = tuple[str, str]
CLOSE = 1e-6
WEIGHT = {"referral": 4.0, "survey": 2.0, "call": 2.0, "message": 1.0, "email": 1.0, "complaint": 0.0}
HALVED = {"visit", "meeting", "demo", "training", "meal", "event", "survey", "call"}


class Slow(NamedTuple):
    """One tie by the definition."""

    strength: float
    depth: float
    warmth: float
    liking: float
    confidence: float


def slow_strengths(records: Records, on: date) -> dict[Pair, Slow]:
    """Every tie with evidence, read from docs/rules.md §1 with no thought for speed."""
    return {pair: slow_strength(records, pair, on) for pair in sorted(slow_pairs(records, on))}


def slow_pairs(records: Records, on: date) -> set[Pair]:
    pairs = set()
    for kind, body in records:
        if kind is EdgeKind.KNOWS:
            pairs.add((body["source_id"], body["target_id"]))
        elif kind is NodeKind.ASSESSMENT and day_of(body) <= on:
            pairs.add((body["member_id"], body["contact_id"]))
        elif kind is NodeKind.INTERACTION and day_of(body) <= on:
            pairs |= {(member, contact) for member in body["member_ids"] for contact in body["contact_ids"]}
    return pairs


def slow_strength(records: Records, pair: Pair, on: date) -> Slow:
    half_life = 120 if pair[1] == "dai" else 60
    met = [
        body
        for kind, body in records
        if kind is NodeKind.INTERACTION
        and day_of(body) <= on
        and pair[0] in body["member_ids"]
        and pair[1] in body["contact_ids"]
    ]
    best: dict[tuple[str, str, date], float] = defaultdict(float)
    for body in met:
        for way, mass in slow_masses(body).items():
            key = (way, body["kind"], day_of(body))
            best[key] = max(best[key], mass)
    total = {"in": 0.0, "out": 0.0}
    for (way, _, day), mass in best.items():
        total[way] += mass * 2 ** (-(on - day).days / half_life)
    two_way = (sqrt(total["in"]) + sqrt(total["out"])) ** 2 / 2
    warmth = 1 - exp(-two_way / 6)
    own, fade = slow_depth(records, pair, on)
    depth = max([own, *(slow_depth(records, former, on)[0] / 2 for former in slow_former(records, pair, on))])
    warm = 100 * (1 - depth) * 0.85 * warmth
    if not any(way == "in" and mass > 0 for (way, _, _), mass in best.items()):
        warm = min(warm, 15)
    felt = [(2 ** (-(on - day_of(body)).days / half_life), slow_sentiment(body)) for body in met]
    liking = sum(decay * sentiment for decay, sentiment in felt) / sum(d for d, _ in felt) if felt else 0.0
    return Slow(100 * depth + warm, 100 * depth, 100 * warmth, liking, 1 - exp(-(4 * fade + two_way) / 3))


def slow_masses(body: Body) -> dict[str, float]:
    company = len(body["contact_ids"])
    weight = WEIGHT.get(body["kind"], 3.0)
    if body["kind"] in ("email", "message") and company >= 20:
        weight = 0.1
    quality = 0.3 if body["sentiment"] < 0 else 1.2 if body["sentiment"] > 0 else 1.0
    mass = weight * quality / sqrt(company)
    if body["kind"] == "referral":
        return {"in": mass}
    if body["kind"] in HALVED or body["direction"] == "mutual":
        return {"in": mass / 2, "out": mass / 2}
    return {"in" if body["direction"] == "theirs" else "out": mass}


def slow_sentiment(body: Body) -> float:
    worst = -1 if body["kind"] == "complaint" else 2
    return float(min(body["sentiment"], worst)) / 2


def slow_depth(records: Records, pair: Pair, on: date) -> tuple[float, float]:
    """B of the pair's own evidence, and the fade of its questionnaire."""
    months: dict[tuple[int, int], dict[str, date]] = defaultdict(dict)
    tests = []
    for kind, body in records:
        if kind is NodeKind.ASSESSMENT and (body["member_id"], body["contact_id"]) == pair:
            if day_of(body) <= on:
                tests.append((body["at"], body["id"], sum(body["answers"].values()) / 48))
        elif (
            kind is NodeKind.INTERACTION and pair[0] in body["member_ids"] and pair[1] in body["contact_ids"]
        ):
            day = day_of(body)
            for way, mass in slow_masses(body).items():
                if mass > 0 and day <= on:
                    seen = months[day.year, day.month]
                    seen[way] = max(seen.get(way, day), day)
    m = sum(2 ** (-(on - max(seen.values())).days / 1095) for seen in months.values() if len(seen) == 2)
    history = 0.1 + 0.35 * (1 - 2 ** (-max(0.0, m - 1) / 6))
    if not tests:
        return history, 0.0
    at, _, score = max(tests)
    fade = 2 ** (-(on - date.fromisoformat(at[:10])).days / 365)
    return (4 * fade * score + history) / (4 * fade + 1), fade


def slow_former(records: Records, pair: Pair, on: date) -> list[Pair]:
    return [
        (body["handed_over_from"]["member_id"], pair[1])
        for kind, body in records
        if kind is EdgeKind.KNOWS
        and (body["source_id"], body["target_id"]) == pair
        and body.get("handed_over_from")
        and 0 <= (on - date.fromisoformat(body["handed_over_from"]["on"])).days < 180
    ]


def day_of(body: Mapping[str, Any]) -> date:
    return date.fromisoformat(body["at"][:10])


# What is generated: a few dates close together and far apart, so that days and months are shared.

days = st.one_of(st.integers(0, 12), st.integers(0, 70), st.integers(-3, 2500)).map(ago)
companies = st.sampled_from([("cai",), ("dai",), ("cai", "dai"), ("cai", *(f"x{n}" for n in range(19)))])
teams = st.sampled_from([("ann",), ("bob",), ("ann", "bob")])
kinds = st.sampled_from([str(kind) for kind in InteractionKind])
ways = st.sampled_from(["ours", "theirs", "mutual"])


@st.composite
def evidence(draw: st.DrawFn, most: int = 12) -> Records:
    """Interactions, questionnaires and `knows` ties between our two and their two."""
    records: Records = []
    for place in range(draw(st.integers(0, most))):
        records.append(
            event(
                f"e{place}",
                draw(kinds),
                draw(days),
                draw(ways),
                draw(st.integers(-2, 2)),
                draw(teams),
                draw(companies),
            )
        )
    for place in range(draw(st.integers(0, 3))):
        member, contact = draw(st.sampled_from(MEMBERS)), draw(st.sampled_from(CONTACTS[:2]))
        records.append(questionnaire(f"q{place}", draw(days), draw(st.integers(0, 48)), member, contact))
    for member, other in (MEMBERS, MEMBERS[::-1]):
        if draw(st.booleans()):
            handed = {"member_id": other, "on": draw(days).isoformat()} if draw(st.booleans()) else None
            records.append(
                knows(f"k-{member}", member, "cai", **({"handed_over_from": handed} if handed else {}))
            )
    return records


def graph(records: Records) -> AccountGraph:
    """The account with records that need no checking: they were made here."""
    return graph_of(ACCOUNT, [*people(), *records])


def fast_strengths(records: Records, on: date = TODAY) -> dict[Pair, Slow]:
    held = graph(records)
    table = strength_table(held, on=on)
    members, contacts = held.nodes[NodeKind.MEMBER].ids, held.contacts.ids
    columns = (table.strength, table.depth, table.warmth, table.liking, table.confidence)
    return {
        (members[table.member[row]], contacts[table.contact[row]]): Slow(*(float(c[row]) for c in columns))
        for row in range(len(table))
    }


def points_of(records: Records, pair: Pair, on: date = TODAY) -> float:
    """Strength of a pair, a stranger's where there is no evidence at all."""
    found = fast_strengths(records, on).get(pair)
    return found.strength if found else 10.0


@given(evidence(), st.integers(0, 400))
def test_the_table_follows_the_definition(records: Records, later: int) -> None:
    on = TODAY + timedelta(days=later)
    fast, slow = fast_strengths(records, on), slow_strengths(records, on)
    # x0 … x18 stand for people of another account: they take part, but have no tie here.
    slow = {pair: value for pair, value in slow.items() if pair[1] in CONTACTS}
    assert sorted(fast) == sorted(slow)
    for pair, value in slow.items():
        assert fast[pair] == pytest.approx(value, abs=CLOSE)


@given(evidence(), kinds, days, ways, st.integers(0, 2), teams, companies)
def test_positive_evidence_never_lowers_a_strength(
    records: Records, kind: str, day: date, way: str, sentiment: int, team: Any, company: Any
) -> None:
    more = event("more", kind, min(day, TODAY), way, sentiment, team, company)
    before, after = fast_strengths(records), fast_strengths([*records, more])
    for pair, value in before.items():
        assert after[pair].strength >= value.strength - CLOSE


@given(evidence(), st.integers(3, 500))
def test_in_silence_strength_moves_towards_depth(records: Records, wait: int) -> None:
    """Every generated record is at most 3 days ahead, so from then on there is silence.

    Strength lies above depth; warmth cools every day; so where depth falls strength falls, and where a bad
    questionnaire fades and depth rises, the room between the two shrinks.
    """
    day, pairs = TODAY + timedelta(days=wait), fast_strengths(records, TODAY + timedelta(days=wait))
    tomorrow = fast_strengths(records, day + timedelta(days=1))
    for pair, now in pairs.items():
        then = tomorrow[pair]
        assert then.warmth <= now.warmth + CLOSE
        assert then.strength >= then.depth - CLOSE
        if then.depth <= now.depth:
            assert then.strength <= now.strength + CLOSE
        else:
            assert then.strength - then.depth <= now.strength - now.depth + CLOSE


@given(evidence())
def test_silence_ends_at_depth_and_depth_at_the_stranger(records: Records) -> None:
    long_after = fast_strengths(records, TODAY + timedelta(days=365 * 60))
    for value in long_after.values():
        assert value.strength == pytest.approx(value.depth, abs=CLOSE)
        assert value.depth == pytest.approx(10, abs=0.1)


@given(evidence().flatmap(lambda records: st.tuples(st.just(records), st.permutations(records))))
def test_the_order_of_records_is_irrelevant(both: tuple[Records, Records]) -> None:
    assert tie_strengths(graph(both[0]), on=TODAY) == tie_strengths(graph(both[1]), on=TODAY)


@given(evidence())
def test_points_add_up_and_every_record_is_listed_once(records: Records) -> None:
    for item in tie_strengths(graph(records), on=TODAY).items:
        assert sum(line.points for line in item.contributions) == pytest.approx(item.strength, abs=CLOSE)
        listed = sorted(line.id for line in item.contributions if line.kind != "knows")
        assert listed == sorted(["prior", *records_of(records, (item.member_id, item.contact_id))])


def records_of(records: Records, pair: Pair) -> list[str]:
    return [
        body["id"]
        for kind, body in records
        if kind in (NodeKind.INTERACTION, NodeKind.ASSESSMENT)
        and day_of(body) <= TODAY
        and pair[0] in body.get("member_ids", [body.get("member_id")])
        and pair[1] in body.get("contact_ids", [body.get("contact_id")])
    ]


@given(evidence(most=8))
def test_without_is_the_strength_of_a_graph_without_the_record(records: Records) -> None:
    less = DEFAULT_RULES.strength.model_copy(update={"stranger_depth": 0.0})
    no_prior = strength_table(
        graph(records), on=TODAY, rules=DEFAULT_RULES.model_copy(update={"strength": less})
    )
    for row, item in enumerate(
        sorted(tie_strengths(graph(records), on=TODAY).items, key=lambda i: (i.member_id, i.contact_id))
    ):
        pair = (item.member_id, item.contact_id)
        for line in item.contributions:
            if line.kind == "prior":
                assert line.without == pytest.approx(no_prior.strength[row], abs=CLOSE)
            else:
                assert line.without == pytest.approx(points_of(removed(records, line.id), pair), abs=CLOSE)


def removed(records: Records, id_: str) -> Records:
    """The records without one; of a `knows` tie only the handover goes."""
    kept: list[tuple[Kind, Body]] = []
    for kind, body in records:
        if body["id"] != id_:
            kept.append((kind, body))
        elif kind is EdgeKind.KNOWS:
            kept.append((kind, {key: value for key, value in body.items() if key != "handed_over_from"}))
    return kept


def test_the_definition_knows_the_accounts_people() -> None:
    """The slow definition takes Dai as the decision maker; the records must say so too."""
    levels = {body["source_id"]: body["level"] for kind, body in people() if kind is EdgeKind.WORKS_IN}
    assert levels == {"dai": "decision", "eve": "management"}
