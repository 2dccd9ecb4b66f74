"""Graph documents: JSON and NDJSON in, relative dates, made ids, and everything that can be wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.features.imports.batch import Known
from graphsvc.features.imports.checking import CheckedBatch
from graphsvc.features.imports.documents import document_of
from graphsvc.features.imports.loading import load
from graphsvc.features.imports.on_files import records_of
from graphsvc.features.imports.reader import read
from graphsvc.features.imports.rows import CheckedRows
from models.changes import Put
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code, Fault, InvalidInput
from models.records import Body, body_of
from tests.contract.test_snapshots import EVERY_KIND
from tests.unit.imports.reading import batch_of, bodies_of, faults_in, options, source

NODES: list[dict[str, Any]] = [
    {"kind": "account", "id": "acme", "name": "Acme"},
    {"kind": "contact", "id": "a", "account_id": "acme", "name": "today-30d"},
    {"kind": "contact", "id": "b", "account_id": "acme", "name": "Bob", "confirmed_on": "today"},
    {"kind": "member", "id": "us", "name": "Lin Lan"},
    {
        "kind": "interaction",
        "id": "i1",
        "interaction_kind": "visit",
        "account_id": "acme",
        "at": "today-3dT09:30",
        "member_ids": ["us"],
        "contact_ids": ["a"],
    },
    {
        "kind": "opportunity",
        "id": "o",
        "account_id": "acme",
        "name": "Line II",
        "milestones": [{"stage": "develop", "reached_on": "today+2d"}],
    },
]
EDGES: list[dict[str, Any]] = [
    {"kind": "influences", "source_id": "a", "target_id": "b", "weight": 0.6},
    {"kind": "knows", "id": "k", "source_id": "us", "target_id": "a", "since": "today-400d"},
]


def document(nodes: list[Any] = NODES, edges: list[Any] = EDGES, **more: Any) -> str:
    return json.dumps({"format": "graphsvc/1", "nodes": nodes, "edges": edges, **more})


def test_records_are_read_with_relative_dates_where_dates_belong() -> None:
    (opportunity,) = bodies_of(NodeKind.OPPORTUNITY, d=document())
    assert opportunity["milestones"][0]["reached_on"] == "2026-03-03"
    (visit,) = bodies_of(NodeKind.INTERACTION, d=document())
    assert (visit["kind"], visit["at"]) == ("visit", "2026-02-26T09:30:00Z")
    one, two = bodies_of(NodeKind.CONTACT, d=document())
    assert (one["name"], two["confirmed_on"]) == ("today-30d", "2026-03-01")
    assert bodies_of(EdgeKind.KNOWS, d=document())[0]["since"] == "2025-01-25"


def test_an_edge_without_an_id_gets_a_stable_one() -> None:
    one, two = (bodies_of(EdgeKind.INFLUENCES, d=document()) for _ in range(2))
    assert one == two
    twice = bodies_of(EdgeKind.INFLUENCES, d=document(edges=[EDGES[0], EDGES[0]]))
    assert len({body["id"] for body in twice}) == 2


def test_ndjson_is_the_same_document() -> None:
    lines = [{"format": "graphsvc/1"}, *NODES, *EDGES]
    text = "\n".join(json.dumps(line) for line in lines)
    one, two = batch_of(d=document()), batch_of(d=text)
    assert [(draft.kind, draft.body) for draft in one.drafts] == [
        (draft.kind, draft.body) for draft in two.drafts
    ]
    fault = faults_in(d=text.replace('"Bob"', "7"))[0]
    assert (fault.code, fault.place()) == (Code.INVALID_VALUE, "d.csv row 4 /name")


def test_what_is_written_is_read_again() -> None:
    def records(text: str) -> dict[tuple[Kind, str], Body]:
        batch = batch_of(d=text)
        pairs = zip(batch.drafts, records_of(batch), strict=True)
        return {(draft.kind, record.id): body_of(record) for draft, record in pairs}

    read = records(document())
    written = document_of((kind, body) for (kind, _), body in read.items())
    assert records(json.dumps(written)) == read


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('{"format": "graphsvc/1",\n "nodes": [\n  {"kind": "account", "id":', Code.BAD_JSON, "row 3"),
        ('{"format": "graphsvc/1", "format": "graphsvc/1"}', Code.BAD_JSON, ""),
        ('{"format": "graphsvc/1", "nodes": [NaN]}', Code.BAD_JSON, ""),
        ('{"format": "graphsvc/1", "nodes": [1e999]}', Code.BAD_JSON, ""),
        ('{"format": "graphsvc/1", "nodes": [9007199254740993]}', Code.BAD_JSON, ""),
        ('{"format": "graphsvc/1", "nodes": ["\\ud800"]}', Code.BAD_JSON, ""),
        ('{"format": "graphsvc/1", "nodes": ["\\u0000"]}', Code.BAD_JSON, ""),
        ("[" * 100_000, Code.BAD_JSON, ""),
        ("[]", Code.BAD_FILE, ""),
        ('{"nodes": []}', Code.BAD_FILE, ""),
        ('{"format": "graphsvc/2"}', Code.BAD_FILE, ""),
        ('{"format": "graphsvc/1", "links": []}', Code.UNKNOWN_FIELD, ""),
        ('{"format": "graphsvc/1", "nodes": {}}', Code.INVALID_VALUE, "/nodes"),
        ('{"format": "graphsvc/1", "nodes": [7]}', Code.INVALID_VALUE, "/nodes/0"),
        (document(nodes=[{"kind": "ghost"}], edges=[]), Code.UNKNOWN_KIND, "/nodes/0"),
        (document(nodes=[{"id": "x"}], edges=[]), Code.UNKNOWN_KIND, "/nodes/0"),
        (document(nodes=[EDGES[0]], edges=[]), Code.UNKNOWN_KIND, "/nodes/0"),
        (document(nodes=[{"kind": "member", "id": 7}], edges=[]), Code.INVALID_VALUE, "/nodes/0"),
        (document(nodes=[{**NODES[3], "id": "a b"}], edges=[]), Code.INVALID_VALUE, "/nodes/0/id"),
        (document(nodes=[{"kind": "member", "id": "m"}], edges=[]), Code.MISSING, "/nodes/0/name"),
        (document(nodes=[*NODES, NODES[0]]), Code.TWICE, "/nodes/6"),
        (document(edges=[{**EDGES[0], "weight": 7}]), Code.INVALID_VALUE, "/edges/0/weight"),
        (document(edges=[{**EDGES[0], "wait": 1}]), Code.UNKNOWN_FIELD, "/edges/0/wait"),
        (document(edges=[{**EDGES[0], "target_id": "a"}]), Code.INVALID_VALUE, "/edges/0"),
        (document(edges=[{**EDGES[0], "target_id": "z"}]), Code.UNKNOWN_RECORD, "/edges/0"),
        (document(edges=[{"kind": "influences"}]), Code.UNKNOWN_RECORD, "/edges/0"),
        (document(edges=[{**EDGES[1], "since": "today-9999999d"}]), Code.INVALID_VALUE, "/edges/0/since"),
        (document(edges=[{**EDGES[1], "since": "today-99999999d"}]), Code.INVALID_VALUE, "/edges/0/since"),
        (
            document(
                edges=[
                    {"kind": "reports_to", "source_id": "a", "target_id": "b"},
                    {"kind": "reports_to", "source_id": "b", "target_id": "a"},
                ]
            ),
            Code.CYCLE,
            "/edges/1",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text: str, code: Code, place: str) -> None:
    fault = faults_in(d=text)[0]
    assert (fault.code, fault.place()) == (code, f"d.csv {place}".strip())
    assert fault.message("zh")


def test_a_document_knows_its_accounts() -> None:
    assert [account.name for account in batch_of(options(), d=document()).accounts.values()] == ["Acme"]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.data(), st.sampled_from([put for put in EVERY_KIND if isinstance(put, Put)]), VALUES)
def test_no_value_of_any_field_breaks_the_reader(data: st.DataObject, put: Put, value: Any) -> None:
    name = data.draw(st.sampled_from(sorted({*type(put.record).model_fields, "made_up", "external_ids"})))
    record = {**body_of(put.record), name: value}
    own = {f"{put.kind}_kind": record.pop("kind")} if "kind" in record else {}
    part = "nodes" if isinstance(put.kind, NodeKind) else "edges"
    text = json.dumps({"format": "graphsvc/1", part: [{"kind": put.kind, **record, **own}]})
    for way in (lambda: records_of(batch_of(d=text)), lambda: checked(text)):
        assert all(fault.message("en") and fault.message("zh") for fault in faults_at_most(way))


def faults_at_most(work: Callable[[], object]) -> tuple[Fault, ...]:
    """What is wrong with what work reads; anything but a refusal goes on to the test."""
    try:
        work()
    except InvalidInput as refused:
        return refused.faults
    return ()


def checked(text: str) -> CheckedRows:
    """The rows of a document as an import into a store checks them."""
    batch = CheckedBatch(options(), Known())
    return read(load([source("d", text)], options()), batch).checked()
