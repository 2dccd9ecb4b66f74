"""The identity provider of the firm (OpenID Connect): what it says of somebody, and whether to believe it.

Its issuer is a setting; it and all it names are reached by TLS, or on this machine. Nothing else is followed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import httpcore
import orjson
from authlib.oauth2.auth import encode_client_secret_basic
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from graphsvc.errors import IdentityRefused, ProviderUnavailable
from graphsvc.settings import Settings

WITHIN_S = 5.0
MOST_BYTES = 500_000
FRESH = timedelta(minutes=10)
"""How long what the provider says of itself, and its keys, are believed without asking again."""
LEEWAY_S = 60
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by keys that only the provider has."""
_FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Provider:
    """The provider as the settings name it; `client` and `secret` are what it knows this service by."""

    issuer: str
    client: str
    secret: str | None = field(default=None, repr=False)
    _said: tuple[datetime, Mapping[str, Any], KeySet] | None = None

    async def way_in(self, back: str, state: str, nonce: str, verifier: str, now: datetime) -> str:
        """Where a browser is sent to sign in; it comes to `back` afterwards. Raises ProviderUnavailable."""
        said, _ = await self._known(now)
        asked = {"nonce": nonce, "code_challenge_method": "S256"}
        asked["code_challenge"] = create_s256_code_challenge(verifier)
        uri: str = prepare_grant_uri(
            said["authorization_endpoint"], self.client, "code", back, "openid email profile", state, **asked
        )
        return uri

    async def identity(
        self, code: str, back: str, nonce: str, verifier: str, now: datetime
    ) -> Mapping[str, Any]:
        """What the provider says of who came back with a code: signed, of it, for us, in time, of this way.

        Raises ProviderUnavailable, IdentityRefused.
        """
        said, keys = await self._known(now)
        token = await self._token(said["token_endpoint"], code, back, verifier)
        try:
            read = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
            wanted: Any = {"iss": {"essential": True, "value": said["issuer"]}}
            wanted["aud"] = {"essential": True, "value": self.client}
            claims = CodeIDToken(read.claims, read.header, wanted, {"nonce": nonce, "client_id": self.client})
            claims.validate(int(now.timestamp()), LEEWAY_S)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise IdentityRefused(f"the token does not hold: {error}") from error
        return dict(claims)

    async def _known(self, now: datetime) -> tuple[Mapping[str, Any], KeySet]:
        """What the provider says of itself, and its keys."""
        if self._said is None or now - self._said[0] > FRESH:
            said = await self._json("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            places = [said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
            if said.get("issuer") != self.issuer or not all(map(is_safe, places)):
                raise ProviderUnavailable("it names another issuer, or places without TLS")
            try:
                keys = KeySet.import_key_set(await self._json("GET", str(said["jwks_uri"])))  # type: ignore[arg-type]
            except (JoseError, ValueError, KeyError, TypeError) as error:
                raise ProviderUnavailable(f"its keys cannot be read: {error}") from error
            self._said = now, said, keys
        return self._said[1], self._said[2]

    async def _token(self, place: str, code: str, back: str, verifier: str) -> str:
        more = {} if self.secret else {"client_id": self.client}
        body = prepare_token_request(
            "authorization_code", "", back, code=code, code_verifier=verifier, **more
        )
        headers = {"Content-Type": _FORM}
        if self.secret:
            known = SimpleNamespace(client_id=self.client, client_secret=self.secret)
            encode_client_secret_basic(known, "POST", place, headers, body)
        answer = await self._json("POST", place, headers, body.encode())
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise IdentityRefused("no token was given for the code")
        return token

    async def _json(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> dict[str, Any]:
        """The JSON object at an address; no redirects. Raises ProviderUnavailable, IdentityRefused."""
        sent = {"Accept": "application/json", **(headers or {})}
        try:
            async with asyncio.timeout(WITHIN_S):
                status, text = await _asked(method, url, sent, body)
            found = orjson.loads(text)
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
            raise ProviderUnavailable(f"{type(error).__name__}") from error
        except orjson.JSONDecodeError as error:
            raise ProviderUnavailable("it answers no JSON") from error
        if method == "POST" and status in (400, 401):
            raise IdentityRefused("the code was refused")
        if status != 200 or not isinstance(found, dict):
            raise ProviderUnavailable(f"it answers {status}")
        return found


async def _asked(method: str, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
    tls = await asyncio.to_thread(ssl.create_default_context) if url.startswith("https:") else None
    read = bytearray()
    async with (
        httpcore.AsyncConnectionPool(tls) as pool,
        pool.stream(method, url, headers=list(headers.items()), content=body) as response,
    ):
        async for chunk in response.aiter_stream():
            read += chunk
            if len(read) > MOST_BYTES:
                raise ProviderUnavailable("it answers too much")
        return response.status, bytes(read)


def provider_of(settings: Settings) -> Provider | None:
    """The provider that the settings name, if they name one."""
    if settings.oidc_issuer is None or settings.oidc_client is None:
        return None
    secret = settings.oidc_secret.get_secret_value() if settings.oidc_secret else None
    return Provider(settings.oidc_issuer, settings.oidc_client, secret)


def is_safe(url: object) -> bool:
    """Whether an address is reached by TLS, or lies on this machine."""
    if not isinstance(url, str):
        return False
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and _is_here(parts.hostname or "")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
