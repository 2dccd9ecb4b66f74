"""Editing in the browser: a form by keyboard, faults at their fields, two versions, undo and redo."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from models.enums import Attitude, InteractionKind
from tests.browser.test_accessibility import violations
from tests.browser.watched import LAPTOP, Watched
from viz.texts import texts

Browse = Callable[..., Watched]


def record(page: Page, site: str, path: str) -> tuple[dict[str, Any], str]:
    """A record as it stands, and its ETag."""
    answer = page.request.get(f"{site}/api/v1/{path}")
    assert answer.ok
    return answer.json(), answer.headers["etag"]


def refusals_apart(watched: Watched) -> list[str]:
    """What the page complained about, but for answers that the test wanted refused."""
    return [one for one in watched.complaints if "Failed to load resource" not in one]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_form_by_keyboard_with_faults_two_versions_and_undo(site: str, browse: Browse, lang: str) -> None:
    watched = browse(lang=lang, viewport=LAPTOP)
    page, said = watched.open(f"{site}/accounts/jichuan/org-chart?contact=cao-wenjing").page, texts(lang)
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
    merging.get_by_role("button", name=said("Save the chosen ones")).click()
    toast = page.locator(".toast.open")
    toast.get_by_role("button", name=said("Undo")).wait_for()
    after, _ = record(page, site, "contacts/cao-wenjing")
    assert (after["name"], after["personality"]) == (f"{before['name']}三", "driver")
    expect(page.locator("#map")).to_be_focused()
    page.keyboard.press("Control+z")
    toast.get_by_role("button", name=said("Redo")).wait_for()
    assert record(page, site, "contacts/cao-wenjing")[0]["name"] == theirs["name"]
    page.keyboard.press("Control+Shift+z")
    toast.get_by_role("button", name=said("Undo")).click()
    toast.get_by_role("button", name=said("Redo")).wait_for()
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


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_persons_page_logs_in_two_clicks_votes_and_opens_the_dossier(
    site: str, browse: Browse, lang: str
) -> None:
    said = texts(lang)
    visit = InteractionKind.VISIT.zh if lang == "zh" else InteractionKind.VISIT.en
    supportive = Attitude.SUPPORTIVE.zh if lang == "zh" else Attitude.SUPPORTIVE.en
    watched = browse(lang=lang, viewport=LAPTOP)
    page = watched.open(f"{site}/accounts/jichuan/contacts/li-guoqiang").page
    before = page.locator(".spoken li").count()
    page.get_by_text(said("Log an interaction"), exact=True).click()
    page.get_by_role("button", name=visit, exact=True).click()
    page.keyboard.type("lin")
    page.locator(".picker-list [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=said("That is me")).click()
    spoken = page.locator(".spoken li").first
    expect(spoken).to_contain_text(visit)
    page.locator(".toast").get_by_role("button", name=said("Undo")).click()
    expect(spoken).not_to_contain_text(visit)
    assert page.locator(".spoken li").count() == before

    vote = page.locator("[data-votes]").first
    assert vote.locator(".votes").count() == 0
    vote.locator("summary").click()
    vote.get_by_role("button", name=said("Help me choose")).click()
    for name, choice in (("absence", 1), ("deeds", 1), ("voice", 1)):
        page.locator(f"dialog input[name=choosing-{name}]").nth(choice).check(force=True)
    assert violations(watched) == []
    page.get_by_role("button", name=said("Take it over")).click()
    vote.get_by_role("button", name=said("Vote"), exact=True).click()
    expect(vote.locator(".votes")).to_contain_text(supportive)
    page.locator(".toast").get_by_role("button", name=said("Undo")).click()
    expect(vote.locator(".votes")).to_have_count(0)

    page.get_by_role("button", name=said("Open the dossier")).click()
    expect(page.locator("dl.dossier dt").first).to_be_visible()
    assert watched.complaints == []


def test_the_brief_is_one_page(site: str, browse: Browse) -> None:
    page = browse(lang="zh").page
    for who in ("wang-jianguo", "li-guoqiang"):
        page.goto(f"{site}/accounts/jichuan/contacts/{who}/brief")
        assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4"))) == 1
