"""Signing in with the firm's identity provider: the way there and back, and all that is refused on it."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from graphsvc.access import federation
from graphsvc.access.audit import trail
from graphsvc.access.users import change_user, find_user, users
from graphsvc.stores.port import GraphStore
from models.access import Audited, Role
from tests.api.visiting import browser, closed, user
from tests.provider import CLIENT, FORGED, SECRET, IdentityProvider, identity_provider

HTML = {"Accept": "text/html"}
MIA = "mia@acme.example"
ROLES = {"sales": Role.REP, "desk": Role.STRATEGIST}


@pytest.fixture
async def provider() -> AsyncIterator[IdentityProvider]:
    async with identity_provider() as found:
        yield found


@asynccontextmanager
async def visitor(
    store: GraphStore, provider: IdentityProvider, **changed: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of somebody at a service that knows the provider."""
    settings = {"oidc_issuer": provider.issuer, "oidc_client": CLIENT, "oidc_secret": SecretStr(SECRET)}
    async with browser(store, **{**settings, "oidc_roles": ROLES, **changed}) as client:
        yield client


async def sent_there(client: httpx.AsyncClient, wanted: str = "/week") -> str:
    """Where the button of the sign-in page leads."""
    answer = await client.get("/sign-in/provider", params={"next": wanted})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def signed_in(client: httpx.AsyncClient, provider: IdentityProvider) -> httpx.Response:
    """There and back."""
    return await client.get(provider.sign_in(await sent_there(client)), headers=HTML)


async def test_the_sign_in_page_shows_the_button(store: GraphStore, provider: IdentityProvider) -> None:
    async with visitor(store, provider, oidc_name="Acme ID") as client:
        page = (await client.get("/sign-in?next=/week", headers=HTML)).text
        assert "Sign in with Acme ID" in page
        assert 'href="/sign-in/provider?next=/week"' in page
    async with browser(store) as client:
        assert "/sign-in/provider" not in (await client.get("/sign-in", headers=HTML)).text
        for path in ("/sign-in/provider", "/sign-in/return?state=x&code=y"):
            assert (await client.get(path)).status_code == 404


async def test_who_is_known_there_comes_in_as_the_user_of_his_address(
    store: GraphStore, provider: IdentityProvider
) -> None:
    await user(store, MIA, Role.STRATEGIST, language="zh")
    async with visitor(store, provider) as client:
        answer = await signed_in(client, provider)
        assert (answer.status_code, answer.headers["location"]) == (303, "/week")
        cookies = answer.headers.get_list("set-cookie")
        assert all("httponly" in cookie.lower() and "samesite=lax" in cookie.lower() for cookie in cookies)
        assert (await client.get("/api/v1/accounts")).status_code == 200
        assert "graphsvc-way" not in client.cookies
        assert "我的一周" in (await client.get("/week", headers=HTML)).text
    provider.claims = {"email": "mia.new@acme.example", "email_verified": None}
    async with visitor(store, provider) as client:
        assert (await signed_in(client, provider)).status_code == 303, "from now on his subject is enough"
    assert [one.name for one in await users(store)] == [MIA]
    acts = [(entry.actor, entry.act) for entry in await trail(store)]
    assert acts == [(MIA, Audited.SIGNED_IN)] * 2


async def test_who_is_new_gets_the_highest_role_of_his_groups(
    store: GraphStore, provider: IdentityProvider
) -> None:
    provider.claims = {"groups": ["sales", "desk", "canteen"]}
    async with visitor(store, provider) as client:
        assert (await signed_in(client, provider)).status_code == 303
        assert (await client.get("/api/v1/accounts")).json()["items"] == []
    mia = await find_user(store, MIA)
    assert mia is not None
    assert (mia.role, mia.dossiers, mia.all_accounts, mia.accounts) == (Role.STRATEGIST, False, False, ())
    assert Audited.USER_ADDED in [entry.act for entry in await trail(store)]


