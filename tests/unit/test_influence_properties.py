"""What is always true of the ranking, on generated accounts, and the slow definitions it must agree with."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.enums import Basis, EdgeKind, Function, Level, Line, Polarity, Prior, Step, Voice
from models.measures import Measure
from models.records import Body
from queries.influence.priors import prior_of
from queries.influence.ranking import Asked, influence_scores
from queries.people import people as people_of
from queries.rules import DEFAULT_RULES
from tests.invented import Invented
from tests.rankings import DAY, ranking

RULES = DEFAULT_RULES.influence
Matrix = np.ndarray[Any, np.dtype[np.float64]]

weights = st.sampled_from([0.02, 0.05, 0.1, 0.3, 0.7, 1.0])
optional_weights = st.none() | weights
bases = st.none() | st.sampled_from(list(Basis))
steps = st.none() | st.sampled_from(list(Step))
priors = st.sampled_from(list(Prior))


@st.composite
def accounts(draw: st.DrawFn, *, most: int = 6, decided: bool = False) -> Invented:
    """Two to six people p0 … with seats known or not, lines upward, influences, bonds, roles in one deal.

    If `decided`, at least one of them sits at the decision level.
    """
    account, size = Invented(), draw(st.integers(2, most))
    decider = draw(st.integers(0, size - 1)) if decided else None
    for number in range(size):
        level, function = (
            draw(st.none() | st.sampled_from(list(Level))),
            draw(st.sampled_from(list(Function))),
        )
        account.contact(f"p{number}", Level.DECISION if number == decider else level, function)
    for number in range(1, size):
        if draw(st.booleans()):
            line = draw(st.sampled_from(list(Line)))
            account.reports(f"p{number}", f"p{draw(st.integers(0, number - 1))}", line=line)
    pairs = st.sampled_from(list(permutations(range(size), 2)))
    for source, target in draw(st.lists(pairs, unique=True, max_size=8)):
        fields = {"stated": draw(st.booleans()), "basis": draw(bases)}
        account.influences(f"p{source}", f"p{target}", draw(optional_weights), **fields)
    for one, other in draw(st.lists(pairs, unique=True, max_size=2)):
        polarity = int(draw(st.sampled_from(list(Polarity))))
        account.bond(
            f"p{one}", f"p{other}", weight=draw(optional_weights), basis=draw(bases), polarity=polarity
        )
    account.opportunity("deal")
    for number in draw(st.sets(st.integers(0, size - 1), max_size=3)):
        role = draw(st.sampled_from(["user", "approver", "decision_maker"]))
        account.plays(f"p{number}", "deal", role, voice=draw(st.none() | st.sampled_from(list(Voice))))
    return account


def scored(account: Invented, **asked: Any) -> Matrix:
    return influence_scores(account.graph(), on=DAY, asked=Asked(**asked)).share


def bodies(account: Invented, kind: EdgeKind) -> list[Body]:
    return [body for found, body in account.records if found is kind]


def heard(account: Invented) -> Matrix:
    """Σ t·c of every pair as analysis defines it: row listens, column is heard."""
    ids = [body["id"] for kind, body in account.records if kind == "contact"]
    place = {id_: row for row, id_ in enumerate(sorted(ids))}
    total = np.zeros((len(ids), len(ids)))

    def add(listener: str, source: str, weight: float) -> None:
        total[place[listener], place[source]] += weight

    def derived(body: Body) -> float:
        t = RULES.basis[body["basis"]] if body.get("basis") else RULES.no_basis
        return t * float(body.get("weight", RULES.unknown_weight) * body["confidence"])

    for body in bodies(account, EdgeKind.REPORTS_TO):
        add(body["source_id"], body["target_id"], {"solid": 0.8, "dotted": 0.5}[body["line"]])
    for body in bodies(account, EdgeKind.INFLUENCES):
        stated = body.get("weight", RULES.unknown_weight) * body["confidence"]
        add(body["target_id"], body["source_id"], stated if body["stated"] else derived(body))
    for body in bodies(account, EdgeKind.BOND):
        if body["polarity"] > 0:
            add(body["source_id"], body["target_id"], derived(body))
            add(body["target_id"], body["source_id"], derived(body))
    return total


def slow_shares(account: Invented, step: Step | None, prior: Prior) -> Matrix:
    """The shares by dense solution of the two definitions."""
    graph, total = account.graph(), heard(account)
    who = people_of(graph)
    q = prior_of(who, RULES, prior, step)
    sums = total.sum(axis=1)
    listens = np.diag(np.minimum(1, sums / RULES.listening_full))
    whom = total / np.where(sums > 0, sums, 1)[:, None]
    one = np.eye(len(q))
    if step is None:
        d = RULES.damping
        back = np.outer(q, np.ones(len(q)) @ (one - listens))
        return np.asarray(np.linalg.solve(one - d * (whom.T @ listens + back), (1 - d) * q))
    levels = [None if code < 0 else list(Level)[code] for code in who.level]
    openness = (
        np.diag([RULES.openness[level] if level else RULES.openness_unknown for level in levels]) @ listens
    )
    return np.asarray(np.linalg.solve(one - openness @ whom, one - openness).T @ q)


@given(accounts(), steps, priors)
def test_the_iteration_agrees_with_the_dense_solution(
    account: Invented, step: Step | None, prior: Prior
) -> None:
    assert scored(account, step=step, prior=prior) == pytest.approx(
        slow_shares(account, step, prior), abs=1e-9
    )


@given(accounts(), steps, priors)
def test_shares_add_up_and_so_do_the_parts_of_every_score(
    account: Invented, step: Step | None, prior: Prior
) -> None:
    items = ranking(account, step=step, prior=prior).items
    assert sum(item.share for item in items) == pytest.approx(1, abs=1e-8)
    assert max(item.score for item in items) == 100
    for item in items:
        shown = item.parts.prior + sum(source.points for source in item.parts.sources)
        assert shown <= item.score + 1e-6
        if len(item.parts.sources) < 3:
            assert shown == pytest.approx(item.score, abs=1e-6)
        assert 0 <= item.stability <= 1
        assert 0 <= item.parts.formal <= 100


@given(accounts(), steps, priors, st.data())
def test_raising_a_weight_never_lowers_the_share_of_its_source(
    account: Invented, step: Step | None, prior: Prior, data: st.DataObject
) -> None:
    influences = bodies(account, EdgeKind.INFLUENCES)
    assume(influences)
    body = data.draw(st.sampled_from(influences))
    source = int(body["source_id"][1:])
    before = scored(account, step=step, prior=prior)
    body["weight"] = max(body.get("weight", RULES.unknown_weight), data.draw(weights))
    after = scored(account, step=step, prior=prior)
    assert after[source] >= before[source] - 1e-10


@given(accounts(decided=True), st.sampled_from(list(Step)), priors, st.data())
def test_a_faint_arrow_into_a_decider_moves_little(
    account: Invented, step: Step, prior: Prior, data: st.DataObject
) -> None:
    """It moves at most 0.3 · 0.05 · 0.8/0.4 = .03 of what passes through him: all he ends up with, and more
    only where what he gives away comes back to him, which takes more than 7/10 of the account in one hand."""
    deciders = [row for row, own in enumerate(people_of(account.graph()).decision()) if own]
    decider = data.draw(st.sampled_from(deciders))
    others = [row for row in range(len(account.graph().contacts)) if row != decider]
    before = scored(account, step=step, prior=prior)
    account.influences(f"p{data.draw(st.sampled_from(others))}", f"p{decider}", 0.05, id="faint")
    after = scored(account, step=step, prior=prior)
    assert np.abs(after - before).max() <= 0.03 * max(1, after[decider] / 0.7) + 1e-9


@given(accounts(), steps, priors, st.randoms(use_true_random=False))
def test_relabelling_people_changes_nothing(
    account: Invented, step: Step | None, prior: Prior, random: Any
) -> None:
    ids = list(account.graph().contacts.ids)
    names = dict(zip(ids, random.sample(ids, len(ids)), strict=True))
    other = Invented()
    other.records = [(kind, renamed(body, names)) for kind, body in account.records]
    before, after = (ranking(each, step=step, prior=prior) for each in (account, other))
    shares = {names[item.contact_id]: item.share for item in before.items}
    assert {item.contact_id: item.share for item in after.items} == pytest.approx(shares, rel=1e-8)
    assert [item.score for item in after.items] == pytest.approx(
        [item.score for item in before.items], rel=1e-8
    )


def renamed(body: Body, names: dict[str, str]) -> Body:
    return {key: names.get(value, value) if isinstance(value, str) else value for key, value in body.items()}


@given(accounts(), steps, st.booleans())
def test_the_order_of_records_changes_no_byte(account: Invented, step: Step | None, informal: bool) -> None:
    other = Invented()
    other.records = account.records[::-1]
    before, after = (ranking(each, step=step, informal=informal) for each in (account, other))
    assert before.model_dump_json() == after.model_dump_json()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 50)), min_size=1, max_size=12))
def test_authority_is_an_eigenvector_of_the_messages(mails: list[tuple[int, int, int]]) -> None:
    sent = {(one, other): count for one, other, count in mails if one != other}
    assume(sent)
    account, matrix = Invented(), np.zeros((5, 5))
    for number in range(5):
        account.contact(f"p{number}")
    for (one, other), days in sent.items():
        account.messages(f"p{one}", f"p{other}", 99, active_days=days)
        matrix[one, other] = np.log1p(days)
    values, vectors = np.linalg.eigh(matrix.T @ matrix)
    top = values > values[-1] * (1 - 1e-9)
    runner_up = max(values[~top], default=0.0)
    assume(runner_up < 0.97 * values[-1])
    expected = vectors[:, top] @ (vectors[:, top].T @ np.ones(5))
    found = scored(account, measure=Measure.AUTHORITY)
    assert found == pytest.approx(expected / expected.sum(), abs=1e-8)
