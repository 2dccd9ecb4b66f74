"""The service as a process: it starts, says where, refuses what it must, and ends cleanly."""

from __future__ import annotations

import asyncio
import http.server
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphsvc.commands.serving import listen

COMMAND = [sys.executable, "-m", "graphsvc.cli"]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def environment(folder: Path) -> dict[str, str]:
    """Ours without settings of whoever runs the tests."""
    ours = ("GRAPHSVC_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "GRAPHSVC_STORE_URL": f"sqlite:///{folder / 'served.db'}", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `graphsvc` with arguments in an empty folder; whatever still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []

    def run(*args: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*COMMAND, *args],
            cwd=tmp_path,
            env={**environment(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def address_of(process: subprocess.Popen[str]) -> str:
    """The address a starting service announces."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := ADDRESS.search(line):
            return found[0]
    _, said = process.communicate()
    raise AssertionError(f"the service did not start: {said}")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.7", "::", "example.org"])
def test_it_refuses_other_addresses_with_one_line(
    start: Callable[..., subprocess.Popen[str]], host: str
) -> None:
    _, said = (process := start("serve", "--host", host)).communicate(timeout=60)
    assert process.returncode == 1
    assert host in said
    assert len(said.strip().splitlines()) == 1


def test_a_taken_port_is_named(start: Callable[..., subprocess.Popen[str]]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        _, said = (process := start("serve", "--port", str(port))).communicate(timeout=60)
    assert process.returncode == 1
    assert f"127.0.0.1:{port}" in said
    assert len(said.strip().splitlines()) == 1


def test_the_demo_shows_its_answers_and_serves_its_maps(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    process = start("demo", "--no-browser", "--port", "0")
    base = address_of(process)
    with urllib.request.urlopen(f"{base}/accounts/jichuan/influence") as page:
        assert "text/html" in page.headers["content-type"]
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in said


def test_where_nobody_can_sign_in_a_link_makes_the_first_user_and_a_second_service_is_refused_by_name(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    process = start("serve", "--port", "0")
    base = address_of(process)
    assert process.stdout is not None
    said = process.stdout.readline() + process.stdout.readline()
    link = re.search(r"http://\S+/set-up/[A-Za-z0-9_-]{43}", said)
    assert link, said
    with urllib.request.urlopen(f"{base}/readyz") as answer:
        assert answer.status == 200
    with urllib.request.urlopen(link[0]) as page:
        assert b'name="password"' in page.read()
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{base}/api/v1/accounts")
    with refused.value as answer:
        assert answer.code == 401

    _, said = (second := start("serve", "--port", "0")).communicate(timeout=60)
    assert second.returncode == 1
    assert str(process.pid) in said
    assert "Traceback" not in said

    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), "--tls-certificate"),
        (("--behind-proxy", "127.0.0.1"), "GRAPHSVC_SECRET"),
        (("--tls-certificate", "x.pem"), "key"),
        (("--open", "--behind-proxy", "127.0.0.1"), "open door"),
        (("--open",), "open door"),
    ],
)
def test_another_address_says_what_it_lacks(
    start: Callable[..., subprocess.Popen[str]], words: tuple[str, ...], missing: str
) -> None:
    _, said = (process := start("serve", "--host", "0.0.0.0", *words)).communicate(timeout=60)
    assert process.returncode == 1
    assert missing in said
    assert len(said.strip().splitlines()) == 1


def test_another_address_without_users_says_how_to_make_one(
    start: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"GRAPHSVC_SECRET={'s3cret-' * 6}\n", "utf-8")
    words = ("serve", "--host", "0.0.0.0", "--port", "0", "--behind-proxy", "127.0.0.1")
    _, said = (process := start(*words)).communicate(timeout=60)
    assert process.returncode == 1
    assert "graphsvc users --add" in said
    assert len(said.strip().splitlines()) == 1
    start("users", "--add", "ada", "--role", "admin").communicate(timeout=60)
    serving = start(*words)
    assert serving.stdout is not None
    assert "http://0.0.0.0:" in serving.stdout.readline()


def test_it_tells_its_webhooks_and_ends_cleanly(
    start: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    got: queue.Queue[bytes] = queue.Queue()

    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.put(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is said."""

    def post(url: str, body: object) -> None:
        asked = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked) as answer:
            assert answer.status == 201

    (tmp_path / ".env").write_text("GRAPHSVC_WEBHOOK_PRIVATE=true\n", "utf-8")
    process = start("serve", "--open", "--port", "0", "--log-level", "warning")
    base = address_of(process)
    with http.server.HTTPServer(("127.0.0.1", 0), Hook) as receiver:
        threading.Thread(target=receiver.serve_forever).start()
        try:
            url = f"http://127.0.0.1:{receiver.server_address[1]}/"
            post(f"{base}/api/v1/webhooks", {"name": "it", "url": url})
            post(f"{base}/api/v1/accounts", {"id": "acme", "name": "ACME"})
            told = json.loads(got.get(timeout=60))
        finally:
            receiver.shutdown()
    assert [row["id"] for row in told["data"]["changes"]] == ["acme"]
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, "")


def test_each_request_leaves_one_line_of_json_on_standard_error(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    process = start("serve", "--open", "--port", "0")
    base = address_of(process)
    with urllib.request.urlopen(f"{base}/api/v1/search?q=canary") as answer:
        given = answer.headers["x-request-id"]
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    (line,) = map(json.loads, said.splitlines())
    assert (line["request_id"], line["route"], line["status"]) == (given, "/api/v1/search", 200)
    assert "canary" not in said


async def test_what_is_written_is_sent_at_once() -> None:
    sent_at_once: list[int] = []

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        sent_at_once.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()
        await writer.wait_closed()

    listening = listen("127.0.0.1", 0)
    async with await asyncio.start_server(met, sock=listening):
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
    assert len(sent_at_once) == 1
    assert sent_at_once[0] != 0
