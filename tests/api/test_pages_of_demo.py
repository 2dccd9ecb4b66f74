"""The pages of the demo account, in both languages: whole, in the language, and fair to who objected."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from datetime import date
from html import unescape
from pathlib import Path

import httpx
import pytest

from graphsvc.app import create_app
from graphsvc.commands.common import OWNER
from graphsvc.features.imports.reader import ImportOptions, SourceFile
from graphsvc.features.imports.service import import_files
from graphsvc.pages.table import PAGES
from tests.api.conftest import BASE
from tests.stores import settings_of, sqlite_store

DEMO = Path(__file__).parents[2] / "examples" / "demo.json"
ON = "2026-11-20"
PATHS = (
    "/",
    "/week?member=lin-lan",
    "/channels",
    *(
        "/accounts/jichuan" if name == "overview" else f"/accounts/jichuan/{name}"
        for name, page in PAGES.items()
        if page.show is not None
    ),
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demo as of a fixed day."""
    folder = tmp_path_factory.mktemp("demo")

    async def load() -> None:
        async with sqlite_store(folder) as store:
            demo = SourceFile("demo.json", DEMO.read_bytes())
            await import_files(store, OWNER, [demo], ImportOptions(today=date.fromisoformat(ON)))

    asyncio.run(load())
    return folder


@pytest.fixture
async def demo(loaded: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app over a copy of that store."""
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    async with sqlite_store(tmp_path) as store:
        app = create_app(settings_of(), store)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
            yield client


async def read(client: httpx.AsyncClient, path: str, **query: str) -> str:
    """What a page says, without its markup."""
    answer = await client.get(path, params=query, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    body = answer.text.partition("<main")[2].partition('<details class="sources">')[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


@pytest.mark.parametrize("path", PATHS)
async def test_a_page_has_something_to_say_in_either_language(demo: httpx.AsyncClient, path: str) -> None:
    asked = dict(re.findall(r"[?&](\w+)=([\w-]+)", path))
    english = await read(demo, path.partition("?")[0], on=ON, lang="en", **asked)
    chinese = await read(demo, path.partition("?")[0], on=ON, lang="zh", **asked)
    assert len(english) > 400
    assert re.findall(r"[\u4e00-\u9fff]{2,}", english) == []
    assert len(re.findall(r"[\u4e00-\u9fff]", chinese)) > 150


async def test_rankings_say_who_is_hidden_and_why_places_change(demo: httpx.AsyncClient) -> None:
    page = await read(
        demo, "/accounts/jichuan/rankings", on=ON, step="commit", compare_step="brew", lang="zh"
    )
    assert "隐性影响者" in page
    assert "刘志远" in page
    assert "名次" in page


async def test_chains_name_the_weakest_link(demo: httpx.AsyncClient) -> None:
    page = await read(demo, "/accounts/jichuan/chains", on=ON, target_id="liu-zhiyuan", lang="en")
    assert "Lin Lan → Chen Lixin" in page
    rivals = await read(
        demo, "/accounts/jichuan/chains", on=ON, target_id="liu-zhiyuan", source="competitor", lang="en"
    )
    assert "Bai Qiming" in rivals


async def test_the_overview_names_the_gap_and_the_veto(demo: httpx.AsyncClient) -> None:
    page = await read(demo, "/accounts/jichuan", on=ON, lang="zh")
    assert "财务部门管理层" in page
    assert "最弱" in page
    assert "与客户步骤不符" in page
    assert "将同在东埠：" in page, "a city is named in the language of the page, and days as it writes them"
    assert not re.search(r"20\d\d-\d\d-\d\d ", page)
    assert "6000万元" in page
    forecast = await read(demo, "/accounts/jichuan/forecast", on=ON, opportunity_id="smart-line-2", lang="zh")
    assert "可一票否决：刘志远" in forecast


async def test_the_deal_tells_where_it_stands_and_who_buys(demo: httpx.AsyncClient) -> None:
    page = await read(demo, "/accounts/jichuan/opportunities/energy-platform", on=ON, lang="zh")
    assert "客户处于“内部酝酿”，我方处于“客户开发”：与之相配的是“立项”" in page
    line = await read(demo, "/accounts/jichuan/opportunities/smart-line-2", on=ON, lang="en")
    veto = "Veto, whatever the total says: Liu Zhiyuan"
    for said in ("CNY 28M", "Our idea 3", veto, "Brightvane · Bai Qiming +50"):
        assert said in line
    named = await read(demo, "/accounts/jichuan/opportunities", on=ON, opportunity_id="smart-line-2")
    assert "Change-over within 20 minutes" in named


async def test_a_page_draws_what_it_tells(demo: httpx.AsyncClient) -> None:
    drawn = {
        "contacts/zheng-hong": 'class="course"',
        "matrix": 'class="shape-drawing"',
        "positions": 'class="way-line"',
        "threats": 'class="forces"',
    }
    for name, mark in drawn.items():
        page = (await demo.get(f"/accounts/jichuan/{name}", params={"on": ON})).text
        assert mark in page, name
    overview = await read(demo, "/accounts/jichuan", on=ON, lang="en")
    assert "Import of demo.json" in overview


async def test_the_form_of_a_deal_leads_to_the_other_one(demo: httpx.AsyncClient) -> None:
    path = "/accounts/jichuan/opportunities/smart-line-2"
    answer = await demo.get(path, params={"opportunity_id": "energy-platform", "on": ON})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/accounts/jichuan/opportunities/energy-platform?on={ON}"
    same = await demo.get(path, params={"opportunity_id": "smart-line-2"})
    assert same.status_code == 200


async def test_a_deal_of_the_past_is_not_edited(demo: httpx.AsyncClient) -> None:
    path = "/accounts/jichuan/opportunities/smart-line-2"
    assert "data-cell" in (await demo.get(path)).text
    then = await demo.get(path, params={"as_of": "2099-01-01T00:00:00Z"})
    assert then.status_code == 200
    assert not re.search(r"<\w+[^>]* data-(cell|edit|create)", then.text)


async def test_who_objected_has_no_place_on_any_page(demo: httpx.AsyncClient) -> None:
    done = await demo.post("/api/v1/privacy/liang-wei/restrict", json={"reason": "by mail"})
    assert done.status_code == 200, done.text
    for path in PATHS:
        asked = dict(re.findall(r"[?&](\w+)=([\w-]+)", path))
        said = await read(demo, path.partition("?")[0], lang="zh", **asked)
        assert "梁伟" not in said, path
