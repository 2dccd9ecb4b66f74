"""Bad input over every route: each case is refused as a problem, in both languages, and nothing is written.

A case names what is bad, the request, and the status it gets. `nested` stands for a body of an opening
repeated so often, and as many closings; `body_hex` for bytes that are no text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from graphsvc.stores.port import GraphStore, Scope
from models.kinds import FIRM

CASES = Path(__file__).parents[1] / "cases" / "bad_input"
FILES = sorted(path.stem for path in CASES.glob("*.json"))
EVERYTHING = Scope(actor="test")


def test_there_are_cases() -> None:
    assert len(FILES) >= 6
    assert sum(len(_cases(name)) for name in FILES) >= 300


@pytest.mark.parametrize("name", FILES)
async def test_bad_input_is_refused(
    client: httpx.AsyncClient, account: str, store: GraphStore, name: str
) -> None:
    before = await _all(store, account)
    wrong = []
    for case in _cases(name):
        for lang in ("en", "zh"):
            answer = await client.send(_request(client, case, lang))
            said = _said(answer)
            if answer.status_code != case["status"] or not _is_problem(answer, lang):
                wrong.append((case["what"], case["method"], case["path"][:80], answer.status_code, said))
    assert wrong == []
    assert await _all(store, account) == before


def _cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return found


def _request(client: httpx.AsyncClient, case: dict[str, Any], lang: str) -> httpx.Request:
    headers = {"Accept-Language": lang, **case.get("headers", {})}
    if "json" in case:
        headers.setdefault("Content-Type", "application/json")
    url = client.base_url.join(case["path"])
    if "query" in case:
        url = url.copy_merge_params(case["query"])
    raw = [(key.encode(), value.encode("latin-1")) for key, value in headers.items()]
    return client.build_request(case["method"], url, headers=raw, content=_content(case))


def _content(case: dict[str, Any]) -> bytes | None:
    if "json" in case:
        return json.dumps(case["json"]).encode()
    if "nested" in case:
        opening, times, closing = case["nested"]
        core = "1" if opening.endswith(":") else ""
        return f'{{"account_id":"acme","name":{opening * times}{core}{closing * times}}}'.encode()
    if "body_hex" in case:
        return bytes.fromhex(case["body_hex"])
    return case["body"].encode() if "body" in case else None


def _is_problem(answer: httpx.Response, lang: str) -> bool:
    """A problem whose sentences are in the language asked for."""
    if answer.headers["content-type"] != "application/problem+json":
        return False
    body = answer.json()
    sentences = [body["detail"], *(row["message"] for row in body["errors"])]
    return body["status"] == answer.status_code and all(
        any("㐀" <= letter <= "鿿" for letter in said) == (lang == "zh") for said in sentences
    )


def _said(answer: httpx.Response) -> str:
    return answer.text[:300]


async def _all(store: GraphStore, account: str) -> object:
    records = await store.records(EVERYTHING, account)
    logs = [await store.log(EVERYTHING, name, limit=10_000) for name in (account, FIRM)]
    return records, logs
