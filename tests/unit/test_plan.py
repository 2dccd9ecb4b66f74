"""The plan of a change set, without a database: what it asks, what it refuses, what it writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.stores.draft import Draft, mentions, named, without
from graphsvc.stores.facts import Facts
from graphsvc.stores.plan import needs
from graphsvc.stores.port import Scope
from models.changes import ChangeSet, Delete, Put
from models.faults import Code, InvalidInput
from models.kinds import KINDS, references
from models.records import body_of, read_record
from tests.contract.writing import E, N, put, tie
from tests.memory import Memory

PEOPLE = ("ana", "ben", "cho", "dan")


@pytest.fixture
def memory() -> Memory:
    """An account with four people."""
    return people()


def people() -> Memory:
    made = Memory()
    made.apply(put(N.ACCOUNT, "acme"), *(put(N.CONTACT, id_) for id_ in PEOPLE), put(N.MEMBER, "mia"))
    return made


def refusal(memory: Memory, *changes: Put) -> set[Code]:
    """The codes of the faults that refuse a change set; none if it is taken."""
    try:
        memory.apply(*changes)
    except InvalidInput as refused:
        return {fault.code for fault in refused.faults}
    return set()


def day(number: int | None) -> str | None:
    return None if number is None else (date(2025, 1, 1) + timedelta(days=number)).isoformat()


@st.composite
def lines(draw: st.DrawFn) -> list[Put]:
    """Solid lines among four people, over a few days."""
    made = []
    for number in range(draw(st.integers(1, 7))):
        source, target = draw(st.permutations(PEOPLE))[:2]
        since, until = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
        begins = day(since) if draw(st.booleans()) else None
        ends = day(until) if draw(st.booleans()) else None
        made.append(tie(E.REPORTS_TO, source, target, id=f"r{number}", since=begins, until=ends))
    return made


def is_kept(puts: list[Put]) -> bool:
    """The rule by its words: on no day has anybody two bosses, and on no day does a way lead back."""
    bodies = [body_of(change.record) for change in puts]
    for number in range(-1, 6):
        today = day(number) or ""
        open_ = [b for b in bodies if b.get("since", "") <= today < b.get("until", "9999")]
        boss = {body["source_id"]: body["target_id"] for body in open_}
        if len(boss) < len(open_):
            return False
        for start in boss:
            above: str | None = start
            for _ in boss:
                above = boss.get(above or "")
                if above == start:
                    return False
    return True


@given(lines())
def test_reporting_lines_are_taken_exactly_if_the_rule_holds_on_every_day(puts: list[Put]) -> None:
    memory, kept = people(), list[Put]()
    for change in puts:
        codes = refusal(memory, change)
        assert codes <= {Code.SECOND_BOSS, Code.CYCLE}
        assert is_kept([*kept, change]) == (not codes)
        if not codes:
            kept.append(change)


@given(lines())
def test_one_change_set_is_taken_exactly_if_its_lines_are_kept_together(puts: list[Put]) -> None:
    assert is_kept(puts) == (not refusal(people(), *puts))


@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from([None, *"abcde"])), min_size=1, max_size=8)
)
def test_departments_stay_a_forest(moves: list[tuple[str, str | None]]) -> None:
    memory = Memory()
    memory.apply(put(N.ACCOUNT, "acme"), *(put(N.DEPARTMENT, id_) for id_ in "abcde"))
    parents: dict[str, str | None] = dict.fromkeys("abcde")
    for child, parent in moves:
        above = parent
        while above is not None and above != child:
            above = parents[above]
        codes = refusal(memory, put(N.DEPARTMENT, child, parent_id=parent))
        assert codes == ({Code.CYCLE} if above == child else set())
        if not codes:
            parents[child] = parent


@given(st.lists(st.lists(st.permutations("abcd"), min_size=1, max_size=3), min_size=1, max_size=4))
def test_accounts_are_taken_over_exactly_if_none_comes_to_own_itself(sets: list[list[list[str]]]) -> None:
    memory, owned = Memory(), dict.fromkeys("abcd", frozenset[str]())
    memory.apply(*(put(N.ACCOUNT, id_) for id_ in "abcd"))
    for pairs in sets:
        ends = list(dict.fromkeys((owner, other) for owner, other, *_ in pairs))
        then = owned | {owner: owned[owner] | {b for a, b in ends if a == owner} for owner, _ in ends}
        codes = refusal(memory, *(tie(E.CHANNEL, a, b, kind="owns") for a, b in ends))
        assert codes == ({Code.CYCLE} if any(leads(then, start, start) for start in then) else set())
        owned = owned if codes else then


def leads(ways: Mapping[str, frozenset[str]], start: str, end: str) -> bool:
    """Whether any way leads from start to end."""
    reached = set(ways[start])
    for _ in ways:
        reached |= {far for near in reached for far in ways[near]}
    return end in reached


def test_a_plan_asks_for_nothing_twice_and_in_few_rounds(memory: Memory) -> None:
    memory.apply(tie(E.REPORTS_TO, "ana", "ben"), tie(E.KNOWS, "mia", "ana"))
    memory.apply(
        put(
            N.ASSESSMENT,
            "checked",
            at="2025-01-01T00:00:00Z",
            member_id="mia",
            contact_id="ana",
            answers={"P1": 1},
        )
    )
    memory.plan(Delete(N.CONTACT, "ana"), tie(E.REPORTS_TO, "ben", "cho"), put(N.CONTACT, "dan", name="D"))
    asked = [key for round_ in memory.rounds for key in round_.records]
    assert len(asked) == len(set(asked))
    assert (
        len(memory.rounds) == 5
    )  # records, edges and referrers, their bodies, what touches those, sequences


def test_a_plan_of_nothing_new_writes_nothing(memory: Memory) -> None:
    made = memory.plan(put(N.CONTACT, "ana"))
    assert (made.upserts, made.entries, made.released, made.taken) == ((), (), (), {})
    assert made.applied.sequences == {}


def test_ids_in_other_systems_that_stay_are_left_alone(memory: Memory) -> None:
    memory.apply(put(N.CONTACT, "ana", external_ids={"crm": "1", "erp": "7"}))
    made = memory.plan(put(N.CONTACT, "ana", external_ids={"crm": "1", "erp": "8"}))
    assert made.released == ((N.CONTACT, "erp", "7"),)
    assert made.taken == {(N.CONTACT, "erp", "8"): "ana"}


def test_a_change_set_knows_itself_again() -> None:
    def digest(*changes: Put | Delete, actor: str = "tester") -> str:
        return Draft(ChangeSet("any", changes), Scope(actor)).digest

    one = put(N.CONTACT, "ana", wants={"status": 1, "security": 2})
    same = put(N.CONTACT, "ana", wants={"security": 2, "status": 1})
    assert digest(one) == digest(same)
    others = [
        digest(put(N.CONTACT, "ana")),
        digest(put(N.CONTACT, "ana", expected=1, wants={"status": 1, "security": 2})),
        digest(one, Delete(N.CONTACT, "ben")),
        digest(Delete(N.CONTACT, "ana")),
        digest(one, actor="somebody else"),
    ]
    assert digest(one) not in others
    assert len(set(others)) == len(others)


def test_asking_for_an_empty_change_set_needs_nothing() -> None:
    assert not needs(Draft(ChangeSet("none", ()), Scope("tester")), Facts())


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_clearing_what_a_record_refers_to_leaves_a_readable_record(kind: N | E) -> None:
    """Every reference that a deletion clears is one that a record can do without."""
    body = FULL.get(kind)
    if body is None:
        assert not [r for r in references(kind) if r.on_delete == "clear"]
        return
    cleared = {m.key for m in mentions(kind, body) if m.on_delete == "clear"}
    assert len(cleared) == len({r.path for r in references(kind) if r.on_delete == "clear"})
    left = without(body, kind, cleared)
    assert body_of(read_record(kind, left)) == left
    assert not cleared & set(named(kind, left))
    assert without(body, kind, set()) is body


def full(change: Put) -> dict[str, object]:
    return body_of(change.record)


_EVIDENCE = {"evidence": ["visit"]}
FULL = {
    N.CONTACT: full(put(N.CONTACT, "c", not_same_as=["ana"])),
    N.OPPORTUNITY: full(put(N.OPPORTUNITY, "o", criteria=[{"text": "fast", "owner_id": "ana"}])),
    N.INTERACTION: full(
        put(
            N.INTERACTION,
            "i",
            at="2025-01-01T00:00:00Z",
            kind="call",
            opportunity_id="deal",
            member_ids=["mia"],
            contact_ids=["ana"],
        )
    ),
    N.ACTION: full(put(N.ACTION, "x", member_id="mia", contact_id="ana", opportunity_id="deal")),
    **{kind: full(tie(kind, "a", "b", **_EVIDENCE)) for kind in E},
    E.KNOWS: full(
        tie(E.KNOWS, "a", "b", handed_over_from={"member_id": "mia", "on": "2025-01-01"}, **_EVIDENCE)
    ),
    E.PLAYS: full(tie(E.PLAYS, "a", "b", votes=[{"member_id": "mia"}], **_EVIDENCE)),
}
