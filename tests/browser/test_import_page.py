"""The import wizard in a browser: a look first, wrong rows in place, the import, its undo; the first page."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import GRAPHSVC, urlopen_status
from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]
WRONG = "id,name,department,rung,reports_to\np1,王 Wang,生产部,manager,nobody\np2,李 Li,生产部,astronaut,\n"
PEOPLE = "id,name,department,rung\np1,王 Wang,生产部,manager\np2,李 Li,生产部,operator\n"


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[str]:
    """A service over a store with nothing in it."""
    store = f"sqlite:///{tmp_path / 'empty.db'}"
    with subprocess.Popen(
        [*GRAPHSVC, "serve", "--open", "--store", store, "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout is not None
        address = re.search(r"http://\S+", service.stdout.readline())
        assert address, "the service did not start"
        assert any(urlopen_status(f"{address[0]}/import") == 200 for _ in range(50)), "it never answered"
        yield address[0]
        service.terminate()
        service.wait(timeout=30)


def test_rows_are_looked_at_mended_imported_and_taken_back(
    empty_site: str, browse: Browse, tmp_path: Path
) -> None:
    watched = browse(viewport=LAPTOP)
    page = watched.open(f"{empty_site}/import").page
    people = tmp_path / "people.csv"
    people.write_text(WRONG, "utf-8")
    page.locator("#account").fill("ACME")
    page.locator("#files").set_input_files(people)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="Nothing was written").wait_for()
    assert page.locator(".wrong-rows td.wrong").all_inner_texts() == ["nobody", "astronaut"], "row by row"
    assert "row" not in page.locator(".wrong-rows .fault").first.inner_text().split(":")[0]
    people.write_text(PEOPLE, "utf-8")
    page.locator("#files").set_input_files(people)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="All rows are fine").wait_for()
    assert page.locator("#outcome code", has_text="department").count() == 1
    assert page.request.get(f"{empty_site}/api/v1/accounts").json()["items"] == []
    page.get_by_role("button", name="Import now").click()
    page.get_by_role("heading", name=re.compile("records? written")).wait_for()
    assert page.request.get(f"{empty_site}/api/v1/contacts?account_id=acme").status == 200
    page.locator("#outcome button[data-undo]").click()
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("cell", name="Undone").wait_for()
    assert page.request.get(f"{empty_site}/api/v1/accounts").json()["items"] == []
    assert watched.complaints == []


@pytest.mark.parametrize("content", [b"\x00bad", b"not a book at all", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_called_so(site: str, browse: Browse, tmp_path: Path, content: bytes) -> None:
    page = browse(lang="zh", viewport=LAPTOP).open(f"{site}/import").page
    book = tmp_path / "名单.xlsx"
    book.write_bytes(content)
    page.locator("#files").set_input_files(book)
    page.get_by_role("button", name="预览").click()
    page.locator(".bad-news").wait_for()
    assert "工作簿" in page.locator("#outcome").inner_text()


def test_the_first_page_loads_the_demo_account(empty_site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP)
    page = watched.open(f"{empty_site}/").page
    assert page.get_by_role("link", name="Import your own").is_visible()
    page.get_by_role("button", name="See the demo account").click()
    page.wait_for_url("**/accounts/jichuan/influence", timeout=60_000)
    page.wait_for_selector("html[data-ready]", timeout=30_000)
    assert watched.complaints == []


def test_an_import_outlasts_a_service_that_is_away_for_a_moment(
    empty_site: str, browse: Browse, tmp_path: Path
) -> None:
    watched = browse(lang="zh", viewport=LAPTOP)
    page = watched.open(f"{empty_site}/import").page
    people = tmp_path / "people.csv"
    people.write_text("姓名,上级\n周建华,\n钱丽,周建华\n", encoding="utf-8")
    page.locator("#files").set_input_files(people)
    page.get_by_role("button", name="预览").click()
    page.locator(".bad-news").wait_for()
    assert "请在「客户」处填写" in page.locator("#outcome").inner_text()
    page.locator("#account").fill("华星机械")
    page.get_by_role("button", name="预览").click()
    now = page.get_by_role("button", name="立即导入")
    now.wait_for()
    gone = []
    page.route(
        "**/api/v1/imports", lambda route: (gone.append(route.request.headers), route.abort()), times=1
    )
    now.click()
    page.get_by_text("正在重试").wait_for()
    page.locator(".good-news").wait_for(timeout=30_000)
    assert len(gone) == 1
    page.locator("section", has=page.locator("#before")).get_by_text("people.csv").first.wait_for()
    place = page.get_by_role("link", name="查看客户").get_attribute("href")

    page.goto(f"{empty_site}{place}")
    page.locator("#main a.button", has_text="添加我方与").click()
    page.get_by_role("button", name="添加我方关系").click()
    page.locator("dialog [role=combobox]").first.fill("林一")
    page.locator(".picker-list [role=option]", has_text="新增「林一」").wait_for()
    page.keyboard.press("Enter")
    page.locator("dialog .chips li", has_text="林一").wait_for()
    page.locator("dialog .primary").click()
    page.locator("main section", has_text="林一").first.wait_for()
    members = page.request.get(f"{empty_site}/api/v1/members").json()["items"]
    assert [member["name"] for member in members].count("林一") == 1
    assert [line for line in watched.complaints if "ERR_FAILED" not in line] == []
