"""The whole graph over HTTP: every format, its tag, HEAD, and what is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.features.exports.formats import WRITERS, ExportFormat
from graphsvc.features.exports.service import graph_document
from graphsvc.features.imports.service import import_files
from graphsvc.settings import Settings
from graphsvc.stores.open import open_store
from graphsvc.stores.port import GraphStore, Scope
from tests.stores import settings_of
from tests.unit.imports.reading import options, source

OWNER = Scope(actor="test")
GRAPH = "/api/v1/accounts/acme/graph"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[GraphStore]:
    opened = await open_store(f"sqlite:///{tmp_path / 'http.db'}", Settings(_env_file=None))
    people = "id,姓名,部门,manager_id\n1,张伟,生产部,\n2,=李娜,生产部,1\n"
    await import_files(opened, OWNER, [source("people.csv", people)], options(account="acme"))
    yield opened
    await opened.close()


@pytest.fixture
async def client(store: GraphStore) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(settings_of(), store), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as opened:
        yield opened


@pytest.mark.parametrize("form", ExportFormat)
async def test_each_format_has_a_tag_that_spares_the_second_answer(
    client: httpx.AsyncClient, store: GraphStore, form: ExportFormat
) -> None:
    answer = await client.get(GRAPH, params={"format": str(form)})
    assert (answer.status_code, answer.headers["content-type"]) == (200, WRITERS[form].media_type)
    if form is not ExportFormat.JSON:
        document = await graph_document(store, OWNER, "acme")
        assert answer.content == b"".join(WRITERS[form].chunks(document))
        assert f'filename="acme.{WRITERS[form].ending}"' in answer.headers["content-disposition"]
    tag = answer.headers["etag"]
    again = await client.get(GRAPH, params={"format": str(form)}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    head = await client.head(GRAPH, params={"format": str(form)})
    assert (head.status_code, head.headers["etag"]) == (200, tag)


@pytest.mark.parametrize("query", [{"format": "docx"}, {"fromat": "csv"}, {"format": ""}])
async def test_other_formats_and_names_are_refused(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    answer = await client.get(GRAPH, params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_an_account_that_is_not_there_is_not_found(client: httpx.AsyncClient) -> None:
    for form in ExportFormat:
        answer = await client.get("/api/v1/accounts/none/graph", params={"format": str(form)})
        assert answer.status_code == 404
