"""A person with a canary in every text of every kind that may say something of him, and how one may lie."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from graphsvc.stores.port import GraphStore
from models.anonymous import words_in
from models.changes import Delete, Put
from models.enums import ChannelKind
from models.records import Body
from queries.search.terms import coded
from tests.contract.writing import E, N, put, tie, write

NAME = "鹂canary王"
ITEM_OF_2031 = {"text": NAME, "basis": "consent", "source": NAME, "expires_on": "2031-01-01"}
_numbers = count(1)


def canary() -> str:
    """A text that stands nowhere else."""
    return f"canary{next(_numbers):05d}鹂"


def item(**more: Any) -> Body:
    """An item of a dossier."""
    return {"text": canary(), "basis": "consent", "source": canary(), "expires_on": "2031-01-01", **more}


def trip() -> Body:
    """A trip of a dossier."""
    kept = {"basis": "consent", "source": canary(), "expires_on": "2031-01-01"}
    return {"since": "2026-03-01", "until": "2026-03-04", "city": canary(), "purpose": canary(), **kept}


def person(id_: str = "ana", name: str = NAME, **more: Any) -> Put:
    """A contact with a canary in every text."""
    told: Body = {
        "name": name,
        "latin_name": canary(),
        "source": canary(),
        "external_ids": {"crm": canary()},
        "channels": [{"kind": str(kind), "value": canary()} for kind in ChannelKind],
        "needs_note": canary(),
        "personality": "driver",
        "wants": {"status": 3},
        "needs": {"cost": 2},
    }
    return put(N.CONTACT, id_, **{**told, **more})


def dossier() -> Put:
    """His dossier, every field of it filled."""
    ones = (
        "family",
        "hometown",
        "university",
        "last_holiday",
        "next_holiday",
        "goals",
        "ambitions",
        "career",
    )
    many = ("former_employers", "hobbies", "sports", "food", "pets", "books")
    told: Body = {name: item() for name in ones} | {name: [item(), item()] for name in many}
    told |= {"itinerary": [trip()], "source": canary(), "external_ids": {"crm": canary()}}
    return put(N.DOSSIER, "secret", contact_id="ana", **told)


def ties() -> list[Put]:
    """Ties of every kind at him, also into another account, with a canary in every text."""
    said = {"source": canary(), "note": canary(), "since": "2020-01-01"}
    return [
        tie(E.WORKS_IN, "ana", "lab", title=canary(), rung="manager", **said),
        tie(E.REPORTS_TO, "ana", "ben", **said),
        tie(E.INFLUENCES, "ana", "ben", weight=0.7, basis="townsman", **said),
        tie(E.INFLUENCES, "zoe", "ana", weight=0.2, **said),
        tie(E.INFLUENCES, "ana", "zoe", weight=0.3, **said),
        tie(E.MESSAGES, "cho", "ana", count=2, events=[[1_700_000_000, 1], [1_700_000_100, 3]], **said),
        tie(E.BOND, "ana", "zoe", polarity=1.0, **said),
        tie(E.KNOWS, "mia", "ana", personal=60, reason=canary(), **said),
        tie(E.COURTS, "rex", "ana", strength=40, **said),
        tie(
            E.PLAYS,
            "ana",
            "deal",
            roles=["approver"],
            attitude=1,
            concerns=[{"code": "price", "text": canary(), "form": "explicit"}],
            votes=[{"member_id": "mia", "attitude": 1}],
            **said,
        ),
    ]


def happenings() -> list[Put]:
    """What happened with him alone: talks, questionnaires, promises."""
    said = {"source": canary(), "external_ids": {"crm": canary()}}
    return [
        put(N.INTERACTION, "talk", note=canary(), member_ids=["mia"], contact_ids=["ana"], **said),
        put(N.ASSESSMENT, "sheet", note=canary(), **said),
        put(N.ACTION, "todo", text=canary(), contact_id="ana", member_id="mia", **said),
    ]


def everything_of_him() -> list[Put]:
    """All records about him."""
    return [person(), dossier(), *ties(), *happenings()]


async def told(store: GraphStore) -> list[str]:
    """Write all of it, change and delete some, and give every text that stood anywhere: the canaries."""
    first, second = everything_of_him(), [person(), *ties()]
    gone = [
        put(N.INTERACTION, "gone", note=canary(), contact_ids=["ana"]),
        tie(E.BOND, "ana", "ben", note=canary()),
    ]
    await write(store, *first, *gone)
    await write(store, *second)
    await write(store, Delete(N.INTERACTION, "gone"), Delete(E.BOND, "bond-ana-ben"))
    return list(canaries([*first, *second, *gone]))


def canaries(puts: list[Put]) -> Iterator[str]:
    """The texts of records but for those everybody may have."""
    for change in puts:
        for place, text in words_in(change.kind, change.body):
            assert "canary" in text, (change.kind, place)
            yield text


def forms_of(text: str) -> list[bytes]:
    """The forms in which a text may lie in a file: as it is, escaped, as terms of search."""
    escaped = text.encode("ascii", "backslashreplace")
    terms = [coded("", text), coded("", text[:6])]
    return [
        text.encode(),
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        escaped,
        *(t.encode() for t in terms),
    ]
