"""What every test folder shares: a real Neo4j server, a real browser, the number of cases of a property."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

from graphsvc.interpreter import tune
from graphsvc.stores import turns
from tests.lengths import EXAMPLES
from tests.neo4j_server import GivenServer, Neo4jServer, given_server, what_is_missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30
"""Where files lie in memory, and the bytes that must be free there before tests lay theirs into it."""

settings.register_profile(
    "graphsvc",
    max_examples=EXAMPLES,
    deadline=None,
    print_blob=True,
)
settings.load_profile("graphsvc")


def pytest_configure() -> None:
    """Files of tests lie in memory where there is room, unless TMPDIR says where; who is ended cleans up.

    A test over a file spends much of its time waiting for the disk. Who is killed leaves the same behind in
    memory as on a disk, for the system holds what was written; what is synced, and when, is tested by calls.
    """
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # else servers of a run that timed out live on


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """One process where one server is given: two would empty it under each other's tests."""
    return 1 if given_server() else None


def pytest_collection_finish() -> None:
    """Run as the command line does: looking for garbage was an eighth of the processor time."""
    tune()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by their fixtures; browser tests last, for Playwright leaves its event loop running.

    Tests of a file go to one process, so that what they share is made once.
    """
    for item in items:
        names = getattr(item, "fixturenames", ())
        group = item.nodeid.partition("::")[0]
        if "neo4j_server" in names:
            item.add_marker("neo4j")
        if "browser" in names:
            item.add_marker("browser")
            group += " in the browser"
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the fault tests counted, and once for each reason what was skipped, however many it hit."""
    for report in (row for rows in ("passed", "failed") for row in terminalreporter.stats.get(rows, [])):
        for name, value in report.user_properties:
            if name == "counts" and report.when == "call":
                terminalreporter.write_line(f"COUNTED {value}")
    reports = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"SKIPPED [{count}] {reason}", yellow=True, bold=True)


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """Writes wait for their turn however slow the machine is: giving up has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turns, "WRITE_TURN_S", 60.0)
        yield


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GivenServer]:
    """The run's one Neo4j server: the given one, else one started here."""
    given = given_server()
    if given is not None:
        yield given
        return
    missing = what_is_missing()
    if missing:
        _missing("neo4j", f"Neo4j tests need {missing} (or GRAPHSVC_TEST_NEO4J_URL): install it to run them")
    server = Neo4jServer(tmp_path_factory.mktemp("neo4j"))
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture
def breakable_neo4j(neo4j_server: GivenServer) -> Iterator[Neo4jServer]:
    """The same server for a test that kills or freezes it; it runs again afterwards."""
    if not isinstance(neo4j_server, Neo4jServer):
        pytest.skip("GRAPHSVC_TEST_NEO4J_URL names a server that is not ours to break: unset it to run this")
    yield neo4j_server
    neo4j_server.thaw()
    neo4j_server.start()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the run; tests that use it are plain functions, not async ones."""
    chromium = shutil.which("chromium")
    if chromium is None:
        _missing("browser", "browser tests need Chromium: install the package chromium to run them")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield running
        running.close()


def _missing(what: str, message: str) -> NoReturn:
    if what in os.environ.get("GRAPHSVC_TEST_REQUIRE", "").replace(" ", "").split(","):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
