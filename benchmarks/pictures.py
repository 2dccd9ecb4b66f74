"""`python -m benchmarks.pictures`: the pictures of the README, taken from the demo account in Chromium."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from benchmarks.serving import FLAGS, served
from graphsvc.commands.demo import STORY
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.samples import DEMO, sample
from graphsvc.stores.port import GraphStore, Scope

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
VIEWPORT = ViewportSize(width=1920, height=1000)
PICTURES = (("influence", "zh"), ("org-chart", "en"))


def main() -> None:
    """Write one PNG per map into docs/pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(fill) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for view, lang in PICTURES:
            page = browser.new_page(viewport=VIEWPORT, reduced_motion="reduce")
            address = f"{base}/accounts/{STORY.account}/{view}?opportunity_id={STORY.opportunity}&lang={lang}"
            page.goto(address)
            page.wait_for_selector("html[data-ready]")
            page.screenshot(path=FOLDER / f"{view}.png")
            page.close()
        browser.close()


async def fill(store: GraphStore) -> None:
    """Bring the demo account into an empty store."""
    demo = SourceFile(sample(DEMO).name, sample(DEMO).read_bytes())
    await import_files(store, Scope("pictures", dossiers=True), [demo], ImportOptions())


if __name__ == "__main__":
    main()
