"""Every page, in both languages, light and dark: drawn, without a complaint, in its language, open to all.

A page is opened once in each language, and then looked at in every size: the rules of axe-core are those of
WCAG 2.0–2.2 A and AA, and best practice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from graphsvc.pages.table import PAGES as PAGES_OF_ACCOUNTS
from tests.browser.conftest import watching
from tests.browser.test_accessibility import violations
from tests.browser.watched import LAPTOP, PHONE, PROJECTOR, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Browse = Callable[..., Watched]
ACCOUNT = "/accounts/jichuan"
MAPS = (
    f"{ACCOUNT}/org-chart?opportunity_id=energy-platform",
    f"{ACCOUNT}/influence?opportunity_id=energy-platform&contact=zheng-hong",
)
PAGES = (
    "/",
    "/week?member=lin-lan",
    "/import",
    "/settings",
    "/privacy?q=li",
    "/users",
    "/keys",
    "/webhooks",
    "/audit",
    "/account",
    *(f"{ACCOUNT}{page.path}" for page in PAGES_OF_ACCOUNTS.values() if page.show),
    f"{ACCOUNT}/contacts/li-guoqiang",
    f"{ACCOUNT}/contacts/audit-head",
    f"{ACCOUNT}/contacts/li-guoqiang/brief",
    f"{ACCOUNT}/contacts/wang-jianguo/brief",
    *MAPS,
)
TEXTS = ".site, .asked label > span, .page-head:not(.person-page-head), h2, thead, caption, dt"
TEXTS_OF_MAPS = (
    ".toolbar, .side, .panel h2, .panel h3, .panel .note, .strip, .facts-table thead, .tabs, #subtitle"
)
"""Where a page speaks itself: elsewhere it shows what was entered, in whatever language."""
KEPT = {"PNG", "SVG", "Enter", "Webhook", "Zheng", "Hong"}
"""Words that Chinese has as they are, and the name of whose panel is open."""
LANGUAGES = [
    pytest.param(lang, marks=pytest.mark.xdist_group(f"pages in {lang} in the browser"))
    for lang in ("en", "zh")
]


@pytest.fixture(scope="module")
def readers(browser: Browser) -> Iterator[Callable[[str], Watched]]:
    """A page that is led from address to address, by language: light in English, dark in Chinese."""
    opened: dict[str, Watched] = {}

    def reader(lang: str) -> Watched:
        if lang not in opened:
            opened[lang] = watching(browser, lang=lang, color_scheme="light" if lang == "en" else "dark")
        opened[lang].complaints.clear()
        return opened[lang]

    yield reader
    for watched in opened.values():
        watched.page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_is_in_its_language_and_breaks_no_rule(
    site: str, readers: Callable[[str], Watched], path: str, lang: str
) -> None:
    watched = readers(lang)
    page = watched.page
    page.set_viewport_size(LAPTOP)
    watched.open(f"{site}{path}")
    if path.endswith("contacts/li-guoqiang"):
        page.locator(".vote summary").first.wait_for()
    if path in MAPS:
        page.locator("#table-people tbody tr").first.wait_for()
    if "contact=" in path:
        page.locator("#panel .rank-line").wait_for()
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == ("zh-Hans" if lang == "zh" else "en")
    if lang == "zh":
        assert english(watched, path) == set()
    for size in (LAPTOP, PHONE, PROJECTOR):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), size
        assert size == PHONE or cut(watched) == []
    if path in MAPS:
        watched.settle()
    assert violations(watched) == []
    assert outside(watched) == []
    assert watched.complaints == []


def english(watched: Watched, path: str) -> set[str]:
    """English words where the page itself speaks."""
    said = watched.page.evaluate(
        "(places) => [...document.querySelectorAll(places)]"
        ".flatMap((place) => place.innerText.split(/\\s+/))",
        TEXTS_OF_MAPS if path in MAPS else TEXTS,
    )
    shape = r".*[A-Za-z]{3,}.*" if path in MAPS else r"[A-Z]?[a-z]{3,}"
    return {word for word in said if re.fullmatch(shape, word)} - KEPT


def cut(watched: Watched) -> list[str]:
    """The bars that hold more than is seen of them."""
    found: list[str] = watched.page.evaluate(
        """() => [...document.querySelectorAll('.top, .toolbar')]
        .filter((bar) => bar.scrollWidth > bar.clientWidth + 1)
        .map((bar) => `${bar.className} ${bar.scrollWidth}>${bar.clientWidth}`)"""
    )
    return found


def outside(watched: Watched) -> list[str]:
    """What was fetched from elsewhere."""
    found: list[str] = watched.page.evaluate(
        "performance.getEntriesByType('resource').map((one) => one.name)"
        ".filter((name) => !name.startsWith(location.origin))"
    )
    return found


def test_an_account_that_is_not_there_breaks_no_rule(site: str, browse: Browse) -> None:
    watched = browse(color_scheme="dark")
    watched.page.goto(f"{site}/accounts/nobody/influence")
    assert watched.page.locator("h1").count() == 1
    assert violations(watched) == []
    watched.page.emulate_media(color_scheme="light")
    assert violations(watched) == []


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
