"""The OpenAPI document says enough to build on: bodies, records, filters, failures; and it is true."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from models.kinds import OPEN_SPECS, EdgeSpec

PLACE = "#/components/schemas/"


@pytest.fixture
async def document(client: httpx.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get("/openapi.json")).json()
    return found


async def test_every_schema_that_is_named_is_there(client: httpx.AsyncClient) -> None:
    text = (await client.get("/openapi.json")).text
    named = set(re.findall(rf'"{PLACE}([^"]+)"', text))
    assert len(named) > 100
    assert named <= set((await client.get("/openapi.json")).json()["components"]["schemas"])


@pytest.mark.parametrize("spec", OPEN_SPECS, ids=lambda spec: str(spec.kind))
async def test_bodies_and_records_are_those_of_the_kind(document: dict[str, Any], spec: Any) -> None:
    name, schemas = spec.record.__name__, document["components"]["schemas"]
    routes = document["paths"][f"/api/v1/{spec.plural}"], document["paths"][f"/api/v1/{spec.plural}/{{id}}"]
    assert _sent(routes[0]["post"]) == name
    assert _sent(routes[1]["patch"]) == f"{name}Patch"
    assert _told(routes[0]["post"], "201") == _told(routes[1]["get"], "200") == f"{name}Stored"
    assert _told(routes[0]["get"], "200") == f"{name}List"
    assert set(schemas[name]["properties"]) == set(spec.record.model_fields)
    assert "id" not in schemas[name]["required"]
    assert {"id", "revision", "updated_at"} <= set(schemas[f"{name}Stored"]["required"])
    asked = {parameter["name"] for parameter in routes[0]["get"]["parameters"]}
    assert asked >= {"account_id", "limit", "cursor"}
    assert ("source_id" in asked) is isinstance(spec, EdgeSpec)


async def test_lists_filter_by_every_closed_vocabulary(client: httpx.AsyncClient, account: str) -> None:
    async def ids(path: str, **wanted: str) -> list[str] | int:
        answer = await client.get(f"/api/v1/{path}", params=wanted)
        return [row["id"] for row in answer.json()["items"]] if answer.is_success else answer.status_code

    await client.post("/api/v1/opportunities", json={"id": "deal", "account_id": account, "name": "Deal"})
    part = {"id": "p1", "source_id": "boss", "target_id": "deal", "attitude": -1}
    assert (await client.post("/api/v1/edges/plays", json=part)).status_code == 201
    assert await ids("edges/plays", attitude="-1") == ["p1"]
    assert await ids("edges/plays", attitude="2") == []
    assert await ids("edges/plays", attitude="7") == 422
    assert await ids("edges/works_in", rung="manager", source_id="aide") == ["j2"]
    assert await ids("edges/works_in", rung="emperor") == 422
    assert await ids("departments", function="executive", account_id="acme") == ["top"]
    assert await ids("departments", function="executive", account_id="other") == []


async def test_failures_of_an_operation_have_one_schema(
    client: httpx.AsyncClient, document: dict[str, Any]
) -> None:
    problem = (await client.get("/api/v1/contacts/nobody")).json()
    schema = document["components"]["schemas"]["Problem"]
    assert set(schema["required"]) <= set(problem) <= set(schema["properties"])
    failing = document["paths"]["/api/v1/contacts/{id}"]["get"]["responses"]["404"]
    assert failing["content"]["application/problem+json"]["schema"]["$ref"] == f"{PLACE}Problem"


def _sent(operation: dict[str, Any]) -> str:
    return _name(operation["requestBody"])


def _told(operation: dict[str, Any], status: str) -> str:
    return _name(operation["responses"][status])


def _name(part: dict[str, Any]) -> str:
    reference: str = part["content"]["application/json"]["schema"]["$ref"]
    return reference.removeprefix(PLACE)
