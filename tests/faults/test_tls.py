"""TLS of the service's own: it serves, its cookies are bound to it, and what is no certificate is refused."""

from __future__ import annotations

import http.client
import re
import shutil
import ssl
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from graphsvc.commands.serving import run
from graphsvc.errors import StartRefused
from tests.faults.test_serving import start
from tests.stores import settings_of

__all__ = ["start"]

Start = Callable[..., subprocess.Popen[str]]
ADDRESS = re.compile(r"https://127\.0\.0\.1:(\d+)")
PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate of this machine's own addresses and its key, as files."""

    certificate: Path
    key: Path

    @property
    def words(self) -> tuple[str, ...]:
        """The options of `serve`."""
        return ("--tls-certificate", str(self.certificate), "--tls-key", str(self.key))


def make(folder: Path, name: str) -> Pair:
    """A fresh pair, made by openssl."""
    pair = Pair(folder / f"{name}.pem", folder / f"{name}.key")
    words = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN={name}"
    files = ["-out", str(pair.certificate), "-keyout", str(pair.key)]
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run(["openssl", *words.split(), *files, *names], check=True, capture_output=True)
    return pair


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    if shutil.which("openssl") is None:
        pytest.skip("making a certificate needs openssl")
    return make(tmp_path_factory.mktemp("tls"), "graphsvc")


def told(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The port a service announces under https, and the link that makes the first user."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "/set-up/" in line:
            found = ADDRESS.search(said)
            assert found, said
            return int(found[1]), line.strip()
    raise AssertionError(f"the service did not start: {process.communicate()[1]}")


def send(port: int, trust: ssl.SSLContext, path: str, **form: str) -> http.client.HTTPResponse:
    """A form, sent by TLS to a host whose certificate is checked; redirects are not followed."""
    connection = http.client.HTTPSConnection("localhost", port, context=trust, timeout=30)
    connection.request(
        "POST",
        path,
        urllib.parse.urlencode(form),
        {"Content-Type": "application/x-www-form-urlencoded"},
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_it_serves_by_tls_and_binds_its_cookies_to_it(start: Start, pair: Pair) -> None:
    process = start("serve", "--port", "0", *pair.words)
    port, link = told(process)
    trust = ssl.create_default_context(cafile=str(pair.certificate))
    with urllib.request.urlopen(f"https://127.0.0.1:{port}/readyz", context=trust) as answer:
        assert answer.status == 200
    made = send(port, trust, urllib.parse.urlsplit(link).path, name="ada", password=PASSWORD)
    assert made.status == 303
    entered = send(port, trust, "/sign-in", name="ada", password=PASSWORD)
    cookie = entered.headers["Set-Cookie"]
    assert entered.status == 303
    assert cookie.startswith("__Host-graphsvc=")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    secret = cookie.partition(";")[0].partition("=")[2]
    with pytest.raises(ssl.SSLCertVerificationError):
        send(port, ssl.create_default_context(), "/sign-in")
    old = ssl.create_default_context(cafile=str(pair.certificate))
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    old.minimum_version = ssl.TLSVersion.TLSv1_2
    assert send(port, old, "/sign-in").status in (401, 422)
    with pytest.raises((OSError, http.client.HTTPException)):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30)
    process.terminate()
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert PASSWORD not in said
    assert secret not in said


async def test_what_is_no_certificate_and_its_key_is_refused(pair: Pair, tmp_path: Path) -> None:
    words = tmp_path / "words.pem"
    words.write_text("no certificate", "utf-8")
    for wrong in (
        Pair(pair.certificate, make(tmp_path, "other").key),
        Pair(words, pair.key),
        Pair(pair.certificate, words),
        Pair(pair.certificate, tmp_path / "nowhere.key"),
    ):
        settings = settings_of(tls_certificate=wrong.certificate, tls_key=wrong.key, port=0)
        with pytest.raises(StartRefused) as refused:
            await run(settings, lambda url, link: pytest.fail(f"it serves on {url}"))
        for text in (refused.value.en, refused.value.zh):
            assert str(wrong.key) in text
            assert str(wrong.certificate) in text


def test_the_refusal_is_one_line(start: Start, pair: Pair) -> None:
    process = start("serve", "--port", "0", *Pair(pair.certificate, pair.certificate).words)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert len(said.strip().splitlines()) == 1, said
