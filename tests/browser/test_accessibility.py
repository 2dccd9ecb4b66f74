"""A map breaks no rule of axe-core while it is worked with, in light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]
INFLUENCE = "/accounts/jichuan/influence?opportunity_id=energy-platform"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_while_searching_or_with_panels_over_the_map(site: str, browse: Browse, scheme: str) -> None:
    watched = browse(viewport=LAPTOP, color_scheme=scheme).open(f"{site}{INFLUENCE}")
    page = watched.page
    page.locator("#search").fill("li")
    page.locator("#found .found-name").first.wait_for()
    assert violations(watched, without="#tables") == []
    page.keyboard.press("Escape")
    for toggle in ("#toggle-side", "#toggle-panel"):
        page.locator(toggle).click()
        assert violations(watched, without="#tables") == []
    page.locator("#tab-ties").click()
    assert violations(watched) == []


def violations(watched: Watched, *, without: str | None = None) -> list[str]:
    """The rules broken, each with the elements that break it; parts that were looked at can be left out."""
    context = {"exclude": [[without]]} if without else None
    ran = Axe().run(watched.page, context=context, options={"resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {[node['html'][:120] for node in rule['nodes'][:4]]}"
        for rule in ran.response["violations"]
    ]
