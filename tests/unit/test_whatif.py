"""What if: each change is the graph built of changed records, each answer is that graph's own."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from pydantic import TypeAdapter, ValidationError

from models.at_hand import graph_of
from models.enums import EdgeKind, Function, Grade, Level, NodeKind, Step
from models.faults import Code, InvalidInput
from models.findings.whatif import Moved, WhatIf
from models.records import body_of, read_record
from models.whatif import Answered, Change
from queries.chains.best import decision_chains
from queries.coverage.coverage import coverage
from queries.coverage.trust import trust
from queries.forecast.forecast import forecast
from queries.influence.ranking import rank_influencers
from queries.rules import DEFAULT_RULES
from queries.strength.table import tie_strengths
from queries.threats.finding import threats
from queries.whatif.answer import what_if
from queries.whatif.edits import edited
from tests.contract.writing import tables
from tests.deals import TODAY, Deal

LEAVES = {"kind": "leave", "member_id": "mia"}


def account() -> Deal:
    """Ben decides and listens to Ana; Mia and Max know both; Rex courts Ben; Cem reports to Ana."""
    made = Deal().member("mia", "max").rival("rex").opportunity("line", step=Step.DESIGN)
    made.contact("ben", Level.DECISION).contact("ana", Level.MANAGEMENT, Function.TECHNICAL)
    made.contact("cem", Level.OPERATIONAL, Function.USER).contact("shy", restricted=True)
    made.influences("ana", "ben", 0.5).reports("cem", "ana").reports("ana", "ben")
    made.knows("mia", "ana", 3).knows("max", "ben", 1).courts("rex", "ben", 70)
    return made.plays("ben", "line", "decision_maker", attitude=-1).plays("ana", "line", "evaluator")


def changes(*given: dict[str, Any]) -> list[Change]:
    read: list[Change] = TypeAdapter(list[Change]).validate_json(orjson.dumps(list(given)))
    return read


def asked(
    *given: dict[str, Any], made: Deal | None = None, ask: Any = (Answered.FORECAST,), **more: Any
) -> WhatIf:
    graph = (made or account()).graph()
    return what_if(graph, changes=changes(*given), answers=ask, on=TODAY, opportunity_id="line", **more)


def records(made: Deal, *more: tuple[Any, dict[str, Any]]) -> Any:
    """The tables of the account built of its records and more, one of the same id in place of the other."""
    held = {(kind, body["id"]): body for kind, body in made.records}
    held |= {(kind, body["id"]): body_of(read_record(kind, body)) for kind, body in more}
    return tables(graph_of(made.account_id, [(kind, body) for (kind, _), body in held.items()]))


def after(*given: dict[str, Any]) -> Any:
    return tables(edited(account().graph(), changes(*given), on=TODAY, rules=DEFAULT_RULES).graph)


def test_an_attitude_is_said_in_every_part_played() -> None:
    said = {"kind": "attitude", "contact_id": "ben", "opportunity_id": "line", "attitude": 2}
    ends = {"id": "plays-ben-line", "source_id": "ben", "target_id": "line", "roles": ["decision_maker"]}
    assert after(said) == records(account(), (EdgeKind.PLAYS, {**ends, "attitude": 2}))
    assert after({**said, "attitude": None}) == records(account(), (EdgeKind.PLAYS, ends))


def test_who_plays_no_part_is_given_one_without_a_role() -> None:
    said = {"kind": "attitude", "contact_id": "cem", "opportunity_id": "line", "attitude": 1}
    part = {"id": "what-if-0", "source_id": "cem", "target_id": "line", "attitude": 1}
    assert after(said) == records(account(), (EdgeKind.PLAYS, part))


def test_a_step_begins_on_the_day() -> None:
    purchase = {
        "id": "line",
        "account_id": "acme",
        "name": "Line",
        "step": "commit",
        "step_since": str(TODAY),
    }
    moved = after({"kind": "step", "opportunity_id": "line", "step": "commit"})
    assert moved == records(account(), (NodeKind.OPPORTUNITY, purchase))


def test_a_competitor_gets_closer() -> None:
    won = {"kind": "courts", "rival_id": "rex", "contact_id": "ben", "strength": 90}
    tie = {"id": "courts-rex-ben", "source_id": "rex", "target_id": "ben", "strength": 90}
    assert after(won) == records(account(), (EdgeKind.COURTS, tie))
    tie = {"id": "what-if-0", "source_id": "rex", "target_id": "ana", "strength": 90}
    assert after({**won, "contact_id": "ana"}) == records(account(), (EdgeKind.COURTS, tie))


def test_what_no_longer_holds_is_left_as_it_was() -> None:
    over = str(TODAY)
    made = account().edge(EdgeKind.COURTS, "rex", "ana", strength=40, until=over)
    made.plays("cem", "line", "user", until=over)
    won = {"kind": "courts", "rival_id": "rex", "contact_id": "ana", "strength": 90}
    said = {"kind": "attitude", "contact_id": "cem", "opportunity_id": "line", "attitude": 1}
    tie = {"id": "what-if-0", "source_id": "rex", "target_id": "ana", "strength": 90}
    part = {"id": "what-if-1", "source_id": "cem", "target_id": "line", "attitude": 1}
    found = tables(edited(made.graph(), changes(won, said), on=TODAY, rules=DEFAULT_RULES).graph)
    assert found == records(made, (EdgeKind.COURTS, tie), (EdgeKind.PLAYS, part))


def test_an_edge_is_as_its_record() -> None:
    edge = {
        "kind": "edge",
        "edge": "influences",
        "source_id": "cem",
        "target_id": "ben",
        "fields": {"weight": 0.7},
    }
    body = {"id": "what-if-0", "source_id": "cem", "target_id": "ben", "weight": 0.7}
    assert after(edge) == records(account(), (EdgeKind.INFLUENCES, body))
    own = {**edge, "source_id": "ana", "fields": {"id": "influences-ana-ben", "weight": 0.1}}
    body = {"id": "influences-ana-ben", "source_id": "ana", "target_id": "ben", "weight": 0.1}
    assert after(own) == records(account(), (EdgeKind.INFLUENCES, body))


def test_a_new_boss_takes_the_place_of_the_old_one() -> None:
    edge = {"kind": "edge", "edge": "reports_to", "source_id": "cem", "target_id": "ben"}
    graph = edited(account().graph(), changes(edge), on=TODAY, rules=DEFAULT_RULES).graph
    lines = list(graph.edges[EdgeKind.REPORTS_TO].rows(graph.nodes))
    assert [(row["source_id"], row["target_id"]) for row in lines] == [("ana", "ben"), ("cem", "ben")]
    dotted = {**edge, "fields": {"line": "dotted"}}
    graph = edited(account().graph(), changes(dotted), on=TODAY, rules=DEFAULT_RULES).graph
    assert len(graph.edges[EdgeKind.REPORTS_TO]) == 3


def test_somebody_leaves() -> None:
    found = edited(account().graph(), changes(LEAVES), on=TODAY, rules=DEFAULT_RULES)
    assert found.left == [(NodeKind.MEMBER, "mia")]
    assert "mia" not in found.graph.nodes[NodeKind.MEMBER].position
    gone = {"id": "ana", "account_id": "acme", "name": "Ana", "status": "left"}
    assert after({"kind": "leave", "contact_id": "ana"}) == records(account(), (NodeKind.CONTACT, gone))


def test_changes_are_made_one_after_the_other() -> None:
    tie = {"kind": "tie", "member_id": "mia", "contact_id": "cem", "strength": 40}
    assert asked(tie, LEAVES).assumed[0].member_id == "mia"
    with pytest.raises(InvalidInput) as refused:
        asked(LEAVES, tie)
    assert refused.value.faults[0].pointer == "/changes/1/member_id"


@pytest.mark.parametrize(
    ("wish", "points", "strength"),
    [
        ({"strength": 62}, 36, 62),
        ({"strength": 0}, 0, 2),
        ({"strength": 100}, 48, 82),
        ({"strength": 61}, 35, 2 + 80 * 35 / 48),
        ({"grade": "familiar"}, None, 62),
        ({"grade": "trusted"}, None, 62),
        ({"grade": "ally"}, 44, 2 + 80 * 44 / 48),
    ],
)
def test_a_tie_comes_as_near_as_a_form_can_bring_it(
    wish: dict[str, Any], points: int | None, strength: float
) -> None:
    made = account().contact("dan")
    found = asked(
        {"kind": "tie", "member_id": "mia", "contact_id": "ana", **wish}, made=made, ask=[Answered.STRENGTH]
    )
    (tie,) = found.assumed
    assert (tie.points, tie.strength) == (points, pytest.approx(strength))
    assert found.after.strength is not None
    real = {(each.member_id, each.contact_id): each for each in found.after.strength.items}
    assert real["mia", "ana"].strength == tie.strength


def test_a_tie_that_was_none_is_made() -> None:
    wish = {"kind": "tie", "member_id": "max", "contact_id": "cem", "grade": "trusted"}
    found = asked(wish, ask=[Answered.STRENGTH])
    (move,) = found.moved
    assert (move.ids, move.names, move.before) == (["max", "cem"], ["Max", "Cem"], None)
    assert move.after == found.assumed[0].strength >= 50
    assert found.after.strength is not None
    assert found.after.strength.items[1].grade is Grade.TRUSTED


def test_each_answer_is_the_graphs_own() -> None:
    every = [each for each in Answered if each is not Answered.DEPARTURE]
    courted = {"kind": "courts", "rival_id": "rex", "contact_id": "ana", "strength": 90}
    edge = {"kind": "edge", "edge": "influences", "source_id": "cem", "target_id": "ben"}
    found = asked(LEAVES, courted, edge, ask=every)
    then = edited(account().graph(), changes(LEAVES, courted, edge), on=TODAY, rules=DEFAULT_RULES).graph
    for graph, side in ((account().graph(), found.before), (then, found.after)):
        plain: dict[str, Any] = {"on": TODAY, "opportunity_id": "line"}
        assert side.influencers == rank_influencers(graph, **plain)
        assert side.chains == decision_chains(graph, **plain)
        assert side.strength == tie_strengths(graph, on=TODAY)
        assert side.forecast == forecast(graph, **plain)
        assert side.coverage == coverage(graph, **plain)
        assert side.trust == trust(graph, **plain)
        assert side.threats == threats(graph, **plain)
    assert {move.answer for move in found.moved} == set(every)


def test_a_step_is_asked_of_every_answer() -> None:
    given = asked(LEAVES, ask=list(Answered), step=Step.COMMIT)
    plain: dict[str, Any] = {"on": TODAY, "opportunity_id": "line", "step": Step.COMMIT}
    assert given.before.coverage == coverage(account().graph(), **plain)
    assert given.before.threats == threats(account().graph(), **plain)
    set_so = account()
    set_so.records = [
        (kind, {**body, "step": "commit"} if kind is NodeKind.OPPORTUNITY else body)
        for kind, body in set_so.records
    ]
    own = asked(LEAVES, made=set_so, ask=list(Answered))
    before, after = own.before, own.departures[0]
    assert before.coverage
    assert given.before.coverage
    assert before.coverage.pairings == given.before.coverage.pairings
    assert before.threats
    assert given.before.threats
    assert before.threats.items == given.before.threats.items
    assert before.threats.items != threats(account().graph(), on=TODAY, opportunity_id="line").items
    assert given.departures[0].model_copy(update={"provenance": after.provenance}) == after
    assert given.departures[0].provenance.parameters["step"] == "commit"


def test_nobody_gains_because_the_first_man_leaves_the_scale() -> None:
    made = Deal().member("mia").rival("rex").contact("ben", Level.DECISION).contact("ana", Level.MANAGEMENT)
    made.contact("cem", Level.OPERATIONAL).courts("rex", "ana", 80)
    found = asked_plain(made, {"kind": "leave", "contact_id": "ben"})
    shares = {move.ids[0]: move for move in found.moved if move.answer is Answered.INFLUENCERS}
    assert {move.measure for move in shares.values()} == {"share"}
    assert shares["ana"].before == pytest.approx(3 / 13)
    assert shares["ana"].after == pytest.approx(3 / 4)
    (threat,) = [move for move in found.moved if move.answer is Answered.THREATS]
    assert threat.after == pytest.approx(80 * (3 / 4) / (9 / 13)), "by what Ben weighed before"


def asked_plain(made: Deal, *given: dict[str, Any]) -> WhatIf:
    ask = [Answered.INFLUENCERS, Answered.THREATS]
    return what_if(made.graph(), changes=changes(*given), answers=ask, on=TODAY)


def test_of_many_deciders_both_sides_lead_to_the_same() -> None:
    """Twelve decide; what Ana says to the last two puts them among the first ten in the end."""
    made = Deal().member("mia").contact("ana", Level.OPERATIONAL).knows("mia", "ana", 3)
    names = [f"d{place:02}" for place in range(12)]
    for place, name in enumerate(names):
        made.contact(name, Level.DECISION).influences("ana", name, 0.5)
        made.contact(f"e{place:02}", Level.OPERATIONAL)
        if place < 10:
            made.influences(name, f"e{place:02}", 0.9)
    edges = [
        {"kind": "edge", "edge": "influences", "source_id": name, "target_id": "ana", "fields": {"weight": 1}}
        for name in names[10:]
    ]
    found = what_if(made.graph(), changes=changes(*edges), answers=[Answered.CHAINS], on=TODAY)
    before, after = found.before.chains, found.after.chains
    assert before
    assert after
    assert {chain.target_id for chain in before.items} == {chain.target_id for chain in after.items}
    assert (before.targets_left_out, after.targets_left_out) == (2, 2)
    assert found.moved == []
    gone = {"kind": "leave", "contact_id": "d00"}
    found = what_if(made.graph(), changes=changes(gone), answers=[Answered.CHAINS], on=TODAY)
    assert [(move.ids, move.after) for move in found.moved] == [(["d00"], None)]


def test_the_largest_moves_come_first_and_small_things_that_stay_are_not_told() -> None:
    said = {"kind": "attitude", "contact_id": "ben", "opportunity_id": "line", "attitude": 2}
    found = asked(said, ask=[Answered.FORECAST, Answered.STRENGTH])
    sizes = [abs(move.change) for move in found.moved if move.answer is Answered.FORECAST]
    assert sizes == sorted(sizes, reverse=True)
    assert {move.answer for move in found.moved} == {Answered.FORECAST}
    (first, *_) = found.moved
    assert isinstance(first, Moved)
    assert (first.ids, first.change) == (["ben"], pytest.approx(first.after - first.before))  # type: ignore[operator]


def test_only_what_was_asked_for_is_answered() -> None:
    found = asked(LEAVES, ask=[Answered.TRUST])
    assert found.before.forecast is found.after.chains is None
    assert found.departures == []
    (gone,) = asked(LEAVES, ask=[Answered.DEPARTURE]).departures
    assert (gone.id, gone.items[0].contact_id) == ("mia", "ben")


def test_the_question_is_in_the_provenance() -> None:
    found = asked(LEAVES, step=Step.COMMIT).provenance.parameters
    assert found == {
        "changes": [LEAVES], "answers": ["forecast"], "opportunity_id": "line", "step": "commit"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"kind": "leave", "contact_id": "nobody"}, Code.UNKNOWN_RECORD, "contact_id"),
        ({"kind": "leave", "member_id": "nobody"}, Code.UNKNOWN_RECORD, "member_id"),
        ({"kind": "leave", "contact_id": "shy"}, Code.UNKNOWN_RECORD, "contact_id"),
        (
            {"kind": "tie", "member_id": "mia", "contact_id": "shy", "strength": 5},
            Code.UNKNOWN_RECORD,
            "contact_id",
        ),
        (
            {"kind": "courts", "rival_id": "no", "contact_id": "ana", "strength": 5},
            Code.UNKNOWN_RECORD,
            "rival_id",
        ),
        ({"kind": "step", "opportunity_id": "no", "step": "brew"}, Code.UNKNOWN_RECORD, "opportunity_id"),
        (
            {"kind": "attitude", "contact_id": "ana", "opportunity_id": "no", "attitude": 1},
            Code.UNKNOWN_RECORD,
            "opportunity_id",
        ),
        (
            {"kind": "edge", "edge": "bond", "source_id": "ana", "target_id": "no"},
            Code.UNKNOWN_RECORD,
            "target_id",
        ),
        (
            {"kind": "edge", "edge": "bond", "source_id": "ana", "target_id": "ana"},
            Code.SELF_TIE,
            "target_id",
        ),
        (
            {"kind": "edge", "edge": "reports_to", "source_id": "ben", "target_id": "cem"},
            Code.CYCLE,
            "target_id",
        ),
        (
            {"kind": "edge", "edge": "bond", "source_id": "ana", "target_id": "ben", "fields": {"weight": 2}},
            Code.INVALID_VALUE,
            "fields/weight",
        ),
        (
            {"kind": "edge", "edge": "bond", "source_id": "ana", "target_id": "ben", "fields": {"colour": 2}},
            Code.UNKNOWN_FIELD,
            "fields/colour",
        ),
        (
            {
                "kind": "edge",
                "edge": "bond",
                "source_id": "ana",
                "target_id": "ben",
                "fields": {"source_id": "cem"},
            },
            Code.UNKNOWN_FIELD,
            "fields/source_id",
        ),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(change: dict[str, Any], code: Code, pointer: str) -> None:
    said = {"kind": "attitude", "contact_id": "ben", "opportunity_id": "line", "attitude": 2}
    with pytest.raises(InvalidInput) as refused:
        asked(said, change)
    assert [(fault.code, fault.pointer) for fault in refused.value.faults] == [
        (code, f"/changes/1/{pointer}")
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "leave"},
        {"kind": "leave", "member_id": "mia", "contact_id": "ana"},
        {"kind": "tie", "member_id": "mia", "contact_id": "ana"},
        {"kind": "tie", "member_id": "mia", "contact_id": "ana", "strength": 101},
        {"kind": "vanish"},
        {"kind": "leave", "member_id": "mia", "why": "money"},
    ],
)
def test_a_change_is_checked_before_anything_is_asked(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        changes(change)
