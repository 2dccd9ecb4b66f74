"""`python -m benchmarks.browser`: how long the pages take in headless Chromium, beside a stock pyvis page.

Prints and writes medians: navigation start to the first whole drawing, frames per second while the map is
dragged, at 60 and 1,000 people. The stock page draws the same people and ties with pyvis' own defaults.
"""

from __future__ import annotations

import statistics
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import ViewportSize, sync_playwright

from benchmarks.invent import account
from benchmarks.serving import FLAGS, served
from benchmarks.timing import report
from graphsvc.stores.port import GraphStore, Scope
from models.changes import ChangeSet, Put
from models.enums import EdgeKind, NodeKind
from models.records import read_record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RUNS = 3
STOCK_LIMIT_S = 75
VIEWPORT = ViewportSize(width=1366, height=768)


def main() -> None:
    """Measure both maps at both sizes and report them."""
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for people in (60, 300, 1_000):
            with served(partial(_fill, people)) as base:
                ours = {
                    f"{view} {what}": value
                    for view in ("org-chart", "influence")
                    for what, value in _page_times(browser, f"{base}/accounts/bench/{view}").items()
                }
            rows.append({"people": people, **ours, "stock pyvis s": _stock_time(browser, people)})
        browser.close()
    report("pages", rows)


async def _fill(people: int, store: GraphStore) -> None:
    puts = tuple(Put(kind, read_record(kind, body)) for kind, body in account(people))
    await store.apply(Scope("bench"), ChangeSet("bench", puts))


def _page_times(browser: Browser, address: str) -> dict[str, float]:
    """Medians: seconds to the first whole drawing, frames per second of a drag."""
    drawn, frames = [], []
    for _ in range(RUNS):
        page = browser.new_page(viewport=VIEWPORT, reduced_motion="reduce")
        page.goto(address)
        drawn.append(page.evaluate(_UNTIL_DRAWN) / 1000)
        frames.append(_drag(page))
        page.close()
    return {"s": statistics.median(drawn), "drag fps": statistics.median(frames)}


_UNTIL_DRAWN = """() => new Promise((done) => {
  const look = () => requestAnimationFrame(
    document.documentElement.dataset.ready ? () => done(performance.now()) : look);
  look();
})"""
_COUNT_FRAMES = """() => {
  window.frames_ = 0;
  const tick = () => { window.frames_++; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  window.from_ = performance.now();
}"""


def _drag(page: Page) -> float:
    page.evaluate(_COUNT_FRAMES)
    page.mouse.move(300, 600)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(300 + 5 * step, 600 - 2 * step)
    page.mouse.up()
    return float(page.evaluate("() => 1000 * window.frames_ / (performance.now() - window.from_)"))


def _stock_time(browser: Browser, people: int) -> float | str:
    """Seconds until a page as pyvis writes it has settled, or that it had not."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", directed=True)
    for kind, body in account(people):
        if kind is NodeKind.CONTACT:
            network.add_node(body["id"], label=body["name"])
    for kind, body in account(people):
        if kind in (EdgeKind.REPORTS_TO, EdgeKind.INFLUENCES):
            network.add_edge(body["source_id"], body["target_id"])
    html = network.generate_html().replace(
        "drawGraph();",
        "drawGraph(); network.once('stabilizationIterationsDone', () => window.settled = performance.now());",
    )
    with tempfile.TemporaryDirectory(prefix="graphsvc-stock-") as folder:
        path = Path(folder) / "stock.html"
        path.write_text(html, "utf-8")
        page = browser.new_page(viewport=VIEWPORT)
        page.route("http*://**", lambda route: route.abort())
        page.goto(path.as_uri())
        try:
            page.wait_for_function("() => window.settled", timeout=STOCK_LIMIT_S * 1000)
            return float(page.evaluate("() => window.settled")) / 1000
        except PlaywrightTimeout:
            return f"> {STOCK_LIMIT_S}"
        finally:
            page.close()


if __name__ == "__main__":
    main()
