"""What a form for a record is made of: its fields in words, their choices and bounds, from the model."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from models.describe import FieldLine, Vocabulary, field_lines
from models.edges import Edge
from models.enums import EdgeKind, Kind, NodeKind
from models.fields import LONGEST_NAME
from models.kinds import EDGE_SPECS, spec_of
from models.nodes import Node
from viz.labels import label

Form = dict[str, Any]

_UNASKED = frozenset(
    {"id", "account_id", "external_ids", "not_same_as", "restricted"}
    | {"events", "version", "votes", "from_rule"}
    | {"source_id", "target_id", "source_kind"}
)
"""Fields nobody fills in by hand here: ids, what importers write, objections, votes (each its own way)."""
_RARE: Mapping[Kind, frozenset[str]] = {
    NodeKind.CONTACT: frozenset({"placeholder", "needs_note"}),
    NodeKind.INTERACTION: frozenset({"minutes", "resolved_on", "score", "opportunity_id"}),
    EdgeKind.INFLUENCES: frozenset({"stated"}),
    EdgeKind.KNOWS: frozenset({"handed_over_from"}),
}
"""Own fields that are folded away, beside those that all kinds have."""
_COMMON = frozenset({*Node.model_fields, *Edge.model_fields})


def form_of(kind: Kind, lang: str) -> Form:
    """The form of a kind in a language: `title`, `plural` (its place in the API), `ends` and `fields`.

    A field has `name`, `label`, `widget`, `required`, `default`, `unit`, `least`, `most`, `longest`,
    `choices` ({value, label}), `of` (the plural of the kind it names by id), `folded`, and `fields` where
    it holds parts. Own fields come first, those of all kinds are folded. O(fields).
    """
    return dict(_form(kind, "zh" if lang == "zh" else "en"))


@cache
def _form(kind: Kind, lang: str) -> Mapping[str, Any]:
    spec = spec_of(kind)
    lines = [line for line in field_lines(kind) if line.own and line.name not in _UNASKED]
    rare = _RARE.get(kind, frozenset())
    fields = [
        {**_field(kind, line, spec.record, lang), "folded": line.name in _COMMON or line.name in rare}
        for line in lines
    ]
    fields.sort(key=lambda field: bool(field["folded"]))
    return {
        "kind": str(kind),
        "title": label(kind, lang),
        "plural": spec.plural,
        "ends": _ends(kind, lang),
        "fields": fields,
    }


def _ends(kind: Kind, lang: str) -> dict[str, Any] | None:
    if not isinstance(kind, EdgeKind):
        return None
    spec = EDGE_SPECS[kind]
    lines = {line.name: line for line in field_lines(kind)}
    return {
        name: {
            "name": name,
            "label": _said(lines[name], lang) if spec.source is spec.target else label(end, lang),
            "widget": "record",
            "required": True,
            "of": spec_of(end).plural,
        }
        for name, end in (("source_id", spec.source), ("target_id", spec.target))
    }


def _field(kind: Kind, line: FieldLine, model: type[BaseModel], lang: str) -> Form:
    schema = _properties(model)[line.name]
    bounds = _bounds(schema)
    field: Form = {
        "name": line.name,
        "label": _said(line, lang),
        "widget": _widget(line, schema, bounds),
        "required": line.required,
        "default": schema.get("default"),
        "unit": label(line.unit, lang) if line.unit else None,
        "least": bounds.get("minimum"),
        "most": bounds.get("maximum"),
        "longest": bounds.get("maxLength"),
        "of": spec_of(line.reference.kind).plural if line.reference else None,
        "choices": _choices(line.vocabulary, lang) if line.vocabulary else None,
    }
    if line.part:
        inside = [below for below in field_lines(kind) if _is_below(below, line)]
        field["fields"] = [_field(kind, below, line.part, lang) for below in inside]
    return field


def _is_below(line: FieldLine, part: FieldLine) -> bool:
    depth = len(part.path)
    return line.path[:depth] == part.path and sum(word != "*" for word in line.path[depth:]) == 1


def _said(line: FieldLine, lang: str) -> str:
    """The label; what follows a semicolon explains, and a form shows its empty choice instead."""
    return (line.label.zh if lang == "zh" else line.label.en).partition(";")[0].partition("；")[0]


def _choices(vocabulary: Vocabulary, lang: str) -> list[dict[str, Any]]:
    return [{"value": term.value, "label": label(term, lang)} for term in vocabulary]


def _widget(line: FieldLine, schema: Mapping[str, Any], bounds: Mapping[str, Any]) -> str:
    many = "*" in line.path[-1:]
    mapping = bounds.get("type") == "object" and line.part is None
    match line:
        case FieldLine(name="answers"):
            return "questionnaire"
        case FieldLine(part=part) if part:
            return "parts" if many else "part"
        case FieldLine(reference=reference) if reference:
            return "records" if many else "record"
        case FieldLine(vocabulary=vocabulary) if vocabulary:
            degrees = "degrees" if "maximum" in schema.get("additionalProperties", {}) else "texts"
            return degrees if mapping else "choices" if many else "choice"
    if many:
        return "names"
    return _PLAIN.get((bounds.get("type", ""), bounds.get("format", "")), _text(bounds))


_PLAIN = {
    ("boolean", ""): "flag",
    ("integer", ""): "integer",
    ("number", ""): "number",
    ("string", "date"): "day",
    ("string", "date-time"): "time",
}


def _text(bounds: Mapping[str, Any]) -> str:
    return "text" if (bounds.get("maxLength") or LONGEST_NAME) > LONGEST_NAME else "name"


@cache
def _properties(model: type[BaseModel]) -> Mapping[str, Any]:
    properties: Mapping[str, Any] = model.model_json_schema()["properties"]
    return properties


def _bounds(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a field's schema says of a value that is there."""
    return next(_there(schema), schema)


def _there(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in typing.cast("list[Mapping[str, Any]]", schema.get("anyOf", [])):
        if one.get("type") != "null":
            yield one
