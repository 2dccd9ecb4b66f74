"""Organisations whose hierarchy is known, as account graphs: Krackhardt's managers and Enron's e-mail."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from models.at_hand import graph_of
from models.enums import Basis, EdgeKind, Function, Kind, Level, NodeKind
from models.graph import AccountGraph
from models.records import Body, body_of, read_record

KRACKHARDT = Path(__file__).parent / "data" / "krackhardt"
ENRON = Path(__file__).parents[2] / "shared" / "data" / "enron_email"
RELATIONS = ("advice", "friendship", "reports_to")

_PLACES = {1: Level.DECISION, 2: Level.MANAGEMENT, 3: Level.OPERATIONAL}
_TITLES = {
    5: Level.DECISION,
    4: Level.DECISION,
    3: Level.MANAGEMENT,
    2: Level.MANAGEMENT,
    1: Level.OPERATIONAL,
}
_NOMINATIONS = {"advice": Basis.EXPERTISE, "friendship": Basis.FRIENDSHIP}
_DAY = 86_400


@cache
def krackhardt(
    relations: tuple[str, ...] = RELATIONS, *, levels: bool | frozenset[str] = True
) -> AccountGraph:
    """The 21 managers with the relations asked for; without `levels` nobody's seat is known, or only theirs.

    "a asks b for advice" and "a calls b a friend" become derived influences b → a of weight 0.5.
    """
    records = [*_account("krackhardt", "Krackhardt's managers"), *_managers(levels)]
    rows = _rows(KRACKHARDT / "edges.csv")
    records += [_manager_tie(**row) for row in rows if row["relation"] in relations]
    return _graph("krackhardt", records)


def krackhardt_levels() -> dict[str, int]:
    """The seniority of each manager; the greater, the more senior (3 the CEO)."""
    return {row["id"]: 4 - int(row["level"]) for row in _rows(KRACKHARDT / "nodes.csv")}


@cache
def krackhardt_reference() -> Mapping[str, Any]:
    """Numbers computed elsewhere on the advice ties."""
    reference: Mapping[str, Any] = json.loads((KRACKHARDT / "reference.json").read_text("utf-8"))
    return reference


@cache
def enron(known: frozenset[str] = frozenset()) -> AccountGraph:
    """The 156 employees and who wrote to whom, message by message; the seats of those `known`.

    Skips where the data is absent.
    """
    need_enron()
    names = [row["id"] for row in _rows(ENRON / "nodes.csv")]
    records = [*_account("enron", "Enron"), *(_contact("enron", id_, f"Employee {id_}") for id_ in names)]
    records.append((NodeKind.DEPARTMENT, {"id": "all", "account_id": "enron", "name": "All"}))
    for id_, level in sorted(enron_levels().items()):
        if id_ in known:
            job = {"id": f"job-{id_}", "source_id": id_, "target_id": "all", "level": _TITLES[level]}
            records.append((EdgeKind.WORKS_IN, job))
    records += [_message_tie(*pair, events) for pair, events in sorted(enron_events().items())]
    return _graph("enron", records)


@cache
def enron_events() -> dict[tuple[str, str], list[tuple[int, int]]]:
    """The messages of each (sender, recipient): Unix time and number of recipients, sorted by time."""
    need_enron()
    events: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    with gzip.open(ENRON / "events.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            events[row["source"], row["target"]].append((int(row["unix_time"]), int(row["recipients"])))
    return {pair: sorted(sent) for pair, sent in events.items()}


def enron_levels() -> dict[str, int]:
    """The seniority of each employee, from titles; the greater, the more senior (5 president)."""
    need_enron()
    return {row["id"]: int(row["level"]) for row in _rows(ENRON / "nodes.csv")}


def need_enron() -> None:
    """Skips the test, saying what to put where, unless the Enron data lies beside the project."""
    if not ENRON.is_dir():
        pytest.skip("Enron e-mail is absent: put the data set at ../shared/data/enron_email to run this test")


def dominance(scores: Mapping[str, float], seniority: Mapping[str, int]) -> float:
    """Over all pairs of different seniority, how often the senior scores higher; equal scores count half."""
    won = pairs = 0.0
    for senior in seniority:
        for junior in seniority:
            if seniority[senior] > seniority[junior]:
                pairs += 1
                won += (scores[senior] > scores[junior]) + (scores[senior] == scores[junior]) / 2
    return won / pairs


def precision(scores: Mapping[str, float], top: Collection[str]) -> float:
    """The part of the top people among as many best scores."""
    best = sorted(scores, key=lambda id_: (-scores[id_], id_))[: len(top)]
    return len(set(best) & set(top)) / len(top)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _graph(account_id: str, records: list[tuple[Kind, Body]]) -> AccountGraph:
    return graph_of(account_id, [(kind, body_of(read_record(kind, body))) for kind, body in records])


def _account(id_: str, name: str) -> list[tuple[Kind, Body]]:
    return [(NodeKind.ACCOUNT, {"id": id_, "name": name})]


def _contact(account_id: str, id_: str, name: str) -> tuple[Kind, Body]:
    return NodeKind.CONTACT, {"id": id_, "account_id": account_id, "name": name}


def _managers(levels: bool | frozenset[str]) -> Iterator[tuple[Kind, Body]]:
    rows = list(_rows(KRACKHARDT / "nodes.csv"))
    for unit in sorted({row["department"] for row in rows}):
        function = Function.EXECUTIVE if unit == "0" else Function.OTHER
        body = {"id": f"d{unit}", "account_id": "krackhardt", "name": f"Department {unit}"}
        yield NodeKind.DEPARTMENT, {**body, "function": function}
    for row in rows:
        yield _contact("krackhardt", row["id"], f"Manager {row['id']}")
        job: Body = {"id": f"job-{row['id']}", "source_id": row["id"], "target_id": f"d{row['department']}"}
        if levels is True or (levels and row["id"] in levels):
            job["level"] = _PLACES[int(row["level"])]
        yield EdgeKind.WORKS_IN, job


def _manager_tie(source: str, target: str, relation: str) -> tuple[Kind, Body]:
    id_ = f"{relation}-{source}-{target}"
    if relation == "reports_to":
        return EdgeKind.REPORTS_TO, {"id": id_, "source_id": source, "target_id": target}
    derived = {"weight": 0.5, "stated": False, "basis": _NOMINATIONS[relation]}
    return EdgeKind.INFLUENCES, {"id": id_, "source_id": target, "target_id": source, **derived}


def _message_tie(source: str, target: str, events: list[tuple[int, int]]) -> tuple[Kind, Body]:
    days = [datetime.fromtimestamp(time, UTC).date().isoformat() for time, _ in (events[0], events[-1])]
    return EdgeKind.MESSAGES, {
        "id": f"mail-{source}-{target}",
        "source_id": source,
        "target_id": target,
        "count": len(events),
        "active_days": len({time // _DAY for time, _ in events}),
        "first": days[0],
        "last": days[1],
        "events": [list(event) for event in events],
    }
