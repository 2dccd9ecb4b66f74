"""Graph documents that must not be taken, each with the code and the place of its first fault."""

from __future__ import annotations

import json
from collections.abc import Sequence

from models.faults import Code

HEAD = '{"format": "graphsvc/1"'


def document(nodes: Sequence[dict[str, object]], edges: Sequence[dict[str, object]] = ()) -> str:
    return json.dumps({"format": "graphsvc/1", "nodes": nodes, "edges": edges})


def contact(**fields: object) -> dict[str, object]:
    return {"kind": "contact", "id": "c", "account_id": "acme", "name": "C", **fields}


def tie(kind: str = "influences", **fields: object) -> dict[str, object]:
    return {"kind": kind, "id": "e", "source_id": "1", "target_id": "2", **fields}


def visit(**fields: object) -> dict[str, object]:
    at = {"at": "2026-01-01T10:00:00Z", "interaction_kind": "visit"}
    return {"kind": "interaction", "id": "i", "account_id": "acme", **at, **fields}


def firm(**fields: object) -> dict[str, object]:
    return {"kind": "account", "id": "x", "name": "X", **fields}


CASES: list[tuple[str, Code, str]] = [
    (document([contact(name="C\u202e")]), Code.INVALID_VALUE, "f /nodes/0/name"),
    (document([contact(name="C\u0001c")]), Code.INVALID_VALUE, "f /nodes/0/name"),
    (document([contact(name="\u200b\u2060")]), Code.INVALID_VALUE, "f /nodes/0/name"),
    (document([firm(name="X\u2068\u2069Y")]), Code.INVALID_VALUE, "f /nodes/0/name"),
    ('{"format": "graphsvc/9"}', Code.BAD_FILE, "f"),
    ("[]", Code.BAD_FILE, "f"),
    (HEAD + ', "nodes": [}', Code.BAD_JSON, "f row 1"),
    (HEAD + ', "nodes": {}}', Code.INVALID_VALUE, "f /nodes"),
    (HEAD + ', "nodes": [7]}', Code.INVALID_VALUE, "f /nodes/0"),
    (HEAD + ', "extra": 1}', Code.UNKNOWN_FIELD, "f"),
    (HEAD + ', "nodes": [], "nodes": []}', Code.BAD_JSON, "f"),
    (document([contact(name="a\u0000b")]), Code.BAD_JSON, "f"),
    (HEAD + ', "nodes": [{"kind": "contact", "name": "\\ud800"}]}', Code.BAD_JSON, "f"),
    (HEAD + ', "nodes": [{"kind": "contact", "name": NaN}]}', Code.BAD_JSON, "f"),
    (document([{"kind": "dragon", "id": "d"}]), Code.UNKNOWN_KIND, "f /nodes/0"),
    (document([contact(age=7)]), Code.UNKNOWN_FIELD, "f /nodes/0/age"),
    (document([contact(placeholder="yes")]), Code.INVALID_VALUE, "f /nodes/0/placeholder"),
    (document([contact(id="a b")]), Code.INVALID_VALUE, "f /nodes/0/id"),
    (document([contact(), contact()]), Code.TWICE, "f /nodes/1"),
    ("[" * 100_000, Code.BAD_JSON, "f"),
    (HEAD + '}\n{"kind": "contact"\n', Code.BAD_JSON, "f row 2"),
    (HEAD + ', "end_line": true}\n', Code.BAD_FILE, "f"),
    (HEAD + '}\n{"end": {"records": 5}}\n', Code.BAD_FILE, "f"),
    ('{"nodes": []}', Code.BAD_FILE, "f"),
    ('{"format": "graphsvc/1", "nodes": null}', Code.INVALID_VALUE, "f /nodes"),
    ('{"format": 1}', Code.BAD_FILE, "f"),
    ('{"format":"graphsvc/1"}x', Code.BAD_JSON, "f row 1"),
    (
        '{"format":"graphsvc/1","nodes":[{"kind":"contact","id":"c","account_id":"acme","name":"C","name":"D"}]}',
        Code.BAD_JSON,
        "f",
    ),
    (document([contact(name=None)]), Code.INVALID_VALUE, "f /nodes/0/name"),
    (document([contact(name="")]), Code.INVALID_VALUE, "f /nodes/0/name"),
    (document([contact(name=" ")]), Code.INVALID_VALUE, "f /nodes/0/name"),
    (document([contact(name="x" * 201)]), Code.INVALID_VALUE, "f /nodes/0/name"),
    (document([contact(name=["a"])]), Code.INVALID_VALUE, "f /nodes/0/name"),
    (document([contact(name=True)]), Code.INVALID_VALUE, "f /nodes/0/name"),
    (document([contact(status="gone")]), Code.INVALID_VALUE, "f /nodes/0/status"),
    (document([contact(kind="Contact")]), Code.UNKNOWN_KIND, "f /nodes/0"),
    (document([contact(id="")]), Code.INVALID_VALUE, "f /nodes/0/id"),
    (document([contact(id="x" * 65)]), Code.INVALID_VALUE, "f /nodes/0/id"),
    (document([contact(id=7)]), Code.INVALID_VALUE, "f /nodes/0"),
    (document([contact(id="中")]), Code.INVALID_VALUE, "f /nodes/0/id"),
    (document([contact(account_id="nobody")]), Code.UNKNOWN_RECORD, "f /nodes/0/account_id"),
    (document([contact(account_id=None)]), Code.INVALID_VALUE, "f /nodes/0/account_id"),
    (document([contact(restricted=1)]), Code.INVALID_VALUE, "f /nodes/0/restricted"),
    (document([contact(revision=3)]), Code.UNKNOWN_FIELD, "f /nodes/0/revision"),
    (document([contact(created_at="2026-01-01T00:00:00Z")]), Code.UNKNOWN_FIELD, "f /nodes/0/created_at"),
    (document([contact(wants={"status": 4})]), Code.INVALID_VALUE, "f /nodes/0/wants/status"),
    (document([contact(wants={"gold": 1})]), Code.INVALID_VALUE, "f /nodes/0/wants/gold/[key]"),
    (document([contact(external_ids={"crm": 7})]), Code.INVALID_VALUE, "f /nodes/0/external_ids/crm"),
    (document([contact(external_ids=["a"])]), Code.INVALID_VALUE, "f /nodes/0/external_ids"),
    (
        document([contact(channels=[{"kind": "fax", "value": "1"}])]),
        Code.INVALID_VALUE,
        "f /nodes/0/channels/0/kind",
    ),
    (document([contact(confirmed_on="2026-02-30")]), Code.INVALID_VALUE, "f /nodes/0/confirmed_on"),
    (document([contact(confirmed_on="today+xd")]), Code.INVALID_VALUE, "f /nodes/0/confirmed_on"),
    (document([contact(confirmed_on=20260101)]), Code.INVALID_VALUE, "f /nodes/0/confirmed_on"),
    (
        document([{"kind": "department", "id": "d", "account_id": "acme", "name": "D", "parent_id": "d"}]),
        Code.CYCLE,
        "f /nodes/0/parent_id",
    ),
    (
        document(
            [
                {"kind": "department", "id": "d", "account_id": "acme", "name": "D", "parent_id": "f"},
                {"kind": "department", "id": "f", "account_id": "acme", "name": "D", "parent_id": "d"},
            ]
        ),
        Code.CYCLE,
        "f /nodes/1/parent_id",
    ),
    (
        document([{"kind": "department", "id": "d", "account_id": "acme", "name": "D", "parent_id": "zzz"}]),
        Code.UNKNOWN_RECORD,
        "f /nodes/0/parent_id",
    ),
    (
        document([firm(annual_volume=1e400)])
        if False
        else '{"format":"graphsvc/1","nodes":[{"kind":"account","id":"x","name":"X","annual_volume":1e999}]}',
        Code.BAD_JSON,
        "f",
    ),
    (document([firm(annual_volume=2**63)]), Code.BAD_JSON, "f"),
    (document([firm(employees=2**53 + 1)]), Code.BAD_JSON, "f"),
    (document([firm(employees=-1)]), Code.INVALID_VALUE, "f /nodes/0/employees"),
    (document([firm(employees=1.5)]), Code.INVALID_VALUE, "f /nodes/0/employees"),
    (document([firm(tier="D")]), Code.INVALID_VALUE, "f /nodes/0/tier"),
    (document([firm(currency="euro")]), Code.INVALID_VALUE, "f /nodes/0/currency"),
    (
        document([firm(), contact(account_id="x")], [tie(source_id="c", kind="reports_to")]),
        Code.OTHER_ACCOUNT,
        "f /edges/0/target_id",
    ),
    (
        document([firm(), contact(account_id="x")], [tie(source_id="c", kind="works_in", target_id="d")]),
        Code.UNKNOWN_RECORD,
        "f /edges/0/target_id",
    ),
    (document([firm(), contact(account_id="x", id="1")]), Code.ID_TAKEN, "f /nodes/1"),
    (document([], [tie(weight=1.01)]), Code.INVALID_VALUE, "f /edges/0/weight"),
    (document([], [tie(weight=-0.1)]), Code.INVALID_VALUE, "f /edges/0/weight"),
    (document([], [tie(weight=True)]), Code.INVALID_VALUE, "f /edges/0/weight"),
    (document([], [tie(weight="0.5")]), Code.INVALID_VALUE, "f /edges/0/weight"),
    (document([], [tie(target_id="1")]), Code.INVALID_VALUE, "f /edges/0"),
    (document([], [tie(target_id="zzz")]), Code.UNKNOWN_RECORD, "f /edges/0/target_id"),
    (document([], [tie(source_id="acme")]), Code.UNKNOWN_RECORD, "f /edges/0/source_id"),
    (
        document([], [{"kind": "influences", "id": "e", "source_id": "1"}]),
        Code.MISSING,
        "f /edges/0/target_id",
    ),
    (document([], [tie(since="2026-02-02", until="2026-02-01")]), Code.INVALID_VALUE, "f /edges/0"),
    (document([], [tie(confidence=2)]), Code.INVALID_VALUE, "f /edges/0/confidence"),
    (document([], [tie(basis="luck")]), Code.INVALID_VALUE, "f /edges/0/basis"),
    (document([], [tie(evidence=["nothing"])]), Code.UNKNOWN_RECORD, "f /edges/0/evidence/0"),
    (document([], [tie(opportunity_id="none")]), Code.UNKNOWN_RECORD, "f /edges/0/opportunity_id"),
    (document([], [tie(kind="reports_to", line="wavy")]), Code.INVALID_VALUE, "f /edges/0/line"),
    (
        document([contact()], [tie(kind="reports_to", source_id="2", target_id="c")]),
        Code.SECOND_BOSS,
        "f /edges/0/target_id",
    ),
    (document([], [tie(kind="reports_to")]), Code.CYCLE, "f /edges/0/target_id"),
    (document([], [tie(kind="bond", polarity=0.5)]), Code.INVALID_VALUE, "f /edges/0/polarity"),
    (document([], [tie(kind="messages", count=-1)]), Code.INVALID_VALUE, "f /edges/0/count"),
    (document([], [tie(kind="messages", count=1.5)]), Code.INVALID_VALUE, "f /edges/0/count"),
    (document([], [tie(kind="messages", count=2, events=[[5]])]), Code.INVALID_VALUE, "f /edges/0/events/0"),
    (document([], [tie(kind="knows")]), Code.UNKNOWN_RECORD, "f /edges/0/source_id"),
    (document([], [tie(kind="loves")]), Code.UNKNOWN_KIND, "f /edges/0"),
    (document([], [tie(), tie()]), Code.TWICE, "f /edges/1"),
    (document([], [tie(kind="part_of")]), Code.UNKNOWN_KIND, "f /edges/0"),
    (
        document(
            [{"kind": "member", "id": "m", "name": "M"}],
            [{"kind": "knows", "id": "k", "source_id": "m", "target_id": "1", "personal": 101}],
        ),
        Code.INVALID_VALUE,
        "f /edges/0/personal",
    ),
    (document([{"kind": "rival", "id": "r", "name": "R"}]), Code.MISSING, "f /nodes/0/competitor_id"),
    (
        document([{"kind": "rival", "id": "r", "name": "R", "competitor_id": "none"}]),
        Code.UNKNOWN_RECORD,
        "f /nodes/0/competitor_id",
    ),
    (
        document(
            [
                {"kind": "rival", "id": "r", "name": "R", "competitor_id": "k"},
                {"kind": "competitor", "id": "k", "name": "K"},
            ],
            [{"kind": "courts", "id": "k", "source_id": "r", "target_id": "1", "strength": -1}],
        ),
        Code.INVALID_VALUE,
        "f /edges/0/strength",
    ),
    (
        document(
            [
                {
                    "kind": "interaction",
                    "id": "i",
                    "account_id": "acme",
                    "at": "yesterday",
                    "interaction_kind": "visit",
                }
            ]
        ),
        Code.INVALID_VALUE,
        "f /nodes/0/at",
    ),
    (
        document(
            [
                {
                    "kind": "interaction",
                    "id": "i",
                    "account_id": "acme",
                    "at": "2026-01-01",
                    "interaction_kind": "visit",
                }
            ]
        ),
        Code.INVALID_VALUE,
        "f /nodes/0/at",
    ),
    (
        document(
            [
                {
                    "kind": "interaction",
                    "id": "i",
                    "account_id": "acme",
                    "at": "2026-01-01T10:00:00Z",
                    "interaction_kind": "dance",
                }
            ]
        ),
        Code.INVALID_VALUE,
        "f /nodes/0/kind",
    ),
    (document([visit(minutes=-5)]), Code.INVALID_VALUE, "f /nodes/0/minutes"),
    (document([visit(sentiment=3)]), Code.INVALID_VALUE, "f /nodes/0/sentiment"),
    (document([visit(contact_ids=["zzz"])]), Code.UNKNOWN_RECORD, "f /nodes/0/contact_ids/0"),
    (
        document(
            [
                {
                    "kind": "assessment",
                    "id": "s",
                    "member_id": "m",
                    "contact_id": "1",
                    "at": "2026-01-01T10:00:00Z",
                    "answers": {"P1": 5},
                },
                {"kind": "member", "id": "m", "name": "M"},
            ]
        ),
        Code.MISSING,
        "f /nodes/0/account_id",
    ),
    (
        document(
            [
                {
                    "kind": "assessment",
                    "id": "s",
                    "member_id": "m",
                    "contact_id": "1",
                    "at": "2026-01-01T10:00:00Z",
                    "answers": {"P9": 1},
                },
                {"kind": "member", "id": "m", "name": "M"},
            ]
        ),
        Code.MISSING,
        "f /nodes/0/account_id",
    ),
    (
        document(
            [
                {"kind": "dossier", "id": "a", "contact_id": "1"},
                {"kind": "dossier", "id": "b", "contact_id": "1"},
            ]
        ),
        Code.MISSING,
        "f /nodes/0/account_id",
    ),
    (
        document([contact(external_ids={"crm": "7"}), contact(id="d", external_ids={"crm": "7"})]),
        Code.EXTERNAL_ID_TAKEN,
        "f /nodes/1/external_ids/crm",
    ),
    (
        document([{"kind": "opportunity", "id": "o", "account_id": "acme", "name": "O", "step": "dance"}]),
        Code.INVALID_VALUE,
        "f /nodes/0/step",
    ),
    (
        document(
            [
                {
                    "kind": "opportunity",
                    "id": "o",
                    "account_id": "acme",
                    "name": "O",
                    "milestones": {"dance": {}},
                }
            ]
        ),
        Code.INVALID_VALUE,
        "f /nodes/0/milestones",
    ),
]
