"""Probable duplicates among the people of an account, or between it and other accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from models.findings.duplicates import Duplicate, Duplicates, Likeness
from models.graph import AccountGraph
from queries.duplicates.blocks import candidates
from queries.duplicates.likeness import Namesakes, likeness, reasons, score
from queries.duplicates.persons import Person, persons
from queries.numbers import significant
from queries.provenance import provenance_of
from queries.rules import DEFAULT_RULES, Rules

VERSION = "1"
Others = Mapping[str, Sequence[Person]]
"""People of other accounts, by account."""


@dataclass(frozen=True, slots=True)
class _Found:
    items: list[Duplicate]
    people: int
    compared: int
    split: int


def find_duplicates(
    graph: AccountGraph,
    *,
    on: date,
    rules: Rules = DEFAULT_RULES,
    min_score: float | None = None,
    others: Others | None = None,
) -> Duplicates:
    """The pairs of contacts that may be one person, best first, equal ones by ids.

    Pairs of this account, or with `others` those of one of its people with one of theirs, as they stand on
    that day. `min_score` (default: `least_score` of the rules) leaves out what scores less; people told apart
    are no pair.
    O(people · (length of a name + block_people)), kept for one account.
    """
    least = rules.duplicates.least_score if min_score is None else min_score
    if others is not None:
        found = _find(graph, on, rules, least, others)
    else:
        key = ("duplicates", on, rules.version, least)
        found = graph.memo(key, lambda: _find(graph, on, rules, least))
    return Duplicates(
        items=found.items,
        people=found.people,
        compared=found.compared,
        split_blocks=found.split,
        provenance=provenance_of(
            graph,
            on,
            rules,
            "duplicates",
            VERSION,
            min_score=least,
            accounts=sorted(others or ()),
        ),
    )


def _find(
    graph: AccountGraph,
    on: date,
    rules: Rules,
    least: float,
    others: Others | None = None,
) -> _Found:
    table = rules.duplicates
    people = [*persons(graph.on(on), table), *chain.from_iterable((others or {}).values())]
    people.sort(key=lambda person: (person.account_id, person.id))
    namesakes, chosen = Namesakes.of(people), candidates(people, table)
    found, compared = [], 0
    for first, second in chosen.pairs:
        one, other = people[first], people[second]
        if _apart(one, other) or (others is not None and one.account_id == other.account_id):
            continue
        if graph.account_id not in (one.account_id, other.account_id):
            continue
        compared += 1
        applied = likeness(one, other, namesakes, table)
        value = score(applied, table)
        if value >= least:
            found.append((value, _duplicate(one, other, value, reasons(applied, table))))
    found.sort(key=lambda row: (-row[0], row[1].contact_id, row[1].other_id))
    return _Found([pair for _, pair in found], len(people), compared, chosen.split)


def _apart(one: Person, other: Person) -> bool:
    return other.id in one.others or one.id in other.others


def _duplicate(one: Person, other: Person, value: float, why: list[Likeness]) -> Duplicate:
    one, other = sorted((one, other), key=lambda person: person.id)
    return Duplicate(
        contact_id=one.id,
        other_id=other.id,
        name=one.shown,
        other_name=other.shown,
        account_id=one.account_id,
        other_account_id=other.account_id,
        score=significant(value),
        reasons=why,
    )
