"""Strength from bare message logs: worked values, the definition in plain Python, and Enron's e-mail."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from math import exp, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.at_hand import graph_of
from models.enums import EdgeKind, NodeKind
from models.graph import AccountGraph
from queries.strength.messages import MessageLog, message_events, message_strengths
from tests.real_data import enron

TODAY = date(2002, 3, 15)
DAY = 86_400
NOON = int(datetime(2002, 3, 15, 12, tzinfo=UTC).timestamp())
Message = tuple[int, int, int, int]
"""Source, target, Unix time, recipients."""


def strengths(messages: list[Message], on: date = TODAY) -> dict[tuple[int, int], float]:
    columns = [np.array(column, dtype=np.int64) for column in zip(*messages, strict=True)] or [
        np.zeros(0, dtype=np.int64)
    ] * 4
    found = message_strengths(*columns, on=on)
    rows = zip(found.source.tolist(), found.target.tolist(), found.strength.tolist(), strict=True)
    return {(source, target): strength for source, target, strength in rows}


def test_one_unanswered_mail() -> None:
    """The sender has 16 points; of the receiver's side the mail is what came back, and nothing is capped."""
    found = strengths([(3, 7, NOON, 1)])
    assert list(found) == [(3, 7), (7, 3)]
    assert round(found[3, 7]) == 16
    assert found[7, 3] == found[3, 7]


def test_the_cap_holds_only_for_who_got_no_answer() -> None:
    found = strengths([(3, 7, NOON - day * DAY, 1) for day in range(60)])
    assert found[3, 7] == 25
    assert found[7, 3] == pytest.approx(slow_strengths([(3, 7, NOON - d * DAY, 1) for d in range(60)])[7, 3])
    assert found[7, 3] > 70


def test_one_message_per_direction_and_day_the_one_to_fewest() -> None:
    assert strengths([(0, 1, NOON, 4), (0, 1, NOON + 60, 1), (0, 1, NOON - 60, 9)]) == strengths(
        [(0, 1, NOON, 1)]
    )


