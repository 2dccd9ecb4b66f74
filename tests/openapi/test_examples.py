"""The examples of the document, carried out against the demo account: answered as the document says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest

from graphsvc.app import create_app, document
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.openapi.operations import Operation, operations
from graphsvc.stores.port import Scope
from tests.openapi.service import DEMO, ON
from tests.stores import settings_of, sqlite_store

BESIDE = ("/imports/", "/saved-views/", "/users/", "/webhooks/")
"""Addresses of what the demo account does not hold."""


def needed(operation: Operation, place: str, all_: bool = True) -> dict[str, Any]:
    """The examples of what must be sent; each must have one, unless not `all_` of them are wanted."""
    return {
        one["name"]: one["example"]
        for one in operation.parameters
        if one["in"] == place and one.get("required") and (all_ or "example" in one)
    }


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a service over the demo account."""
    async with sqlite_store(tmp_path) as store:
        demo = SourceFile("demo.json", DEMO.read_bytes())
        await import_files(store, Scope("tester", dossiers=True), [demo], ImportOptions(today=ON))
        transport = httpx.ASGITransport(create_app(settings_of(), store), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client


async def test_every_question_is_answered_as_its_example_asks(demo: httpx.AsyncClient) -> None:
    told, asked, wrong = document(), [], []
    for operation in operations(told):
        if not operation.reads or any(place in operation.path for place in BESIDE):
            continue
        path = operation.path.format(**needed(operation, "path"))
        answer = await demo.get(path, params=needed(operation, "query"))
        if answer.status_code == 200:
            await asyncio.to_thread(fits, told, operation, answer)
        else:
            wrong.append((operation.id, answer.text[:300]))
        asked.append(operation.id)
    assert not wrong, "\n".join(map(str, wrong))
    assert len(asked) > 110


async def test_every_change_is_made_as_its_example_says(demo: httpx.AsyncClient) -> None:
    told, made, wrong = document(), [], []
    for operation in operations(told):
        content = operation.told.get("requestBody", {}).get("content", {}).get("application/json", {})
        if "example" not in content:
            continue
        path = operation.path.format(**needed(operation, "path"))
        headers = needed(operation, "header")
        if operation.method == "put":
            headers = {"If-None-Match": "*"}
        elif "If-Match" in headers:  # the example is of a record as it was made; here as it is by now
            headers["If-Match"] = (await demo.get(path.removesuffix("/merge"))).headers["ETag"]
        answer = await demo.request(operation.method, path, json=content["example"], headers=headers)
        if answer.is_success:
            await asyncio.to_thread(fits, told, operation, answer)
        else:
            wrong.append((operation.id, answer.text[:300]))
        made.append(operation.id)
    assert not wrong, "\n".join(map(str, wrong))
    assert len(made) > 60


def fits(told: dict[str, Any], operation: Operation, answer: httpx.Response) -> None:
    """That an answer is of a declared media type, and if it is JSON of the declared schema."""
    content = operation.told["responses"][str(answer.status_code)]["content"]
    media = answer.headers["content-type"].partition(";")[0]
    assert media in content, operation.id
    if media == "application/json":
        schema = {**content[media]["schema"], "components": told["components"]}
        jsonschema_rs.Draft202012Validator(schema).validate(answer.json())
    else:
        assert answer.content, operation.id


def test_every_record_of_the_demo_has_an_example() -> None:
    named = [one for one in operations(document()) if one.named]
    without = [one for one in named if len(needed(one, "path", all_=False)) < one.path.count("{")]
    elsewhere = (*BESIDE, "/api-keys/", "/changesets/")
    assert [one.id for one in without if not any(place in one.path for place in elsewhere)] == []
    assert len(named) - len(without) > 130
