"""JSON read strictly: what the format leaves open is refused, with a clear reason."""

from __future__ import annotations

import json
from typing import Any, NoReturn

LARGEST_INT = 2**53


def strict_json(text: str) -> Any:
    """The value of a JSON text without duplicate keys, NaN, integers beyond 2^53, NUL or lone surrogates.

    Raises ValueError whose text says what is wrong and, for broken syntax, at which line and column. O(n).
    """
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_constant, parse_int=_integer, parse_float=_finite
        )
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at line {error.lineno} column {error.colno}") from None
    if "\\u" in text or "\0" in text:
        _check_escapes(value)
    return value


def _check_escapes(value: Any) -> None:
    flat = json.dumps(value, ensure_ascii=False)
    if "\\u0000" in flat:
        raise ValueError("it holds a NUL character")
    try:
        flat.encode()
    except UnicodeEncodeError:
        raise ValueError("it holds half of a surrogate pair") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise ValueError(f"the key {key} stands twice")
            seen.add(key)
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"the number {text[:20]} is too large")
    return value


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST_INT:
        raise ValueError(f"the number {text[:20]} is beyond 2^53")
    return int(text)
