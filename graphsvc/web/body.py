"""Request bodies read strictly: what JSON leaves open is refused here, with a clear reason."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import orjson
from fastapi import Request

from graphsvc.web.problems import Refused
from models.faults import Code, Fault, InvalidInput

LARGEST_INT = 2**53
_TYPES = ("application/json", "application/merge-patch+json")


async def json_object(request: Request) -> dict[str, Any]:
    """The request's body as one JSON object. Raises Refused (415) and InvalidInput."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in _TYPES:
        raise Refused(415, "unsupported-media-type", "Send application/json.", "请发送 application/json。")
    return strict_object(await request.body())


def strict_object(raw: bytes) -> dict[str, Any]:
    """One JSON object without duplicate keys, NaN, integers beyond 2^53, NUL or lone surrogates. O(n)."""
    try:
        value = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_constant, parse_int=_integer
        )
        clean = orjson.dumps(value)
    except RecursionError:
        _refuse("it is nested too deeply")
    except UnicodeDecodeError:
        _refuse("it is not UTF-8")
    except json.JSONDecodeError as error:
        _refuse(f"{error.msg} at line {error.lineno} column {error.colno}")
    except (orjson.JSONEncodeError, ValueError) as error:
        _refuse(str(error))
    if b"\\u0000" in clean:
        _refuse("it holds a NUL character")
    if not isinstance(value, dict):
        _refuse("an object is wanted at the top")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice} stands twice")
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST_INT:
        raise ValueError(f"the number {text[:20]} is beyond 2^53")
    return int(text)


def _refuse(detail: str) -> NoReturn:
    raise InvalidInput(Fault(Code.BAD_JSON, {"detail": detail}, pointer=""))
