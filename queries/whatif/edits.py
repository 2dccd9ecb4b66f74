"""Changes as edits of an account graph: each gives another graph, and nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

import numpy as np
from pydantic import ValidationError

from models.columns import code_of
from models.editing import with_field, with_record, without_record
from models.enums import EdgeKind, Line, NodeKind
from models.faults import Code, Fault, InvalidInput, faults_of
from models.findings.whatif import Assumed
from models.graph import AccountGraph
from models.kinds import EDGE_SPECS
from models.records import Body, body_of, read_record
from models.whatif import AddEdge, Change, Courted, Leave, NewAttitude, NewStep, Tie
from queries.departures.departure import left
from queries.naming import position_of
from queries.rules import Rules
from queries.whatif.ties import tied

__all__ = ["Edited", "edited"]


@dataclass(frozen=True, slots=True)
class Edited:
    """A graph after some changes, the ties that were assumed, and who has left (kind and id)."""

    graph: AccountGraph
    assumed: list[Assumed] = field(default_factory=list)
    left: list[tuple[NodeKind, str]] = field(default_factory=list)


def edited(graph: AccountGraph, changes: Sequence[Change], *, on: date, rules: Rules) -> Edited:
    """The graph after the changes, one after the other, on a day.

    * leave: one of ours goes with every tie, one of theirs counts as having left.
    * tie: a questionnaire filled in on the day makes the tie as strong as can be made out (see `tied`).
    * attitude: every part he plays in the purchase that day says so; who plays none is given one without
      a role.
    * step: the purchase is at the step since the day.
    * courts: the rep's ties to the contact that hold have this strength; without one, one begins.
    * edge: as a record with these fields; a solid reporting line takes the place of the one that held.

    Raises InvalidInput, the places as pointers to the change: `/changes/2/contact_id`. O(changes · rows).
    """
    assumed: list[Assumed] = []
    gone: list[tuple[NodeKind, str]] = []
    for number, change in enumerate(changes):
        place = _Place(graph, f"/changes/{number}", number)
        match change:
            case Leave():
                kind = NodeKind.MEMBER if change.member_id else NodeKind.CONTACT
                id_ = place.named(kind, change.member_id or change.contact_id or "", f"{kind}_id")
                graph = left(graph, kind, id_)
                gone.append((kind, id_))
            case Tie():
                place.named(NodeKind.MEMBER, change.member_id, "member_id")
                place.named(NodeKind.CONTACT, change.contact_id, "contact_id")
                graph, found = tied(graph, change, number, on=on, rules=rules)
                assumed.append(found)
            case NewAttitude():
                graph = _with_attitude(place, change, on)
            case NewStep():
                id_ = place.named(NodeKind.OPPORTUNITY, change.opportunity_id, "opportunity_id")
                graph = with_field(graph, NodeKind.OPPORTUNITY, id_, "step", str(change.step))
                graph = with_field(graph, NodeKind.OPPORTUNITY, id_, "step_since", on.isoformat())
            case Courted():
                graph = _courted(place, change, on)
            case AddEdge():
                graph = _with_edge(place, change, on)
    return Edited(graph, assumed, gone)


@dataclass(frozen=True, slots=True)
class _Place:
    """The graph that a change is made to, and where the change stands among what was sent."""

    graph: AccountGraph
    pointer: str
    number: int

    def named(self, kind: NodeKind, id_: str, name: str) -> str:
        """The id of what a change names. Raises InvalidInput (`queries.naming`)."""
        position_of(self.graph, kind, id_, f"{self.pointer}/{name}")
        return id_

    def refuse(self, code: Code, where: str, **params: Any) -> NoReturn:
        """Raises InvalidInput for a field of the change."""
        raise InvalidInput(Fault(code, params, pointer=f"{self.pointer}/{where}"))

    def new_id(self, kind: EdgeKind) -> str:
        """An id that no edge of the kind has."""
        taken, id_ = self.graph.edges[kind].ids, f"what-if-{self.number}"
        while id_ in taken:
            id_ += "-"
        return id_


def _between(graph: AccountGraph, kind: EdgeKind, source: int, target: int, on: date) -> list[str]:
    """The ids of the edges of a kind that hold on a day from one node to another."""
    table = graph.on(on).edges[kind]
    return [
        table.ids[row] for row in np.flatnonzero((table.source == source) & (table.target == target)).tolist()
    ]


def _with_attitude(place: _Place, change: NewAttitude, on: date) -> AccountGraph:
    graph = place.graph
    contact = graph.contacts.position[place.named(NodeKind.CONTACT, change.contact_id, "contact_id")]
    deals = graph.nodes[NodeKind.OPPORTUNITY].position
    deal = deals[place.named(NodeKind.OPPORTUNITY, change.opportunity_id, "opportunity_id")]
    value = None if change.attitude is None else int(change.attitude)
    parts = _between(graph, EdgeKind.PLAYS, contact, deal, on)
    if not parts:
        body = {"source_id": change.contact_id, "target_id": change.opportunity_id, "attitude": value}
        return with_record(graph, EdgeKind.PLAYS, _body(EdgeKind.PLAYS, place.new_id(EdgeKind.PLAYS), body))
    for id_ in parts:
        graph = with_field(graph, EdgeKind.PLAYS, id_, "attitude", value)
    return graph


def _courted(place: _Place, change: Courted, on: date) -> AccountGraph:
    graph = place.graph
    rival = graph.nodes[NodeKind.RIVAL].position[place.named(NodeKind.RIVAL, change.rival_id, "rival_id")]
    contact = graph.contacts.position[place.named(NodeKind.CONTACT, change.contact_id, "contact_id")]
    held = _between(graph, EdgeKind.COURTS, rival, contact, on)
    for id_ in held:
        graph = with_field(graph, EdgeKind.COURTS, id_, "strength", change.strength)
    if held:
        return graph
    body = {"source_id": change.rival_id, "target_id": change.contact_id, "strength": change.strength}
    return with_record(graph, EdgeKind.COURTS, _body(EdgeKind.COURTS, place.new_id(EdgeKind.COURTS), body))


def _with_edge(place: _Place, change: AddEdge, on: date) -> AccountGraph:
    graph, kind = place.graph, change.edge
    for name in ("source_id", "target_id"):
        if name in change.fields:
            place.refuse(Code.UNKNOWN_FIELD, f"fields/{name}", name=name)
    spec = EDGE_SPECS[kind]
    given = {**change.fields, "source_id": change.source_id, "target_id": change.target_id}
    begins = spec.source_of(given)
    place.named(begins, change.source_id, "source_id")
    place.named(spec.target, change.target_id, "target_id")
    if begins is spec.target and change.source_id == change.target_id:
        place.refuse(Code.SELF_TIE, "target_id", id=change.target_id)
    try:
        body = _body(kind, place.new_id(kind), given)
    except ValidationError as error:
        raise InvalidInput(*faults_of(error, f"{place.pointer}/fields")) from error
    if kind is EdgeKind.REPORTS_TO and body["line"] == Line.SOLID:
        graph = _under_no_other(place, body, on)
    return with_record(graph, kind, body)


def _body(kind: EdgeKind, id_: str, given: Body) -> Body:
    """The whole body of an edge's record. Raises pydantic.ValidationError."""
    return body_of(read_record(kind, {"id": id_, **given}))


def _under_no_other(place: _Place, body: Body, on: date) -> AccountGraph:
    """The graph without the solid lines upward that hold for somebody who gets a new boss.

    Raises InvalidInput if the new boss stands below him.
    """
    graph, people = place.graph, place.graph.contacts
    lines = graph.on(on).edges[EdgeKind.REPORTS_TO]
    solid = np.flatnonzero(lines.array("line") != code_of(Line.DOTTED)).tolist()
    report, boss = people.position[body["source_id"]], people.position[body["target_id"]]
    above = {int(lines.source[row]): int(lines.target[row]) for row in solid}
    path = [boss]
    while path[-1] != report and path[-1] in above and len(path) <= len(above):
        path.append(above[path[-1]])
    if path[-1] == report:
        names = " → ".join(people.ids[one] for one in (report, *path))
        place.refuse(Code.CYCLE, "target_id", path=names)
    for row in solid:
        if lines.source[row] == report and lines.ids[row] != body["id"]:
            graph = without_record(graph, EdgeKind.REPORTS_TO, lines.ids[row])
    return graph
