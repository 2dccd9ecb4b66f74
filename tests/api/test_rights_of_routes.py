"""Every operation of the document, asked by every role about one's own account and another: who gets what."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from html import unescape
from typing import Any, cast

import httpx
import pytest

from graphsvc.access import passwords
from graphsvc.access.far_ends import ELSEWHERE
from graphsvc.access.rights import may, right_for
from graphsvc.app import create_app
from graphsvc.stores.port import GraphStore
from models.access import Right, Role
from models.describe import field_class
from models.enums import NodeKind
from models.kinds import NODE_SPECS
from models.privacy import FieldClass
from tests.answer_routes import NEEDED
from tests.api.pages import pages
from tests.api.tenants import CANARY, CROSSING, FIRM_ROWS, A, B, address, fill, rows
from tests.api.visiting import CHEAP, browser, proof_of, sign_in, user
from tests.stores import settings_of

DOCUMENT = create_app(settings_of(), cast(GraphStore, None)).openapi()
FIRM = tuple(f"/api/v1/{spec.plural}" for spec in NODE_SPECS.values() if spec.firm)
ASKED = {**NEEDED, "get_diff": {"from": "2026-01-01T00:00:00Z", "to": "2999-01-01T00:00:00Z"}}
"""What an operation cannot be asked without."""
FOREIGN = re.compile(r"\bb-(account|contact|second|opportunity|department)")
"""Ids of the other account, whatever they stand in."""
_CHANGING = re.compile(r'"(request_id|started|at|created_at|updated_at)":\s*"[^"]*"')


def operations(*methods: str) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Method, path, name and the query an operation must have."""
    for path, found in DOCUMENT["paths"].items():
        for method, told in found.items():
            if not methods or method in methods:
                name = told["operationId"]
                needed = {key: str(value) for key, value in ASKED.get(name, {}).items()}
                yield method.upper(), path, name, needed


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


@pytest.fixture
async def people(store: GraphStore) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A browser for each role, all but the administrator's for account a alone, and one of nobody."""
    async with AsyncExitStack() as stack:
        found = {}
        for role in Role:
            granted = {} if role is Role.ADMIN else {"accounts": ("a-account",)}
            await user(store, str(role), role, **granted)
            client = await stack.enter_async_context(browser(store))
            await sign_in(client, str(role))
            client.headers.update(await proof_of(client))
            found[str(role)] = client
        found["nobody"] = await stack.enter_async_context(browser(store))
        await fill(found["admin"], [*FIRM_ROWS, *rows(A), *rows(B), *CROSSING])
        yield found


async def test_every_role_may_do_what_the_table_says_and_nothing_else(
    people: dict[str, httpx.AsyncClient],
) -> None:
    asked = 0
    for method, path, name, needed in operations():
        where = address(path, A) or path.replace("{", "").replace("}", "")
        right = right_for(method, path)
        if right is Right.OPEN:
            continue
        anonymous = await people["nobody"].request(method, where, params=needed)
        assert anonymous.status_code == 401, name
        for role in Role:
            if may(role, right) and method != "GET":
                continue  # what it may do stands in tests of its own
            answer = await people[role].request(method, where, params=needed)
            refused = answer.status_code == 403
            private = "dossier" in path  # a right beside the role
            assert refused is (not may(role, right) or private), (name, role, answer.status_code)
            assert answer.status_code < 500, (name, role, answer.text)
            asked += 1
    assert asked > 300


async def test_of_another_account_there_is_nothing(people: dict[str, httpx.AsyncClient]) -> None:
    asked = 0
    for method, path, name, needed in operations():
        where = address(path, B)
        if (
            where is None
            or path.startswith(FIRM)
            or where == path
            or "/imports" in path
            or "/changesets" in path
        ):
            continue
        headers = {"If-Match": '"r1"'}
        body = {"json": {}} if method in ("POST", "PATCH", "PUT") else {}
        answer = await people["strategist"].request(method, where, params=needed, headers=headers, **body)
        assert answer.status_code in (404, 403, 405, 422), (name, answer.status_code, answer.text)
        assert CANARY not in answer.text, name
        if method == "GET" and may(Role.STRATEGIST, right_for(method, path)) and "dossier" not in path:
            assert answer.status_code == 404, (name, answer.text)
        asked += 1
    assert asked > 100


