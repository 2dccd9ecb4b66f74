"""A small identity provider on loopback: it signs whoever it is told in, and lies as it is told."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "graphsvc-at-acme", "a secret of the client"
KEY = RSAKey.generate_key(2048, {"kid": "one"})
FORGED = RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class IdentityProvider:
    """What it says of the next who come: `claims` go over the true ones, None takes one out.

    `documents` go over what it says of itself; `key` signs. `asked` are the requests it got.
    """

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    algorithm: str = "RS256"
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def sign_in(self, way: str) -> str:
        """Somebody signs in at an authorization address: the address he is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(way).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    def token(self, body: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The token for a code, once, to who knows the verifier and the client's secret."""
        told = self._codes.pop(body["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(body["code_verifier"].encode()).digest())
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if (
            told is None
            or challenge.decode().rstrip("=") != told["code_challenge"]
            or authorization != f"Basic {known}"
            or body["redirect_uri"] != told["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300}
        claims |= {"nonce": told["nonce"], "email": "Mia@Acme.example", "email_verified": True, **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        token = jwt.encode(header, claims, self.key)
        return 200, {"id_token": token, "token_type": "Bearer", "access_token": "x"}

    def answer(self, line: str, headers: dict[str, str], body: str) -> tuple[int, dict[str, Any]]:
        """The answer to a request."""
        self.asked.append(line)
        if "openid-configuration" in line:
            own = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
            return 200, {**own, **self.documents}
        if "/keys" in line:
            return 200, {"keys": [KEY.as_dict(private=False)]}
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        return self.token(sent, headers.get("authorization", ""))


@asynccontextmanager
async def identity_provider() -> AsyncIterator[IdentityProvider]:
    """A provider that listens until the end of the block."""
    provider = IdentityProvider()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (row.partition(": ") for row in head[1:])}
        body = (await reader.readexactly(int(headers.get("content-length", "0")))).decode()
        status, told = provider.answer(head[0], headers, body)
        text = json.dumps(told).encode()
        rest = f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\nConnection: close\r\n\r\n"
        writer.write(f"HTTP/1.1 {status} Said\r\n{rest}".encode() + text)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        provider.issuer = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield provider
