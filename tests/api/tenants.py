"""Two accounts with a record of every kind each; every text of the second is a canary."""

from __future__ import annotations

from typing import Any

import httpx

from models.kinds import OPEN_SPECS

A, B = "a", "b"
CANARY = "CANARY"
MEMBER, PRODUCT, COMPETITOR, RIVAL = "mo", "product", "competitor", "rival"
FIRM_ROWS: list[tuple[str, dict[str, Any]]] = [
    ("member", {"id": MEMBER, "name": "Mo Ours"}),
    ("competitor", {"id": COMPETITOR, "name": "Brightvane"}),
    ("rival", {"id": RIVAL, "name": "Ri Val", "competitor_id": COMPETITOR}),
    ("product", {"id": PRODUCT, "name": "Pump"}),
]


def rows(tenant: str) -> list[tuple[str, dict[str, Any]]]:
    """The records of an account: those whose id is "a-contact" are what routes are asked about."""
    said = CANARY if tenant == B else "plain"

    def own(kind: str, /, **fields: Any) -> tuple[str, dict[str, Any]]:
        return kind, {"id": f"{tenant}-{kind}", "account_id": f"{tenant}-account", **fields}

    def tie(kind: str, source: str, target: str, /, **fields: Any) -> tuple[str, dict[str, Any]]:
        return kind, {
            "id": f"{tenant}-{kind}",
            "source_id": source,
            "target_id": target,
            "note": said,
            **fields,
        }

    one, two = f"{tenant}-contact", f"{tenant}-second"
    met = {"member_ids": [MEMBER], "contact_ids": [one]}
    return [
        ("account", {"id": f"{tenant}-account", "name": f"{said} Group", "goals": said, "tier": "A"}),
        own("department", name=f"{said} Board", function="executive"),
        own(
            "contact",
            name=f"{said} Wang",
            personality="driver",
            channels=[{"kind": "email", "value": f"{said}@x"}],
        ),
        ("contact", {"id": two, "account_id": f"{tenant}-account", "name": f"{said} Li"}),
        own("opportunity", name=f"{said} deal", value=100.0, currency="CNY"),
        own("interaction", at="2026-11-01T09:00:00Z", kind="visit", note=said, **met),
        own(
            "assessment",
            at="2026-11-01T09:00:00Z",
            member_id=MEMBER,
            contact_id=one,
            answers={"P1": 3},
            note=said,
        ),
        own("action", kind="promise", text=said, member_id=MEMBER, contact_id=one, due="2026-11-02"),
        tie("works_in", one, f"{tenant}-department", title=said, rung="director"),
        tie("reports_to", two, one),
        tie("influences", two, one, weight=0.9, basis="expertise"),
        tie("messages", one, two, count=3),
        tie("bond", one, two, polarity=1),
        tie("knows", MEMBER, one, self_strength=60),
        tie("courts", RIVAL, one, strength=40),
        tie("plays", one, f"{tenant}-opportunity", roles=["decision_maker"]),
        tie("serves", MEMBER, f"{tenant}-account"),
        tie("competes_in", COMPETITOR, f"{tenant}-opportunity"),
        tie("uses", f"{tenant}-account", PRODUCT, source_kind="account"),
    ]


CROSSING: list[tuple[str, dict[str, Any]]] = [
    (kind, {"id": id_, "source_id": source, "target_id": target, **more})
    for kind, id_, source, target, more in (
        ("influences", "x-into-a", "b-contact", "a-contact", {"weight": 0.5}),
        ("influences", "x-into-b", "a-contact", "b-contact", {"weight": 0.5}),
        ("bond", "x-bond", "b-second", "a-contact", {}),
        ("reports_to", "x-dotted", "b-second", "a-second", {"line": "dotted"}),
        ("channel", "x-supplies", "a-account", "b-account", {"kind": "supplies"}),
        ("channel", "x-supplied", "b-account", "a-account", {"kind": "supplies"}),
    )
]
"""Ties between people of the two accounts, and between the accounts: each belongs to one of them."""


async def fill(client: httpx.AsyncClient, many: list[tuple[str, dict[str, Any]]], **headers: str) -> None:
    """Write records as somebody who may."""
    changes = [{"put": kind, "record": record} for kind, record in many]
    answer = await client.post("/api/v1/changesets", json={"changes": changes}, headers=headers)
    assert answer.status_code == 200, answer.text


def address(path: str, tenant: str) -> str | None:
    """A path of the OpenAPI document about a record of a tenant; None if it names nothing of an account."""
    kind = next((str(s.kind) for s in OPEN_SPECS if path.startswith(f"/api/v1/{s.plural}/{{id}}")), None)
    own = {
        "account_id": f"{tenant}-account",
        "contact_id": f"{tenant}-contact",
        "opportunity_id": f"{tenant}-opportunity",
        "member_id": MEMBER,
        "view": "org-chart",
        "id": f"{tenant}-{kind}" if kind else "nothing",
    }
    found = path
    for name, value in own.items():
        found = found.replace(f"{{{name}}}", value)
    return None if "{" in found else found