async def test_a_role_follows_the_groups_that_brought_it(
    store: GraphStore, provider: IdentityProvider
) -> None:
    async def comes_with(*groups: str) -> int:
        provider.claims = {"groups": list(groups)}
        return (await signed_in(client, provider)).status_code

    async def now() -> tuple[Role, bool]:
        mia = await find_user(store, MIA)
        assert mia is not None
        return mia.role, mia.active

    async with visitor(store, provider) as client:
        assert (await comes_with("sales"), await now()) == (303, (Role.REP, True))
        assert (await comes_with("sales", "desk"), await now()) == (303, (Role.STRATEGIST, True))
        mia = await find_user(store, MIA)
        assert mia is not None
        await change_user(store, MIA, {"role": "viewer"}, mia.revision)
        assert (await comes_with("desk"), await now()) == (303, (Role.VIEWER, True)), "by hand, until then"
        assert (await comes_with("sales"), await now()) == (303, (Role.REP, True))
        assert (await client.get("/api/v1/accounts")).status_code == 200
        assert (await comes_with("canteen"), await now()) == (401, (Role.REP, False))
        assert (await client.get("/api/v1/accounts")).status_code == 401, "and what was open is closed"
        assert await comes_with("canteen") == 401
        assert (await comes_with("desk"), await now()) == (303, (Role.STRATEGIST, True))
        mia = await find_user(store, MIA)
        assert mia is not None
        await change_user(store, MIA, {"active": False}, mia.revision)
        assert (await comes_with("sales"), await now()) == (401, (Role.STRATEGIST, False)), "by hand: out"
    told = [entry.detail for entry in await trail(store) if entry.act is Audited.USER_CHANGED]
    roles = [(detail or "").partition(" ")[0] for detail in told]
    assert roles == ["role=strategist", "role=rep", "role=none", "role=strategist"]


async def test_groups_do_not_move_whom_an_administrator_made(
    store: GraphStore, provider: IdentityProvider
) -> None:
    await user(store, MIA, Role.ADMIN)
    for groups in (["sales"], ["desk"], None):
        provider.claims = {"groups": groups}
        async with visitor(store, provider) as client:
            assert (await signed_in(client, provider)).status_code == 303
    mia = await find_user(store, MIA)
    assert mia is not None
    assert (mia.role, mia.revision) == (Role.ADMIN, 1)


EARLIER = int(time.time()) - 3600
REFUSED: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "somebody else"},
    "an audience among others": {"aud": [CLIENT, "other"], "azp": "other"},
    "another issuer": {"iss": "https://evil.example"},
    "run out": {"iat": EARLIER, "exp": EARLIER + 300},
    "not yet": {"nbf": EARLIER + 7200, "exp": EARLIER + 9000},
    "no subject": {"sub": None},
    "no end": {"exp": None},
    "an address nobody verified": {"email_verified": None},
    "an address verified in words": {"email_verified": "true"},
    "an address that is no name": {"email": "a b@acme.example"},
}


@pytest.mark.parametrize("claims", REFUSED.values(), ids=REFUSED.keys())
async def test_what_does_not_hold_lets_nobody_in(
    store: GraphStore, provider: IdentityProvider, claims: dict[str, Any]
) -> None:
    await user(store, MIA, Role.ADMIN)
    provider.claims = claims
    async with visitor(store, provider) as client:
        answer = await signed_in(client, provider)
        assert answer.status_code == 401
        assert "did not succeed" in answer.text
        assert "graphsvc" not in client.cookies
    assert [entry.act for entry in await trail(store)] == [Audited.SIGN_IN_REFUSED]


