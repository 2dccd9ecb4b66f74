"""What goes over the wire beside the records themselves: questions for lists, change sets, JSON schemas."""

from __future__ import annotations

import typing
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, create_model
from pydantic.json_schema import models_json_schema

from graphsvc.features.search.schemas import SearchText
from models.columns import Column, Form
from models.enums import Degree
from models.fields import AskedTime, Id, Text
from models.kinds import NODE_SPECS, OPEN_SPECS, EdgeSpec, Spec
from models.nodes import Node
from queries.search.texts import NAMED

MOST_CHANGES = 1000
_PLACE = "#/components/schemas/"
_NULL = {"type": "null"}
STAMPS: dict[str, Any] = {
    "revision": {
        "type": "integer",
        "minimum": 1,
        "description": "Counts the changes; names the ETag.",
    },
    "created_at": {"type": "string", "format": "date-time"},
    "updated_at": {"type": "string", "format": "date-time"},
}


class ListQuery(BaseModel):
    """What can be asked of every list of records; each kind adds its closed vocabularies."""

    model_config = ConfigDict(extra="forbid")

    account_id: Id | None = Field(None, description="Only records of this account.")
    as_of: AskedTime | None = Field(
        None, description="As they were known then; needs account_id, and gives of our records its own."
    )
    limit: int = Field(50, ge=1, le=200, description="Records on a page.")
    cursor: str | None = Field(None, max_length=200, description="Where the page starts: a next_cursor.")
    lang: Literal["en", "zh"] | None = Field(None, description="Language of messages.")

    def filters(self) -> dict[str, str]:
        """The wanted values of fields, as the store takes them."""
        asked = self.model_dump(mode="json", exclude=set(NamedListQuery.model_fields), exclude_none=True)
        return {name: str(value) for name, value in asked.items()}


class NamedListQuery(ListQuery):
    """What can be asked of lists of records that have names."""

    q: SearchText | None = Field(
        None, description="Only records that GET /search finds by this text without typos; by id."
    )


class RecordQuery(BaseModel):
    """What can be asked of one record."""

    model_config = ConfigDict(extra="forbid")

    as_of: AskedTime | None = Field(None, description="As it was known then.")
    lang: Literal["en", "zh"] | None = Field(None, description="Language of messages.")


class ChangeSetBody(BaseModel):
    """Many puts and deletes at once; each is {"put": KIND, "record": {…}} or {"delete": KIND, "id": …}.

    Either may name the revision it `expected`; 0 means that the record must be new.
    """

    model_config = ConfigDict(strict=True, extra="forbid")

    changes: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_CHANGES)
    reason: Text | None = Field(None, description="Why, for the change log.")
    id: Id | None = Field(None, description="Makes it safe to send again: it is applied once.")


def list_query(spec: Spec) -> type[ListQuery]:
    """The questions a list of a kind takes: one filter per closed vocabulary, and the ends of edges."""
    fields: dict[str, Any] = {
        column.name: (spec.record.model_fields[column.name].annotation | None, None)  # type: ignore[operator]
        for column in spec.columns
        if _is_closed(spec, column)
    }
    if isinstance(spec, EdgeSpec):
        fields |= {"source_id": (Id | None, None), "target_id": (Id | None, None)}
    base = NamedListQuery if spec.kind in NAMED else ListQuery
    return create_model(f"{spec.record.__name__}Query", __base__=base, **fields)


def _is_closed(spec: Spec, column: Column) -> bool:
    """Whether a column holds a closed vocabulary: words, or small numbers with an order."""
    annotation = spec.record.model_fields[column.name].annotation
    kinds = typing.get_args(annotation) or (annotation,)
    degree = any(isinstance(kind, type) and issubclass(kind, Degree) for kind in kinds)
    return degree or column.form is Form.CODE


def reference(name: str) -> dict[str, Any]:
    """A JSON body of the schema called `name`, for the OpenAPI document."""
    return {"content": {"application/json": {"schema": {"$ref": _PLACE + name}}}}


@cache
def record_schemas() -> dict[str, Any]:
    """The JSON schemas of all records, by name: as they are sent, changed, stored and listed."""
    private = [spec.record for spec in NODE_SPECS.values() if spec.private]
    models = [*(spec.record for spec in OPEN_SPECS), *private, ChangeSetBody]
    asked: list[Any] = [(model, "validation") for model in models]
    places, whole = models_json_schema(asked, ref_template=_PLACE + "{model}")
    found: dict[str, Any] = whole["$defs"]
    for spec in OPEN_SPECS:
        name = spec.record.__name__
        sent = found.pop(places[spec.record, "validation"]["$ref"].removeprefix(_PLACE))
        required = [field for field in sent["required"] if field != "id"]
        found[name] = {**sent, "required": required}
        found[f"{name}Patch"] = patch_schema(sent, {"id"})
        found[f"{name}Stored"] = {
            **sent,
            "properties": {**sent["properties"], **STAMPS},
            "required": ["id", *required, *STAMPS],
        }
        items = {"type": "array", "items": {"$ref": f"{_PLACE}{name}Stored"}}
        found[f"{name}List"] = {
            "type": "object",
            "properties": {"items": items, "next_cursor": {"type": ["string", "null"]}},
            "required": ["items", "next_cursor"],
        }
    for record in private:
        sent = found.pop(places[record, "validation"]["$ref"].removeprefix(_PLACE))
        found[f"{record.__name__}Patch"] = patch_schema(
            sent, {*Node.model_fields, "account_id", "contact_id"}
        )
    found[ChangeSetBody.__name__]["properties"]["changes"]["items"] = {"oneOf": list(_changes())}
    return found


def patch_schema(sent: dict[str, Any], fixed: Collection[str] = ()) -> dict[str, Any]:
    """The schema of a merge patch: nothing is required, null empties a field, `fixed` ones stay."""
    fields = {
        name: schema if name in sent.get("required", ()) else _or_null(schema)
        for name, schema in sent["properties"].items()
        if name not in fixed
    }
    return {**{key: value for key, value in sent.items() if key != "required"}, "properties": fields}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in schema.items() if key != "default"}
    for values in ("additionalProperties", "patternProperties"):
        if isinstance(told.get(values), dict) and told.get("type") == "object":
            plain = told[values]
            told[values] = (
                {key: _or_null(value) for key, value in plain.items()}
                if values == "patternProperties"
                else _or_null(plain)
            )
    return told if _NULL in told.get("anyOf", ()) else {"anyOf": [told, _NULL]}


def _changes() -> Iterator[dict[str, Any]]:
    """The schemas of what one change of a set can be: a record of each kind put, one of any deleted."""
    expected = {"anyOf": [{"type": "integer", "minimum": 0}, _NULL]}
    closed = {"type": "object", "additionalProperties": False}
    for spec in OPEN_SPECS:
        record = {"$ref": _PLACE + spec.record.__name__}
        fields = {"put": {"const": str(spec.kind)}, "record": record, "expected": expected}
        yield {**closed, "properties": fields, "required": ["put", "record"]}
    kinds = {"enum": [str(spec.kind) for spec in OPEN_SPECS]}
    fields = {"delete": kinds, "id": TypeAdapter(Id).json_schema(), "expected": expected}
    yield {**closed, "properties": fields, "required": ["delete", "id"]}
