"""Pages of answers in a browser: menus by keys, choices that ask anew, ways that lead to the map."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]


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
