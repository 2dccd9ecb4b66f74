"""Rule tables that differ from the defaults: made of overrides, changed by merge patches, shown."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from models.faults import Code, Fault, InvalidInput, faults_of
from models.fields import Label, Unit
from models.findings.rules import Bounds, Parameter
from queries.rules import DEFAULT_RULES, Rules
from queries.rules.base import RuleTable

__all__ = ["differences", "parameters", "patched", "rules_of"]

_DEFAULTS: Mapping[str, Any] = DEFAULT_RULES.model_dump(mode="json")
_NO_TABLE = Label("an object is wanted here", "此处应为对象")


def rules_of(overrides: Mapping[str, Any]) -> Rules:
    """The rule tables with overrides (table → name → value, rows of tables one by one) over the defaults.

    Equal overrides give the same object. Raises InvalidInput that names each place: a table, name or row that
    is not there, a value out of its bounds, a table that does not fit together.
    """
    faults = list(_unknown(overrides, _DEFAULTS, ""))
    if faults:
        raise InvalidInput(*faults)
    return _made(orjson.dumps(overrides, option=orjson.OPT_SORT_KEYS))


def patched(overrides: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """The overrides after a merge patch (RFC 7396): null takes an override away, so the default holds again.

    Raises InvalidInput for places that are not there. O(parameters).
    """
    faults = list(_unknown(patch, _DEFAULTS, ""))
    if faults:
        raise InvalidInput(*faults)
    return _merge(overrides, patch)


def parameters(rules: Rules) -> list[Parameter]:
    """Every parameter with its value, default, bounds, unit and where it is explained, table by table."""
    values = rules.model_dump(mode="json")
    return [
        _parameter(name, table, field, info, values[name][field])
        for name, table in _tables()
        for field, info in table.model_fields.items()
    ]


def differences(before: Rules, after: Rules) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parameters in which two versions differ, by key: as they were, and as they are."""
    old = {row.key: row.value for row in parameters(before)}
    new = {row.key: row.value for row in parameters(after)}
    keys = [key for key in new if old[key] != new[key]]
    return {key: old[key] for key in keys}, {key: new[key] for key in keys}


@lru_cache(maxsize=32)
def _made(overrides: bytes) -> Rules:
    tables = _over(_DEFAULTS, orjson.loads(overrides))
    try:
        return Rules.model_validate_json(orjson.dumps(tables), strict=True)
    except ValidationError as error:
        raise InvalidInput(*faults_of(error)) from None


def _unknown(given: Mapping[str, Any], known: Mapping[str, Any], pointer: str) -> Iterator[Fault]:
    """Places that are not there, and single values where a table stands. Null is allowed anywhere."""
    for name, value in given.items():
        place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
        if name not in known:
            yield Fault(Code.UNKNOWN_FIELD, {"name": name}, pointer=place)
        elif isinstance(known[name], dict) and value is not None:
            if isinstance(value, Mapping):
                yield from _unknown(value, known[name], place)
            else:
                yield Fault(Code.INVALID_VALUE, {"detail": _NO_TABLE}, pointer=place)


def _merge(old: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(old)
    for name, value in patch.items():
        if isinstance(value, Mapping):
            value = _merge(found.get(name, {}), value) or None
        if value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found


def _over(defaults: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _over(value, overrides[name])
        if name in overrides and isinstance(value, dict)
        else overrides.get(name, value)
        for name, value in defaults.items()
    }


def _tables() -> Iterator[tuple[str, type[RuleTable]]]:
    for name in Rules.model_fields:
        yield name, type(getattr(DEFAULT_RULES, name))


def _parameter(name: str, table: type[RuleTable], field: str, info: FieldInfo, value: Any) -> Parameter:
    default = _DEFAULTS[name][field]
    marks = list(_marks(info))
    limits = {
        mine: float(limit)
        for mark in marks
        for mine, theirs in (("least", "ge"), ("above", "gt"), ("most", "le"))
        if (limit := getattr(mark, theirs, None)) is not None
    }
    return Parameter(
        key=f"{name}.{field}",
        value=value,
        default=default,
        changed=value != default,
        bounds=Bounds(**limits) if limits else None,
        unit=next((str(mark) for mark in marks if isinstance(mark, Unit)), None),
        section=table.section,
    )


def _marks(info: FieldInfo) -> Iterator[Any]:
    """What is said of a field's numbers, also of those inside a table or a row."""
    yield from info.metadata
    yield from _inside(info.annotation)


def _inside(annotation: Any) -> Iterator[Any]:
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        for mark in parts[1:]:
            yield from mark.metadata if isinstance(mark, FieldInfo) else (mark,)
        return
    if origin is None or isinstance(annotation, types.UnionType):
        return
    yield from _inside(parts[-1])
