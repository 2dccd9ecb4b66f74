"""Who objected to profiling is in no answer of analysis, whichever routes there are."""

from __future__ import annotations

from pathlib import Path

import httpx

from examples.story.people import ACCOUNT
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.stores.port import GraphStore, Scope

API = "/api/v1"
DEMO = Path(__file__).parents[2] / "examples" / "demo.json"
NO_ANALYSIS = {"graph", "diff"}
"""Records as they are."""
ASKING = {"introductions": {"to": "liang-wei"}}
WHO = {"wang-jianguo": "王建国", "chen-lixin": "陈立新"}


async def test_no_answer_names_who_is_restricted(client: httpx.AsyncClient, store: GraphStore) -> None:
    demo = SourceFile("demo.json", DEMO.read_bytes())
    await import_files(store, Scope("tester", dossiers=True), [demo], ImportOptions())
    start = f"{API}/accounts/{{account_id}}/"
    document = (await client.get("/openapi.json")).json()["paths"]
    names = [
        path.removeprefix(start)
        for path, ways in document.items()
        if path.startswith(start) and "get" in ways
    ]
    answers = [name for name in names if "{" not in name and name not in NO_ANALYSIS]
    assert {"influencers", "strength", "chains", "coverage", "advice", "forecast"} <= set(answers)

    async def told(name: str) -> str:
        answer = await client.get(start.format(account_id=ACCOUNT) + name, params=ASKING.get(name, {}))
        assert answer.status_code in (200, 404, 422), (name, answer.text)
        return answer.text if answer.is_success else ""

    def named(text: str) -> set[str]:
        return {id_ for id_, name in WHO.items() if f'"{id_}"' in text or name in text}

    before = {name: await told(name) for name in answers}
    assert len([name for name, text in before.items() if named(text)]) > 8
    for id_ in WHO:
        done = await client.post(f"{API}/privacy/{id_}/restrict", json={"reason": "objected"})
        assert done.status_code == 200, done.text
    assert {name: named(await told(name)) for name in answers} == {name: set() for name in answers}
    for id_ in WHO:
        approach = await client.get(start.format(account_id=ACCOUNT) + f"approach/{id_}")
        assert approach.status_code in (404, 422), approach.text
    view = (await client.get(start.format(account_id=ACCOUNT) + "views/influence")).json()
    scored = {node["id"] for node in view["nodes"] if node.get("score") is not None}
    assert scored
    assert scored & WHO.keys() == set()
