"""Records written under the ids of another system."""

from __future__ import annotations

import httpx
import pytest

PLACE = "/api/v1/contacts/by-external-id/crm/00 7/A"
NEW = {"If-None-Match": "*"}
BODY = {"account_id": "acme", "name": "Eva"}


async def test_it_makes_what_is_new_and_replaces_what_is_known(
    client: httpx.AsyncClient, account: str
) -> None:
    made = await client.put(PLACE, json=BODY, headers=NEW)
    assert made.status_code == 201
    assert made.json()["external_ids"] == {"crm": "00 7/A"}
    url = made.headers["location"]
    assert url == f"/api/v1/contacts/{made.json()['id']}"
    assert (await client.get(url)).json() == made.json()

    body = {"account_id": account, "name": "Eva Neu", "external_ids": {"erp": "x"}, "id": made.json()["id"]}
    replaced = await client.put(PLACE, json=body, headers={"If-Match": made.headers["etag"]})
    assert (replaced.status_code, replaced.headers["etag"]) == (200, '"r2"')
    assert replaced.json()["external_ids"] == {"crm": "00 7/A", "erp": "x"}
    assert "location" not in replaced.headers
    again = await client.put(PLACE, json=BODY, headers={"If-Match": '"r2"'})
    assert again.json()["external_ids"] == {"crm": "00 7/A"}


async def test_a_stale_one_is_refused_with_the_record_as_it_is(
    client: httpx.AsyncClient, account: str
) -> None:
    gone = await client.put(PLACE, json=BODY, headers={"If-Match": '"r1"'})
    assert gone.status_code == 412
    assert "current" not in gone.json()
    made = (await client.put(PLACE, json=BODY, headers=NEW)).json()
    for headers in (NEW, {"If-Match": '"r7"'}):
        stale = await client.put(PLACE, json=BODY, headers=headers)
        assert stale.status_code == 412
        assert stale.json()["current"]["id"] == made["id"]
        assert stale.headers["etag"] == '"r1"'


@pytest.mark.parametrize(
    ("body", "headers", "status", "pointer"),
    [
        (BODY, {}, 428, None),
        (BODY, {"If-None-Match": '"r1"'}, 422, "/header/If-None-Match"),
        (BODY, {**NEW, "If-Match": '"r1"'}, 422, "/header/If-None-Match"),
        (BODY, {"If-Match": "r1"}, 422, "/header/If-Match"),
        ({**BODY, "external_ids": {"crm": "8"}}, NEW, 422, "/external_ids/crm"),
        ({**BODY, "external_ids": "8"}, NEW, 422, "/external_ids"),
        ({**BODY, "id": 8}, NEW, 422, "/id"),
        ({**BODY, "account_id": "none"}, NEW, 422, "/changes/0/account_id"),
    ],
)
async def test_what_does_not_fit_is_named(
    client: httpx.AsyncClient,
    account: str,
    body: dict[str, object],
    headers: dict[str, str],
    status: int,
    pointer: str | None,
) -> None:
    answer = await client.put(PLACE, json=body, headers=headers)
    assert answer.status_code == status
    assert [error["pointer"] for error in answer.json()["errors"]] == ([pointer] if pointer else [])
    assert (await client.put(PLACE, json=BODY, headers=NEW)).status_code == 201


async def test_an_id_that_does_not_fit_the_known_record_is_refused(
    client: httpx.AsyncClient, account: str
) -> None:
    await client.put(PLACE, json=BODY, headers=NEW)
    refused = await client.put(PLACE, json={**BODY, "id": "other"}, headers={"If-Match": '"r1"'})
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/id"]


async def test_edges_and_private_kinds_have_no_such_address(client: httpx.AsyncClient, account: str) -> None:
    for plural in ("edges/influences", "dossiers"):
        answer = await client.put(f"/api/v1/{plural}/by-external-id/crm/7", json={}, headers=NEW)
        assert answer.status_code in (404, 405)


async def test_a_line_break_around_an_external_id_is_trimmed_as_in_any_name(
    client: httpx.AsyncClient, account: str
) -> None:
    url = "/api/v1/contacts/by-external-id/crm/4711%0A"
    body = {"account_id": account, "name": "New"}
    made = await client.put(url, json=body, headers={"If-None-Match": "*"})
    assert (made.status_code, made.json()["external_ids"]) == (201, {"crm": "4711"})
