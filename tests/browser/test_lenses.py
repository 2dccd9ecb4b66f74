"""Lenses over the maps: step by step, what if, a day before; named views, and presenting them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.watched import LAPTOP, PROJECTOR, Watched
from viz.texts import texts

Browse = Callable[..., Watched]
ORG, MAP = "/accounts/jichuan/org-chart", "/accounts/jichuan/influence"
PLATFORM = "opportunity_id=energy-platform"
VIEWS = "/api/v1/saved-views"


def file_asked(page: Page, form: str) -> str:
    """What a click in the output menu asks the service for."""
    asked: str = page.locator(f"#{form}").evaluate(
        "(link) => { addEventListener('click', (event) => event.preventDefault(), { once: true });"
        " link.click(); return link.href; }"
    )
    return asked


def lens(page: Page, name: str) -> None:
    """Opens a lens by its menu."""
    page.locator(".tools summary").first.click()
    page.locator(f"button[data-lens={name}]").click()


@pytest.fixture
def no_views(site: str, browse: Browse) -> Iterator[None]:
    """The account of the demo without saved views, before and after."""
    request = browse().page.request

    def away() -> None:
        for view in request.get(f"{site}{VIEWS}?account_id=jichuan").json()["items"]:
            headers = {"If-Match": f'"r{view["revision"]}"'}
            assert request.delete(f"{site}{VIEWS}/{view['id']}", headers=headers).ok

    away()
    yield
    away()


def test_the_steps_are_walked_by_keys_and_each_move_says_why(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{MAP}?{PLATFORM}&step=brew")
    page = watched.page
    lens(page, "steps")
    slider = page.locator("#step-slider")
    expect(slider).to_have_attribute("aria-valuetext", "Brew")
    slider.focus()
    page.keyboard.press("End")
    title = page.locator("#panel-body .panel-title").first
    expect(title).to_have_text("From Brew to Install")
    moved = page.locator("#panel-body .fact-lines").first
    expect(moved.locator("li").first.locator("small")).to_contain_text("share")
    assert watched.query()["step"] == page.locator("#step").input_value() == "install"
    assert violations(watched) == []
    watched.settle()
    signs = [text for text in watched.drawn() if text[0] in "▲▼"]
    assert len(signs) >= 2
    page.locator(".lens-close").click()
    expect(page.locator("#lens")).to_be_hidden()
    expect(title).to_have_text("At a glance")
    assert watched.complaints == []


def test_what_if_compares_and_stores_nothing_and_its_link_shows_the_same(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{MAP}?{PLATFORM}")
    page = watched.page
    newest = page.request.get(f"{site}/api/v1/accounts/jichuan/trust").json()["provenance"][
        "account_sequence"
    ]
    lens(page, "if")
    page.locator(".lens-who").select_option("lin-lan")
    page.locator("#lens").get_by_role("button", name="Add").click()
    panel = page.locator("#panel-body")
    chains = panel.locator("section", has=page.locator("h3", has_text="Decision chains"))
    line = chains.locator("li", has_text="Wang Jianguo")
    expect(line).to_contain_text("62% → 48%")
    expect(page.locator("#assumed li")).to_have_text(["Lin Lan leaves×"])
    assert "62% → 48%" in watched.drawn()
    assert "if=leave%7Elin-lan" in file_asked(page, "svg")
    assert violations(watched) == []
    again = page.request.get(f"{site}/api/v1/accounts/jichuan/trust").json()["provenance"]["account_sequence"]
    assert again == newest
    linked = browse(viewport=LAPTOP, lang="zh").open(page.url).page
    expect(linked.locator("#assumed li")).to_have_text(["林澜离开×"])
    expect(linked.locator("#panel-body")).to_contain_text("62% → 48%")
    page.locator("#assumed button").click()
    expect(chains).to_have_count(0)
    assert "if" not in watched.query()
    assert watched.complaints == []


def test_what_if_begins_at_a_person_and_takes_another_attitude(site: str, browse: Browse) -> None:
    watched = browse(viewport=PROJECTOR).open(f"{site}{ORG}?opportunity_id=smart-line-2&contact=liu-zhiyuan")
    page = watched.page
    page.locator(".person-tools").get_by_role("button", name="What if…").click()
    expect(page.locator(".lens-who")).to_have_value("liu-zhiyuan")
    page.get_by_label("What happens").select_option("attitude")
    page.get_by_label("Attitude", exact=True).select_option("1")
    page.locator("#lens").get_by_role("button", name="Add").click()
    expect(page.locator("#assumed li")).to_have_text(["Liu Zhiyuan: Supportive (Smart Line II)×"])
    page.locator("#map").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#panel-body")).to_contain_text("Liu Zhiyuan → –")
    assert watched.complaints == []


def test_a_day_before_shows_what_is_new_gone_and_changed(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{ORG}?{PLATFORM}")
    page = watched.page
    lens(page, "since")
    panel = page.locator("#panel-body")
    expect(panel.locator("h3", has_text="Changed")).to_be_visible()
    expect(panel.locator(".note").first).to_contain_text("new,")
    assert len(watched.query()["since"]) == 10
    page.get_by_label("What is compared").select_option("known")
    page.get_by_label("Weeks back").press("End")  # the script sets the day, and it is told as any
    day = page.get_by_label("The day before")
    told = texts("en").day(date.fromisoformat(day.input_value()))
    expect(page.locator(".dated", has=day).locator(".dated-said")).to_have_text(told)
    expect(day).to_have_accessible_description(told)
    day.fill("2020-01-01")
    expect(panel.locator(".note").first).to_contain_text("1 Jan 2020")
    expect(panel.locator(".note").first).not_to_contain_text("0 new")
    assert watched.query()["known"] == "2020-01-01"
    assert "since" not in watched.query()
    expect(panel.locator("h3", has_text="New")).to_be_visible()
    watched.settle()
    folded = [node["fold"]["count"] for node in watched.view()["nodes"] if node["fold"]]
    assert {f"+{count}" for count in folded} <= set(watched.drawn())  # chips say how many of theirs are new
    assert "known=2020-01-01" in file_asked(page, "pdf")
    assert violations(watched) == []


@pytest.mark.usefixtures("no_views")
def test_a_view_is_saved_opened_by_its_link_renamed_and_deleted(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{MAP}?{PLATFORM}&step=commit&hide=edge:courts")
    page = watched.page
    place = watched.drawn()["Sha Ou"]
    page.mouse.move(place["x"], place["y"] - 20)
    page.mouse.down()
    page.mouse.move(place["x"] + 60, place["y"] - 80, steps=4)
    page.mouse.up()
    menu = page.locator(".tools summary", has_text="Views")
    menu.click()
    expect(page.locator("#saved-views")).to_contain_text("None yet")
    page.locator("#save-view").click()
    page.get_by_label("Name").fill("Who decides at commit")
    page.locator("dialog").get_by_role("button", name="Save").click()
    expect(page.locator(".toast.open")).to_contain_text("Who decides at commit: saved")
    menu.click()
    link = page.locator("#saved-views a")
    expect(link).to_contain_text("Who decides at commit")
    assert violations(watched) == []
    moved = watched.drawn()["Sha Ou"]
    opened = browse(viewport=LAPTOP).open(f"{site}{link.get_attribute('href')}")
    assert opened.query()["step"] == "commit"
    assert opened.query()["hide"] == "edge:courts"
    there = opened.drawn()["Sha Ou"]
    assert (there["x"], there["y"]) == pytest.approx((moved["x"], moved["y"]), abs=2)
    assert there["y"] < place["y"] - 30
    page.get_by_role("button", name="Change Who decides at commit").click()
    page.get_by_label("Name").fill("Commit")
    page.get_by_label("Shared with all").check()
    page.locator("dialog").get_by_role("button", name="Save").click()
    menu.click()
    expect(link.locator("small")).to_have_text("Influence map · shared")
    page.get_by_role("button", name="Change Commit").click()
    page.locator("dialog").get_by_role("button", name="Delete").click()
    expect(page.locator(".toast.open")).to_contain_text("Commit deleted")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast.open")).to_contain_text("Undone")
    menu.click()
    expect(link).to_contain_text("Commit")
    assert watched.complaints == []


@pytest.mark.usefixtures("no_views")
def test_saved_views_are_presented_by_keys_on_both_maps(site: str, browse: Browse) -> None:
    watched = browse(viewport=PROJECTOR)
    views = (
        ("The chart", "org-chart", {"unfold": "none"}),
        ("At commit", "influence", {"step": "commit", "opportunity_id": "energy-platform"}),
        ("If Lin Lan leaves", "influence", {"if": "leave~lin-lan"}),
    )
    for name, view, query in views:
        body = {"account_id": "jichuan", "name": name, "view": view, "query": query}
        assert watched.page.request.post(f"{site}{VIEWS}", data=body).ok
    page = watched.open(f"{site}{ORG}").page
    page.locator(".tools summary", has_text="Views").click()
    rows = page.locator("#saved-views .view-row a")
    expect(rows).to_have_count(3)
    page.get_by_role("button", name="Move If Lin Lan leaves up").click()
    expect(rows.nth(1)).to_contain_text("If Lin Lan leaves")
    expect(page.get_by_role("button", name="Move If Lin Lan leaves up")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(rows.nth(2)).to_contain_text("If Lin Lan leaves")
    expect(page.locator("#live")).to_have_text("If Lin Lan leaves is now number 3 of 3")
    expect(page.get_by_role("button", name="Move If Lin Lan leaves down")).to_be_disabled()
    page.locator("#present").click()
    caption = page.locator(".caption-said")
    expect(caption).to_have_text("The chart 1/3")
    for chrome in (".top", ".toolbar", ".strip", "#tables", "#panel"):
        expect(page.locator(chrome)).to_be_hidden()
    assert violations(watched) == []
    page.keyboard.press("ArrowRight")
    expect(caption).to_have_text("At commit 2/3")
    page.wait_for_url("**/influence?**")
    watched.settle()
    assert "Commit" in page.locator("#step option:checked").inner_text()
    page.keyboard.press("PageDown")
    expect(caption).to_contain_text("If Lin Lan leaves · What if: for us")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(caption).to_have_text("The chart 1/3")
    page.wait_for_url("**/org-chart?**")
    watched.settle()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.keyboard.press("Escape")
    expect(page.locator(".toolbar")).to_be_visible()
    expect(page.locator(".caption")).to_have_count(0)
    assert watched.complaints == []
