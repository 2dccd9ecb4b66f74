"""Webhooks and the audit trail in a browser: made by keys, the secret once, changed, gone, and told."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.test_accessibility import violations
from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]


def test_a_webhook_comes_is_changed_and_goes_and_the_trail_says_so(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP)
    page = watched.page
    page.goto(f"{site}/webhooks")
    page.locator("#add-hook").focus()
    page.keyboard.press("Enter")
    page.locator("dialog").wait_for()
    page.keyboard.type("Data lake")
    page.keyboard.press("Tab")
    page.keyboard.type("ftp://lake.example.org/")
    page.keyboard.press("Control+Enter")
    page.locator(".field-fault:not([hidden])").wait_for()
    page.locator("dialog input").nth(1).fill("https://lake.example.org/hook")
    page.get_by_role("checkbox", name="Created").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    box = page.locator(".once input")
    box.wait_for()
    secret = box.input_value()
    assert secret.startswith("whsec_")
    assert violations(watched) == []
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    row = page.locator("tbody tr").filter(has_text="Data lake")
    assert "Created" in row.inner_text()
    assert secret not in page.content()

    page.get_by_role("button", name="New secret for Data lake").click()
    page.locator("dialog .primary").click()
    box.wait_for()
    assert box.input_value() not in ("", secret)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "the old secret signs until" in row.inner_text()
    for button, yes, left in (("Switch Data lake off", "Switch off", 1), ("Remove Data lake", "Remove", 0)):
        page.get_by_role("button", name=button).click()
        with page.expect_navigation():
            page.locator("dialog").get_by_role("button", name=yes, exact=True).click()
        assert row.count() == left

    page.goto(f"{site}/audit")
    page.locator("[name=act]").select_option("webhook_removed")
    page.wait_for_url("**act=webhook_removed**")
    assert "Data lake" in page.locator("tbody tr").first.inner_text()
    _opened_on_a_telephone(page)
    with page.expect_download() as saved:
        page.locator(".files-menu a").click()
    assert saved.value.suggested_filename == "audit.csv"
    assert [line for line in watched.complaints if "422" not in line] == []


def _opened_on_a_telephone(page: Page) -> None:
    """The menu of files opens within the screen of a telephone too."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".files-menu summary").click()
    box = page.locator(".files-menu ul").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= 360 - box["width"]
    assert 0 <= box["y"] <= 740 - box["height"]
