"""Records for tests of positions: questionnaires by halves, promises, complaints."""

from __future__ import annotations

import math
from datetime import date

from models.enums import Kind, NodeKind
from models.questionnaire import Half
from models.records import Body
from tests.tie_records import ACCOUNT


def halves(half: Half, points: int) -> dict[str, int]:
    """Answers of one half that come to so many of its 24 points."""
    return {f"{half}{place + 1}": min(4, max(0, points - 4 * place)) for place in range(6)}


def both(
    id_: str, day: date, personal: int, institutional: int, member: str = "ann", contact: str = "cai"
) -> tuple[Kind, Body]:
    """A questionnaire of so many points of 24 in each half."""
    answers = halves(Half.PERSONAL, personal) | halves(Half.INSTITUTIONAL, institutional)
    ends = {"member_id": member, "contact_id": contact}
    at = f"{day.isoformat()}T09:00:00Z"
    return NodeKind.ASSESSMENT, {"id": id_, "account_id": ACCOUNT, "at": at, "answers": answers, **ends}


def promise(
    id_: str, due: date | None, done: date | None, contact: str | None = "cai", kind: str = "promise"
) -> tuple[Kind, Body]:
    """A promise to a contact."""
    days = {"due": due and due.isoformat(), "done_on": done and done.isoformat()}
    return NodeKind.ACTION, {
        "id": id_, "account_id": ACCOUNT, "kind": kind, "text": "x", "contact_id": contact, **days,
    }  # fmt: skip


def grown(mass: float, base: float = 0.0) -> float:
    """An interest of a base, moved by a mass."""
    return base + (100 - base) * -math.expm1(-mass / 100) if mass >= 0 else base * math.exp(mass / 100)
