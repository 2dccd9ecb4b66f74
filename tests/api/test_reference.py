"""The API reference: the committed document is the service's; every operation is on the page and is asked."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from graphsvc.app import document
from graphsvc.pages.reference import groups_of, sample
from models.kinds import OPEN_SPECS, EdgeSpec, NodeSpec
from models.records import read_record

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
OPERATIONS = [one for group in groups_of(document()) for one in group.operations]


def test_the_committed_document_is_that_of_the_service() -> None:
    same = json.loads(COMMITTED.read_text("utf-8")) == json.loads(json.dumps(document()))
    assert same, "write it anew: graphsvc openapi > docs/openapi.json (make docs)"


def test_every_operation_has_an_id_of_its_own_and_says_what_it_does() -> None:
    assert len(OPERATIONS) > 200
    assert len({one.id for one in OPERATIONS}) == len(OPERATIONS)
    assert [one.id for one in OPERATIONS if not one.says.strip()] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_the_page_has_every_operation_and_asks_nobody_else(
    client: httpx.AsyncClient, lang: str
) -> None:
    page = (await client.get(f"/docs?lang={lang}", headers={"Accept": "text/html"})).text
    assert set(re.findall(r'<details class="operation" id="(\w+)"', page)) == {one.id for one in OPERATIONS}
    assert not [link for link in re.findall(r'(?:src|href)="([^"]+)"', page) if "//" in link]
    for one in OPERATIONS:
        assert one.curl in unescape(page)


@pytest.mark.parametrize("spec", OPEN_SPECS, ids=lambda spec: str(spec.kind))
def test_the_sample_of_a_record_is_one(spec: NodeSpec | EdgeSpec) -> None:
    told = document()
    name = spec.record.__name__
    body = sample(told, told["components"]["schemas"][name])
    assert read_record(spec.kind, {"id": "x", **body}).id == "x"


async def test_what_needs_no_more_than_its_address_can_be_asked_as_shown(
    client: httpx.AsyncClient, account: str
) -> None:
    asked = 0
    for one in OPERATIONS:
        names = {parameter.name for parameter in one.parameters if parameter.needed}
        if one.method == "GET" and names <= {"account_id"}:
            address = re.search(r"'(http[^']+)'", one.curl)
            assert address is not None
            answer = await client.get(
                address[1].removeprefix("http://127.0.0.1:8000").format(account_id=account)
            )
            assert answer.status_code == 200, one.curl
            asked += 1
    assert asked > 40
