"""`graphsvc mcp` as an assistant's program starts it: by the example of docs/mcp.md, over stdio."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from graphsvc.access.audit import Visit
from graphsvc.access.desk import Desk
from graphsvc.access.keys import NewKey
from graphsvc.access.users import UserFields, add_user
from graphsvc.app import create_app
from graphsvc.assistants.asking import UNTRUSTED
from graphsvc.features.keys.service import made_for
from graphsvc.stores.codec import utc_now
from models.access import Role
from tests.answer_routes import ACCOUNT, PATH
from tests.contract.writing import acme
from tests.stores import settings_of, sqlite_store
from tests.unit.test_cli import run

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "mcp.md").read_text("utf-8")


def example(store: Path, **env: str) -> StdioServerParameters:
    """The server of the page, over a store."""
    (text,) = re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    told = json.loads(text)["mcpServers"]["graphsvc"]
    assert told["command"] == "graphsvc"
    args = [f"sqlite:///{store}" if arg.startswith("sqlite:") else arg for arg in told["args"]]
    assert set(env) == set(told["env"])
    env |= {"PYTHONPATH": str(ROOT)}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "graphsvc.cli", *args], env=env, cwd=store.parent
    )


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[tuple[httpx.AsyncClient, Client]]:
    """A service that has a file, and an assistant beside it with the key of a sales rep for account acme."""
    async with sqlite_store(tmp_path) as store:
        await acme(store)
        bea = await add_user(store, "bea", UserFields(role=Role.REP, accounts=("acme",)), utc_now())
        _, key = await made_for(Desk(store), "ada", bea, NewKey(name="it"), Visit(None))
        transport = httpx.ASGITransport(create_app(settings_of(), store))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as service:
            yield service, Client(example(tmp_path / "graph.db", GRAPHSVC_API_KEY=key))


def said(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


async def test_an_assistant_asks_beside_a_running_service(
    served: tuple[httpx.AsyncClient, Client],
) -> None:
    service, assistant = served
    async with assistant as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert {"list_influencers", "list_chains", "get_trust", "search", "what_if"} <= tools.keys()
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
        found = await client.call_tool("list_contacts", {"account_id": "acme"})
        over_http = await service.get("/api/v1/contacts?account_id=acme&limit=10")
        assert json.loads(said(found).split("\n")[2]) == over_http.json()
        ranked = await client.call_tool("list_influencers", {"account_id": "acme", "on": "2026-03-02"})
        assert json.loads(said(ranked).split("\n")[2])["items"]
        await service.post("/api/v1/contacts", json={"id": "eva", "account_id": "acme", "name": "Eva"})
        assert "Eva" in said(await client.call_tool("get_contact", {"id": "eva"})), "as it stands now"
        assert (await client.call_tool("list_influencers", {"account_id": "bolt"})).is_error
        assert (await client.call_tool("delete_contact", {"id": "eva"})).is_error
    assert (await service.get("/api/v1/contacts/eva")).status_code == 200


@pytest.mark.parametrize(
    ("words", "env", "missing"),
    [
        ((), {}, "GRAPHSVC_API_KEY"),
        (("--open",), {"GRAPHSVC_API_KEY": "gsk_x"}, "one of them"),
        (("--open", "--store", "neo4j://127.0.0.1:1"), {}, "--open"),
        ((), {"GRAPHSVC_API_KEY": "gsk_x"}, "opens nothing"),
    ],
)
def test_it_is_clear_as_whom_it_reads(
    tmp_path: Path, words: tuple[str, ...], env: dict[str, str], missing: str
) -> None:
    url = f"sqlite:///{tmp_path / 'graph.db'}"
    (tmp_path / "people.csv").write_text("id,name\n1,Ana\n", "utf-8")
    assert run("import", tmp_path / "people.csv", "--store", url, "--account", "acme").exit_code == 0
    for lang in ("en", "zh"):
        done = run("mcp", "--store", url, *words, "--lang", lang, env=env)
        assert (done.exit_code, done.stdout) == (1, "")
        assert len(done.stderr.strip().splitlines()) == 1
        assert missing in done.stderr or lang == "zh"


async def test_an_open_store_needs_no_key_and_tells_no_dossier(demo: str, tmp_path: Path) -> None:
    args = ["-m", "graphsvc.cli", "mcp", "--open", "--lang", "zh", "--store", demo]
    env = {"PYTHONPATH": str(ROOT)}
    async with Client(
        StdioServerParameters(command=sys.executable, args=args, env=env, cwd=tmp_path)
    ) as client:
        found = said(await client.call_tool("search", {"q": PATH["contact_id"].replace("-", " ")}))
        advice = await client.call_tool("list_advice", {"account_id": ACCOUNT})
    assert PATH["contact_id"] in found
    assert found.startswith(UNTRUSTED.zh)
    assert not advice.is_error, (
        "a dossier that advice weighs cannot be noted as read in a file that is only read"
    )
