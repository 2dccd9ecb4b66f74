"""What leaves the page: the whole map as PNG, the server's SVG, paper."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.watched import LAPTOP, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Page

Browse = Callable[..., Watched]


def chosen(page: Page, output: str) -> None:
    """Opens the menu of outputs and takes one."""
    page.locator(".tools summary", has_text="Output").click()
    page.locator(output).click()


@pytest.mark.parametrize("path", ["org-chart?unfold=all", "influence"])
def test_the_png_is_the_whole_map_at_twice_its_size(
    site: str, browse: Browse, path: str, tmp_path: Path
) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}/accounts/jichuan/{path}")
    page, view = watched.page, watched.view()
    page.locator("#map").focus()
    for _ in range(4):
        page.keyboard.press("+")
    with page.expect_download() as download:
        chosen(page, "#png")
    assert download.value.suggested_filename == f"jichuan-{path.partition('?')[0]}.png"
    download.value.save_as(tmp_path / "map.png")
    content = (tmp_path / "map.png").read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    bounds = view["bounds"]
    assert width == pytest.approx(2 * (bounds["x1"] - bounds["x0"]), abs=2)
    assert height > 2 * (bounds["y1"] - bounds["y0"])
    assert _people_missing(page, content, view) == []
    page.locator("#zoom-fit").click()
    watched.click_on("Zhou Min")  # the map on screen goes on answering
    page.locator("#panel h2", has_text="Zhou Min").wait_for()
    assert watched.complaints == []


# People at whose place the picture shows nothing but the ground; 78 is the height of the picture's title.
MISSING = """async ([data, nodes, bounds]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const colour = (x, y) => {
    const [left, top] = [2 * (x - bounds.x0), 2 * (y - bounds.y0 + 78)];
    return context.getImageData(Math.round(left), Math.round(top), 1, 1).data.join();
  };
  return nodes.filter((node) => {
    const half = node.w ? node.w / 2 - 2 : node.r * 0.8;
    const aside = [-half * (node.w ? 1 : 1.6), -half * 0.9, 0, half * 0.3, half];
    const seen = aside.map((away) => colour(node.x + away, node.y));
    return new Set(seen).size < 2;
  }).map((node) => node.id);
}"""


def _people_missing(page: Page, content: bytes, view: dict[str, Any]) -> list[str]:
    data = base64.b64encode(content).decode()
    found: list[str] = page.evaluate(MISSING, [data, view["nodes"], view["bounds"]])
    return found


def test_the_svg_link_gives_the_servers_drawing_of_what_is_shown(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}/accounts/jichuan/org-chart?step=brew&lang=zh")
    address = watched.page.locator("#svg").get_attribute("href")
    assert address is not None
    assert "step=brew" in address
    assert "lang=zh" in address
    answer = watched.page.request.get(f"{site}{address}")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    text = answer.text()
    assert all(node["name"] in text for node in watched.view()["nodes"])


def test_print_puts_the_whole_map_on_paper(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP)
    page = watched.page
    page.add_init_script(
        "window.print = () => { const paper = document.getElementById('paper');"
        " const shown = document.body.classList.contains('on-paper');"
        " document.body.dataset.printed = [shown, paper.naturalWidth, paper.naturalHeight]; };"
    )
    watched.open(f"{site}/accounts/jichuan/influence")
    chosen(page, "#print")
    on_paper, width, height = (page.locator("body[data-printed]").get_attribute("data-printed") or "").split(
        ","
    )
    assert on_paper == "true"
    assert min(int(width), int(height)) > 1000
    page.emulate_media(media="print")
    assert page.locator(".toolbar").is_hidden()
    assert page.locator("#table-ties").is_visible()


def test_paper_and_personal_fields_are_chosen_in_the_menu(site: str, browse: Browse) -> None:
    page = browse(viewport=LAPTOP).open(f"{site}/accounts/jichuan/influence").page
    asked = "(link) => { link.onclick = (event) => event.preventDefault(); link.click(); return link.href; }"
    assert "paper=A4" in page.locator("#pdf-a4").evaluate(asked)
    plain = page.locator("#pdf").evaluate(asked)
    assert "paper=A3" in plain
    assert "personal" not in plain
    chosen(page, "#personal-fields")
    told = page.locator("#pdf").evaluate(asked)
    assert "personal=true" in told
    assert page.request.get(told).headers["content-type"] == "application/pdf"
