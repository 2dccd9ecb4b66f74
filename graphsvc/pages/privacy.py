"""Privacy on a page: find a person, export, restrict, erase; what is past its time; who objected."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graphsvc.features.privacy.retaining import RetainedLine, retain
from graphsvc.features.questions import today
from graphsvc.pages.asking import Asked, Shown
from graphsvc.stores.listing import every
from graphsvc.web.deps import services
from models.changes import Stored
from models.enums import NodeKind
from queries.privacy.retention import Periods
from viz.labels import names

FOUND = 30
MOST_LINES = 200


async def privacy(asked: Asked) -> Shown:
    """People whom a text finds, those who objected, and on demand what retention would take. O(contacts).

    Raises StoreUnavailable.
    """
    objected = [
        _told(row, asked.lang)
        async for row in every(asked.store, asked.scope, NodeKind.CONTACT, where={"restricted": "true"})
    ]
    people = await asked.found(NodeKind.CONTACT, asked.query.q, None, FOUND) if asked.query.q else []
    due = await _due(asked) if asked.query.retention else None
    return Shown(
        (),
        {
            "q": asked.query.q or "",
            "people": [_told(row, asked.lang) for row in people],
            "objected": objected,
            "due": None if due is None else due[:MOST_LINES],
            "due_sums": Counter() if due is None else Counter(line.rule for line in due),
        },
    )


async def _due(asked: Asked) -> list[RetainedLine]:
    known = services(asked.request).settings
    periods = Periods(known.keep_personal_days, known.keep_notes_days, known.keep_actions_days)
    return (await retain(asked.store, asked.scope, periods, today(), dry_run=True)).items


def _told(row: Stored, lang: str) -> dict[str, Any]:
    body = row.body
    name, other = names(body["name"], body.get("latin_name"), lang)
    return {
        "id": row.id,
        "account": body["account_id"],
        "name": name,
        "other": other,
        "restricted": bool(body.get("restricted")),
    }
