"""Changing things on a map: by dragging, by clicking on lines, by keys and by the buttons of the panel."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.watched import LAPTOP, PROJECTOR, Watched
from viz.texts import texts

Browse = Callable[..., Watched]
ORG, MAP = "/accounts/jichuan/org-chart", "/accounts/jichuan/influence"
API = "/api/v1/edges"


def items(page: Page, site: str, path: str) -> list[dict[str, Any]]:
    answer = page.request.get(f"{site}{API}/{path}")
    assert answer.ok
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def bosses(page: Page, site: str, contact: str) -> set[str]:
    """To whom somebody reports now by a solid line."""
    lines = items(page, site, f"reports_to?source_id={contact}&line=solid")
    return {line["target_id"] for line in lines if not line.get("until")}


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 12, start[1] + 12, steps=2)
    page.mouse.move(*end, steps=4)
    page.mouse.up()


class Places:
    """Where things of the drawing are on screen, from the names of two people."""

    def __init__(self, watched: Watched, one: str, other: str) -> None:
        self.drawn = watched.drawn()
        self.nodes = {node["name"]: node for node in watched.view()["nodes"]}
        self.edges = watched.view()["edges"]
        (self.ax, self.bx), (self.ay, self.by) = (self._axis(one, other, axis) for axis in "xy")

    def _axis(self, one: str, other: str, axis: str) -> tuple[float, float]:
        (a, b), (c, d) = ((self.nodes[name][axis], self.drawn[name][axis]) for name in (one, other))
        scale = (d - b) / (c - a)
        # A name begins 20 units from the left edge of its card, at a fifth of its height.
        node = self.nodes[one]
        shift = 20 - node["w"] / 2 if axis == "x" else -0.3 * node["h"]
        return scale, b - scale * (a + shift)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the drawing is on screen."""
        return self.ax * x + self.bx, self.ay * y + self.by


def test_people_are_dragged_under_another_boss_and_back(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{ORG}")
    page = watched.page
    page.locator("#new-person").wait_for()
    drawn = watched.drawn()
    place = {
        name: (drawn[name]["x"] + 6, drawn[name]["y"])
        for name in ("He Jun", "Zhou Min", "Chen Lixin", "Li Guoqiang")
    }
    drag(page, place["He Jun"], place["Zhou Min"])
    toast = page.locator(".toast.open")
    expect(toast).to_contain_text("5 people moved under Zhou Min")
    assert bosses(page, site, "he-jun") == {"zhou-min"}
    page.locator("#map").focus()
    page.keyboard.press("Control+z")
    expect(toast).to_contain_text("Undone")
    assert bosses(page, site, "he-jun") == {"chen-lixin"}
    watched.settle()
    before = bosses(page, site, "chen-lixin")
    drag(page, place["Chen Lixin"], place["Li Guoqiang"])
    expect(toast).to_contain_text("Li Guoqiang stands below Chen Lixin")
    assert bosses(page, site, "chen-lixin") == before
    assert watched.complaints == []


def test_lines_are_drawn_from_the_handle_and_edited_by_a_click(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{ORG}")
    page = watched.page
    page.locator("#new-person").wait_for()
    watched.click_on("Cao Wenjing")
    page.locator("#panel .person-acts").wait_for()
    places = Places(watched, "Cao Wenjing", "Chen Lixin")
    cao = places.nodes["Cao Wenjing"]
    handle = places.at(cao["x"] + cao["w"] / 2, cao["y"])
    target = places.drawn["Sun Haitao"]
    drag(page, handle, (target["x"] + 8, target["y"]))
    dialog = page.locator("dialog")
    expect(dialog.locator("h2")).to_have_text("Influences: Cao Wenjing → Sun Haitao")
    dialog.locator("input[type=number]").first.fill("0.45")
    dialog.get_by_role("button", name="Save").click()
    toast = page.locator(".toast.open")
    expect(toast).to_contain_text("added")
    made = items(page, site, "influences?source_id=cao-wenjing&target_id=sun-haitao")
    assert [line["weight"] for line in made] == [0.45]
    toast.get_by_role("button", name="Undo").click()
    expect(toast).to_contain_text("Undone")
    assert items(page, site, "influences?source_id=cao-wenjing&target_id=sun-haitao") == []
    watched.settle()
    line = next(edge for edge in places.edges if edge["to"] == "liu-zhiyuan" and edge["kind"] == "reports_to")
    middle = [(first + second) / 2 for first, second in zip(*line["points"][-2:], strict=True)]
    page.mouse.click(*places.at(*middle))  # what was seen stays in its place when something is saved
    panel = page.locator("#panel-body")
    expect(panel.locator("h2")).to_have_text("Wang Jianguo → Liu Zhiyuan")
    page.locator("#map").focus()
    page.keyboard.press("e")
    expect(dialog.locator("h2")).to_contain_text("Reports to")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert watched.complaints == []


def test_all_of_it_by_keyboard_in_chinese(site: str, browse: Browse) -> None:
    said = texts("zh")
    watched = browse(lang="zh", viewport=PROJECTOR).open(f"{site}{MAP}?contact=cao-wenjing")
    page, dialog, toast = watched.page, watched.page.locator("dialog"), watched.page.locator(".toast.open")
    page.locator("#panel .person-acts").wait_for()
    page.locator("#panel .vote summary").first.wait_for()
    page.locator("#map").focus()
    page.keyboard.press("i")
    expect(dialog.locator("h2")).to_contain_text("曹文静")
    page.locator("dialog [role=combobox]").first.fill("chen l")
    page.locator(".picker-list [role=option]", has_text="陈立新").wait_for()
    page.keyboard.press("Enter")
    assert violations(watched) == []
    page.keyboard.press("Control+Enter")
    expect(toast).to_contain_text("陈立新")
    toast.get_by_role("button", name=said("Undo")).click()
    expect(toast).to_contain_text("已撤销")
    page.get_by_role("button", name=said("Reports to…")).focus()
    page.keyboard.press("Enter")
    expect(dialog.locator("[role=combobox]")).to_be_focused()
    page.keyboard.type("cao wenj")
    page.locator(".picker-list [role=option]", has_text="曹文静").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(dialog.locator("[role=alert]")).to_contain_text(said("Nobody is their own boss."))
    page.keyboard.press("Escape")
    page.locator("#new-person").focus()
    page.keyboard.press("Enter")
    expect(dialog.locator("input[type=text]").first).to_be_focused()
    page.keyboard.type("试新人")
    assert violations(watched) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel h2")).to_contain_text("试新人")
    page.wait_for_load_state("networkidle")  # what the panel asks of a person is answered before it goes
    page.locator("#map").focus()
    page.keyboard.press("Control+z")
    expect(toast).to_contain_text(re.compile("已撤销.*试新人"))
    page.locator("#tab-ties").focus()
    page.keyboard.press("Enter")
    page.locator("#table-ties tbody tr", has_text="影响").first.get_by_role("button", name="影响").focus()
    page.keyboard.press("Enter")
    page.locator("#panel .tie-acts").wait_for()
    assert watched.complaints == []


def test_another_day_is_only_looked_at(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{ORG}?on=2026-01-15&contact=li-guoqiang")
    page = watched.page
    page.locator("#panel .tie-name").first.wait_for()
    assert page.locator("#panel .person-acts").count() == 0
    assert page.locator("#new-person").is_hidden()
    page.locator("#map").focus()
    page.keyboard.press("e")
    expect(page.locator(".toast.open")).to_contain_text("Another day")
    assert page.locator("dialog").count() == 0
