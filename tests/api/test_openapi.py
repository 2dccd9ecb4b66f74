"""The OpenAPI document says enough to build on: bodies, records, filters, failures; and it is true."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from graphsvc.access.rights import may, right_for
from graphsvc.app import document as document_of
from graphsvc.openapi.operations import operations
from graphsvc.openapi.responses import name_of
from graphsvc.web.problems import PROBLEM_JSON
from models.access import Right, Role
from models.kinds import OPEN_SPECS, EdgeSpec

PLACE = "#/components/schemas/"


@pytest.fixture
def document() -> dict[str, Any]:
    return document_of()


async def test_every_schema_that_is_named_is_there(client: httpx.AsyncClient) -> None:
    text = (await client.get("/openapi.json")).text
    named = set(re.findall(rf'"{PLACE}([^"]+)"', text))
    assert len(named) > 100
    served = (await client.get("/openapi.json")).json()
    assert named <= set(served["components"]["schemas"])
    assert served == document_of()


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
    for response in document["components"]["responses"].values():
        if response["description"] != "What If-None-Match names is still so.":
            assert response["content"] == {PROBLEM_JSON: {"schema": {"$ref": f"{PLACE}Problem"}}}
    for operation in operations(document):
        for status, response in operation.told["responses"].items():
            assert status[0] == "2" or response == {"$ref": f"#/components/responses/{name_of(int(status))}"}


def test_who_may_call_is_what_the_gate_lets_in() -> None:
    told = document_of()
    assert set(told["components"]["securitySchemes"]) == {"apiKey", "session", "proof"}
    for operation in operations(told):
        right = right_for(operation.method.upper(), operation.path)
        open_to_all = operation.told["security"] == []
        assert open_to_all is (right is Right.OPEN), operation.id
        assert ("401" in operation.told["responses"]) is not open_to_all, operation.id
        if not open_to_all:
            assert operation.told["x-roles"] == [role for role in Role if may(role, right)], operation.id
            refused = operation.method != "get" or len(operation.told["x-roles"]) < len(Role)
            assert not refused or "403" in operation.told["responses"], operation.id


async def test_what_is_read_has_a_tag_and_is_not_sent_twice(client: httpx.AsyncClient, account: str) -> None:
    asked = 0
    for operation in operations(document_of()):
        needed = {one["name"] for one in operation.parameters if one.get("required")}
        if operation.method != "get" or not needed <= {"account_id"}:
            continue
        address = operation.path.format(account_id=account)
        first = await client.get(address)
        assert first.status_code == 200, operation.id
        assert ("etag" in first.headers) is ("ETag" in operation.told["responses"]["200"]["headers"])
        if "304" in operation.told["responses"]:
            again = await client.get(address, headers={"If-None-Match": first.headers["etag"]})
            assert again.status_code == 304, operation.id
            assert again.content == b""
            asked += 1
    assert asked > 50


def _sent(operation: dict[str, Any]) -> str:
    return _name(operation["requestBody"])


def _told(operation: dict[str, Any], status: str) -> str:
    return _name(operation["responses"][status])


def _name(part: dict[str, Any]) -> str:
    reference: str = part["content"]["application/json"]["schema"]["$ref"]
    return reference.removeprefix(PLACE)