async def test_no_byte_of_another_account_is_in_any_answer(people: dict[str, httpx.AsyncClient]) -> None:
    seen = 0
    for role in (Role.VIEWER, Role.STRATEGIST):
        for _, path, name, needed in operations("get"):
            where = address(path, A)
            if where is None:
                continue
            for accept in ("application/json", "text/csv"):
                answer = await people[role].get(where, params=needed, headers={"Accept": accept})
                told = answer.content.decode("utf-8", "replace") + repr(answer.headers)
                assert CANARY not in told, (name, role)
                assert not FOREIGN.search(told), (name, role)
                seen += answer.is_success
        for page in pages():
            shown = await people[role].get(page, headers={"Accept": "text/html"})
            assert shown.is_success or shown.status_code == 403, page
            assert CANARY not in shown.text, page
            assert not FOREIGN.search(shown.text), page
    assert seen > 150
    far = await people[Role.STRATEGIST].get("/api/v1/edges/influences/x-into-a")
    assert (far.json()["source_id"], far.json()["target_id"]) == (ELSEWHERE, "a-contact")
    admin = await people["admin"].get("/api/v1/accounts")
    assert CANARY in admin.text, "it is there to be seen by who may"


async def test_numbers_do_not_move_with_another_account(people: dict[str, httpx.AsyncClient]) -> None:
    async def everything() -> dict[str, str]:
        found = {}
        for _, path, name, needed in operations("get"):
            where = address(path, A)
            if where is not None and "/openapi" not in path:
                answer = await people["strategist"].get(where, params=needed)
                found[name] = f"{answer.status_code} {_CHANGING.sub('', answer.text)}"
        return found

    before = await everything()
    more = [
        ("contact", {"id": f"b-{n}", "account_id": "b-account", "name": f"{CANARY} {n}"}) for n in range(5)
    ]
    sold = (
        "account",
        {"id": "b-account", "name": f"{CANARY} Group", "annual_volume": 9e9, "currency": "CNY"},
    )
    visit = {"id": "b-v", "account_id": "b-account", "at": "2026-11-02T09:00:00Z", "kind": "visit"}
    await fill(
        people["admin"],
        [
            *more,
            sold,
            ("interaction", {**visit, "member_ids": ["mo"], "contact_ids": ["b-contact"]}),
            ("influences", {"id": "b-i", "source_id": "b-1", "target_id": "b-contact", "weight": 0.9}),
            ("knows", {"id": "b-k", "source_id": "mo", "target_id": "b-1", "self_strength": 90}),
            ("contact", {"id": "b-contact", "account_id": "b-account", "name": f"{CANARY} Zhao"}),
        ],
    )
    after = await everything()
    moved = {name: (before[name][:300], after[name][:300]) for name in before if before[name] != after[name]}
    assert moved == {}


async def test_what_a_tie_says_may_be_changed_by_who_does_not_see_its_far_end(
    people: dict[str, httpx.AsyncClient],
) -> None:
    path, rep = "/api/v1/edges/influences/x-into-a", people[Role.REP]
    done = await rep.patch(path, json={"weight": 0.6}, headers={"If-Match": '"r1"'})
    assert (done.status_code, done.json()["source_id"]) == (200, ELSEWHERE), done.text
    stale = await rep.patch(path, json={"weight": 0.7}, headers={"If-Match": '"r1"'})
    assert (stale.status_code, stale.json()["current"]["source_id"]) == (412, ELSEWHERE)
    headers = {"If-Match": '"r2"'}
    named = await rep.patch(path, json={"source_id": "b-second"}, headers=headers)
    nobody = await rep.patch(path, json={"source_id": "nobody"}, headers=headers)
    assert named.status_code == nobody.status_code == 422
    assert named.json()["detail"].replace("b-second", "nobody") == nobody.json()["detail"]
    whole = (await people[Role.ADMIN].get(path)).json()
    assert (whole["source_id"], whole["weight"]) == ("b-contact", 0.6)
    gone = await people[Role.ADMIN].delete("/api/v1/contacts/b-contact", headers={"If-Match": '"r1"'})
    assert gone.status_code == 200, gone.text
    past = await rep.get(f"{path}/history")
    assert ELSEWHERE in past.text
    assert not FOREIGN.search(past.text)
    undone = await rep.post(f"/api/v1/changesets/{done.headers['change-set']}/undo")
    assert not FOREIGN.search(undone.text)


