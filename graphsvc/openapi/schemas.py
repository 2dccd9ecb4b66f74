"""Schemas made exact: what the models refuse, the document refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphsvc.strict_json import LARGEST_INT


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter's schema without null and its default: left out is left out, there is no sign for it."""
    found = {key: value for key, value in schema.items() if key not in ("anyOf", "description")}
    if "anyOf" in schema:
        options = [one for one in schema["anyOf"] if one.get("type") != "null"]
        found |= options[0] if len(options) == 1 else {"anyOf": options}
    return {key: value for key, value in found.items() if value is not None}


def closed(document: dict[str, Any]) -> None:
    """Say in place of every schema what all JSON here keeps to: patterned keys only, integers within 2^53."""
    for schema in _objects(document):
        if "patternProperties" in schema:
            schema.setdefault("additionalProperties", False)
        if schema.get("type") == "integer" and "enum" not in schema:
            for name, limit in (("minimum", -LARGEST_INT), ("maximum", LARGEST_INT)):
                if f"exclusive{name.title()}" not in schema:
                    schema.setdefault(name, limit)


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from _objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from _objects(value)
