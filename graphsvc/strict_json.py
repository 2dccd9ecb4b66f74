"""JSON read strictly: what the format leaves open is refused, with a clear reason."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import orjson

from models.fields import Unfit

LARGEST_INT = 2**53
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def strict_json(text: str) -> Any:
    """The value of a JSON text without duplicate keys, NaN, integers beyond 2^53, NUL or lone surrogates.

    It is nested at most as deeply as orjson writes (254), so that what was read can always be kept.
    Raises Unfit, which says what is wrong and, for broken syntax, at which line and column. O(n).
    """
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_constant, parse_int=_integer, parse_float=_finite
        )
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        place = error.lineno, error.colno
        raise Unfit(
            f"{error.msg} at line {place[0]} column {place[1]}", f"第 {place[0]} 行第 {place[1]} 列有语法错误"
        ) from None
    _check_text(value)
    return value


def _check_text(value: Any) -> None:
    """Refuses what cannot be written again: too deep, half a surrogate pair; and NUL."""
    try:
        flat = orjson.dumps(value)
    except orjson.JSONEncodeError as error:
        if "surrogate" in str(error):
            raise Unfit("it holds half of a surrogate pair", "含有不成对的代理字符") from None
        raise _too_deep() from None
    if b"\\u0000" in flat and _NUL.search(flat):
        raise Unfit("it holds a NUL character", "含有 NUL 字符")


def _too_deep() -> Unfit:
    return Unfit("it is nested too deeply", "嵌套过深")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise Unfit(f"the key {key[:40]} stands twice", f"键 {key[:40]} 出现两次")
            seen.add(key)
    return found


def _constant(name: str) -> NoReturn:
    raise Unfit(f"{name} is no JSON number", f"{name} 不是 JSON 数字")


def _finite(text: str) -> float:
    """A number written with a fraction or an exponent: 3.0 is the integer 3, as JSON Schema has it."""
    value = float(text)
    if value.is_integer() and abs(value) <= LARGEST_INT:
        return int(value)
    if value in (float("inf"), float("-inf")):
        raise Unfit(f"the number {text[:20]} is too large", f"数字 {text[:20]} 过大")
    return value


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST_INT:
        raise Unfit(f"the number {text[:20]} is beyond 2^53", f"数字 {text[:20]} 超出 2^53")
    return int(text)