async def test_a_forged_or_unsigned_token_lets_nobody_in(
    store: GraphStore, provider: IdentityProvider
) -> None:
    await user(store, MIA, Role.ADMIN)
    async with visitor(store, provider) as client:
        provider.key = FORGED
        assert (await signed_in(client, provider)).status_code == 401
        provider.token = lambda body, authorization: (  # type: ignore[method-assign]
            200,
            {"id_token": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzLTEifQ."},
        )
        assert (await signed_in(client, provider)).status_code == 401


async def test_who_has_no_role_is_told_so_and_not_made(store: GraphStore, provider: IdentityProvider) -> None:
    for groups in (None, [], ["canteen"], {"sales": 1}, [["sales"]]):
        provider.claims = {"groups": groups}
        async with visitor(store, provider) as client:
            answer = await signed_in(client, provider)
            assert (answer.status_code, "no access here yet" in answer.text) == (401, True)
    assert await users(store) == []


async def test_who_is_switched_off_stays_out(store: GraphStore, provider: IdentityProvider) -> None:
    await user(store, MIA, Role.REP)
    async with visitor(store, provider) as client:
        assert (await signed_in(client, provider)).status_code == 303
        await change_user(store, MIA, {"active": False}, 1)
        assert (await signed_in(client, provider)).status_code == 401


async def test_a_way_is_gone_once_in_its_own_browser_and_soon(
    store: GraphStore, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    await user(store, MIA, Role.REP)
    async with visitor(store, provider) as client, visitor(store, provider) as other:
        way_back = provider.sign_in(await sent_there(client))
        assert (await client.get(way_back)).status_code == 303
        assert (await client.get(way_back)).status_code == 401, "the state is used up"
        sent_to_him = provider.sign_in(await sent_there(other))
        await sent_there(client)
        assert (await client.get(sent_to_him)).status_code == 401, "another browser began it"
        assert (await other.get(sent_to_him)).status_code == 401, "and it is used up"
        for query in ("", "?state=x&code=y", "?error=access_denied&state=x"):
            assert (await client.get(f"/sign-in/return{query}")).status_code == 401
        monkeypatch.setattr(federation, "LIVES", -federation.LIVES)
        assert (await signed_in(client, provider)).status_code == 401, "it took too long"
    kept = [await store.kept_in(area) for area in (federation.WAYS, federation.IDENTITIES, "audit")]
    assert SECRET not in repr(kept)


async def test_nothing_of_a_way_is_in_the_log(
    store: GraphStore,
    provider: IdentityProvider,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logging.getLogger("httpx"), "disabled", True)  # the visitor's own, not the service's
    caplog.set_level(logging.DEBUG)
    await user(store, MIA, Role.REP)
    async with visitor(store, provider) as client:
        way = await sent_there(client)
        secret = client.cookies["graphsvc-way"]
        caplog.clear()
        back = provider.sign_in(way)
        assert (await client.get(back)).status_code == 303
        provider.claims = {"aud": "somebody else"}
        assert (await signed_in(client, provider)).status_code == 401
    query = parse_qs(urlsplit(back).query)
    hidden = (SECRET, secret, query["state"][0], query["code"][0], client.cookies["graphsvc"])
    assert caplog.records
    assert [text for text in hidden if text in caplog.text] == []


async def test_nobody_is_led_elsewhere_afterwards(store: GraphStore, provider: IdentityProvider) -> None:
    await user(store, MIA, Role.REP)
    async with visitor(store, provider) as client:
        way = await sent_there(client, "//evil.example")
        assert (await client.get(provider.sign_in(way))).headers["location"] == "/"


async def test_a_session_of_before_ends(store: GraphStore, provider: IdentityProvider) -> None:
    await user(store, MIA, Role.REP)
    async with visitor(store, provider) as client, browser(store) as thief:
        await signed_in(client, provider)
        thief.cookies.set("graphsvc", client.cookies["graphsvc"])
        assert (await thief.get("/api/v1/accounts")).status_code == 200
        await signed_in(client, provider)
        assert (await thief.get("/api/v1/accounts")).status_code == 401


UNSAFE = ("http://10.0.0.1/token", "http://evil.example/token", "file:///etc/passwd", "", 7)


@pytest.mark.parametrize("place", UNSAFE)
@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri", "authorization_endpoint"])
async def test_the_provider_leads_nowhere_without_tls(
    store: GraphStore, provider: IdentityProvider, name: str, place: object
) -> None:
    provider.documents = {name: place}
    async with visitor(store, provider) as client:
        answer = await client.get("/sign-in/provider", headers=HTML)
        assert answer.status_code == 503
        assert "use your password" in answer.text
    assert len(provider.asked) == 1, "none of it was asked"


async def test_another_issuer_and_a_silent_one_are_no_way_in(
    store: GraphStore, provider: IdentityProvider
) -> None:
    provider.documents = {"issuer": "https://evil.example"}
    async with visitor(store, provider) as client:
        assert (await client.get("/sign-in/provider")).status_code == 503
    async with visitor(store, provider, oidc_issuer="http://127.0.0.1:9") as client:
        assert (await client.get("/sign-in/provider")).status_code == 503


BAD_ISSUERS = (
    "http://idp.example",
    "http://10.0.0.1",
    "ftp://idp.example",
    "https://idp.example/?x=1",
    "idp",
)


@pytest.mark.parametrize("issuer", BAD_ISSUERS)
def test_an_issuer_is_reached_by_tls_or_lies_on_this_machine(issuer: str) -> None:
    with pytest.raises(ValidationError):
        closed(oidc_issuer=issuer, oidc_client=CLIENT)
    with pytest.raises(ValidationError):
        closed(oidc_issuer="https://idp.example")
    assert closed(oidc_issuer="https://idp.example/realms/a", oidc_client=CLIENT).oidc_issuer
