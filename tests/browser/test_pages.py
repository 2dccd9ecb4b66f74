"""Every page, in both languages: drawn, without a complaint, in the language asked for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.watched import LAPTOP, PROJECTOR, Watched

Browse = Callable[..., Watched]
PAGES = ("/", "/accounts/jichuan/org-chart", "/accounts/jichuan/influence", "/accounts/hostile/influence")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_draw_without_a_complaint(site: str, browse: Browse, path: str, lang: str) -> None:
    watched = browse(lang=lang).open(f"{site}{path}")
    assert watched.complaints == []
    assert watched.page.locator("h1").first.inner_text().strip()
    assert watched.page.evaluate("document.documentElement.lang") == ("zh-Hans" if lang == "zh" else "en")
    outside = watched.page.evaluate(
        "performance.getEntriesByType('resource').map((one) => one.name)"
        ".filter((name) => !name.startsWith(location.origin))"
    )
    assert outside == []


@pytest.mark.parametrize("view", ["org-chart", "influence"])
def test_no_english_is_left_on_a_chinese_page(site: str, browse: Browse, view: str) -> None:
    watched = browse(lang="zh").open(f"{site}/accounts/jichuan/{view}")
    page = watched.page
    page.locator("#tab-people .count").filter(has_text=re.compile(r"\d")).wait_for()
    places = (
        ".toolbar, .side, .panel h2, .panel h3, .panel .note, .strip, .facts-table thead, .tabs, #subtitle"
    )
    words = page.evaluate(
        """(places) => [...document.querySelectorAll(places)]
        .flatMap((place) => place.innerText.split(/\\s+/)).filter((word) => /[A-Za-z]{3,}/.test(word))""",
        places,
    )
    assert set(words) <= {"PNG", "SVG", "Enter"}


def test_the_language_is_kept_by_the_switch(site: str, browse: Browse) -> None:
    watched = browse().open(f"{site}/accounts/jichuan/influence?step=brew")
    watched.page.get_by_role("link", name="中文").click()
    watched.page.wait_for_selector("html[data-ready][lang=zh-Hans]")
    assert watched.query()["step"] == "brew"
    watched.open(f"{site}/")
    assert watched.page.locator("h1").inner_text() == "大客户"


def test_accounts_lead_to_their_maps(site: str, browse: Browse) -> None:
    page = browse(viewport=LAPTOP).open(f"{site}/").page
    page.get_by_role("link", name="Jichuan United Energy Group").click()
    page.locator(".tiles").wait_for()
    page.locator(".site summary").filter(has_text="Influence").click()
    page.get_by_role("link", name="Influence map").click()
    page.wait_for_selector("html[data-ready]")
    page.locator(".site summary").filter(has_text="People").click()
    page.get_by_role("link", name="Org chart").click()
    page.wait_for_selector(".view-org-chart")
    page.locator(".accounts-menu summary").click()
    assert page.locator(".accounts-menu li").count() >= 8


def test_nothing_is_cut_in_the_header_and_toolbar(site: str, browse: Browse) -> None:
    for lang in ("en", "zh"):
        for viewport in (LAPTOP, PROJECTOR):
            watched = browse(lang=lang, viewport=viewport)
            watched.open(f"{site}/accounts/jichuan/org-chart?opportunity_id=energy-platform&lang={lang}")
            overflow = watched.page.evaluate(
                """() => [...document.querySelectorAll('.top, .toolbar')]
                .filter((bar) => bar.scrollWidth > bar.clientWidth + 1)
                .map((bar) => `${bar.className} ${bar.scrollWidth}>${bar.clientWidth}`)"""
            )
            assert overflow == []
            assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
