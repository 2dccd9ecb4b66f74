"""What was known at any time: as it was seen then, and as a replay of the log from empty."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings

from graphsvc.errors import NotFound
from graphsvc.features.duplicates.schemas import DuplicatesQuery
from graphsvc.features.duplicates.service import duplicates
from graphsvc.stores.port import GraphStore, Scope, Sequences
from models.changes import Change, Delete, Stored
from tests.contract.writing import EVERYTHING, E, N, acme, put, stood, tables, tie, whole_log, write

PEOPLE = [f"p{number}" for number in range(8)]
MOMENT = timedelta(microseconds=1)
Seen = tuple[datetime, list[Stored], dict[str, Any], Sequences]


async def seen_now(store: GraphStore) -> Seen:
    """The account acme now, and the time of the last change it shows."""
    at = max([(await whole_log(store, log))[-1].at for log in ("acme", "firm")])
    graph = await store.account_graph(EVERYTHING, "acme")
    records = list(await store.records(EVERYTHING, "acme"))
    return at, records, tables(graph), Sequences(graph.sequence, graph.firm_sequence)


def some_changes(chance: random.Random, there: set[str]) -> list[Change]:
    """A change set of people, ties and one of ours; `there` are the people that exist, and is kept."""
    if there and chance.random() < 0.3:
        gone = chance.choice(sorted(there))
        there.discard(gone)
        return [Delete(N.CONTACT, gone)]
    if chance.random() < 0.2:
        return [put(N.MEMBER, "mia", city=f"City {chance.random()}")]
    person = chance.choice(PEOPLE)
    there.add(person)
    made: list[Change] = [put(N.CONTACT, person, name=f"Name {chance.random()}")]
    made.append(tie(E.KNOWS, "mia", person, personal=chance.randint(0, 100)))
    return made + [tie(E.INFLUENCES, person, other) for other in sorted(there - {person})[:2]]


async def test_the_past_is_as_it_was_seen_then(store: GraphStore) -> None:
    await acme(store)
    chance, there = random.Random(3), set[str]()
    seen = [await seen_now(store)]
    for _ in range(15):
        await write(store, *some_changes(chance, there))
        seen.append(await seen_now(store))
    for number, (at, records, graph, sequences) in enumerate(seen):
        until = seen[number + 1][0] if number + 1 < len(seen) else at + timedelta(days=1)
        for time in (at, at + chance.random() * (until - MOMENT - at)):
            assert await store.records(EVERYTHING, "acme", as_of=time) == records
            past = await store.account_graph(EVERYTHING, "acme", as_of=time)
            assert tables(past) == graph
            assert Sequences(past.sequence, past.firm_sequence) == sequences
            assert await store.account_graph(EVERYTHING, "acme", as_of=time) is past


async def test_duplicates_across_are_those_with_the_accounts_that_were_there(store: GraphStore) -> None:
    await acme(store)
    mail = [{"kind": "email", "value": "ana@x.cn"}]
    await write(store, put(N.CONTACT, "ana", channels=mail))
    await write(store, put(N.CONTACT, "zoe", account_id="bolt", name="Ana", channels=mail))
    then = (await whole_log(store, "bolt"))[-1].at
    await write(store, put(N.ACCOUNT, "late"), put(N.CONTACT, "eve", account_id="late", channels=mail))
    for as_of, accounts in ((then, ["bolt"]), (None, ["bolt", "late"])):
        query = DuplicatesQuery(across=True, min_score=0, as_of=as_of)
        found = await duplicates(store, EVERYTHING, "acme", query)
        assert sorted({pair.other_account_id for pair in found.items}) == accounts
        assert found.provenance.parameters["accounts"] == accounts


async def test_the_past_is_a_replay_from_empty(store: GraphStore) -> None:
    await acme(store)
    chance, there = random.Random(4), set[str]()
    for round_ in range(25):
        made = some_changes(chance, there)
        if there and round_ % 4 == 0:
            made.append(tie(E.BOND, min(there), "zoe", weight=chance.random()))  # bolt's as well
        await write(store, *made)
    await write(store, Delete(N.ACCOUNT, "bolt"), Delete(N.CONTACT, "zoe"))
    logs = {log: await whole_log(store, log) for log in ("acme", "firm")}
    first, last = logs["acme"][0].at, logs["acme"][-1].at
    deleted = sum(entry.after is None and entry.before is not None for entry in logs["acme"])
    assert deleted > 5
    for _ in range(settings.default.max_examples):
        time = first + chance.random() * (last - first)
        expected = {
            log: stood(entry for entry in entries if entry.at <= time) for log, entries in logs.items()
        }
        found = {(row.kind, row.id): row for row in await store.records(EVERYTHING, "acme", as_of=time)}
        assert {key: row for key, row in found.items() if row.account} == expected["acme"]
        ours = {key: row for key, row in found.items() if row.account is None}
        assert ours == {key: expected["firm"][key] for key in ours}


async def test_times_before_the_account_and_after_its_end(filled: GraphStore) -> None:
    made = (await whole_log(filled, "bolt"))[0].at
    with pytest.raises(NotFound):
        await filled.account_graph(EVERYTHING, "bolt", as_of=made - MOMENT)
    assert await filled.sequences(EVERYTHING, "bolt", as_of=made - MOMENT) == Sequences(0, 0)
    await write(filled, Delete(N.CONTACT, "zoe"), Delete(N.ACCOUNT, "bolt"))
    past = await filled.account_graph(EVERYTHING, "bolt", as_of=made)
    assert past.contacts.ids == ("zoe",)
    with pytest.raises(NotFound):
        await filled.account_graph(EVERYTHING, "bolt", as_of=made + timedelta(days=1))
    with pytest.raises(NotFound):
        await filled.records(Scope("bob", frozenset({"bolt"})), "acme", as_of=made)
