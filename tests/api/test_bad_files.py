"""Files that must not be taken, over HTTP: each a job that failed with its rows, no 5xx, nothing kept."""

from __future__ import annotations

import csv
import io
from itertools import cycle
from typing import Any, cast

import httpx

from graphsvc.features.exports.service import whole_document
from graphsvc.features.imports.jobs import Job
from graphsvc.stores.port import GraphStore, Scope
from tests.api.test_imports import IMPORTS
from tests.unit.imports import bad_documents, bad_files
from tests.unit.imports.bad_files import THERE

CASES = [*bad_files.CASES, *bad_documents.CASES]
OWNER = Scope(actor="test")


async def sent(client: httpx.AsyncClient, content: str | bytes) -> dict[str, Any]:
    """The job of a file once it has ended."""
    data = content.encode() if isinstance(content, str) else content
    answer = await client.post(IMPORTS, data={"account": "acme"}, files=[("files", ("f", data))])
    assert answer.status_code == 202, answer.text
    app: Any = cast(httpx.ASGITransport, client._transport).app
    job: Job = await app.state.jobs.find(OWNER, answer.json()["id"])
    assert job.task is not None
    await job.task
    told: dict[str, Any] = (await client.get(f"{IMPORTS}/{job.id}")).json()
    return told


async def first_row(client: httpx.AsyncClient, id_: str, lang: str) -> list[str]:
    """The first line of the table of faulty rows."""
    answer = await client.get(f"{IMPORTS}/{id_}/errors.csv", params={"lang": lang})
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.text)))[1]


async def test_each_fails_as_a_job_with_its_place_and_nothing_changes(
    client: httpx.AsyncClient, store: GraphStore
) -> None:
    assert (await sent(client, THERE))["state"] == "done"
    before = await whole_document(store, OWNER), await store.sequences(OWNER, "acme")
    wrong = []
    for (content, code, place), lang in zip(CASES, cycle(["en", "zh"]), strict=False):
        told = await sent(client, content)
        row = await first_row(client, told["id"], lang) if told["state"] == "failed" else []
        file, _, _ = place.partition(" ")
        chinese = any("㐀" <= letter <= "鿿" for letter in row[-1:][0]) if row else False
        if not row or not row[0].startswith(file) or (lang == "zh" and not chinese):
            wrong.append((content[:60], code, place, row, told))
    assert wrong == []
    assert (await whole_document(store, OWNER), await store.sequences(OWNER, "acme")) == before
