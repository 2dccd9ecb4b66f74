"""Lines of the log: what stands in them, in both forms, and whose words never do."""

from __future__ import annotations

import io
import json
import logging
import sqlite3
from collections.abc import Iterator

import orjson
import pytest

from graphsvc.logs import Form, begin_logs, told

SECRET = "canary 王芳"


@pytest.fixture
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What is logged from here on, in the form the test names; then all is as before."""
    root, ours = logging.getLogger(), logging.getLogger("graphsvc")
    before = root.handlers[:], root.level, ours.level
    out = io.StringIO()
    begin_logs(request.param, "info", out)
    yield out
    root.handlers[:], ours.level = before[0], before[2]
    root.setLevel(before[1])


def in_form(form: Form | None) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("lines", [form], indirect=True, ids=[str(form)])


@in_form(None)
def test_a_line_that_no_terminal_reads_is_json(lines: io.StringIO) -> None:
    logging.getLogger("graphsvc.requests").info("request", extra=told(status=200, user=None))
    line = json.loads(lines.getvalue())
    assert set(line) == {"time", "level", "logger", "message", "status", "user"}
    assert (line["level"], line["logger"], line["message"]) == ("info", "graphsvc.requests", "request")
    assert line["time"].endswith("Z")


@in_form("text")
def test_for_people_a_line_is_words(lines: io.StringIO) -> None:
    logging.getLogger("graphsvc").warning("%s\nis damaged", "a.db", extra=told(status=1, user=None))
    (line,) = lines.getvalue().splitlines()
    assert line[8:] == " WARNING a.db is damaged status=1"


@in_form("json")
def test_what_is_below_the_level_is_not_told(lines: io.StringIO) -> None:
    logging.getLogger("graphsvc").debug("aside")
    logging.getLogger("httpx").info("aside")
    assert lines.getvalue() == ""


def _fail() -> None:
    try:
        sqlite3.connect(":memory:").execute(f'SELECT "{SECRET}"."{SECRET}"')
    except sqlite3.Error as error:
        raise ValueError(SECRET) from error


@pytest.mark.parametrize("lines", ["json", "text"], indirect=True)
def test_an_error_tells_its_place_and_code_but_not_what_it_says(lines: io.StringIO) -> None:
    try:
        _fail()
    except ValueError:
        logging.getLogger("graphsvc.web").exception("request %s failed", "r1")
    said = lines.getvalue()
    assert "canary" not in said
    for part in (
        "request r1 failed",
        "builtins.ValueError",
        "sqlite3.OperationalError (SQLITE_ERROR)",
        "_fail",
    ):
        assert part in said
    assert said.count(f"{__file__}:") == 3


@in_form("json")
def test_an_error_that_caused_itself_ends(lines: io.StringIO) -> None:
    error = ValueError(SECRET)
    error.__context__ = KeyError(SECRET)
    error.__context__.__context__ = error
    logging.getLogger("graphsvc").error("failed", exc_info=error)
    assert orjson.loads(lines.getvalue())["error"] == ["builtins.ValueError", "builtins.KeyError"]


@in_form("json")
def test_of_other_packages_only_the_form_is_told(lines: io.StringIO) -> None:
    logging.getLogger("neo4j").warning("query %s failed", SECRET)
    logging.getLogger("asyncio").error(f"Task exception was never retrieved\nfuture: <Task {SECRET}>")
    messages = [json.loads(line)["message"] for line in lines.getvalue().splitlines()]
    assert messages == ["query %s failed", "Task exception was never retrieved"]
