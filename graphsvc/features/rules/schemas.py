"""How a change of the rules is sent."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from graphsvc.features.records.schemas import patch_schema
from queries.rules import Rules

RULES_PATCH = "RulesPatch"


@cache
def rules_schemas() -> dict[str, Any]:
    """The JSON schemas of a merge patch of the rule tables, by name; null brings a default back."""
    place = "#/components/schemas/{model}"
    whole: dict[str, Any] = models_json_schema([(Rules, "validation")], ref_template=place)[1]["$defs"]
    tables = {
        name: patch_schema(schema) if "properties" in schema else schema for name, schema in whole.items()
    }
    return {RULES_PATCH: tables.pop(Rules.__name__), **tables}
