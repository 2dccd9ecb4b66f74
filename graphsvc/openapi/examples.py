"""Examples of what is asked, from the demo account: every address can be tried as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import orjson

from graphsvc.openapi.operations import Operation
from graphsvc.samples import DEMO, sample
from models.kinds import OPEN_SPECS

NAMES: Mapping[str, str] = {
    "account_id": "jichuan",
    "contact_id": "li-guoqiang",
    "member_id": "lin-lan",
    "opportunity_id": "smart-line-2",
    "from": "2026-01-01T00:00:00Z",
    "member": "gao-yuan",
    "name": "influence",
    "q": "li",
    "system": "crm",
    "to": "liang-wei",
    "value": "C-4711",
}
"""What parameters are called that an operation cannot do without, and an example of each."""


BODIES: Mapping[str, Mapping[str, Any]] = {
    "what_if": {"changes": [{"kind": "leave", "contact_id": "li-guoqiang"}], "answers": ["chains"]},
    "apply_changeset": {
        "changes": [
            {"put": "contact", "record": {"account_id": "jichuan", "name": "Ann Example"}},
            {"put": "action", "record": {"account_id": "jichuan", "kind": "promise", "text": "Ask Ann."}},
        ],
        "reason": "From the fair.",
    },
    "change_rules": {"influence": {"damping": 0.8}},
    "merge_contacts": {"duplicate_id": "nie-chao", "dry_run": True},
    "erase_person": {"reason": "Request 2026-14", "dry_run": True},
    "restrict_person": {"restricted": False, "reason": "He agreed on 2 March."},
    "allow_person": {"account_id": "jichuan", "name": "Ann Example"},
    "create_user": {"name": "ann", "role": "rep", "member_id": "gao-yuan"},
    "create_saved_view": {"account_id": "jichuan", "name": "Line 2", "view": "influence"},
}
"""What is sent, where it is no record."""
_RECORDS: Mapping[str, Mapping[str, Any]] = {
    "account": {"name": "Example Paper"},
    "department": {"account_id": "jichuan", "name": "Works 3", "function": "user"},
    "contact": {"account_id": "jichuan", "name": "Ann Example", "latin_name": "Ann Example"},
    "member": {"name": "Mia Ours", "title": "Account manager"},
    "competitor": {"name": "Rival Works", "strengths": "Price"},
    "rival": {"name": "Rob Rival", "competitor_id": "beilan"},
    "product": {"name": "Drive 5", "family": "Drives"},
    "opportunity": {"account_id": "jichuan", "name": "Line 4", "value": 900000, "currency": "CNY"},
    "interaction": {
        "account_id": "jichuan",
        "at": "2026-03-02T09:00:00Z",
        "kind": "visit",
        "member_ids": ["gao-yuan"],
        "contact_ids": ["li-guoqiang"],
    },
    "assessment": {
        "account_id": "jichuan",
        "at": "2026-03-02T09:00:00Z",
        "member_id": "gao-yuan",
        "contact_id": "li-guoqiang",
        "version": 1,
        "answers": {},
    },
    "action": {
        "account_id": "jichuan",
        "kind": "promise",
        "text": "Ask for the drawing.",
        "due": "2026-03-09",
    },
    "works_in": {"source_id": "li-guoqiang", "target_id": "jichuan-executive", "title": "Adviser"},
    "reports_to": {"source_id": "li-guoqiang", "target_id": "liang-wei", "line": "dotted"},
    "influences": {"source_id": "li-guoqiang", "target_id": "liang-wei", "weight": 0.6},
    "messages": {"source_id": "li-guoqiang", "target_id": "liang-wei", "count": 12},
    "bond": {"source_id": "li-guoqiang", "target_id": "liang-wei", "polarity": 1},
    "knows": {"source_id": "gao-yuan", "target_id": "li-guoqiang", "self_strength": 60},
    "courts": {"source_id": "bai-qiming", "target_id": "li-guoqiang", "strength": 40},
    "plays": {"source_id": "li-guoqiang", "target_id": "smart-line-2", "attitude": 1},
    "serves": {"source_id": "gao-yuan", "target_id": "jichuan"},
    "competes_in": {"source_id": "beilan", "target_id": "smart-line-2"},
    "uses": {"source_id": "jichuan", "target_id": "beilan-basic", "quantity": 3},
    "channel": {"source_id": "huize", "target_id": "jichuan", "kind": "distributes"},
}
"""A record of each kind as it is sent: its ends and its account are of the demo."""
CHANGED = {"source": "Call of 2 March"}
"""What a patch of a record says."""


def body_of(operation: Operation) -> Mapping[str, Any] | None:
    """The example of what is sent with an operation; None where there is none."""
    verb, _, kind = operation.id.partition("_")
    if verb in ("create", "upsert") and kind in _RECORDS:
        return _RECORDS[kind]
    if verb == "update" and kind in _RECORDS:
        return CHANGED
    return BODIES.get(operation.id)


def exemplify(operation: Operation) -> None:
    """Give every parameter that must be sent an example: in the demo account there is such a record."""
    for parameter in operation.parameters:
        if parameter["in"] == "header":
            if parameter["name"] == "If-Match":
                parameter["example"] = '"r1"'
        elif parameter.get("required"):
            value = _id_for(operation) if parameter["name"] == "id" else NAMES.get(parameter["name"])
            if value is not None:
                parameter["example"] = value
    body = body_of(operation)
    if body is not None:
        for media in operation.told["requestBody"]["content"].values():
            media["example"] = body


def _id_for(operation: Operation) -> str | None:
    """The id of a record of the operation's kind; None where the demo holds none."""
    plural = next((tag for tag in operation.told.get("tags", ()) if tag in _firsts()), None)
    if plural is None and "/contacts/" in operation.path:
        plural = "contacts"
    return None if plural is None else _firsts()[plural]


@cache
def _firsts() -> Mapping[str, str]:
    """Of each collection the first record of the demo account."""
    document: dict[str, Any] = orjson.loads(sample(DEMO).read_bytes())
    found: dict[str, str] = {}
    for row in (*document["nodes"], *document["edges"]):
        found.setdefault(row["kind"], row["id"])
    return {spec.plural: found[spec.kind] for spec in OPEN_SPECS if spec.kind in found}
