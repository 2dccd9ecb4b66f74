"""What a browser asks for when a map is opened: the view once, beside the scripts; of files, each once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.watched import LAPTOP, PROJECTOR, Watched

Browse = Callable[..., Watched]
_FILES = """() => performance.getEntriesByType("resource").filter((file) => file.name.includes("/static/"))
  .map((file) => [file.name, file.transferSize])"""
_BEFORE_SCRIPTS = """() => {
  const begun = (part) => Math.min(...performance.getEntriesByType("resource")
    .filter((file) => file.name.includes(part)).map((file) => file.startTime));
  const run = Math.min(...performance.getEntriesByType("resource")
    .filter((file) => file.name.endsWith("/map.js")).map((file) => file.responseEnd));
  return begun("/views/") < run;
}"""
OF_MAPS = [
    ("org-chart", "", LAPTOP),
    ("org-chart", "", PROJECTOR),
    ("influence", "", LAPTOP),
    ("influence", "?step=evaluate&lang=zh", PROJECTOR),
    ("influence", "?unfold=none", PROJECTOR),
    ("influence", "?opportunity_id=smart-line-2&target_id=zhou-min", LAPTOP),
    ("org-chart", "?target_id=zhou-min&on=2026-06-01&lang=en", PROJECTOR),
]


@pytest.mark.parametrize(("view", "query", "viewport"), OF_MAPS)
def test_the_view_is_asked_for_once_and_early(
    site: str, browse: Browse, view: str, query: str, viewport: dict[str, int]
) -> None:
    watched = browse(viewport=viewport)
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    page = watched.open(f"{site}/accounts/jichuan/{view}{query}").page
    page.wait_for_selector("html[data-ready]", timeout=30_000)
    assert len([url for url in asked if "/views/" in url]) == 1
    assert page.evaluate(_BEFORE_SCRIPTS)
    assert watched.complaints == []


def test_files_are_fetched_once_for_all_pages(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP)
    page = watched.open(f"{site}/accounts/jichuan/org-chart").page
    page.wait_for_selector("html[data-ready]", timeout=30_000)
    first = page.evaluate(_FILES)
    assert len(first) > 30
    page.goto(f"{site}/accounts/jichuan/influence")
    page.wait_for_selector("html[data-ready]", timeout=30_000)
    known = {name for name, _ in first}
    again = {name: size for name, size in page.evaluate(_FILES) if name in known}
    assert len(again) > 30
    assert set(again.values()) == {0}
    assert watched.complaints == []
