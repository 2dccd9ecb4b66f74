"""Every field of a kind told in one line: labels, type, unit, who may see it, what it points at.

The page docs/schema.md, rights by field class and privacy read these lines.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from models.enums import Kind
from models.fields import Label, Unit
from models.kinds import Reference, references, spec_of
from models.privacy import FieldClass
from models.terms import Degree, Term

Vocabulary = type[Term] | type[Degree]
_WORDS: tuple[tuple[type, str], ...] = (
    (bool, "flag"),
    (int, "integer"),
    (float, "number"),
    (datetime, "time"),
    (date, "day"),
    (str, "text"),
)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field. `path` leads to it, "*" being each item of a list; `form` is its type in a word or two."""

    path: tuple[str, ...]
    label: Label
    form: str
    required: bool
    default: str
    unit: Unit | None
    field_class: FieldClass
    vocabulary: Vocabulary | None
    part: type[BaseModel] | None
    reference: Reference | None

    @property
    def name(self) -> str:
        """The last word of the path: the field in its record or part."""
        return next(word for word in reversed(self.path) if word != "*")

    @property
    def own(self) -> bool:
        """Whether it is a field of the record itself, not of a part."""
        return sum(word != "*" for word in self.path) == 1


@cache
def field_lines(kind: Kind) -> tuple[FieldLine, ...]:
    """The fields of a kind as declared, those of the parts of a record after the field that holds them."""
    return tuple(_lines(kind, spec_of(kind).record, (), None))


@cache
def field_class(kind: Kind, name: str) -> FieldClass:
    """Who may see a record's field (one of its own, not of its parts). Raises KeyError if there is none."""
    return _class_of(kind, spec_of(kind).record.model_fields[name])


def _class_of(kind: Kind, info: FieldInfo) -> FieldClass:
    said = _extra(info).get("class")
    spec = spec_of(kind)
    return next((klass for klass in FieldClass if klass == said), spec.field_class)


def _extra(info: FieldInfo) -> dict[str, Any]:
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def _lines(
    kind: Kind, model: type[BaseModel], path: tuple[str, ...], above: FieldClass | None
) -> Iterator[FieldLine]:
    pointing = {reference.path: reference for reference in references(kind)}
    for name, info in model.model_fields.items():
        here = (*path, name)
        bottom = list(leaves(info.annotation))
        inside = (*here, "*") if is_list(info.annotation) else here
        klass = above or _class_of(kind, info)
        part = next((leaf for leaf in bottom if issubclass(leaf, BaseModel)), None)
        label = _extra(info).get("label", {})
        unit = _extra(info).get("unit")
        yield FieldLine(
            inside,
            Label(label.get("en", ""), label.get("zh", "")),
            _form(info.annotation),
            info.is_required(),
            _default(info),
            next((known for known in Unit if known == unit), None),
            klass,
            next((leaf for leaf in bottom if issubclass(leaf, Term | Degree)), None),
            part,
            pointing.get(inside),
        )
        if part:
            yield from _lines(kind, part, inside, klass)


def _default(info: FieldInfo) -> str:
    if info.is_required() or info.default_factory is not None or info.default is None:
        return ""
    value = info.default
    return str(value.value if isinstance(value, Term | Degree) else value).lower() if value != "" else ""


def _plain(annotation: Any) -> Any:
    """An annotation without metadata and without "or nothing"."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _plain(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return _plain(next(part for part in typing.get_args(annotation) if part is not types.NoneType))
    return annotation


def is_list(annotation: Any) -> bool:
    """Whether a field holds a list."""
    return typing.get_origin(_plain(annotation)) is list


def leaves(annotation: Any) -> Iterator[type]:
    """The types at the bottom of an annotation: of a list its items, of a mapping its keys and values."""
    plain = _plain(annotation)
    if isinstance(plain, type) and not typing.get_args(plain):
        yield plain
    for part in typing.get_args(plain):
        yield from leaves(part)


def _form(annotation: Any) -> str:
    plain = _plain(annotation)
    inner = typing.get_args(plain)
    if typing.get_origin(plain) is list:
        return f"list of {_form(inner[0])}"
    if typing.get_origin(plain) is dict:
        return f"{_form(inner[0])} → {_form(inner[1])}"
    if issubclass(plain, Term | Degree | BaseModel):
        return str(plain.__name__)
    return next(word for base, word in _WORDS if issubclass(plain, base))
