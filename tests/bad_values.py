"""Values that nothing of a schema takes, made from the schema: what is new in the API is tried as well."""

from __future__ import annotations

from typing import Any

LONG = "x" * 30_000
DATES = ("1", "-1", "2026-02-30", "0000-01-01", "10000-01-01", "today", "2026-01-01T09:00:00", "NaN", "\0")
NAIVE = "2026-01-01T00:00:00"
"""A question must say whose clock it means; a record's time without an offset is UTC."""
TIMES = (NAIVE, "yesterday", "2026-13-01T00:00:00Z", "2026-01-01T25:00:00Z", "\0")
IDS = ("a b", "\0", "x" * 65, "😀", "a;drop", LONG)
NUMBERS = ("", "1e", "NaN", "Infinity", "-Infinity", "one", "１", "1,0", "\0")
CURSORS = ("a", "\0", "OTk5OTk5OTk5OTk5OTk5", "LTEvMS4x", "AAAA" * 40, LONG)


def kind_of(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """The schema without references and `null`; of several ways the first."""
    while True:
        if "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema:
            schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
        else:
            return schema


def bad_texts(name: str, schema: dict[str, Any], document: dict[str, Any]) -> list[str]:
    """Texts that a parameter of an address cannot be; none for a kind of parameter that is new here."""
    kind = kind_of(schema, document)
    if kind.get("type") == "array":
        return bad_texts(name, kind["items"], document)
    if name == "cursor":
        return list(CURSORS)
    if "enum" in kind:
        return ["zz", "", "\0", kind["enum"][0].swapcase(), LONG]
    match kind["type"], kind.get("format"):
        case "string", "date":
            return list(DATES)
        case "string", "date-time":
            return list(TIMES)
        case "string", _ if "maxLength" in kind:
            return ["x" * (kind["maxLength"] + 1), "\0"]
        case "string", _ if "pattern" in kind:
            return list(IDS)
        case "string", _:
            return ["\0", LONG]
        case "boolean", _:
            return ["maybe", "2", "", "\0"]
        case ("integer" | "number") as type_, _:
            return [*NUMBERS, *(["1.5", "9" * 23] if type_ == "integer" else []), *map(str, beyond(kind))]
    return []


def bad_values(schema: dict[str, Any], document: dict[str, Any]) -> list[Any]:
    """JSON values that a field cannot be; none for a kind of field that is new here.

    A NUL is not among them: no body may hold one, whatever the field.
    """
    return [value for value in _bad_values(schema, document) if value != "\0"]


def _bad_values(schema: dict[str, Any], document: dict[str, Any]) -> list[Any]:
    kind = kind_of(schema, document)
    if "enum" in kind:
        return ["zz", "", 7, [], {}]
    match kind.get("type"), kind.get("format"):
        case "string", "date":
            return [*DATES, [], {}, True]
        case "string", "date-time":
            return [*(text for text in TIMES if text != NAIVE), [], {}, True]
        case "string", _ if "pattern" in kind and "maxLength" not in kind:
            return [*IDS, "", 7, [], {}, True]
        case "string", _:
            return ["x" * (kind.get("maxLength", 4_000) + 1), 7, [], {}, True]
        case "boolean", _:
            return ["maybe", 2, [], {}]
        case ("integer" | "number") as type_, _:
            return ["one", [], {}, *([1.5] if type_ == "integer" else []), *beyond(kind)]
        case "array", _:
            return ["x", 7, {}, True]
        case "object", _:
            return ["x", 7, [], True]
    return []


def beyond(kind: dict[str, Any]) -> list[Any]:
    """The nearest numbers past the limits of a schema."""
    step = 1 if kind["type"] == "integer" else 0.001
    low, high = kind.get("minimum"), kind.get("maximum")
    above = [] if high is None else [high + max(step, abs(high) // 1e6)]
    return [*([] if low is None else [low - step]), *above]
