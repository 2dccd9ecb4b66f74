"""A value in each field that not everybody may see, and how it would show if it were told all the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.describe import FieldLine, field_lines
from models.enums import Basis, Kind, NodeKind, Personality
from models.kinds import OPEN_SPECS
from models.privacy import FieldClass
from models.terms import Term

HIDDEN = (FieldClass.PERSONAL, FieldClass.DOSSIER)
WORDS: Mapping[str, Term] = {"personality": Personality.ANALYTICAL, "basis": Basis.TOWNSMAN}
"""Closed words that mean nothing else in any answer."""
EVENT = 1_767_225_601
_DATA_BLOCK = re.compile(r'<script type="application/json" id="(?:words|texts)">.*?</script>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Protected:
    """A field of a kind, the value it is given, and the texts any of which would betray it."""

    kind: Kind
    field: str
    field_class: FieldClass
    value: Any
    signs: tuple[str, ...]

    def shows_in(self, told: str) -> bool:
        """Whether an answer or a page tells it."""
        return any(sign in told for sign in self.signs)


def protected(kind: Kind) -> list[Protected]:
    """Every field of a kind that is personal or of a dossier, but the answers of a questionnaire.

    Those are numbers that stand in every record; that such records are refused is the matrix of rights.
    """
    lines = [line for line in field_lines(kind) if line.own and line.field_class in HIDDEN]
    return [_filled(kind, line) for line in lines if line.name not in ("answers", "not_same_as")]


def every_field() -> list[Protected]:
    """Those of all kinds that routes tell of."""
    return [one for spec in OPEN_SPECS for one in protected(spec.kind)]


def filled(kind: Kind) -> dict[str, Any]:
    """The protected fields of a record of this kind."""
    return {one.field: one.value for one in protected(kind)}


def dossier() -> list[Protected]:
    """Every field of a dossier."""
    return [one for one in protected(NodeKind.DOSSIER) if one.field not in ("source", "external_ids")]


def told_by(body: str) -> str:
    """A body without the words of the page itself: labels are everybody's."""
    return _DATA_BLOCK.sub("", body)


def _filled(kind: Kind, line: FieldLine) -> Protected:
    canary = f"canary{kind.replace('_', '')}{line.name.replace('_', '')}"
    value, signs = _value(kind, line, canary)
    return Protected(kind, line.name, line.field_class, value, signs)


def _value(kind: Kind, line: FieldLine, canary: str) -> tuple[Any, tuple[str, ...]]:
    if line.field_class is FieldClass.DOSSIER and line.part is not None:
        item = {"basis": "consent", "source": f"{canary}source", "expires_on": "2999-12-31"}
        if line.name == "itinerary":
            item |= {"since": "2026-11-23", "until": "2026-11-24", "city": canary}
        else:
            item["text"] = canary
        return ([item] if line.form.startswith("list") else item), (canary,)
    if line.name in WORDS:
        word = WORDS[line.name]
        return str(word), (f'"{word}"', f">{word.en}<", f">{word.zh}<", f'"{word.en}"', f'"{word.zh}"')
    special: dict[str, tuple[Any, tuple[str, ...]]] = {
        "wants": ({"survival": 3}, ('"survival"', '"wants"')),
        "events": ([[EVENT, 7]], (str(EVENT), '"events"')),
        "channels": ([{"kind": "email", "value": f"{canary}@x.cn"}], (canary,)),
        "itinerary": (
            [{"since": "2026-11-23", "until": "2026-11-24", "city": canary, "purpose": canary}],
            (canary,),
        ),
    }
    if line.name in special:
        return special[line.name]
    forms = {"text": canary, "list of text": [canary], "text → text": {"crm": canary}}
    assert line.form in forms, f"{kind}.{line.name} ({line.form}): what would betray it?"
    return forms[line.form], (canary,)
