"""On a laptop screen: names stay readable, side panels stay away until asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.watched import LAPTOP, PHONE, PROJECTOR, Watched
from tests.unit.viz.shapes import overlapping
from viz.layout.boxes import Box

Browse = Callable[..., Watched]
LEAST_NAME_PX = 11
PAGES = ("org-chart", "org-chart?unfold=all", "influence", "influence?opportunity_id=energy-platform")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_names_are_readable_and_none_lies_on_another(site: str, browse: Browse, page: str, lang: str) -> None:
    watched = browse(viewport=LAPTOP, lang=lang).open(f"{site}/accounts/jichuan/{page}")
    drawn = watched.drawn()
    names = {node["name"] for node in watched.view()["nodes"]}
    seen = {name: drawn[text] for name in names if (text := _as_drawn(name, drawn))}
    assert len(seen) > len(names) * 0.9
    assert {name: place["size"] for name, place in seen.items() if place["size"] < LEAST_NAME_PX} == {}
    box = watched.page.locator("#map").bounding_box()
    assert box is not None
    for name, place in seen.items():
        assert box["x"] <= place["x"] <= box["x"] + box["width"], name
        assert box["y"] <= place["y"] <= box["y"] + box["height"], name
    assert on_one_another(drawn) == []
    for _ in range(2):
        watched.page.locator("#zoom-out").click()
    assert on_one_another(watched.drawn()) == []


def on_one_another(drawn: dict[str, dict[str, float]]) -> list[tuple[str, str]]:
    """The texts drawn over others."""
    boxes = [
        (text, Box(place["x0"], place["y0"], place["x1"], place["y1"]))
        for text, place in drawn.items()
        if text != "?"
    ]
    assert len(boxes) > 10
    return overlapping(boxes)


def test_the_whole_map_stays_on_screen_when_its_room_changes(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}/accounts/jichuan/influence")
    page = watched.page
    before = watched.drawn()
    for size in (PROJECTOR, {"width": 1024, "height": 700}, PROJECTOR):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        watched.settle()
    page.locator("#toggle-panel").click()
    page.locator("#toggle-side").click()
    watched.settle()
    box = page.locator("#map").bounding_box()
    assert box is not None
    drawn = watched.drawn()
    names = {node["name"] for node in watched.view()["nodes"] if node["name"] in before}
    assert len(names) > 20
    for name in names:
        place = drawn[name]
        assert box["x"] <= place["x0"] < place["x1"] <= box["x"] + box["width"], name
        assert box["y"] <= place["y0"] < place["y1"] <= box["y"] + box["height"], name
    assert all(drawn[name]["size"] > before[name]["size"] for name in names)


def _as_drawn(name: str, drawn: dict[str, dict[str, float]]) -> str | None:
    """The name, or its beginning where it was cut."""
    if name in drawn:
        return name
    return next((text for text in drawn if text.endswith("…") and name.startswith(text[:-1])), None)


def test_side_panels_open_when_asked_for_and_leave_one_another_room(site: str, browse: Browse) -> None:
    page = browse(viewport=LAPTOP).open(f"{site}/accounts/jichuan/influence").page
    side, panel = page.locator("#side"), page.locator("#panel")
    assert side.is_hidden()
    assert panel.is_hidden()
    assert page.locator("#legend-strip").is_visible()
    page.locator("#toggle-side").click()
    assert side.is_visible()
    page.locator("#toggle-panel").click()
    assert panel.is_visible()
    assert side.is_hidden()
    page.locator("#panel .close").click()
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.id") == "toggle-panel"


def test_charts_start_folded_on_a_laptop_and_unfolded_where_there_is_room(site: str, browse: Browse) -> None:
    address = f"{site}/accounts/jichuan/org-chart"
    folded = browse(viewport=LAPTOP).open(address).view()
    roomy = browse(viewport=PROJECTOR).open(address)
    unfolded = roomy.view()
    assert len(folded["nodes"]) < len(folded["tables"]["people"])
    assert len(unfolded["nodes"]) == len(unfolded["tables"]["people"])
    assert roomy.query() == {}
    with roomy.page.expect_response(lambda answer: "/views/org-chart" in answer.url):
        roomy.page.locator("#fold-all").click()
    roomy.settle()
    assert len(roomy.view()["nodes"]) == len(folded["nodes"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_telephone_shows_map_menus_and_tables_within_its_width(
    site: str, browse: Browse, lang: str
) -> None:
    page = browse(viewport=PHONE, lang=lang).open(f"{site}/accounts/jichuan/influence").page
    page.locator(".tools summary").first.click()
    page.locator("button[data-lens=steps]").click()
    page.locator("#step-slider").wait_for()
    page.locator("#table-people tbody tr").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
