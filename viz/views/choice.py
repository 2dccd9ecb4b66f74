"""What the influence map shows of an account that has more people and ties than a picture can hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from models.enums import BuyingRole
from models.findings.chains import Chain, Chains
from viz.views.people import Fields, Roster

MOST_PEOPLE, MOST_TIES, TIES_EACH = 60, 120, 3
MOST_OURS, MOST_RIVALS = 8, 8
FAMILIAR_POINTS = 25.0
"""Ties of ours below are drawn only where they are a step of the chain."""
Row = dict[str, Any]


def best_chain(chains: Chains | None, roles: Callable[[str], Collection[str]]) -> Chain | None:
    """The chain the map lights: the most probable to a person who decides (by `roles`), else to anybody."""
    if chains is None:
        return None

    def weight(chain: Chain) -> tuple[bool, float, str]:
        decides = BuyingRole.DECISION_MAKER in roles(chain.target_id)
        return not decides, -chain.probability, chain.target_id

    return min((chain for chain in chains.items if chain.rank == 1), key=weight, default=None)


def chosen_people(
    people: Roster, rows: list[Row], chain: Chain | None, limit: int, named: str | None = None
) -> list[str]:
    """Who has a circle, the most important first; whoever is `named` has one."""
    tied = {end for row in rows if row["kind"] not in ("knows", "courts") for end in (row["from"], row["to"])}
    on_chain = {*(chain.path if chain else ()), *((named,) if named else ())}

    def weight(row: Fields) -> tuple[Any, ...]:
        return row["id"] not in on_chain, not row["roles"], row["rank"] or len(people.fields) + 1, row["id"]

    wanted = [
        row
        for row in people.fields
        if row["id"] in on_chain
        or (not row["left"] and (row["id"] in tied or row["roles"] or row["key_player"] or row["badge"]))
    ]
    return [row["id"] for row in sorted(wanted, key=weight)[:limit]]


def chosen_ties(people: Roster, rows: list[Row], shown: set[str]) -> list[Row]:
    """Ties with both ends on the map, the heaviest of them, at most so many of our people and theirs."""
    best: dict[str, str] = {}
    for member, contact, points in people.ours:
        row = people.of(contact)
        if (points or 0.0) >= FAMILIAR_POINTS and (row["roles"] or row["badge"] or row["hidden"]):
            best.setdefault(contact, member)
    kept: list[Row] = []
    load: dict[str, dict[str, float]] = {"knows": defaultdict(float), "courts": defaultdict(float)}
    for row in rows:
        ours = row["kind"] in load
        if row["to"] not in shown or (not ours and row["from"] not in shown):
            continue
        if row["kind"] == "knows" and row["chain"] is None and best.get(row["to"]) != row["from"]:
            continue
        if ours:
            load[row["kind"]][row["from"]] += (row["weight"] or 0.0) + 100 * (row["chain"] is not None)
        kept.append(row)
    sides = _heaviest(load["knows"], MOST_OURS) | _heaviest(load["courts"], MOST_RIVALS)
    kept = [row for row in kept if row["kind"] not in load or row["from"] in sides]

    def worth(row: Row) -> tuple[Any, ...]:
        scores = sum(people.of(row[end])["score"] or 0.0 for end in ("from", "to") if row[end] in shown)
        light = -(row["weight"] or 0.0)
        return row["chain"] is None, row["kind"] == "messages", light, -scores, row["id"]

    return sorted(kept, key=worth)[: min(MOST_TIES, TIES_EACH * max(len(shown), 12))]


def _heaviest(load: dict[str, float], most: int) -> set[str]:
    return set(sorted(load, key=lambda id_: (-load[id_], id_))[:most])
