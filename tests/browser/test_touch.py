"""A map by fingers: one pans, two zoom, a long press takes a card or opens its menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.test_map_editing import bosses
from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]
ORG = "/accounts/jichuan/org-chart"
Point = tuple[float, float]


class Fingers:
    """Fingers on the glass of a page."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)

    def _send(self, kind: str, *points: Point) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def down(self, *points: Point) -> None:
        self._send("touchStart", *points)

    def move(self, *points: Point) -> None:
        self._send("touchMove", *points)

    def up(self) -> None:
        self._send("touchEnd")


@pytest.fixture
def touched(site: str, browse: Browse) -> tuple[Watched, Fingers, dict[str, Any]]:
    """The org chart on a touch screen, fingers, and where the names are."""
    watched = browse(viewport=LAPTOP, has_touch=True).open(f"{site}{ORG}")
    watched.page.locator("#new-person").wait_for()
    return watched, Fingers(watched.page), watched.drawn()


def test_one_finger_pans_and_two_zoom(touched: tuple[Watched, Fingers, dict[str, Any]]) -> None:
    watched, fingers, drawn = touched
    x, y = 200.0, 600.0
    fingers.down((x, y))
    for step in range(1, 6):
        fingers.move((x + 20 * step, y - 8 * step))
    fingers.up()
    panned = watched.drawn()
    assert panned["Wang Jianguo"]["x"] == pytest.approx(drawn["Wang Jianguo"]["x"] + 100, abs=25)
    assert panned["Wang Jianguo"]["size"] == pytest.approx(drawn["Wang Jianguo"]["size"], rel=0.02)
    fingers.down((x, y), (x + 100, y))
    for step in range(1, 6):
        fingers.move((x - 15 * step, y), (x + 100 + 15 * step, y))
    fingers.up()
    assert watched.drawn()["Liang Wei"]["size"] > panned["Liang Wei"]["size"] * 1.2
    assert watched.complaints == []


def test_a_long_press_opens_the_menu_of_a_person(touched: tuple[Watched, Fingers, dict[str, Any]]) -> None:
    watched, fingers, drawn = touched
    page, place = watched.page, drawn["He Jun"]
    fingers.down((place["x"] + 6, place["y"]))
    page.locator("#map.held").wait_for()
    fingers.up()
    menu = page.locator(".press-menu")
    expect(menu.get_by_role("button")).to_have_text(["Details", "Focus", "What if…", "Edit", "Reports to…"])
    menu.get_by_role("button", name="Details").click()
    expect(menu).to_have_count(0)
    expect(page.locator("#panel-body h2").first).to_contain_text("He Jun")
    assert watched.complaints == []


def test_a_card_is_dragged_under_another_boss_by_a_finger(
    site: str, touched: tuple[Watched, Fingers, dict[str, Any]]
) -> None:
    watched, fingers, drawn = touched
    page = watched.page
    start, end = ((drawn[name]["x"] + 6, drawn[name]["y"]) for name in ("He Jun", "Zhou Min"))
    fingers.down(start)
    page.locator("#map.held").wait_for()
    for step in range(1, 9):
        share = step / 8
        fingers.move((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    fingers.up()
    toast = page.locator(".toast.open")
    expect(toast).to_contain_text("5 people moved under Zhou Min")
    assert bosses(page, site, "he-jun") == {"zhou-min"}
    toast.get_by_role("button", name="Undo").click()
    expect(toast).to_contain_text("Undone")
    assert bosses(page, site, "he-jun") == {"chen-lixin"}
    assert watched.complaints == []
