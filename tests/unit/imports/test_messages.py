"""Message logs: ties between contacts, interactions with our people."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from graphsvc.features.imports.on_files import records_of
from graphsvc.features.imports.reader import read_files
from models.enums import EdgeKind, NodeKind
from models.faults import Code
from models.records import Body, body_of
from tests.unit.imports.reading import batch_of, bodies_of, faults_in, options, source

PEOPLE = "id,name,email\n1,Ana,ana@x.com\n2,Bob,\n3,Cai,\n"
OURS = (
    '{"format": "graphsvc/1", "nodes": [{"kind": "account", "id": "acme", "name": "Acme"},'
    '{"kind": "member", "id": "us", "name": "Lin Lan"},'
    '{"kind": "contact", "id": "a", "name": "Ana", "account_id": "acme"},'
    '{"kind": "contact", "id": "b", "name": "Bob", "account_id": "acme"}]}'
)


def with_ours(log: str) -> list[Body]:
    """The interactions of a log between member us and contacts a, b."""
    batch = read_files([source("acme.json", OURS), source("log.csv", log)], options())
    pairs = zip(batch.drafts, records_of(batch), strict=True)
    return [body_of(record) for draft, record in pairs if draft.kind is NodeKind.INTERACTION]


def test_messages_between_contacts_become_one_tie_per_direction() -> None:
    rows = ["1,2,990000000,2", "1,2,990000100,1", "2,1,990100000,1", "1,2,980000000,3"]
    log = "\n".join(["source,target,unix_time,recipients", *rows])
    one, two = sorted(bodies_of(EdgeKind.MESSAGES, people=PEOPLE, log=log), key=lambda tie: tie["source_id"])
    assert one["events"] == [[980000000, 3], [990000000, 2], [990000100, 1]]
    assert (one["count"], one["active_days"], one["first"], one["last"]) == (3, 2, "2001-01-20", "2001-05-16")
    assert (two["count"], two["active_days"]) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2001-05-16T08:00:00Z",
        "2001-05-16 08:00",
        "2001-05-16T10:00:00+02:00",
        "2001/5/16 8:00",
        "2001年5月16日 08:00",
        "990000000",
        "990000000000",
    ],
)
def test_times_are_read_in_every_usual_form(text: str) -> None:
    (tie,) = bodies_of(EdgeKind.MESSAGES, people=PEOPLE, log=f"sender,recipient,time\nana@x.com,2,{text}\n")
    assert tie["events"] == [[990000000, 1]]


def test_later_messages_those_to_oneself_and_repeated_ones_are_left_out_and_said() -> None:
    rows = ["1,2,2001-05-16,m1", "1,2,2001-05-16,m1", "1,1,2001-05-16,m2", "1,2,2001-06-01,m3"]
    log = "\n".join(["source,target,time,message_id", *rows])
    batch = batch_of(options(until=datetime(2001, 5, 31, tzinfo=UTC)), people=PEOPLE, log=log)
    ties = [draft for draft in batch.drafts if draft.kind is EdgeKind.MESSAGES]
    assert [tie.body["count"] for tie in ties] == [1]
    assert [note.en for note in batch.notes if "messages" in note.en] == [
        "1 messages are later than asked for and left out",
        "1 messages went to their own sender and are left out",
        "1 messages stand twice and count once",
    ]


def test_messages_with_our_people_become_interactions_one_for_all_who_got_it() -> None:
    log = (
        "message_id,source,target,time,kind\nm1,us,a,2026-01-05T09:00:00Z,邮件\nm1,us,b,2026-01-05T09:00:00Z,邮件\n"
        "m2,a,us,2026-01-06T09:00:00Z,call\nm3,a,b,2026-01-06T09:00:00Z,email\n"
    )
    ours, theirs = with_ours(log)
    assert (ours["direction"], ours["kind"], ours["member_ids"], ours["contact_ids"]) == (
        "ours",
        "email",
        ["us"],
        ["a", "b"],
    )
    assert (ours["at"], ours["account_id"]) == ("2026-01-05T09:00:00Z", "acme")
    assert (theirs["direction"], theirs["kind"], theirs["contact_ids"]) == ("theirs", "call", ["a"])
    assert with_ours(log) == [ours, theirs]


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ("1,2,yesterday,1,", Code.INVALID_VALUE, "row 2 column time"),
        ("1,2,2026-02-30,1,", Code.INVALID_VALUE, "row 2 column time"),
        ("1,2,,1,", Code.MISSING, "row 2 column time"),
        ("1,9,2026-02-03,1,", Code.UNKNOWN_PERSON, "row 2 column target"),
        ("1,2,2026-02-03,0,", Code.INVALID_VALUE, "row 2 column recipients"),
        ("1,2,2026-02-03,1,pigeon", Code.INVALID_VALUE, "row 2 column kind"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(row: str, code: Code, place: str) -> None:
    fault = faults_in(people=PEOPLE, log=f"source,target,time,recipients,kind\n{row}\n")[0]
    assert (fault.code, fault.place()) == (code, f"log.csv {place}")
