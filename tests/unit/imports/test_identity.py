"""Export → import is the identity: an empty store gets the same graph, the same store nothing new."""

from __future__ import annotations

import asyncio
import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.features.exports.service import whole_document
from graphsvc.features.imports.service import import_files
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import Scope
from models.changes import ChangeSet, Put
from models.enums import (
    Attitude,
    Basis,
    BuyingRole,
    EdgeKind,
    Function,
    InteractionKind,
    Kind,
    Level,
    NodeKind,
    Personality,
    Polarity,
    Step,
    Voice,
)
from models.records import read_record
from tests.lengths import cases
from tests.names import is_name
from tests.unit.imports.reading import options, source

OWNER = Scope(actor="test")
MEMBERS, CONTACTS, DEPARTMENTS = ["m1", "m2"], ["a", "b", "c", "d"], ["d1", "d2"]

text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(
    lambda t: t.strip() != ""
)
names = st.one_of(
    text.filter(is_name), st.sampled_from(["王建国", "today-30d", "=1+1", 'O\'Neil; "Q"\t', "today"])
)
days = st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(date.isoformat)
moments = days.map(lambda day: f"{day}T09:30:00Z")
part, points = st.floats(0, 1), st.floats(0, 100)
event = st.tuples(st.integers(0, 2**31), st.integers(1, 9))


def maybe(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


NODE_FIELDS: dict[NodeKind, st.SearchStrategy[dict[str, Any]]] = {
    NodeKind.DEPARTMENT: maybe(function=st.sampled_from(Function), mandate=text),
    NodeKind.CONTACT: maybe(
        personality=st.sampled_from(Personality),
        placeholder=st.booleans(),
        restricted=st.booleans(),
        confirmed_on=days,
        channels=st.lists(st.fixed_dictionaries({"kind": st.just("wechat"), "value": names}), max_size=2),
        wants=st.dictionaries(st.sampled_from(["status", "security"]), st.integers(0, 3)),
        external_ids=st.dictionaries(st.just("crm"), st.uuids().map(str)),
    ),
    NodeKind.MEMBER: maybe(title=names, city=names),
    NodeKind.INTERACTION: maybe(
        sentiment=st.integers(-2, 2), minutes=st.integers(0, 600), note=text, resolved_on=days
    ),
    NodeKind.OPPORTUNITY: maybe(value=st.floats(0, 1e12), step=st.sampled_from(Step), step_since=days),
}
COMMON = {"since": days, "confidence": part, "note": text, "confirmed_on": days}
EDGE_FIELDS: dict[EdgeKind, tuple[list[str], list[str], st.SearchStrategy[dict[str, Any]]]] = {
    EdgeKind.WORKS_IN: (CONTACTS, DEPARTMENTS, maybe(title=names, level=st.sampled_from(Level), **COMMON)),
    EdgeKind.INFLUENCES: (
        CONTACTS,
        CONTACTS,
        maybe(weight=part, stated=st.booleans(), basis=st.sampled_from(Basis), **COMMON),
    ),
    EdgeKind.BOND: (CONTACTS, CONTACTS, maybe(polarity=st.sampled_from(Polarity), weight=part, **COMMON)),
    EdgeKind.MESSAGES: (
        CONTACTS,
        CONTACTS,
        maybe(count=st.integers(0, 9), first=days, events=st.lists(event, max_size=3)),
    ),
    EdgeKind.KNOWS: (MEMBERS, CONTACTS, maybe(personal=points, referral_ok=st.booleans(), **COMMON)),
    EdgeKind.PLAYS: (
        CONTACTS,
        ["o1"],
        maybe(
            roles=st.lists(st.sampled_from(BuyingRole), max_size=2, unique=True),
            attitude=st.sampled_from(Attitude),
            voice=st.sampled_from(Voice),
        ),
    ),
}


@st.composite
def accounts(draw: st.DrawFn) -> list[tuple[Kind, dict[str, Any]]]:
    """The records of one account that keep all rules of the store."""
    owner = {"account_id": "acme"}
    records: list[tuple[Kind, dict[str, Any]]] = [(NodeKind.ACCOUNT, {"id": "acme", "name": draw(names)})]
    for kind, ids in (
        (NodeKind.DEPARTMENT, DEPARTMENTS),
        (NodeKind.CONTACT, CONTACTS),
        (NodeKind.OPPORTUNITY, ["o1"]),
    ):
        records += [
            (kind, {"id": id_, "name": draw(names), **owner, **draw(NODE_FIELDS[kind])}) for id_ in ids
        ]
    records += [
        (NodeKind.MEMBER, {"id": id_, "name": draw(names), **draw(NODE_FIELDS[NodeKind.MEMBER])})
        for id_ in MEMBERS
    ]
    for number in range(draw(st.integers(0, 3))):
        body = {
            "id": f"i{number}",
            "at": draw(moments),
            "kind": draw(st.sampled_from(InteractionKind)),
            **owner,
        }
        people = {"member_ids": ["m1"], "contact_ids": [draw(st.sampled_from(CONTACTS))]}
        records.append((NodeKind.INTERACTION, {**body, **people, **draw(NODE_FIELDS[NodeKind.INTERACTION])}))
    for place in range(1, len(CONTACTS)):
        boss = draw(st.sampled_from([None, *CONTACTS[:place]]))
        if boss:
            records.append(
                (EdgeKind.REPORTS_TO, {"id": f"r{place}", "source_id": CONTACTS[place], "target_id": boss})
            )
    for number in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(list(EDGE_FIELDS)))
        sources, targets, fields = EDGE_FIELDS[kind]
        source_id = draw(st.sampled_from(sources))
        target_id = draw(st.sampled_from([id_ for id_ in targets if id_ != source_id]))
        records.append(
            (kind, {"id": f"e{number}", "source_id": source_id, "target_id": target_id, **draw(fields)})
        )
    return records


async def _there_and_back(records: list[tuple[Kind, dict[str, Any]]], folder: Path) -> None:
    one, two = [
        await open_store(f"sqlite:///{folder / name}", Settings(_env_file=None))
        for name in ("one.db", "two.db")
    ]
    try:
        puts = tuple(Put(kind, read_record(kind, body)) for kind, body in records)
        await one.apply(OWNER, ChangeSet("given", puts))
        document = await whole_document(one, OWNER)
        files = [source("all.json", json.dumps(document, ensure_ascii=False))]
        fresh = await import_files(two, OWNER, files, options())
        assert (fresh.put, fresh.unchanged) == (len(records), 0)
        assert await whole_document(two, OWNER) == document
        stored = [
            [(row.kind, row.body) for row in await store.records(OWNER, "acme")] for store in (one, two)
        ]
        assert stored[0] == stored[1]
        before = await one.sequences(OWNER, "acme")
        again = await import_files(one, OWNER, files, options())
        assert (again.put, again.unchanged) == (0, len(records))
        assert await one.sequences(OWNER, "acme") == before
    finally:
        await one.close()
        await two.close()


@settings(max_examples=cases(40), deadline=None)
@given(accounts())
def test_export_then_import_is_the_identity(records: list[tuple[Kind, dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_there_and_back(records, Path(folder)))
