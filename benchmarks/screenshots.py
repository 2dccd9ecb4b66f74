"""`make screenshots`: every page of the demo, both languages and sizes, light and dark, in screenshots/."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

from benchmarks.pictures import fill
from benchmarks.serving import FLAGS, served
from graphsvc.commands.demo import STORY
from graphsvc.pages.table import EVERYWHERE, PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage

FOLDER = Path(__file__).parents[1] / "screenshots"
SIZES = ((1366, 768), (1920, 1080))
LOOKS: tuple[tuple[str, Literal["light", "dark"]], ...] = (("zh", "light"), ("en", "light"), ("zh", "dark"))
PERSON = "li-guoqiang"
_ADDRESSES = {
    "portfolio": "/",
    "overview": f"/accounts/{STORY.account}",
    "opportunities": f"/accounts/{STORY.account}/opportunities/{STORY.opportunity}",
}


def main() -> None:
    """Take the pictures of the pages named, or of all."""
    wanted = set(sys.argv[1:])
    FOLDER.mkdir(exist_ok=True)
    with served(fill) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, address in addresses():
            if not wanted or name in wanted:
                _take(browser, name, base + address)
        browser.close()
    print(f"look at them: {FOLDER}")


def addresses() -> Iterator[tuple[str, str]]:
    """Every page by its name, with its address in the demo."""
    account = f"/accounts/{STORY.account}"
    for name in EVERYWHERE:
        yield name, _ADDRESSES.get(name, f"/{name}")
    for name in PAGES:
        yield name, _ADDRESSES.get(name, f"{account}/{name}")
    yield "what-if", f"{account}/influence?if=leave~lin-lan"
    yield "then", f"{account}/influence?since=2026-01-01"
    yield "contact", f"{account}/contacts/{PERSON}"
    yield "brief", f"{account}/contacts/{PERSON}/brief"
    yield "docs", "/docs"
    yield "sign-in", "/sign-in"
    yield "error", "/nothing/here"


def _take(browser: Browser, name: str, address: str) -> None:
    for (width, height), (lang, scheme) in product(SIZES, LOOKS):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        page.on("console", partial(_told, name))
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}&opportunity_id={STORY.opportunity}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}-{lang}-{scheme}-{width}.png", full_page=True)
        context.close()


def _told(name: str, message: ConsoleMessage) -> None:
    print(f"{name}: {message.text}", file=sys.stderr)


if __name__ == "__main__":
    main()
