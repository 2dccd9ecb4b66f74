"""Which fields of a record are told to whom: those of classes the scope may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphsvc.errors import NotAllowed
from graphsvc.stores.port import Scope
from models.describe import field_class
from models.enums import Kind
from models.privacy import FieldClass
from models.records import Body


def shown(scope: Scope, kind: Kind, body: Body) -> Mapping[str, Any]:
    """A record's body without the fields that the scope may not see. O(fields)."""
    if scope.personal:
        return body
    return {name: value for name, value in body.items() if _plain(kind, name)}


def check_asked(scope: Scope, kind: Kind, names: Iterable[str]) -> None:
    """Raises NotAllowed if a list is narrowed by a field that the scope may not see: that would tell it."""
    if not scope.personal and not all(_plain(kind, name) for name in names):
        raise NotAllowed


def _plain(kind: Kind, name: str) -> bool:
    return field_class(kind, name) in (FieldClass.PUBLIC, FieldClass.BUSINESS)
