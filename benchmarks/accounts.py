"""Invented account graphs of any size, straight from columns: the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from models.enums import EdgeKind, Kind, NodeKind
from models.graph import AccountGraph, EdgeColumns, NodeColumns, build_graph
from models.kinds import spec_of
from models.records import Body, body_of, read_record

ON = date(2026, 11, 21)
_SPAN = 8
_UNIT = 30
_MEMBERS = 10


@dataclass(frozen=True, slots=True)
class Shape:
    """How large an account is: its people, the ties among them, our ties to them, our interactions."""

    people: int
    ties: int
    ours: int = 0
    interactions: int = 0


def graph(shape: Shape, seed: int = 1) -> AccountGraph:
    """An account in departments of about 30; a chart of span 8, influences drawn among all, ties of ours.

    Everybody but the head has a boss, and nobody influences the head.
    """
    return build_graph("bench", 0, 0, *columns(shape, seed))


def columns(shape: Shape, seed: int = 1) -> tuple[dict[NodeKind, NodeColumns], dict[EdgeKind, EdgeColumns]]:
    """The columns that `graph` is built from, as a store gives them."""
    chance = np.random.default_rng(seed)
    nodes = {
        NodeKind.ACCOUNT: _nodes(NodeKind.ACCOUNT, ["bench"], {"name": "Bench", "tier": "A"}),
        NodeKind.DEPARTMENT: _departments(shape),
        NodeKind.CONTACT: _nodes(
            NodeKind.CONTACT, _named("p", shape.people), {"account_id": "bench", "name": "王伟"}
        ),
        NodeKind.MEMBER: _nodes(NodeKind.MEMBER, _named("m", _members(shape)), {"name": "Member"}),
    }
    source, target = known(shape, chance)
    edges = {
        EdgeKind.WORKS_IN: _jobs(shape),
        EdgeKind.REPORTS_TO: _edges(EdgeKind.REPORTS_TO, *bosses(shape), {}),
        EdgeKind.INFLUENCES: _influences(shape, chance),
        EdgeKind.KNOWS: _edges(EdgeKind.KNOWS, source, target, {}),
    }
    if shape.interactions:
        nodes[NodeKind.INTERACTION] = _interactions(shape, source, target, chance)
    return nodes, edges


def fresh(account: AccountGraph) -> AccountGraph:
    """The same snapshot with nothing derived from it yet."""
    return AccountGraph(account.account_id, 0, 0, account.nodes, account.edges)


def bosses(shape: Shape) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Who reports to whom."""
    people = np.arange(1, shape.people)
    return people, (people - 1) // _SPAN


def known(shape: Shape, chance: np.random.Generator) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Which of our members know which contacts."""
    pairs = chance.choice(_members(shape) * shape.people, size=shape.ours, replace=False)
    return pairs // shape.people, pairs % shape.people


def _members(shape: Shape) -> int:
    return max(_MEMBERS, -(-2 * shape.ours // max(shape.people, 1)))


def _departments(shape: Shape) -> NodeColumns:
    units = max(1, shape.people // _UNIT)
    functions = np.array(["user", "technical", "finance", "procurement"])[np.arange(units) % 4].tolist()
    body = {"account_id": "bench", "name": "部门", "function": "user"}
    return _nodes(NodeKind.DEPARTMENT, _named("d", units), body, function=functions)


def _jobs(shape: Shape) -> EdgeColumns:
    people = np.arange(shape.people)
    rungs = np.where(people < 1 + shape.people // 100, "director", "expert")
    rungs = np.where((rungs == "expert") & (people < shape.people // 8), "manager", rungs).tolist()
    units = people % max(1, shape.people // _UNIT)
    return _edges(EdgeKind.WORKS_IN, people, units, {"rung": "expert", "title": "岗位"}, rung=rungs)


def _influences(shape: Shape, chance: np.random.Generator) -> EdgeColumns:
    wanted = max(0, shape.ties - shape.people + 1)
    source, target = chance.integers(0, shape.people, wanted), chance.integers(1, shape.people, wanted)
    source = np.where(source == target, (source + 1) % shape.people, source)
    weight = np.round(chance.uniform(0.1, 0.9, wanted), 2).tolist()
    return _edges(EdgeKind.INFLUENCES, source, target, {"weight": 0.5}, weight=weight)


def _interactions(shape: Shape, member: Any, contact: Any, chance: np.random.Generator) -> NodeColumns:
    pair = np.arange(shape.interactions) % len(member)
    days = np.datetime64(ON) - chance.integers(0, 900, shape.interactions)
    kinds = np.array(["visit", "meeting", "call", "email", "message"])
    body = {"account_id": "bench", "at": f"{ON}T09:00:00Z", "kind": "visit"}
    return _nodes(
        NodeKind.INTERACTION,
        _named("v", shape.interactions),
        {**body, "member_ids": ["m0"], "contact_ids": ["p0"], "direction": "ours", "sentiment": 1},
        at=[f"{day}T09:00:00Z" for day in days],
        kind=kinds[chance.integers(0, 5, shape.interactions)].tolist(),
        direction=np.array(["ours", "theirs"])[chance.integers(0, 2, shape.interactions)].tolist(),
        sentiment=chance.integers(-1, 3, shape.interactions).tolist(),
        member_ids=[[f"m{row}"] for row in member[pair].tolist()],
        contact_ids=[[f"p{row}"] for row in contact[pair].tolist()],
    )


def _named(letter: str, count: int) -> list[str]:
    return [f"{letter}{row}" for row in range(count)]


def _nodes(node: NodeKind, ids: Sequence[str], body: Body, **values: list[Any]) -> NodeColumns:
    return NodeColumns(range(len(ids)), ids, _columns(node, len(ids), {"id": "x", **body}, values))


def _edges(kind: EdgeKind, source: Any, target: Any, body: Body, **values: list[Any]) -> EdgeColumns:
    ids = _named(f"{kind}-", len(source))
    body = {"id": "x", "source_id": "a", "target_id": "b", **body}
    return EdgeColumns(source.tolist(), target.tolist(), ids, _columns(kind, len(ids), body, values))


def _columns(kind: Kind, rows: int, body: Body, values: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The columns of a kind: those given, the others as a record with this body has them."""
    usual = body_of(read_record(kind, body))
    columns = spec_of(kind).columns
    return {column.name: values.get(column.name) or [usual.get(column.name)] * rows for column in columns}
