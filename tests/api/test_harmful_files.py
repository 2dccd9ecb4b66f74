"""Files that would harm whoever opens them: bombs that are sent in, cells that a spreadsheet would run."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from graphsvc.app import document
from graphsvc.features.imports import archives
from graphsvc.pages.table import EVERYWHERE, PAGES
from tests.api.tenants import FIRM_ROWS, A, address, fill, rows
from tests.api.test_imports import ended

API = "/api/v1"
SMALL = 50_000
ROWS = b"id,name\n" + b"".join(b"p%06d,somebody\n" % number for number in range(20_000))
LINE = b"id,name\n1,a\n"
RUN = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell begins with that spreadsheets run, or begin anew after."""
HOSTILE = '=HYPERLINK("http://evil.example","x")'


def zipped(*names: str, data: bytes = ROWS) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return out.getvalue()


BOMBS = {
    "bomb.csv.gz": gzip.compress(ROWS),
    "bomb.zip": zipped("people.csv"),
    "many.zip": zipped(*(f"{number}.csv" for number in range(1001)), data=LINE),
    "inside.zip": zipped("inner.zip", data=zipped("people.csv", data=LINE)),
    "bomb.xlsx": zipped("xl/workbook.xml", "xl/worksheets/sheet1.xml"),
}


@pytest.mark.parametrize("name", BOMBS)
async def test_a_bomb_is_refused_and_nothing_of_it_stays(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert len(BOMBS[name]) < len(ROWS), "it unpacks to much more than it is"
    monkeypatch.setattr(archives, "LARGEST_TEXT", SMALL)
    sent = await client.post(
        f"{API}/imports", data={"account": "ACME"}, files=[("files", (name, BOMBS[name]))]
    )
    assert sent.status_code == 202, sent.text
    job = await ended(client, sent.json()["id"])
    assert job["state"] == "failed", job
    assert job["problem"]["code"] == "invalid-input"
    refused = await client.get(f"{API}/imports/{job['id']}/errors.csv")
    assert name in refused.text, "the file is named"
    assert (await client.get(f"{API}/accounts")).json()["items"] == []


def _given(parameter: dict[str, Any]) -> str:
    """What is asked for by a name that cannot be left out."""
    if parameter["schema"].get("format") == "date-time":
        return "2000-01-01T00:00:00Z" if parameter["name"] == "from" else "2100-01-01T00:00:00Z"
    return {"member": "mo", "q": "HYPERLINK"}.get(parameter["name"], "a-contact")


def tables() -> Iterator[tuple[str, dict[str, str]]]:
    """Every answer that comes as a table, and every page's table."""
    for path, ways in document()["paths"].items():
        told = ways.get("get", {})
        if "text/csv" not in told.get("responses", {}).get("200", {}).get("content", {}):
            continue
        if (where := address(path, A)) is not None:
            asked = [each for each in told["parameters"] if each.get("in") == "query" and each["required"]]
            yield where, {each["name"]: _given(each) for each in asked}
    yield from ((f"/{name}.csv", {"member": "mo"}) for name, page in EVERYWHERE.items() if page.asks)
    yield from (
        (f"/accounts/a-account/{name}.csv", {}) for name, page in PAGES.items() if page.show and page.asks
    )


def _hostile(value: object) -> object:
    """The texts that people write, as somebody writes them who means harm."""
    return HOSTILE if isinstance(value, str) and re.fullmatch("plain( .*)?", value) else value


async def test_no_cell_of_any_table_is_run_by_a_spreadsheet(client: httpx.AsyncClient) -> None:
    hostile = [(kind, {name: _hostile(value) for name, value in record.items()}) for kind, record in rows(A)]
    await fill(client, [*FIRM_ROWS, *hostile])
    said = given = 0
    for path, query in tables():
        answer = await client.get(path, params=query, headers={"Accept": "text/csv"})
        if answer.status_code == 404:
            continue  # a history of what was never there, an import, a webhook
        assert answer.status_code == 200, (path, answer.text)
        given += 1
        for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))):
            for cell in row:
                said += "HYPERLINK" in cell
                assert not cell.startswith(RUN) or re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell), (path, cell)
    assert given > 70
    assert said > 10, "the texts were there to be guarded"
