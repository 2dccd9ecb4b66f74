"""Probable bosses: a third of the known lines is hidden, and how often the guesses find them again.

Beside two plain ways: the heads of the person's department and of those above it, in that order; and anybody
who stands higher, drawn by lot (counted exactly). Of the organisations one is real (Krackhardt's managers),
one is the demo's, and one is invented so that its departments follow its chart; in the last one, that of the
other benchmarks, departments have nothing to do with who leads whom, so that little can be found.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks import invent
from benchmarks.figures import Figure
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.on_files import graph_of_files
from graphsvc.features.imports.tables import SourceFile
from models.at_hand import graph_of
from models.enums import EdgeKind, Function, Kind, NodeKind
from models.graph import AccountGraph, EdgeTable
from models.records import Body, body_of, read_record
from queries.bosses.finding import guesses
from queries.bosses.organisation import Organisation, below, organisation, solid_lines
from queries.rules import DEFAULT_RULES
from tests.real_data import krackhardt

ON = date(2026, 11, 21)
DRAWS = 20
HIDDEN = 3
TEAM, TEAMS = 12, 25
DEMO = Path(__file__).parents[1] / "examples" / "demo.json"
Hits = np.ndarray[tuple[int], np.dtype[np.float64]]
WAYS = ("guessed", "head of the department", "anybody higher, by lot")


def measure() -> Iterator[Figure]:
    """All figures of the topic."""
    for name, graph in _organisations():
        found = [_found_again(graph, seed) for seed in range(DRAWS)]
        hidden = sum(each.pop("hidden")[0] for each in found)
        for way in WAYS:
            hits = np.sum([each[way] for each in found], axis=0) / hidden
            for first, value in zip((1, 3), hits.tolist(), strict=True):
                yield Figure("bosses", f"{name}, {way}: among the first {first}", 100 * value, "%")


def _organisations() -> Iterator[tuple[str, AccountGraph]]:
    yield "Krackhardt's 21 managers", krackhardt()
    demo = SourceFile(DEMO.name, DEMO.read_bytes())
    yield "the demo's 58 people", graph_of_files([demo], ImportOptions(today=ON), "jichuan").graph
    yield f"{1 + TEAMS * TEAM} invented, departments by chart", _by_chart(random.Random(1))
    yield "300 invented, departments at random", graph_of("bench", invent.account(300))


def _found_again(graph: AccountGraph, seed: int) -> dict[str, Hits]:
    """How many lines were hidden, and for each way how many bosses were the first and among the first 3."""
    rows = solid_lines(graph.edges[EdgeKind.REPORTS_TO]).tolist()
    chosen = sorted(random.Random(seed).sample(rows, len(rows) // HIDDEN))
    table = graph.edges[EdgeKind.REPORTS_TO]
    truth = {int(table.source[row]): int(table.target[row]) for row in chosen}
    keep = np.ones(len(table), dtype=bool)
    keep[chosen] = False
    left = _with_lines(graph, table.where(keep))
    org = organisation(left, ON, DEFAULT_RULES)
    guessed = {each.person: [one.boss for one in each.ranked] for each in guesses(org, ON, DEFAULT_RULES)}
    truth = {person: boss for person, boss in truth.items() if person in guessed}
    hits = {way: np.zeros(2) for way in WAYS}
    for person, boss in truth.items():
        hits["guessed"] += _hit(guessed[person], boss)
        hits["head of the department"] += _hit(_heads(org, person), boss)
        higher = _higher(org, person)
        if boss in higher:
            hits["anybody higher, by lot"] += np.minimum(1, np.array([1, 3]) / len(higher))
    return {**hits, "hidden": np.array([len(truth)])}


def _with_lines(graph: AccountGraph, lines: EdgeTable) -> AccountGraph:
    """The same account with other reporting lines."""
    edges = {**graph.edges, EdgeKind.REPORTS_TO: lines}
    return AccountGraph(graph.account_id, graph.sequence, graph.firm_sequence, graph.nodes, edges)


def _hit(ranked: Sequence[int | None], boss: int) -> Hits:
    return np.array([boss in ranked[:1], boss in ranked[:3]], dtype=np.float64)


def _heads(org: Organisation, person: int) -> list[int]:
    """Who stands highest in the department, then in those above it, none of them below the person."""
    unit = int(org.who.department[person])
    units = {unit: 0, **org.above[unit]}
    hidden = {person, *below(person, org.under)}
    people = [(steps, one) for place, steps in units.items() for one in org.members.get(place, ())]
    inside = [(steps, one) for steps, one in people if one not in hidden]
    return [
        one for _, one in sorted(inside, key=lambda each: (each[0], -int(org.who.level[each[1]]), each[1]))
    ]


def _higher(org: Organisation, person: int) -> set[int]:
    """Who of all stands higher, or as high where nobody does."""
    level, hidden = org.who.level, {person, *below(person, org.under)}
    others = [one for one in np.flatnonzero(org.told).tolist() if one not in hidden]
    return {one for one in others if level[one] > level[person]} or set(others)


def _by_chart(chance: random.Random) -> AccountGraph:
    """Teams under a board: each has a manager, most of his people report to him, some to one of their own.

    Half of all bosses are known to sway their people; as many such ties stand between any two.
    """
    return graph_of("firm", [(kind, body_of(read_record(kind, body))) for kind, body in _teams(chance)])


def _teams(chance: random.Random) -> Iterator[tuple[Kind, Body]]:
    functions = [function for function in Function if function is not Function.EXECUTIVE]
    yield NodeKind.ACCOUNT, {"id": "firm", "name": "Firm"}
    yield NodeKind.DEPARTMENT, {"id": "board", "account_id": "firm", "name": "Board", "function": "executive"}
    yield from _person("chief", "board", "director")
    lines = list[tuple[str, str]]()
    for place, function in enumerate(functions[:5]):
        yield from _person(f"board{place}", "board", "director", function)
        lines.append((f"board{place}", "chief"))
    for team in range(TEAMS):
        unit, place = f"unit{team}", team % 5
        body = {"id": unit, "account_id": "firm", "name": unit, "function": functions[place]}
        yield NodeKind.DEPARTMENT, body
        yield from _person(f"head{team}", unit, "manager")
        lines.append((f"head{team}", f"board{place}"))
        for seat in range(TEAM - 1):
            yield from _person(f"p{team}-{seat}", unit, "expert" if seat < 3 else "operator")
            under_lead = seat >= 3 and chance.random() < 0.4
            lines.append((f"p{team}-{seat}", f"p{team}-{seat % 3}" if under_lead else f"head{team}"))
    people = [report for report, _ in lines]
    for row, (report, boss) in enumerate(lines):
        yield EdgeKind.REPORTS_TO, {"id": f"r{row}", "source_id": report, "target_id": boss}
        for id_, source in ((f"i{row}", boss), (f"n{row}", chance.choice(people))):
            if chance.random() < 0.5 and source != report:
                yield (
                    EdgeKind.INFLUENCES,
                    {"id": id_, "source_id": source, "target_id": report, "weight": 0.6},
                )


def _person(id_: str, unit: str, rung: str, function: Function | None = None) -> Iterator[tuple[Kind, Body]]:
    yield NodeKind.CONTACT, {"id": id_, "account_id": "firm", "name": id_}
    job = {"id": f"j-{id_}", "source_id": id_, "target_id": unit, "rung": rung}
    yield EdgeKind.WORKS_IN, job if function is None else {**job, "function": function}
