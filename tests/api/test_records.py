"""Records over HTTP: written, read, changed, removed, and never lost to somebody else's change."""

from __future__ import annotations

import httpx
import pytest

CONTACTS = "/api/v1/contacts"


async def test_a_record_is_made_read_changed_and_removed(client: httpx.AsyncClient, account: str) -> None:
    made = await client.post(CONTACTS, json={"account_id": account, "name": "李雷"})
    assert made.status_code == 201
    body = made.json()
    assert made.headers["etag"] == '"r1"'
    assert body["latin_name"] == "Li Lei"

    url = made.headers["location"]
    read = await client.get(url)
    assert (read.json(), read.headers["etag"][:4]) == (body, '"r1.')
    assert (await client.get(url, headers={"If-None-Match": read.headers["etag"]})).status_code == 304

    changed = await client.patch(url, json={"personality": "driver"}, headers={"If-Match": '"r1"'})
    assert changed.json()["personality"] == "driver"
    assert changed.json()["name"] == "李雷"
    assert changed.headers["etag"] == '"r2"'

    gone = await client.delete(url, headers={"If-Match": '"r2"'})
    assert gone.json()["deleted"] == 1
    assert (await client.get(url)).status_code == 404


async def test_a_null_in_a_patch_removes_a_field(client: httpx.AsyncClient, account: str) -> None:
    made = await client.post(CONTACTS, json={"account_id": account, "name": "A", "source": "a friend"})
    patched = await client.patch(
        made.headers["location"], json={"source": None}, headers={"If-Match": made.headers["etag"]}
    )
    assert "source" not in patched.json()


async def test_a_stale_change_is_refused_with_the_record_as_it_is(
    client: httpx.AsyncClient, account: str
) -> None:
    url = f"{CONTACTS}/boss"
    await client.patch(url, json={"name": "王小芳"}, headers={"If-Match": '"r1"'})
    stale = await client.patch(url, json={"name": "other"}, headers={"If-Match": '"r1"'})
    assert stale.status_code == 412
    assert stale.json()["current"]["name"] == "王小芳"
    assert (await client.get(url)).json()["name"] == "王小芳"


@pytest.mark.parametrize("method", ["patch", "delete"])
async def test_a_change_without_if_match_is_refused(
    client: httpx.AsyncClient, account: str, method: str
) -> None:
    body = {"json": {"name": "x"}} if method == "patch" else {}
    answer = await client.request(method, f"{CONTACTS}/boss", **body)
    assert answer.status_code == 428
    assert answer.json()["type"].endswith(":if-match-missing")


async def test_lists_page_by_id_and_filter(client: httpx.AsyncClient, account: str) -> None:
    first = (await client.get(CONTACTS, params={"account_id": account, "limit": 2})).json()
    assert [row["id"] for row in first["items"]] == ["aide", "boss"]
    rest = (
        await client.get(CONTACTS, params={"account_id": account, "limit": 2, "cursor": first["next_cursor"]})
    ).json()
    assert [row["id"] for row in rest["items"]] == ["user"]
    assert rest["next_cursor"] is None
    jobs = (await client.get("/api/v1/edges/works_in", params={"rung": "director"})).json()
    assert [row["id"] for row in jobs["items"]] == ["j1"]


async def test_a_change_set_is_taken_whole_or_not_at_all(client: httpx.AsyncClient, account: str) -> None:
    rows = [
        {"put": "contact", "record": {"id": "new", "account_id": account, "name": "New"}},
        {
            "put": "reports_to",
            "record": {"id": "r9", "source_id": "boss", "target_id": "aide"},
        },
    ]
    answer = await client.post("/api/v1/changesets", json={"changes": rows})
    assert answer.status_code == 422
    assert [error["code"] for error in answer.json()["errors"]] == ["cycle"]
    assert answer.json()["errors"][0]["pointer"].startswith("/changes/1")
    assert (await client.get(f"{CONTACTS}/new")).status_code == 404


async def test_deleting_a_person_takes_the_ties_along_and_counts_them(
    client: httpx.AsyncClient, account: str
) -> None:
    answer = await client.delete(f"{CONTACTS}/user", headers={"If-Match": '"r1"'})
    assert answer.json()["deleted"] == 4
    assert (await client.get("/api/v1/edges/influences/i1")).status_code == 404


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"name": "x"}, "missing", "/account_id"),
        ({"account_id": "acme", "name": "x", "nmae": 1}, "unknown-field", "/nmae"),
        ({"account_id": "acme", "name": "x", "wants": {"status": 4}}, "invalid-value", "/wants/status"),
        ({"account_id": "acme", "name": "x", "placeholder": 1}, "invalid-value", "/placeholder"),
        ({"account_id": "acme", "name": "x", "revision": 3}, "invalid-value", "/revision"),
    ],
)
async def test_a_bad_record_names_the_place(
    client: httpx.AsyncClient, account: str, body: dict[str, object], code: str, pointer: str
) -> None:
    answer = await client.post(CONTACTS, json=body)
    assert answer.status_code == 422
    assert [(error["code"], error["pointer"]) for error in answer.json()["errors"]] == [(code, pointer)]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b'{"name": NaN}',
        b'{"name": "a", "name": "b"}',
        b'{"name": 1e999}',
        b'{"name": 90071992547409930}',
        b'{"name": "\\ud800"}',
        b'{"name": "\\u0000"}',
        b'{"name": "\xff"}',
        b"[" * 100_000,
    ],
)
async def test_a_broken_body_is_refused(client: httpx.AsyncClient, account: str, raw: bytes) -> None:
    answer = await client.post(CONTACTS, content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "bad-json"
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_request_sent_again_with_its_key_is_carried_out_once(
    client: httpx.AsyncClient, account: str
) -> None:
    body, headers = {"account_id": account, "name": "Only One"}, {"Idempotency-Key": "once"}
    made = [await client.post(CONTACTS, json=body, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    url = made[0].headers["location"]
    await client.patch(url, json={"source": "told"}, headers={"If-Match": '"r1"'})
    again = await client.post(CONTACTS, json=body, headers=headers)
    assert (again.status_code, again.json()) == (201, made[0].json())
    assert (again.headers["etag"], again.headers["location"]) == ('"r1"', url)
    names = [row["name"] for row in (await client.get(CONTACTS)).json()["items"]]
    assert names.count("Only One") == 1
    other = await client.post(CONTACTS, json={**body, "name": "Other"}, headers=headers)
    assert [error["code"] for error in other.json()["errors"]] == ["change-set-reused"]


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "many"}])
async def test_a_change_set_without_ids_is_applied_once(
    client: httpx.AsyncClient, account: str, headers: dict[str, str]
) -> None:
    named = {} if headers else {"id": "set-1"}
    rows = [{"put": "contact", "record": {"account_id": account, "name": name}} for name in ("A", "B")]
    sent = [
        await client.post("/api/v1/changesets", json={"changes": rows, **named}, headers=headers)
        for _ in range(2)
    ]
    assert sent[0].status_code == 200
    assert sent[0].json() == sent[1].json()
    assert len((await client.get(CONTACTS)).json()["items"]) == 3 + 2


async def test_a_long_chinese_name_can_be_changed_later(client: httpx.AsyncClient, account: str) -> None:
    made = await client.post(CONTACTS, json={"account_id": account, "name": "王" * 200})
    assert len(made.json()["latin_name"]) == 200
    patched = await client.patch(
        made.headers["location"], json={"source": "x"}, headers={"If-Match": made.headers["etag"]}
    )
    assert patched.status_code == 200