async def test_a_change_set_tells_no_log_that_lies_elsewhere(people: dict[str, httpx.AsyncClient]) -> None:
    asked = {"changes": [{"delete": "influences", "id": "x-into-a"}]}
    done = await people[Role.REP].post("/api/v1/changesets", json=asked)
    assert (done.status_code, list(done.json()["sequences"])) == (200, ["a-account"]), done.text


@pytest.mark.parametrize("role", list(Role), ids=str)
@pytest.mark.parametrize("kind", [NodeKind.CONTACT, NodeKind.ACCOUNT, NodeKind.MEMBER], ids=str)
async def test_a_role_sees_the_fields_of_its_classes(
    people: dict[str, httpx.AsyncClient], role: Role, kind: NodeKind
) -> None:
    path = f"/api/v1/{NODE_SPECS[kind].plural}"
    id_ = "mo" if kind is NodeKind.MEMBER else f"a-{kind}"
    full: dict[str, Any] = (await people["admin"].get(f"{path}/{id_}")).json()
    one = (await people[role].get(f"{path}/{id_}")).json()
    (listed,) = [row for row in (await people[role].get(path)).json()["items"] if row["id"] == id_]
    stamps = {"revision", "created_at", "updated_at"}
    wanted = {
        name
        for name in full
        if name in stamps or role is not Role.VIEWER or field_class(kind, name) is not FieldClass.PERSONAL
    }
    assert set(one) == set(listed) == wanted
    assert kind is not NodeKind.CONTACT or ("personality" in one) is (role is not Role.VIEWER)


async def test_nobody_asks_for_what_he_may_not_see(people: dict[str, httpx.AsyncClient]) -> None:
    path = "/api/v1/contacts?personality=driver"
    assert (await people["viewer"].get(path)).status_code == 403
    assert len((await people["rep"].get(path)).json()["items"]) == 1


async def test_pages_offer_nothing_that_is_refused(people: dict[str, httpx.AsyncClient]) -> None:
    html = {"Accept": "text/html"}
    for role in Role:
        page = (await people[str(role)].get("/settings", headers=html)).text
        for path, right in (("/import", Right.WRITE), ("/privacy", Right.ADMIN)):
            assert (f'href="{path}"' in page) is may(role, right), (role, path)
        assert (" readonly " not in page) is may(role, Right.STEER), role


async def test_no_link_of_a_page_leads_to_a_refusal(people: dict[str, httpx.AsyncClient]) -> None:
    followed: dict[str, set[str]] = {}
    for role in Role:
        client, links = people[role], set[str]()
        for path in pages():
            page = await client.get(path, headers={"Accept": "text/html"})
            if "html" in page.headers.get("content-type", ""):
                links |= {
                    unescape(link).partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', page.text)
                }
        for link in sorted(links):
            answer = await client.get(link, headers={"Accept": "text/html"})
            assert answer.status_code in (200, 308), (role, link, answer.text[:300])
        followed[role] = links
    assert "/privacy" in followed[Role.ADMIN]
    assert "/privacy" not in followed[Role.STRATEGIST]
    for kept in ("/accounts/a-account/history", "/accounts/a-account/contacts/a-contact"):
        assert kept in followed[Role.REP]
        assert kept not in followed[Role.VIEWER]
    assert len(followed[Role.VIEWER]) > 30
