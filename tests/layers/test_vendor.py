"""What the browser gets from others: unchanged, licensed, small, and content with a strict page policy."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

VIZ = Path(__file__).parents[2] / "viz"
STATIC = VIZ / "static"
VENDOR = STATIC / "vendor"
BUDGET_BYTES = 200_000
SITE = "http://page.test/"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:"
PAGE = """<!doctype html><html lang="en"><head><title>t</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css"></head>
<body><div id="map"></div><script type="module" src="/page.js"></script></body></html>"""
SCRIPT = """
import { DataSet, Network } from "/vendor/vis-network.js";
const nodes = new DataSet([
  {id: 1, label: "张伟", x: -80, y: 0, title: "href <img src=x onerror=alert(1)>"},
  {id: 2, label: "b", x: 80, y: 0}]);
const edges = new DataSet([{id: 1, from: 1, to: 2, arrows: "to"}]);
const options = {physics: {enabled: false}, interaction: {hover: true, tooltipDelay: 0}};
window.network = new Network(document.getElementById("map"), {nodes, edges}, options);
window.network.once("afterDrawing", () => { document.body.dataset.drawn = "yes"; });
"""
CONTENT = {"/": ("text/html", PAGE), "/page.js": ("text/javascript", SCRIPT)}
CONTENT["/page.css"] = (
    "text/css",
    "#map { width: 400px; height: 300px; position: relative } .vis-tooltip { position: absolute }",
)


def listed_sums() -> dict[str, str]:
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def test_every_vendored_file_has_its_sum() -> None:
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert found == listed_sums()


def test_every_pinned_package_comes_with_its_licence() -> None:
    pinned = json.loads((VIZ / "assets" / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    licences = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    assert len(pinned) > 1
    for name, version in pinned.items():
        assert name == "esbuild" or f"\n{name} {version}\n" in f"\n{licences}"


def test_the_lock_of_the_build_names_no_address_to_fetch_from() -> None:
    lock = json.loads((VIZ / "assets" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: row for name, row in lock["packages"].items() if name}
    assert packages
    assert all("resolved" not in row and row["integrity"].startswith("sha512-") for row in packages.values())


@pytest.mark.parametrize("template", sorted(path.name for path in (VIZ / "templates").glob("*.html")))
def test_scripts_and_styles_of_a_page_stay_small(template: str) -> None:
    files = loaded_by(template)
    assert (VENDOR / "vis-network.js" in files) is (
        template in {"map.html", "org_chart.html", "influence.html"}
    )
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < BUDGET_BYTES


def test_every_script_and_style_is_of_some_page() -> None:
    used = {file for page in (VIZ / "templates").glob("*.html") for file in loaded_by(page.name)}
    all_of_them = {path for path in STATIC.rglob("*") if path.suffix in {".js", ".css"}}
    assert all_of_them == used


LINKED = re.compile(r"\{\{ (?:static|scripts)\(([^)]+)\)")
BUILT_UPON = re.compile(r'{%-? *\w+ "([\w.]+\.html)"')
IMPORTED = re.compile(r'"\./([\w./-]+\.js)"')


def loaded_by(template: str) -> set[Path]:
    """The scripts and styles a page may ever load: those it links and what these import, now or later."""
    text = (VIZ / "templates" / template).read_text(encoding="utf-8")
    found = set[Path]().union(*(loaded_by(other) for other in BUILT_UPON.findall(text)))
    named = re.findall(r"[\w./-]+\.(?:js|css)", " ".join(LINKED.findall(text)))
    waiting = [STATIC / name for name in named]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            if path.parent == STATIC and path.suffix == ".js":
                waiting += [STATIC / name for name in IMPORTED.findall(path.read_text(encoding="utf-8"))]
    return found


def serve(route: Route) -> None:
    path = route.request.url.removeprefix(SITE.rstrip("/"))
    if path.startswith("/vendor/"):
        kind = "text/javascript" if path.endswith(".js") else "text/css"
        body = (STATIC / path.removeprefix("/")).read_text(encoding="utf-8")
    elif path in CONTENT:
        kind, body = CONTENT[path]
    else:
        route.fulfill(status=404)
        return
    headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Security-Policy": POLICY}
    route.fulfill(body=body, headers=headers)


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    """A bare page under the policy of ours; nothing of it comes over a network."""
    context = browser.new_context(viewport={"width": 400, "height": 300})
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.route("**/*", serve)
    page.goto(SITE)
    page.wait_for_selector("body[data-drawn]", timeout=10_000)
    yield page
    context.close()


def test_the_bundle_draws_under_a_strict_policy(page: Page, complaints: list[str]) -> None:
    spot = page.evaluate("network.canvasToDOM(network.getPosition(1))")
    page.mouse.move(spot["x"] + 3, spot["y"] + 3)
    page.mouse.move(spot["x"], spot["y"])
    tooltip = page.locator(".vis-tooltip")
    tooltip.wait_for(state="visible", timeout=5_000)
    assert tooltip.inner_text() == "href <img src=x onerror=alert(1)>"
    assert page.locator("style").count() == 0
    assert complaints == []
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate(
            "document.head.append(document.createElement('style')); "
            "document.querySelector('style').innerText = 'p {}'"
        )
