"""Which texts a record may be called by: invented names are such."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from models.fields import Name

_NAME = TypeAdapter(Name)


def is_name(text: str) -> bool:
    """Whether a record may be called so."""
    try:
        _NAME.validate_python(text)
    except ValidationError:
        return False
    return True
