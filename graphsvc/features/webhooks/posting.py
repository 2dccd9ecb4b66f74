"""One attempt to deliver: the name is resolved once, every address is checked, one of them is connected to.

So nobody can have the name mean another address between the check and the connection. Redirects are not
followed, no proxy of the environment is asked, and of the response only the status is read.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpcore

from graphsvc.features.webhooks.addresses import Reach, may_reach, reach_of
from graphsvc.stores.codec import utc_now
from models.fields import Unfit
from models.webhooks import Outcome

ATTEMPT_S = 10.0
"""Longest an attempt may take."""
_MOST_RETRY_AFTER_S = 86_400
_GONE = 410

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a name, in the order in which they are tried. Raises OSError."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How an attempt went; `retry_after_s` is what the receiver asked for."""

    outcome: Outcome
    took_ms: int
    status: int | None = None
    retry_after_s: int | None = None

    @property
    def gone(self) -> bool:
        """Whether the receiver wants nothing any more."""
        return self.status == _GONE


class _AddressRefused(Exception):
    """The name means an address that may not be reached."""


class _UnknownHost(Exception):
    """The name means no address."""


class Poster:
    """Sends; `private` allows private addresses. Names are resolved in threads of its own: a dead name
    server holds up no answer."""

    def __init__(
        self,
        private: bool = False,
        resolve: Resolve | None = None,
        connecting: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self.private = private
        self._threads = ThreadPoolExecutor(4, "resolve")
        self._resolve = resolve or self._addresses
        self._connecting = connecting or httpcore.AnyIOBackend()
        self._tls: ssl.SSLContext | None = None

    async def post(
        self, url: str, body: bytes, headers: Mapping[str, str], longest_s: float = ATTEMPT_S
    ) -> Answered:
        """Send once. Whatever the receiver does, this ends within `longest_s` and raises nothing."""
        begun = time.monotonic()
        status, retry = None, None
        try:
            async with asyncio.timeout(longest_s):
                status, retry = await self._post(url, body, headers)
            outcome = _told(status)
        except Exception as error:
            outcome = _failed(error)
        return Answered(outcome, round((time.monotonic() - begun) * 1000), status, retry)

    def close(self) -> None:
        """Resolve nothing any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, int | None]:
        try:
            reach = reach_of(url, self.private)
        except Unfit as error:
            raise _AddressRefused from error
        if self._tls is None:
            self._tls = await asyncio.to_thread(ssl.create_default_context)
        backend = _Checked(reach, self._resolve, self._connecting)
        async with (
            httpcore.AsyncConnectionPool(self._tls, network_backend=backend) as pool,
            pool.stream("POST", url, headers=list(headers.items()), content=body) as response,
        ):
            return response.status, _retry_after(response.headers)

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        def work() -> list[str]:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            return list(dict.fromkeys(str(row[4][0]) for row in found))

        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


class _Checked(httpcore.AsyncNetworkBackend):
    """Connects to addresses within the reach alone; a name one address of which lies outside is refused."""

    def __init__(self, reach: Reach, resolve: Resolve, connecting: httpcore.AsyncNetworkBackend) -> None:
        self._reach, self._resolve, self._connecting = reach, resolve, connecting

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the name is that of the base
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise _UnknownHost from error
        if not addresses:
            raise _UnknownHost
        if not all(may_reach(address, self._reach) for address in addresses):
            raise _AddressRefused
        for address in addresses[:-1]:
            try:
                return await self._connecting.connect_tcp(address, port, timeout)
            except httpcore.ConnectError:
                continue
        return await self._connecting.connect_tcp(addresses[-1], port, timeout)


def _told(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome.DELIVERED
    return Outcome.REDIRECTED if 300 <= status < 400 else Outcome.REFUSED


def _failed(error: Exception) -> Outcome:
    if isinstance(error, _AddressRefused):
        return Outcome.ADDRESS_REFUSED
    if isinstance(error, _UnknownHost):
        return Outcome.UNKNOWN_HOST
    if isinstance(error, TimeoutError | httpcore.TimeoutException):
        return Outcome.TIMED_OUT
    within = error.__cause__ or error.__context__  # what the client wraps
    return Outcome.TLS_FAILED if isinstance(within, ssl.SSLError) else Outcome.UNREACHABLE


def _retry_after(headers: Sequence[tuple[bytes, bytes]]) -> int | None:
    """The seconds the receiver asks to be left alone, a day at most (RFC 9110 §10.2.3)."""
    text = next((value.decode("latin-1") for name, value in headers if name.lower() == b"retry-after"), "")
    try:
        wanted = int(text) if text.isdecimal() else (parsedate_to_datetime(text) - utc_now()).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(int(wanted), 0), _MOST_RETRY_AFTER_S)
