"""No page breaks a rule of axe-core (WCAG 2.0–2.2 A and AA, and best practice), in light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from graphsvc.pages.table import PAGES as PAGES_OF_ACCOUNTS
from tests.browser.watched import LAPTOP, PROJECTOR, Watched

Browse = Callable[..., Watched]
INFLUENCE = "/accounts/jichuan/influence?opportunity_id=energy-platform"
ANSWERS = tuple(
    f"/accounts/jichuan/{name}"
    for name, page in PAGES_OF_ACCOUNTS.items()
    if page.show and name != "overview"
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
    "/accounts/jichuan",
    *ANSWERS,
    "/accounts/jichuan/contacts/li-guoqiang",
    "/accounts/jichuan/contacts/li-guoqiang/brief",
    "/accounts/jichuan/org-chart",
    f"{INFLUENCE}&contact=zheng-hong",
    "/accounts/nobody/influence",
)


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("zh", "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_no_rule_is_broken(site: str, browse: Browse, path: str, lang: str, scheme: str) -> None:
    watched = browse(lang=lang, viewport=PROJECTOR, color_scheme=scheme)
    page = watched.page
    page.goto(f"{site}{path}")
    if "org-chart" in path or "jichuan/influence" in path:
        page.wait_for_selector("html[data-ready]")
        page.locator("#table-people tbody tr").first.wait_for()
    if path.endswith("contacts/li-guoqiang"):
        page.locator(".vote summary").first.wait_for()
    if "contact=" in path:
        page.locator("#panel .rank-line").wait_for()
    assert violations(watched) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_while_searching_or_with_panels_over_the_map(site: str, browse: Browse, scheme: str) -> None:
    watched = browse(viewport=LAPTOP, color_scheme=scheme).open(f"{site}{INFLUENCE}")
    page = watched.page
    page.locator("#search").fill("li")
    page.locator("#found .found-name").first.wait_for()
    assert violations(watched) == []
    page.keyboard.press("Escape")
    for toggle in ("#toggle-side", "#toggle-panel"):
        page.locator(toggle).click()
        assert violations(watched) == []
    page.locator("#tab-ties").click()
    assert violations(watched) == []


def violations(watched: Watched) -> list[str]:
    """The rules broken, each with the elements that break it."""
    found = Axe().run(watched.page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {[node['html'][:120] for node in rule['nodes'][:4]]}" for rule in found]
