"""`python -m benchmarks.browser`: how long the pages take in headless Chromium, beside a stock pyvis page.

Prints and writes medians: navigation start to the first whole drawing, frames per second while the map is
dragged, how many marks are drawn and how large the answer is, from 60 to 20,000 people, and whether the
budgets are kept; those with a goal go into docs/benchmarks.md too. The stock page draws the same people and
ties with pyvis' own defaults; at 20,000 it is not tried. The service has answered once before; how long that
very first look took has a column of its own.
"""

from __future__ import annotations

import math
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import ViewportSize, sync_playwright

from benchmarks.__main__ import ORDER
from benchmarks.figures import Figure, keep, write_page
from benchmarks.invent import account, fill
from benchmarks.serving import FLAGS, served
from benchmarks.timing import report
from graphsvc.stores.port import GraphStore
from models.enums import EdgeKind, NodeKind

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RUNS = 3
BUDGETS = {60: 1.2, 300: 1.5, 1_000: 2.0, 20_000: 1.5}
"""Seconds to the first whole drawing by people, on two cores with nothing else to do."""
LEAST_FPS, MOST_MARKS, STOCK_UP_TO = 50, 300, 1_000
STOCK_LIMIT_S, TIMES_STOCK = 75, 20
"""How long a stock page is waited for; how many times as long it takes at 300 people."""
VIEWPORT = ViewportSize(width=1366, height=768)


def main() -> None:
    """Measure both maps at all sizes, or at those named, and report them."""
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for people in map(int, sys.argv[1:] or BUDGETS):
            with served(partial(_fill, people)) as base:
                first = _first_look(browser, f"{base}/accounts/bench/org-chart")
                rows += [
                    {"people": people, "view": view, **_page_times(browser, f"{base}/accounts/bench/{view}")}
                    for view in ("org-chart", "influence")
                ]
            rows[-2]["first look s"], rows[-1]["first look s"] = first, "–"
            for row in rows[-2:]:
                row["budget"] = _verdict(row)
                row["stock pyvis s"] = "–"
            if people <= STOCK_UP_TO:
                rows[-1]["stock pyvis s"] = _stock_time(browser, people)
        browser.close()
    report("pages", rows)
    found = [figure for row in rows for figure in _figures(row)]
    keep(found)
    write_page(ORDER, found)


def _figures(row: Mapping[str, Any]) -> Iterator[Figure]:
    """A row with its goals; the stock page that never settled counts as long as it was waited for."""
    people, what = row["people"], f"{row['people']:,} people, {row['view']}"
    yield Figure(
        "browser", f"{what}: to the first whole drawing", row["s"], "s", most=BUDGETS.get(people, math.inf)
    )
    yield Figure("browser", f"{what}: dragged", row["drag fps"], "fps", least=LEAST_FPS)
    if row["stock pyvis s"] != "–":
        took = row["stock pyvis s"]
        never = not isinstance(took, float)
        ratio = (STOCK_LIMIT_S if never else took) / row["s"]
        said = f"not settled after {STOCK_LIMIT_S} s" if never else "until it has settled"
        goal = TIMES_STOCK if people == 300 else -math.inf
        yield Figure("browser", f"{people:,} people: a stock pyvis page, {said}", ratio, least=goal)


def _verdict(row: Mapping[str, Any]) -> str:
    """Which of the budgets a row keeps."""
    missed = [f"> {BUDGETS[row['people']]} s"] if row["s"] > BUDGETS.get(row["people"], math.inf) else []
    missed += [f"< {LEAST_FPS} fps"] if row["drag fps"] < LEAST_FPS else []
    missed += [f"> {MOST_MARKS} marks"] if row["marks"] > MOST_MARKS and row["people"] > STOCK_UP_TO else []
    return f"missed: {', '.join(missed)}" if missed else "kept"


async def _fill(people: int, store: GraphStore) -> None:
    await fill(store, people)


def _first_look(browser: Browser, address: str) -> float:
    """Seconds to the first drawing of an account that nobody has asked for yet."""
    page = browser.new_page(viewport=VIEWPORT, reduced_motion="reduce")
    page.goto(address)
    drawn = float(page.evaluate(_UNTIL_DRAWN)) / 1000
    page.close()
    return drawn


def _page_times(browser: Browser, address: str) -> dict[str, float]:
    """Medians: seconds to the first whole drawing, frames per second of a drag; marks, size of the answer."""
    drawn, frames, answers = [], [], []
    for _ in range(RUNS):
        page = browser.new_page(viewport=VIEWPORT, reduced_motion="reduce")
        page.on("response", lambda answer: answers.append(answer) if "/views/" in answer.url else None)
        page.goto(address)
        drawn.append(page.evaluate(_UNTIL_DRAWN) / 1000)
        frames.append(_drag(page))
        body = answers[-1].body()
        page.close()
    return {
        "s": statistics.median(drawn),
        "drag fps": statistics.median(frames),
        "marks": len(orjson.loads(body)["nodes"]),
        "kB": len(body) / 1000,
    }


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
