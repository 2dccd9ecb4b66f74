"""Logs: one line for each thing that happened, as JSON or for people to read. No names, no words of records.

Messages of our own are logged whole: they hold ids of requests and imports, and paths of files. Of errors
nobody expected there is the place, not what they say, and of other packages' messages the form, not what
was filled in: either may hold what somebody entered.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, TextIO

import orjson

Form = Literal["json", "text"]
Level = Literal["debug", "info", "warning", "error"]
OURS = "graphsvc"
_CODES = ("errno", "sqlite_errorname", "code")
"""What errors of the system, of SQLite and of Neo4j tell beside their words."""


def begin_logs(form: Form | None, level: Level, stream: TextIO | None = None) -> logging.Handler:
    """Log to standard error from now on, in a form for people (default on a terminal) or as JSON."""
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines(form or ("text" if out.isatty() else "json")))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(level.upper())
    return handler


def told(**fields: Any) -> dict[str, Any]:
    """Fields of a line beside its message: `log.info("request", extra=told(status=200))`."""
    return {"told": fields}


class Lines(logging.Formatter):
    """A record as one line; where something failed, with the places of the error."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        fields = getattr(record, "told", {})
        places = list(_places(record.exc_info[1])) if record.exc_info and record.exc_info[1] else []
        line = _json if self._form == "json" else _text
        return line(record, _message(record), fields, places)


def _json(record: logging.LogRecord, message: str, fields: Mapping[str, Any], places: list[str]) -> str:
    whole = {
        "time": _moment(record).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": message,
        **fields,
        **({"error": places} if places else {}),
    }
    return orjson.dumps(whole, default=str).decode()


def _text(record: logging.LogRecord, message: str, fields: Mapping[str, Any], places: list[str]) -> str:
    words = [f"{_moment(record).astimezone():%H:%M:%S}", f"{record.levelname:<7}", message]
    words += [f"{name}={value}" for name, value in fields.items() if value is not None]
    return "\n    ".join([" ".join(words), *places])


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _message(record: logging.LogRecord) -> str:
    own = record.name.partition(".")[0] == OURS
    return " ".join((record.getMessage() if own else str(record.msg).partition("\n")[0]).split())


def _places(error: BaseException) -> Iterator[str]:
    """The error and those it came from: kind, code, and where; the words of none of them."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        codes = [str(code) for name in _CODES if isinstance(code := getattr(current, name, None), str | int)]
        kind = type(current)
        yield f"{kind.__module__}.{kind.__qualname__}" + (f" ({', '.join(codes)})" if codes else "")
        yield from _frames(current.__traceback__)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
