"""Invented accounts where both sides stand on rungs, for the tests of coverage."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from models.enums import EdgeKind, Function, Rung, Step
from tests.deals import Deal

FUNCTIONS = (Function.USER, Function.FINANCE, Function.TECHNICAL)


def ladder(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Deal:
    """Our people and theirs by rung, theirs in one department."""
    account = Deal().department("dept")
    for id_, rung in ours.items():
        account.member(id_, rung=rung)
    for id_, rung in theirs.items():
        account.contact(id_).edge(EdgeKind.WORKS_IN, id_, "dept", rung=rung)
    return account


@st.composite
def accounts(draw: st.DrawFn) -> Deal:
    """People of theirs on any rung in three departments, known by three of ours to any degree."""
    rungs = [None, Rung.DIRECTOR, Rung.MANAGER, Rung.EXPERT]
    account = Deal().opportunity("line", step=draw(st.sampled_from(Step)))
    ours = ["m1", "m2", "m3"]
    for member in ours:
        account.member(member, rung=draw(st.sampled_from(rungs)))
    for function in FUNCTIONS:
        account.department(f"dept-{function}", function)
    for place in range(draw(st.integers(0, 6))):
        who, unit = f"p{place}", f"dept-{draw(st.sampled_from(FUNCTIONS))}"
        odd = draw(
            st.sampled_from([{}, {}, {}, {"status": "left"}, {"restricted": True}, {"placeholder": True}])
        )
        account.contact(who, **odd).edge(EdgeKind.WORKS_IN, who, unit, rung=draw(st.sampled_from(rungs)))
        for member in draw(st.lists(st.sampled_from(ours), unique=True)):
            account.knows(member, who, draw(st.integers(0, 4)))
        attitude, voice = draw(st.sampled_from([None, None, -2, 0, 2])), draw(st.sampled_from([None, 0, 1]))
        account.plays(who, "line", attitude=attitude, voice=voice)
    return account
