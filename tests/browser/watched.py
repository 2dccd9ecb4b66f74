"""A page under watch: what it complained about, what it drew and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1366, "height": 768}
PROJECTOR = {"width": 1920, "height": 1080}

# Notes every text drawn on the map: what, how tall on screen, and where.
WATCH_DRAWING = """
window.drawn = new Map();
const fillText = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
  if (this.canvas.closest?.("#map")) {
    const { a, e, f } = this.getTransform();
    const scale = a / devicePixelRatio;
    const size = parseFloat(this.font.match(/([\\d.]+)px/)[1]) * scale;
    const box = this.canvas.getBoundingClientRect();
    const ink = this.measureText(text);
    const across = (dx) => box.x + (x + dx) * scale + e / devicePixelRatio;
    const down = (dy) => box.y + (y + dy) * scale + f / devicePixelRatio;
    const before = window.drawn.get(text);
    if (!before || before.size <= size) window.drawn.set(text, {
      size, alpha: this.globalAlpha, x: box.x + x * scale + e / devicePixelRatio,
      y: box.y + y * scale + f / devicePixelRatio,
      x0: across(-ink.actualBoundingBoxLeft), x1: across(ink.actualBoundingBoxRight),
      y0: down(-ink.actualBoundingBoxAscent), y1: down(ink.actualBoundingBoxDescent),
    });
  }
  return fillText.call(this, text, x, y, ...more);
};
document.addEventListener(
  "securitypolicyviolation", (event) => console.error(`CSP ${event.violatedDirective}`));
"""


@dataclass
class Watched:
    """A page, what it complained about, and the dialogs that opened."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str, wait_until: Literal["load", "commit"] = "load") -> Watched:
        """Goes to an address; a map is waited for until it is drawn."""
        self.page.goto(address, wait_until=wait_until)
        if "/org-chart" in address or "/influence" in address:
            self.page.wait_for_selector("html[data-ready]", timeout=20_000)
            self.settle()
        return self

    def settle(self) -> None:
        """Waits until the drawing has caught up."""
        self.page.wait_for_selector("#map:not([aria-busy])")
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def drawn(self) -> dict[str, dict[str, float]]:
        """The texts now on the map, drawn anew: height in pixels, opacity, place on screen."""
        self.page.emulate_media(color_scheme="dark")
        self.settle()
        self.page.evaluate("window.drawn.clear()")
        self.page.emulate_media(color_scheme="light")
        self.settle()
        found: dict[str, dict[str, float]] = self.page.evaluate("Object.fromEntries(window.drawn)")
        return found

    def click_on(self, text: str) -> None:
        """Clicks the map where it says `text`."""
        place = self.drawn()[text]
        self.page.mouse.click(place["x"] + 4, place["y"])
        self.settle()

    def view(self) -> dict[str, Any]:
        """The view the page asked for last, asked for once more."""
        address = self.page.evaluate(
            "performance.getEntriesByType('resource').map((one) => one.name)"
            ".filter((name) => name.includes('/views/')).at(-1)"
        )
        answer = self.page.request.get(address)
        assert answer.ok
        found: dict[str, Any] = answer.json()
        return found

    def query(self) -> dict[str, Any]:
        """The names and values in the page's address."""
        found: dict[str, Any] = self.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
        return found
