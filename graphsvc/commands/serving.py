"""Running the service: a free port, an open store, a clean end."""

from __future__ import annotations

import asyncio
import signal
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvicorn

from graphsvc.access.desk import Desk
from graphsvc.access.links import first_link
from graphsvc.errors import StartRefused
from graphsvc.logs import begin_logs
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore

Announce = Callable[[str, str | None], None]
"""Told the address, and where nobody can sign in yet, the address of the page that makes the first user."""


async def run(
    settings: Settings, announce: Announce, prepare: Callable[[GraphStore], Awaitable[object]] | None = None
) -> None:
    """Serve until interrupted. `prepare` may fill the store first.

    Raises StartRefused if the store, the port or the certificate cannot be had, or nobody could sign in.
    """
    _check_certificate(settings)
    begin_logs(settings.log_format, settings.log_level)
    listening = listen(settings.host, settings.port)
    try:
        store = await open_store(settings.store_url, settings)
        try:
            if prepare is not None:
                await prepare(store)
            set_up = await _set_up_link(settings, store)
            # Slow to load, and not needed to refuse a port, a store or a certificate.
            from graphsvc.app import create_app

            config = uvicorn.Config(
                create_app(settings, store),
                log_config=None,
                log_level="warning",
                ssl_certfile=settings.tls_certificate,
                ssl_keyfile=settings.tls_key,
                proxy_headers=settings.behind_proxy is not None,
                forwarded_allow_ips=settings.behind_proxy,
                access_log=False,
                lifespan="on",
                timeout_graceful_shutdown=15,
            )
            server = _Server(config)
            host, port = listening.getsockname()[:2]
            scheme = "http" if settings.tls_certificate is None else "https"
            address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
            announce(address, set_up and f"{address}/set-up/{set_up}")
            await server.serve(sockets=[listening])
        finally:
            await store.close()
    finally:
        listening.close()


def _check_certificate(settings: Settings) -> None:
    """Raises StartRefused unless the certificate and the key can be read and belong together."""
    if settings.tls_certificate is None or settings.tls_key is None:
        return
    pair = f"{settings.tls_certificate}, {settings.tls_key}"
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
            settings.tls_certificate, settings.tls_key, password=lambda: ""
        )
    except ssl.SSLError as error:
        raise StartRefused(
            f"{pair}: these are not a certificate and its key in PEM form, without a passphrase.",
            f"{pair}：不是 PEM 格式且互相匹配、无口令的证书与私钥。",
        ) from error
    except OSError as error:
        raise StartRefused(
            f"The certificate or its key cannot be read ({pair}): {error.strerror}.",
            f"无法读取证书或私钥（{pair}）：{error.strerror}。",
        ) from error


async def _set_up_link(settings: Settings, store: GraphStore) -> str | None:
    """The secret of the link for the first user, if there is none. Raises StartRefused if others reach us."""
    if settings.open_door is not None:
        return None
    secret = await first_link(Desk(store, settings.hashing_key))
    if secret is not None and settings.reached_by_others:
        raise StartRefused(
            f"{settings.host}: nobody could sign in. First run: graphsvc users --add NAME --role admin",
            f"{settings.host}：尚无用户，无人可登录。请先运行：graphsvc users --add 用户名 --role admin",
        )
    return secret


class _Server(uvicorn.Server):
    """Ends at SIGINT or SIGTERM once open requests are answered, with exit status 0.

    uvicorn's own way raises the signal again when all is done, so that a clean end looks like a crash.
    """

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def free_port(host: str, first: int, tries: int = 20) -> int:
    """The first port from `first` on that nobody listens on; 0 (any) if none of `tries` is free."""
    for port in range(first, first + tries):
        with socket.socket(_family(host)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return 0


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises StartRefused.

    It is named as TCP: only then does asyncio send at once what is written. Else the second part of every
    answer on a connection that is kept waits 40 ms for the first to be acknowledged.
    """
    listening = socket.socket(_family(host), socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise StartRefused(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port.",
            f"无法监听 {host}:{port}：{error.strerror}。请用 --port 另选端口。",
        ) from error
    return listening


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
