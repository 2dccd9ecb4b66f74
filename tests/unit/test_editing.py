"""An edited graph is the graph built of the edited records, bit by bit; the one before stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.at_hand import graph_of
from models.editing import with_field, with_record, without_record
from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import EDGE_SPECS, NODE_SPECS
from models.records import Body, body_of, read_record
from tests.contract.writing import tables
from tests.deals import Deal
from tests.machine.bodies import records

Records = dict[tuple[Kind, str], Body]


def ends_are_there(kind: Kind, body: Body, held: Records) -> bool:
    if not isinstance(kind, EdgeKind):
        return body.get("account_id", "a") == "a"
    spec = EDGE_SPECS[kind]
    return (spec.source_of(body), body["source_id"]) in held and (spec.target, body["target_id"]) in held


PLAIN: list[tuple[NodeKind, Body]] = [
    (NodeKind.ACCOUNT, {"id": "a", "name": "A"}),
    *((NodeKind.CONTACT, {"id": id_, "account_id": "a", "name": id_}) for id_ in ("p1", "p2", "p3", "p4")),
    *((NodeKind.DEPARTMENT, {"id": id_, "account_id": "a", "name": id_}) for id_ in ("d1", "d2", "d3")),
    *((NodeKind.OPPORTUNITY, {"id": id_, "account_id": "a", "name": id_}) for id_ in ("o1", "o2")),
    *((NodeKind.MEMBER, {"id": id_, "name": id_}) for id_ in ("m1", "m2")),
    (NodeKind.COMPETITOR, {"id": "k1", "name": "k1"}),
    (NodeKind.RIVAL, {"id": "r1", "name": "r1", "competitor_id": "k1"}),
    (NodeKind.PRODUCT, {"id": "q1", "name": "q1"}),
]


@st.composite
def accounts(draw: st.DrawFn) -> tuple[Records, list[tuple[Kind, Body]]]:
    """The records of account a, and further ones that fit to it."""
    held: Records = {(kind, body["id"]): body_of(read_record(kind, body)) for kind, body in PLAIN}
    more: list[tuple[Kind, Body]] = []
    for kind in draw(st.lists(st.sampled_from([*NODE_SPECS, *EDGE_SPECS]), min_size=3, max_size=8)):
        record = draw(records(kind))
        body = body_of(record)
        if ends_are_there(kind, body, held) and kind is not NodeKind.ACCOUNT:
            if draw(st.booleans()):
                held[kind, record.id] = body
            else:
                more.append((kind, body))
    return held, more


def built(held: Records) -> object:
    return tables(graph_of("a", [(kind, body) for (kind, _), body in held.items()]))


@given(accounts())
def test_a_record_more_or_another(made: tuple[Records, list[tuple[Kind, Body]]]) -> None:
    held, more = made
    graph = graph_of("a", [(kind, body) for (kind, _), body in held.items()])
    before = tables(graph)
    for kind, body in more:
        if not ends_are_there(kind, body, held):
            continue
        old = held.get((kind, body["id"]))
        held[kind, body["id"]] = body
        edited = with_record(graph, kind, body)
        assert tables(edited) == built(held)
        assert tables(graph) == before
        assert old is None or tables(with_record(edited, kind, old)) == before
        graph, before = edited, tables(edited)


@given(accounts(), st.data())
def test_a_record_less(made: tuple[Records, list[tuple[Kind, Body]]], data: st.DataObject) -> None:
    held, _ = made
    kind, id_ = data.draw(st.sampled_from(sorted(held)))
    if kind is NodeKind.ACCOUNT:
        return
    graph = graph_of("a", [(each, body) for (each, _), body in held.items()])
    before = tables(graph)
    edited = without_record(graph, kind, id_)
    del held[kind, id_]
    left = {key: body for key, body in held.items() if ends_are_there(key[0], body, held)}
    assert tables(edited) == built(left)
    assert tables(graph) == before


def test_one_field_of_a_record() -> None:
    deal = Deal().contact("ana").contact("ben").opportunity("line").plays("ana", "line", attitude=-1)
    graph = deal.graph()
    edited = with_field(graph, EdgeKind.PLAYS, "plays-ana-line", "attitude", 2)
    assert next(edited.edges[EdgeKind.PLAYS].rows(edited.nodes))["attitude"] == 2
    assert next(graph.edges[EdgeKind.PLAYS].rows(graph.nodes))["attitude"] == -1
    left = with_field(graph, NodeKind.CONTACT, "ben", "status", "left")
    assert [row.get("status") for row in left.contacts.rows()] == ["active", "left"]
    assert left.edges[EdgeKind.PLAYS] is graph.edges[EdgeKind.PLAYS]


@pytest.mark.parametrize("kind", [NodeKind.CONTACT, EdgeKind.PLAYS])
def test_what_is_not_there_cannot_go(kind: Kind) -> None:
    with pytest.raises(KeyError):
        without_record(Deal().graph(), kind, "nobody")
    with pytest.raises(KeyError):
        with_field(Deal().graph(), kind, "nobody", "note", "x")
