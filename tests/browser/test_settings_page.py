"""Rule tables, privacy and probable bosses in a browser: changed, refused where wrong, and brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]


def test_a_rule_is_changed_with_a_reason_and_brought_back(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP)
    page = watched.open(f"{site}/settings").page
    page.locator("#find-rule").fill("damping")
    box = page.locator("""input[data-path='["influence", "damping"]']""")
    before = box.input_value()
    box.fill("0.5")
    page.get_by_role("button", name="Save the changes").click()
    page.locator("#why").fill("a trial")
    with page.expect_navigation():
        page.get_by_role("button", name="Change", exact=True).click()
    assert "1 parameter differs" in page.locator(".settings-head").inner_text()
    log = page.locator("[aria-labelledby=rule-changes] tbody tr").first.inner_text()
    assert "influence.damping" in log
    assert "a trial" in log
    page.get_by_role("button", name="All back to their defaults").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Change", exact=True).click()
    assert page.locator("""input[data-path='["influence", "damping"]']""").input_value() == before
    assert watched.complaints == []


def test_a_value_out_of_bounds_is_told_and_nothing_changes(site: str, browse: Browse) -> None:
    page = browse(viewport=LAPTOP).open(f"{site}/settings").page
    page.locator("#rules").evaluate("(form) => { form.noValidate = true; }")
    page.locator("#find-rule").fill("damping")
    page.locator("""input[data-path='["influence", "damping"]']""").fill("7")
    page.get_by_role("button", name="Save the changes").click()
    page.get_by_role("button", name="Change", exact=True).click()
    page.locator(".dialog-fault p").wait_for()
    assert "influence" in page.locator(".dialog-fault").inner_text()
    assert page.request.get(f"{site}/api/v1/rules").json()["in_force"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_objects_is_left_out_and_taken_in_again(site: str, browse: Browse, lang: str) -> None:
    restrict, again = ("Restrict", "Take in again") if lang == "en" else ("限制处理", "恢复分析")
    watched = browse(lang=lang, viewport=LAPTOP)
    page = watched.open(f"{site}/privacy?q=xie-chunmei").page
    for name in (restrict, again):
        page.locator("[aria-labelledby=found]").get_by_role("button", name=name, exact=True).click()
        page.locator("#restrict-why").fill("request 7")
        with page.expect_navigation():
            page.locator("dialog").get_by_role("button", name=name, exact=True).click()
    assert watched.complaints == []


def test_an_erasure_is_looked_at_and_wants_the_name(site: str, browse: Browse) -> None:
    page = browse(viewport=LAPTOP).open(f"{site}/privacy?q=xie-chunmei").page
    page.locator("[data-erase]").first.click()
    page.locator(".erasure dd").first.wait_for()
    page.get_by_role("button", name="Erase for good").click()
    page.locator(".dialog-fault p").wait_for()
    assert page.request.get(f"{site}/api/v1/contacts/xie-chunmei").json()["name"] == "谢春梅"


def test_a_probable_boss_is_confirmed_on_the_chart(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP)
    late: list[Route] = []
    watched.page.route("**/static/**/bosses.js", lambda route: late.append(route))
    page = watched.open(f"{site}/accounts/jichuan/org-chart", wait_until="commit").page
    late[0].continue_()  # the map was drawn before this script came
    page.locator("#bosses").click()
    assert "Tom Ellery reports to Feng Lihua" in page.locator(".bosses").inner_text()
    page.get_by_role("button", name="Confirm").click()
    page.locator("#bosses").wait_for(state="hidden")
    page.locator(".toast button", has_text="Undo").click()
    page.locator("#bosses").wait_for()
    assert watched.complaints == []