def test_the_day_ends_at_midnight_utc() -> None:
    midnight = NOON + DAY // 2
    assert strengths([(0, 1, midnight - 1, 1)]) == strengths([(0, 1, NOON - DAY // 2, 1)])
    assert strengths([(0, 1, midnight, 1)]) == {}
    assert strengths([(0, 1, NOON - DAY // 2 - 1, 1)])[0, 1] < strengths([(0, 1, NOON, 1)])[0, 1]


def test_messages_to_oneself_and_empty_logs_say_nothing() -> None:
    assert strengths([(4, 4, NOON, 1)]) == {}
    assert strengths([]) == {}


def test_recipients_below_one_count_as_one() -> None:
    assert strengths([(0, 1, NOON, 0)]) == strengths([(0, 1, NOON, 1)])


messages = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 3),
        st.one_of(st.integers(-3, 70), st.integers(-3, 2000)).map(lambda days: NOON - days * DAY),
        st.integers(1, 30),
    ),
    max_size=25,
)


@given(messages, st.integers(0, 200))
def test_the_log_follows_the_definition(log: list[Message], later: int) -> None:
    on = TODAY + timedelta(days=later)
    slow = slow_strengths(log, on)
    fast = strengths(log, on)
    assert list(fast) == sorted(slow)
    for pair, value in slow.items():
        assert fast[pair] == pytest.approx(value, abs=1e-9)


@given(messages.flatmap(lambda log: st.tuples(st.just(log), st.permutations(log))))
def test_the_order_of_messages_is_irrelevant(logs: tuple[list[Message], list[Message]]) -> None:
    assert strengths(logs[0]) == strengths(logs[1])


def slow_strengths(log: list[Message], on: date = TODAY) -> dict[tuple[int, int], float]:
    """Docs/rules.md §1 for message logs, with no thought for speed."""
    seen: dict[tuple[int, int], dict[date, float]] = defaultdict(dict)
    for source, target, time, recipients in log:
        day = datetime.fromtimestamp(time, UTC).date()
        if source != target and day <= on:
            seen[source, target][day] = max(seen[source, target].get(day, 0), 1 / sqrt(recipients))
    pairs = set(seen) | {(target, source) for source, target in seen}
    return {
        (ours, theirs): slow_strength(seen[ours, theirs], seen[theirs, ours], on) for ours, theirs in pairs
    }


def slow_strength(sent: dict[date, float], received: dict[date, float], on: date) -> float:
    out, back = (sum(v * 2 ** (-(on - day).days / 60) for day, v in way.items()) for way in (sent, received))
    months = {(day.year, day.month) for day in sent} & {(day.year, day.month) for day in received}
    last = [max(day for day in (*sent, *received) if (day.year, day.month) == month) for month in months]
    m = sum(2 ** (-(on - day).days / 1095) for day in last)
    depth = 0.1 + 0.35 * (1 - 2 ** (-max(0.0, m - 1) / 6))
    warm = 100 * (1 - depth) * 0.85 * (1 - exp(-((sqrt(out) + sqrt(back)) ** 2) / 2 / 6))
    return 100 * depth + (warm if received else min(warm, 15))


# A graph's own messages


def mailing(restricted: str | None = None) -> AccountGraph:
    contacts = [
        (NodeKind.CONTACT, {"id": id_, "account_id": "a", "name": id_, "restricted": id_ == restricted})
        for id_ in ("x", "y", "z")
    ]
    ties = [
        ("t1", "x", "y", [[NOON - DAY, 2], [NOON, 1]]),
        ("t2", "y", "x", [[NOON, 3]]),
        ("t3", "z", "x", None),
        ("t4", "z", "y", [[NOON, 1]]),
    ]
    edges = [
        (EdgeKind.MESSAGES, {"id": id_, "source_id": source, "target_id": target, "events": events})
        for id_, source, target, events in ties
    ]
    return graph_of("a", [(NodeKind.ACCOUNT, {"id": "a", "name": "A"}), *contacts, *edges])


def test_a_graphs_messages_are_a_log() -> None:
    log = message_events(mailing())
    assert list(zip(*(column.tolist() for column in columns(log)), strict=True)) == [
        (0, 1, NOON - DAY, 2),
        (0, 1, NOON, 1),
        (1, 0, NOON, 3),
        (2, 1, NOON, 1),
    ]


def test_people_under_restriction_are_left_out() -> None:
    assert set(message_events(mailing(restricted="y")).source.tolist()) == set()
    assert set(message_events(mailing(restricted="z")).source.tolist()) == {0, 1}


def test_a_graph_without_messages_is_an_empty_log() -> None:
    log = message_events(graph_of("a", []))
    assert [len(column) for column in columns(log)] == [0, 0, 0, 0]


def columns(log: MessageLog) -> tuple[np.ndarray, ...]:
    return log.source, log.target, log.time, log.recipients


# Enron: do strong ties go on writing?


def test_strength_foretells_who_goes_on_writing() -> None:
    """The mean over four cuts of the period; a pair's score is that of its better order (see its README)."""
    log = message_events(enron())
    first, last = int(log.time.min()), int(log.time.max())
    judged = [judge(log, first + cut * (last - first)) for cut in (0.5, 0.6, 0.7, 0.8)]
    again, both = np.mean(judged, axis=0)
    assert again >= 0.79
    assert both >= 0.85


def judge(log: MessageLog, cut: float) -> tuple[float, float]:
    """AUC of "writes again within 30 days" and of "both do" over the pairs that wrote before the cut."""
    before = log.time < cut
    after = (log.time >= cut) & (log.time < cut + 30 * DAY)
    found = message_strengths(
        *(column[before] for column in columns(log)), on=datetime.fromtimestamp(cut, UTC).date()
    )
    score: dict[tuple[int, int], float] = defaultdict(float)
    for source, target, strength in zip(found.source, found.target, found.strength, strict=True):
        pair = min(source, target), max(source, target)
        score[pair] = max(score[pair], strength)
    wrote = set(zip(log.source[after].tolist(), log.target[after].tolist(), strict=True))
    ways = [((low, high) in wrote) + ((high, low) in wrote) for low, high in score]
    values = np.array(list(score.values()))
    return auc(values, np.array(ways) >= 1), auc(values, np.array(ways) == 2)


def auc(score: np.ndarray, positive: np.ndarray) -> float:
    """How often one of the positive scores above one of the others; equal scores count one half."""
    gap = score[positive][:, None] - score[~positive][None, :]
    return float(np.mean((gap > 0) + 0.5 * (gap == 0)))
