"""The rule tables over HTTP: shown, changed, looked up, and followed by every answer at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx

from queries.rules import DEFAULT_RULES

RULES = "/api/v1/rules"


def value(body: dict[str, Any], key: str) -> dict[str, Any]:
    (found,) = (row for row in body["items"] if row["key"] == key)
    return dict(found)


async def test_every_parameter_is_shown_with_what_it_may_be(client: httpx.AsyncClient) -> None:
    answer = await client.get(RULES)
    body = answer.json()
    assert answer.headers["etag"].startswith('"r0.')
    assert body["version"] == DEFAULT_RULES.version
    assert body["in_force"]
    assert len(body["items"]) == sum(
        len(type(getattr(DEFAULT_RULES, name)).model_fields) for name in type(DEFAULT_RULES).model_fields
    )
    assert value(body, "influence.damping") == {
        "key": "influence.damping",
        "value": 0.85,
        "default": 0.85,
        "changed": False,
        "bounds": {"least": 0.0, "above": None, "most": 0.99},
        "unit": "probability",
        "section": "§2",
    }
    assert all(row["section"].startswith("§") for row in body["items"])


async def test_answers_follow_a_change_and_name_its_version(client: httpx.AsyncClient, account: str) -> None:
    asked = "/api/v1/accounts/acme/influencers"
    before, then = (await client.get(asked)).json(), datetime.now(UTC)
    changed = await client.patch(
        RULES, json={"influence": {"damping": 0.2}}, params={"reason": "try"}, headers={"If-Match": '"r0"'}
    )
    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"].startswith('"r1.')
    after = (await client.get(asked)).json()
    assert after["provenance"]["rules_version"] == changed.json()["version"]
    assert after["items"] != before["items"]
    past = (await client.get(asked, params={"as_of": then.isoformat()})).json()
    assert past["provenance"]["rules_version"] == changed.json()["version"]
    assert past["items"] == after["items"], "the past is judged by the rules of now"

    old = await client.get(RULES, params={"version": before["provenance"]["rules_version"]})
    assert not old.json()["in_force"]
    assert value(old.json(), "influence.damping")["value"] == 0.85
    changes = (await client.get(f"{RULES}/changes")).json()["items"]
    assert [(row["number"], row["actor"], row["reason"]) for row in changes] == [(1, "local", "try")]

    back = await client.patch(RULES, json={"influence": None}, headers={"If-Match": '"r1"'})
    assert back.json()["version"] == DEFAULT_RULES.version
    again = (await client.get(asked)).json()
    assert again["items"] == before["items"]


async def test_a_change_names_what_it_read(client: httpx.AsyncClient) -> None:
    patch = {"chains": {"upward": 0.5}}
    assert (await client.patch(RULES, json=patch)).status_code == 428
    assert (await client.patch(RULES, json=patch, headers={"If-Match": '"r0"'})).status_code == 200
    late = await client.patch(RULES, json=patch, headers={"If-Match": '"r0"'})
    assert late.status_code == 412
    assert late.json()["type"].endswith("rules-changed")


async def test_bad_changes_are_refused_with_their_places(client: httpx.AsyncClient) -> None:
    headers = {"If-Match": '"r0"'}
    bad = {"chains": {"upward": 2, "downward": -1}}
    answer = await client.patch(RULES, json=bad, headers=headers)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/chains/upward", "/chains/downward"]
    assert (await client.patch(RULES, json=[1], headers=headers)).status_code == 422
    assert (await client.get(RULES, params={"version": "none"})).status_code == 404
    assert (await client.get(RULES)).json()["version"] == DEFAULT_RULES.version
