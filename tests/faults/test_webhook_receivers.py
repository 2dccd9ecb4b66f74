"""Receivers of webhooks that are down, slow, redirecting or endless: an attempt ends all the same."""

from __future__ import annotations

import asyncio
import socket
import ssl
from pathlib import Path

import pytest

from graphsvc.features.webhooks.posting import Poster
from models.webhooks import Outcome
from tests.receiver import Behaviour, endless, receiving, silent, status

LONGEST_S = 0.5
OK = b"HTTP/1.1 200 OK\r\n"
BAD = {
    "slow": (silent, Outcome.TIMED_OUT),
    "redirecting": (status(302, Location="http://127.0.0.1:1/"), Outcome.REDIRECTED),
    "moved": (status(308, Location="https://example.org/"), Outcome.REDIRECTED),
    "refusing": (status(401), Outcome.REFUSED),
    "broken": (status(500), Outcome.REFUSED),
    "endless head": (endless(OK, b"X: y\r\n"), Outcome.UNREACHABLE),
    "endless interim": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), Outcome.TIMED_OUT),
    "no HTTP": (endless(b"", b"\0\xff" * 500), Outcome.UNREACHABLE),
}


@pytest.mark.parametrize(("behave", "outcome"), BAD.values(), ids=BAD.keys())
async def test_an_attempt_ends_whatever_the_receiver_does(behave: Behaviour, outcome: Outcome) -> None:
    async with receiving(behave) as receiver:
        poster = Poster(private=True)
        longest = LONGEST_S if outcome is Outcome.TIMED_OUT else 20
        answered = await poster.post(receiver.url, b"{}", {}, longest)
        poster.close()
    assert answered.outcome is outcome
    assert len(receiver.got) == 1


async def test_of_an_endless_answer_only_the_status_is_read() -> None:
    taken = 0

    async def huge(writer: asyncio.StreamWriter) -> None:
        nonlocal taken
        writer.write(OK + b"Content-Length: 1000000000000\r\n\r\n")
        while True:
            writer.write(b"x" * 16_384)
            await writer.drain()
            taken += 16_384

    async with receiving(huge) as receiver:
        poster = Poster(private=True)
        answered = await poster.post(receiver.url, b"{}", {})
        poster.close()
    assert answered.outcome is Outcome.DELIVERED
    assert taken < 20_000_000, "what the buffers of the system hold, and no more"


async def test_nobody_listening_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    poster = Poster(private=True)
    answered = await poster.post(f"http://127.0.0.1:{port}/", b"{}", {})
    assert answered.outcome is Outcome.UNREACHABLE
    assert (await poster.post("http://nobody.invalid/", b"{}", {})).outcome is Outcome.UNKNOWN_HOST
    poster.close()


async def test_a_receiver_without_a_good_certificate_gets_nothing() -> None:
    got = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got.append(await reader.read(1))
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parent / "nobody.pem")
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    poster = Poster(private=True)
    port = server.sockets[0].getsockname()[1]
    answered = await poster.post(f"https://127.0.0.1:{port}/", b"{}", {})
    poster.close()
    server.close()
    assert (answered.outcome, got) == (Outcome.TLS_FAILED, [])


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7), ("999999999", 86_400), ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("soon", None)],
)
async def test_a_receiver_may_ask_to_be_left_alone(told: str, seconds: int | None) -> None:
    async with receiving(status(503, Retry_After=told)) as receiver:
        poster = Poster(private=True)
        answered = await poster.post(receiver.url, b"{}", {})
        poster.close()
    assert (answered.outcome, answered.retry_after_s) == (Outcome.REFUSED, seconds)
