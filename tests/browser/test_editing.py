"""Editing in the browser: a form by keyboard, faults at their fields, two versions, undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]
WORDS = {
    "en": {
        "save": "Save",
        "undo": "Undo",
        "redo": "Redo",
        "discard": "Discard",
        "merge": "Save the chosen ones",
    },
    "zh": {"save": "保存", "undo": "撤销", "redo": "重做", "discard": "放弃修改", "merge": "保存所选"},
}


def record(page: Page, site: str, path: str) -> tuple[dict[str, Any], str]:
    """A record as it stands, and its ETag."""
    answer = page.request.get(f"{site}/api/v1/{path}")
    assert answer.ok
    return answer.json(), answer.headers["etag"]


def refusals_apart(watched: Watched) -> list[str]:
    """What the page complained about, but for answers that the test wanted refused."""
    return [said for said in watched.complaints if "Failed to load resource" not in said]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_form_by_keyboard_with_faults_two_versions_and_undo(site: str, browse: Browse, lang: str) -> None:
    watched = browse(lang=lang, viewport=LAPTOP)
    page, words = watched.open(f"{site}/accounts/jichuan/org-chart?contact=cao-wenjing").page, WORDS[lang]
    before, etag = record(page, site, "contacts/cao-wenjing")
    page.locator("#map").focus()
    page.keyboard.press("e")
    dialog = page.locator("dialog")
    name = dialog.locator("input[type=text]").first
    expect(name).to_be_focused()
    assert name.input_value() == before["name"]
    assert violations(watched) == []
    name.fill("")
    page.keyboard.press("Enter")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_be_focused()
    assert dialog.locator(".field-fault:visible").inner_text()
    theirs = {"name": f"{before['name']}二", "personality": "driver"}
    changed = page.request.patch(
        f"{site}/api/v1/contacts/cao-wenjing", data=theirs, headers={"If-Match": etag}
    )
    assert changed.headers["change-set"]
    name.fill(f"{before['name']}三")
    page.keyboard.press("Enter")
    merging = page.locator("dialog.merging")
    merging.get_by_text(f"{before['name']}二").wait_for()
    assert violations(watched) == []
    merging.get_by_role("button", name=words["merge"]).click()
    toast = page.locator(".toast.open")
    toast.get_by_role("button", name=words["undo"]).wait_for()
    after, _ = record(page, site, "contacts/cao-wenjing")
    assert (after["name"], after["personality"]) == (f"{before['name']}三", "driver")
    expect(page.locator("#map")).to_be_focused()
    page.keyboard.press("Control+z")
    toast.get_by_role("button", name=words["redo"]).wait_for()
    assert record(page, site, "contacts/cao-wenjing")[0]["name"] == theirs["name"]
    page.keyboard.press("Control+Shift+z")
    toast.get_by_role("button", name=words["undo"]).click()
    toast.get_by_role("button", name=words["redo"]).wait_for()
    undo = page.request.post(f"{site}/api/v1/changesets/{changed.headers['change-set']}/undo")
    assert undo.ok
    assert record(page, site, "contacts/cao-wenjing")[0]["name"] == before["name"]
    assert refusals_apart(watched) == []


def test_what_was_typed_is_not_lost_by_a_slip(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP)
    page = watched.open(f"{site}/accounts/jichuan/org-chart?contact=cao-wenjing").page
    page.locator("#map").focus()
    page.keyboard.press("e")
    name = page.locator("dialog input[type=text]").first
    name.fill("Somebody")
    page.keyboard.press("Escape")
    discard = page.get_by_role("button", name="Discard")
    expect(discard).to_be_focused()
    assert name.input_value() == "Somebody"
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#map")).to_be_focused()
    assert watched.complaints == []
