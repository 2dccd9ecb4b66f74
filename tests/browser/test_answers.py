"""Pages of answers in a browser: no complaint, no English on a Chinese page, keys, small screens, menus."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from graphsvc.pages.table import PAGES
from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]
PHONE = {"width": 360, "height": 740}
PATHS = (
    "/",
    "/week?member=lin-lan",
    "/import",
    "/settings",
    "/privacy?q=li",
    "/users",
    "/keys",
    "/account",
    "contacts/li-guoqiang",
    "contacts/audit-head",
    "contacts/wang-jianguo/brief",
    *("" if name == "overview" else name for name, page in PAGES.items() if page.show),
)


def address(site: str, path: str) -> str:
    return f"{site}{path}" if path.startswith("/") else f"{site}/accounts/jichuan/{path}".rstrip("/")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PATHS)
def test_pages_fit_and_do_not_complain(site: str, browse: Browse, path: str, lang: str) -> None:
    for viewport in (LAPTOP, PHONE):
        watched = browse(lang=lang, viewport=viewport).open(address(site, path))
        assert watched.complaints == []
        assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert watched.page.locator("h1").count() == 1


@pytest.mark.parametrize("path", PATHS)
def test_no_english_sentence_is_left_on_a_chinese_page(site: str, browse: Browse, path: str) -> None:
    page = browse(lang="zh", viewport=LAPTOP).open(address(site, path)).page
    words = page.evaluate(
        "[...document.querySelectorAll('.site, .asked label > span, "
        ".page-head:not(.person-page-head), h2, thead, caption, dt')]"
        ".flatMap((place) => place.innerText.split(/\\s+/))"
    )
    assert {word for word in words if re.fullmatch(r"[A-Z]?[a-z]{3,}", word)} == set()


def test_a_date_is_said_in_the_language_of_the_page(site: str, browse: Browse) -> None:
    page = browse(lang="en", viewport=LAPTOP).open(f"{site}/accounts/jichuan/threats?lang=zh").page
    said = page.locator(".dated-said")
    assert said.inner_text() == "今天"
    page.locator("input[name=on]").fill("2026-11-20")
    page.locator("input[name=on]").blur()
    page.wait_for_url("**on=2026-11-20*")
    assert page.locator(".dated-said").inner_text() == "2026年11月20日"


def test_the_navigation_is_reached_and_worked_by_keys(site: str, browse: Browse) -> None:
    page = browse(viewport=LAPTOP).open(f"{site}/accounts/jichuan/rankings?step=brew").page
    summary = page.locator(".site summary").filter(has_text="Influence")
    for _ in range(12):
        page.keyboard.press("Tab")
        if summary.evaluate("(one) => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Decision chains")
    assert link.is_visible()
    page.keyboard.press("Escape")
    assert link.is_hidden()
    assert summary.evaluate("(one) => one === document.activeElement")
    page.keyboard.press("Enter")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/chains?step=brew")
    assert page.locator(".target").count() >= 1


def test_a_choice_asks_anew_and_a_step_says_why_places_changed(site: str, browse: Browse) -> None:
    page = browse(viewport=LAPTOP).open(f"{site}/accounts/jichuan/rankings?step=brew").page
    page.get_by_role("link", name="Commit").click()
    page.wait_for_url("**step=commit&compare_step=brew*")
    assert page.locator(".ranking tbody tr").first.inner_text().count("Liu Zhiyuan") >= 1
    assert "Up from" in page.locator(".ranking tbody .why").first.inner_text()
    page.locator("select[name=opportunity_id]").select_option("smart-line-2")
    page.wait_for_url("**opportunity_id=smart-line-2*")
    assert "step=commit" in page.url


def test_a_way_leads_to_the_map_with_that_way_lit(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}/accounts/jichuan/chains?target_id=liu-zhiyuan")
    row = watched.page.locator(".chain-table tbody tr").nth(1)
    way = [name.split("\n")[0] for name in row.locator(".stop").all_inner_texts()]
    row.locator("a.button").click()
    watched.page.wait_for_selector("html[data-ready]")
    view = watched.view()
    lit = view["summary"]["chain"]["path"]
    assert len(lit) == len(way)
    assert lit[-1] == "liu-zhiyuan"


def test_advice_becomes_an_action(site: str, browse: Browse) -> None:
    page = browse(viewport=LAPTOP).open(f"{site}/accounts/jichuan").page
    button = page.get_by_role("button", name="Make it an action").first
    button.click()
    page.locator(".made").first.wait_for()
    assert page.locator(".made").first.inner_text() == "Now an action"
