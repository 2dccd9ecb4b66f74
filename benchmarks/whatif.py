"""What if: one person leaves, or one edge is there, beside building the account anew and ranking it.

Each change is made on a copy of the tables it touches; ranked are all people, before stability and wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
from pydantic import TypeAdapter

from benchmarks.accounts import ON, Shape, columns
from benchmarks.figures import Figure
from benchmarks.timing import in_turns
from models.graph import AccountGraph, build_graph
from models.whatif import Change
from queries.influence.ranking import influence_scores
from queries.rules import DEFAULT_RULES
from queries.whatif.edits import edited

LARGE = Shape(10_000, 100_000, 1_000)
CHANGES: dict[str, dict[str, Any]] = {
    "one of theirs leaves": {"kind": "leave", "contact_id": "p77"},
    "one of ours leaves": {"kind": "leave", "member_id": "m7"},
    "an influence more": {
        "kind": "edge",
        "edge": "influences",
        "source_id": "p77",
        "target_id": "p5000",
        "fields": {"weight": 0.5},
    },
    "a tie of ours more": {"kind": "tie", "member_id": "m7", "contact_id": "p77", "strength": 60},
}


def measure() -> Iterator[Figure]:
    """All figures of the topic."""
    nodes, edges = columns(LARGE)
    account = build_graph("bench", 0, 0, nodes, edges)
    influence_scores(account, on=ON)
    ways = {what: _changed(account, change) for what, change in CHANGES.items()}
    ways["anew"] = lambda: influence_scores(build_graph("bench", 0, 0, nodes, edges), on=ON)
    times = in_turns(ways)
    size = f"{LARGE.people:,} people, {LARGE.ties:,} ties"
    for what in CHANGES:
        part = times[what] / times["anew"]
        yield Figure("whatif", f"{size}: {what}, beside building and ranking anew", part, most=0.7)
        yield Figure("whatif", f"{size}: {what}", 1000 * times[what], "ms", most=50)


def _changed(account: AccountGraph, change: dict[str, Any]) -> Callable[[], Any]:
    changes = TypeAdapter(list[Change]).validate_json(orjson.dumps([change]))
    return lambda: influence_scores(edited(account, changes, on=ON, rules=DEFAULT_RULES).graph, on=ON)
