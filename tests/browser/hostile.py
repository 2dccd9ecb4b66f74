"""An account whose every text tries to become markup or script."""

from __future__ import annotations

import json
from typing import Any

PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "' onmouseover='alert(4)",
    "javascript:alert(5) href",
    "{{ 7 * 7 }}${alert(6)}",
    "<!--<script>alert(7)</script>-->",
    "<math><mtext></p><img src=x onerror=alert(8)>",
)


def hostile_document() -> bytes:
    """A graph document with the payloads in names, titles, notes, departments and the account itself."""
    nodes: list[dict[str, Any]] = [
        _node("account", "hostile", f"Hostile {PAYLOADS[1]} {PAYLOADS[0]}", tier="A"),
        _node("opportunity", "hostile-deal", PAYLOADS[2], account_id="hostile", step="brew"),
        _node("member", "hostile-member", PAYLOADS[3], title=PAYLOADS[0]),
        _node("competitor", "hostile-firm", PAYLOADS[1]),
        _node("rival", "hostile-rival", PAYLOADS[4], competitor_id="hostile-firm"),
    ]
    edges: list[dict[str, Any]] = []
    rungs = ("director", "manager", "operator")
    for place, payload in enumerate(PAYLOADS):
        contact, unit = f"hostile-{place}", f"hostile-unit-{place}"
        role = "user" if place else "decision_maker"
        nodes.append(_node("contact", contact, payload, account_id="hostile", latin_name=f"{payload} b"))
        nodes.append(_node("department", unit, payload, account_id="hostile", function="user"))
        edges.append(_edge("works_in", contact, unit, title=payload, rung=rungs[min(place, 2)]))
        edges.append(_edge("plays", contact, "hostile-deal", roles=[role], attitude=1))
        if place:
            boss = f"hostile-{(place - 1) // 2}"
            edges.append(_edge("reports_to", contact, boss))
            edges.append(_edge("influences", contact, boss, weight=0.7, note=payload))
    edges.append(_edge("knows", "hostile-member", "hostile-3", self_strength=70, note=PAYLOADS[0]))
    edges.append(_edge("courts", "hostile-rival", "hostile-1", strength=60, note=PAYLOADS[1]))
    return json.dumps({"format": "graphsvc/1", "nodes": nodes, "edges": edges}).encode()


def _node(kind: str, id: str, name: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "id": id, "name": name, **fields}


def _edge(kind: str, source: str, target: str, **fields: Any) -> dict[str, Any]:
    ends = {"source_id": source, "target_id": target}
    return {"kind": kind, "id": f"{kind}-{source}-{target}", **ends, **fields}
