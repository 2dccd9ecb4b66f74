"""A view as one page from a disk: nothing is fetched or refused; it is searched, zoomed and sorted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from models.findings.views import View
from tests.invented import Invented
from tests.sample_org import DAY
from tests.unit.viz.test_influence_map import drawn
from tests.unit.viz.test_org_chart import chart
from viz.offline import page_of
from viz.views.influence_map import influence_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def opened(browser: Browser, folder: Path, view: View) -> tuple[Page, list[str]]:
    """The page of a view, opened from a file, and what it complained of or asked for."""
    file = folder / "view.html"
    file.write_text(page_of(view, lang=view.lang), "utf-8")
    page, told = browser.new_page(viewport={"width": 1366, "height": 768}), list[str]()
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda asked: told.append(asked.url) if not asked.url.startswith("file:") else None)
    page.goto(file.as_uri())
    return page, told


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_from_a_disk_and_can_be_used(browser: Browser, tmp_path: Path, lang: str) -> None:
    view = chart(lang, "all")
    page, told = opened(browser, tmp_path, view)
    name = next(node["name"] for node in view.nodes if node["rank"] == 1)
    before = page.locator("svg").get_attribute("viewBox")
    page.keyboard.press("/")
    page.keyboard.type(name)
    assert page.locator("#said").inner_text().startswith(name)
    assert page.locator("tr.picked").count() >= 1
    assert page.locator("svg").get_attribute("viewBox") != before
    page.locator("#fit").click()
    page.locator("#picture").focus()
    page.keyboard.press("+")
    zoomed = page.locator("svg").get_attribute("viewBox")
    assert zoomed != before
    page.keyboard.press("0")
    assert [float(part) for part in (page.locator("svg").get_attribute("viewBox") or "").split()] == [
        float(part) for part in (before or "").split()
    ]
    page.locator("th button").nth(1).click()
    names = page.locator("table").first.locator("tbody tr td:nth-child(2)").all_inner_texts()
    page.locator("th button").nth(1).click()
    assert page.locator("table").first.locator("tbody tr td:nth-child(2)").all_inner_texts() == names[::-1]
    assert told == []
    page.close()


def test_hostile_names_stay_text(browser: Browser, tmp_path: Path) -> None:
    payload = '</script><img src=x onerror="document.title=1">'
    records = Invented().contact("a", name=payload).contact("b", name="B").influences("a", "b", 0.5)
    page, told = opened(browser, tmp_path, influence_map(records.graph(), on=DAY))
    assert page.locator("img").count() == 0
    assert payload in page.locator("table").first.inner_text()
    assert told == []
    page.close()


def test_a_map_of_ties_is_told_in_tables(browser: Browser, tmp_path: Path) -> None:
    view = drawn("en")
    page, told = opened(browser, tmp_path, view)
    assert page.locator("table").count() == 2
    assert page.locator("table").nth(1).locator("tbody tr").count() == len(view.tables["ties"])
    assert told == []
    page.close()
