"""Records of a small account for tests of relationship strength: our Ann and Bob, their Cai, Dai and Eve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from models.at_hand import graph_of
from models.enums import EdgeKind, Kind, NodeKind
from models.findings.strength import TieStrength
from models.graph import AccountGraph
from models.nodes import QUESTIONS
from models.records import Body, body_of, read_record
from queries.strength.table import tie_strengths

ACCOUNT = "acme"
TODAY = date(2025, 6, 15)
MEMBERS, CONTACTS = ("ann", "bob"), ("cai", "dai", "eve")
Records = list[tuple[Kind, Body]]


def people(tier: str | None = None, restricted: str | None = None, left: str | None = None) -> Records:
    """The account, our two, their three: Cai has no job, Dai decides, Eve is a manager."""
    account: Body = {"id": ACCOUNT, "name": "Acme", **({"tier": tier} if tier else {})}
    contacts = [
        {"id": id_, "account_id": ACCOUNT, "name": id_, "restricted": id_ == restricted}
        | ({"status": "left"} if id_ == left else {})
        for id_ in CONTACTS
    ]
    unit = {"id": "unit", "account_id": ACCOUNT, "name": "Unit"}
    jobs = [("dai", "decision"), ("eve", "management")]
    return [
        (NodeKind.ACCOUNT, account),
        (NodeKind.DEPARTMENT, unit),
        *[(NodeKind.MEMBER, {"id": id_, "name": id_}) for id_ in MEMBERS],
        *[(NodeKind.CONTACT, contact) for contact in contacts],
        *[
            (EdgeKind.WORKS_IN, {"id": f"job-{id_}", "source_id": id_, "target_id": "unit", "level": level})
            for id_, level in jobs
        ],
    ]


def event(
    id_: str,
    kind: str,
    day: date,
    direction: str = "mutual",
    sentiment: int = 0,
    members: Sequence[str] = ("ann",),
    contacts: Sequence[str] = ("cai",),
) -> tuple[Kind, Body]:
    """An interaction at noon of a day."""
    return NodeKind.INTERACTION, {
        "id": id_,
        "account_id": ACCOUNT,
        "at": f"{day.isoformat()}T12:00:00Z",
        "kind": kind,
        "direction": direction,
        "sentiment": sentiment,
        "member_ids": list(members),
        "contact_ids": list(contacts),
    }


def questionnaire(
    id_: str, day: date, points: int, member: str = "ann", contact: str = "cai"
) -> tuple[Kind, Body]:
    """A questionnaire of so many points out of 48."""
    answers = {question: min(4, max(0, points - 4 * place)) for place, question in enumerate(QUESTIONS)}
    return NodeKind.ASSESSMENT, {
        "id": id_,
        "account_id": ACCOUNT,
        "at": f"{day.isoformat()}T09:00:00Z",
        "member_id": member,
        "contact_id": contact,
        "answers": answers,
    }


def knows(id_: str, member: str = "ann", contact: str = "cai", **fields: Any) -> tuple[Kind, Body]:
    """A `knows` tie."""
    return EdgeKind.KNOWS, {"id": id_, "source_id": member, "target_id": contact, **fields}


def monthly(meetings: int, last: date = TODAY, **fields: Any) -> Records:
    """Meetings on the same day of consecutive months, the last one on `last`."""
    months = [last.year * 12 + last.month - 1 - back for back in range(meetings)]
    days = [last.replace(year=month // 12, month=month % 12 + 1) for month in months]
    return [event(f"month-{place}", "meeting", day, **fields) for place, day in enumerate(days)]


def ago(days: int, today: date = TODAY) -> date:
    """So many days before today."""
    return today - timedelta(days=days)


def graph(*records: tuple[Kind, Body], base: Records | None = None) -> AccountGraph:
    """The account with these records, all of them read and checked as a store would."""
    given = [*(people() if base is None else base), *records]
    return graph_of(ACCOUNT, [(kind, body_of(read_record(kind, body))) for kind, body in given])


def tie(*records: tuple[Kind, Body], on: date = TODAY, base: Records | None = None) -> TieStrength:
    """The strongest tie of the account with these records."""
    return tie_strengths(graph(*records, base=base), on=on).items[0]
