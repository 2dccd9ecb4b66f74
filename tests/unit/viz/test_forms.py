"""Forms are made of the model: every field people write is asked, in both languages, within its bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from models.enums import Attitude, EdgeKind, Kind, NodeKind
from models.kinds import KINDS, spec_of
from viz.forms import form_of

WIDGETS = {
    "choice", "choices", "day", "degrees", "flag", "integer", "name", "names", "number", "part", "parts",
    "questionnaire", "record", "records", "text", "texts", "time",
}  # fmt: skip
UNASKED = {"id", "account_id", "source_id", "target_id", "external_ids"}


def all_fields(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from all_fields(field.get("fields", []))


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_field_has_a_label_in_both_languages_and_a_known_widget(kind: Kind) -> None:
    english, chinese = (list(all_fields(form_of(kind, lang)["fields"])) for lang in ("en", "zh"))
    assert [field["name"] for field in english] == [field["name"] for field in chinese]
    assert {field["widget"] for field in english} <= WIDGETS
    assert all(field["label"] for field in (*english, *chinese))
    assert not any(field["label"] == other["label"] for field, other in zip(english, chinese, strict=True))


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_fields_are_those_of_the_record_and_those_of_all_kinds_are_folded(kind: Kind) -> None:
    fields = form_of(kind, "en")["fields"]
    names = [field["name"] for field in fields]
    assert set(names) <= set(spec_of(kind).record.model_fields)
    assert not UNASKED & set(names)
    assert all(field["folded"] for field in fields if field["name"] in ("source", "confirmed_on"))
    assert [field["folded"] for field in fields] == sorted(field["folded"] for field in fields)


def test_bounds_choices_and_references_come_from_the_model() -> None:
    influence = {field["name"]: field for field in form_of(EdgeKind.INFLUENCES, "zh")["fields"]}
    assert (influence["weight"]["least"], influence["weight"]["most"]) == (0, 1)
    assert influence["opportunity_id"]["of"] == "opportunities"
    plays = {field["name"]: field for field in form_of(EdgeKind.PLAYS, "zh")["fields"]}
    assert plays["attitude"]["choices"] == [
        {"value": int(attitude), "label": attitude.zh} for attitude in Attitude
    ]
    assert [field["name"] for field in plays["concerns"]["fields"]] == ["code", "text", "form"]
    contact = {field["name"]: field for field in form_of(NodeKind.CONTACT, "en")["fields"]}
    assert contact["name"]["required"]
    assert (contact["wants"]["widget"], contact["channels"]["widget"]) == ("degrees", "parts")


def test_an_edge_says_which_kinds_it_joins() -> None:
    ends = form_of(EdgeKind.KNOWS, "en")["ends"]
    assert {name: end["of"] for name, end in ends.items()} == {
        "source_id": "members",
        "target_id": "contacts",
    }
    assert form_of(NodeKind.CONTACT, "en")["ends"] is None
