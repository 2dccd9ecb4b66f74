"""Working with a map: keys, search, picking, legend, folding, focus; all of it kept in the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]
ORG, MAP = "/accounts/jichuan/org-chart", "/accounts/jichuan/influence"


def test_the_way_by_keyboard(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{MAP}")
    page, said = watched.page, watched.page.locator("#live")
    page.locator("#map").focus()
    page.keyboard.press("ArrowDown")
    first = watched.query()["contact"]
    assert said.inner_text()
    page.keyboard.press("ArrowDown")
    second = watched.query()["contact"]
    assert second != first
    nodes = {node["id"]: node for node in watched.view()["nodes"]}
    assert nodes[second]["y"] > nodes[first]["y"]
    assert nodes[second]["name"] in said.inner_text()
    assert page.locator("#panel").is_hidden()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    assert page.locator("#panel h2").inner_text().startswith(nodes[second]["name"])
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "map"
    page.keyboard.press("Escape")
    assert "contact" not in watched.query()
    assert watched.complaints == []


def test_zoom_by_keys_and_back(site: str, browse: Browse) -> None:
    watched = browse().open(f"{site}{MAP}")
    page = watched.page
    page.locator("#map").focus()
    name = watched.view()["tables"]["people"][0]["name"]
    fitted = watched.drawn()[name]["size"]
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert watched.drawn()[name]["size"] > fitted * 1.3
    page.keyboard.press("0")
    assert watched.drawn()[name]["size"] == pytest.approx(fitted)


FOUND = [
    ("lgq", "Li Guoqiang"),
    ("liang wei", "Liang Wei"),
    ("李国", "Li Guoqiang"),
    ("liw", "Liang Wei"),
    ("liguoq", "Li Guoqiang"),
    ("lgqiang", "Li Guoqiang"),
    ("tel", "Tom Ellery"),
]


def test_search_by_initials_pinyin_and_characters(site: str, browse: Browse) -> None:
    watched = browse().open(f"{site}{ORG}")
    page = watched.page
    for typed, name in FOUND:
        page.locator("#map").focus()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search"
        page.keyboard.type(typed)
        assert page.locator("#found [aria-selected=true] .found-name").inner_text().startswith(name), typed
        page.keyboard.press("Enter")
        page.locator("#panel h2").filter(has_text=name).wait_for()
        assert watched.drawn()[name]["size"] >= 11
        page.locator("#map").focus()
        page.keyboard.press("Escape")
        page.locator("#panel h2").filter(has_text=name).wait_for(state="detached")


def test_search_by_department_and_for_nobody(site: str, browse: Browse) -> None:
    watched = browse().open(f"{site}{ORG}")
    departments = {row["department_name"] or "" for row in watched.view()["tables"]["people"]}
    watched.page.locator("#search").fill("quality")
    seats = watched.page.locator("#found .found-seat").all_inner_texts()
    assert any("quality" in name.lower() for name in departments)
    assert seats
    assert all("quality" in seat.lower() for seat in seats)
    watched.page.locator("#search").fill("zzzz")
    assert watched.page.locator("#found .found-name").count() == 0
    assert "Nobody found" in watched.page.locator("#found").inner_text()


def test_somebody_folded_away_is_unfolded_when_found(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{ORG}")
    away = next(row for row in watched.view()["tables"]["people"] if not row["shown"])
    assert away["name"] not in watched.drawn()
    watched.page.locator("#search").fill(away["name"])
    watched.page.keyboard.press("Enter")
    watched.page.locator("#panel h2").filter(has_text=away["name"]).wait_for()
    assert away["name"] in watched.drawn()
    assert away["fold_key"] in watched.query()["unfold"].split(",")
    again = browse(viewport=LAPTOP).open(watched.page.url)
    assert away["name"] in again.drawn()


def test_folding_keeps_what_is_open_in_the_address(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{ORG}")
    page = watched.page
    folded = len(watched.view()["nodes"])
    head = next(node for node in watched.view()["nodes"] if node["fold"] and not node["fold"]["open"])
    page.evaluate("(id) => history.replaceState(null, '', `?contact=${id}`)", head["id"])
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.locator("#map").focus()
    with page.expect_response(lambda answer: "/views/org-chart" in answer.url):
        page.keyboard.press("Space")
    watched.settle()
    assert watched.query()["unfold"] == head["fold"]["key"]
    assert len(watched.view()["nodes"]) > folded
    with page.expect_response(lambda answer: "/views/org-chart" in answer.url):
        page.locator("#unfold-all").click()
    watched.settle()
    everybody = watched.view()
    assert len(everybody["nodes"]) == len(everybody["tables"]["people"])
    said = set(watched.drawn())  # long names are parted, none is cut
    assert all(node["name"] in said or set(node["name"].split(" ")) & said for node in everybody["nodes"])
    assert not [text for text in said for node in everybody["nodes"] if cut_from(text, node["name"])]
    with page.expect_response(lambda answer: "/views/org-chart" in answer.url):
        page.locator("#fold-all").click()
    watched.settle()
    assert len(watched.view()["nodes"]) == folded


def cut_from(text: str, name: str) -> bool:
    return text.endswith("…") and name.startswith(text.removesuffix("…"))


def test_the_chip_unfolds_by_mouse(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{site}{ORG}")
    chip = next(text for text in watched.drawn() if text.startswith("+"))
    before = len(watched.view()["nodes"])
    with watched.page.expect_response(lambda answer: "unfold=" in answer.url):
        watched.click_on(chip)
    watched.settle()
    assert len(watched.view()["nodes"]) > before


def test_the_legend_hides_picks_out_and_counts(site: str, browse: Browse) -> None:
    watched = browse().open(f"{site}{MAP}")
    page = watched.page
    view = watched.view()
    rows = page.locator("#legend .legend-row")
    assert rows.count() == len(view["legend"])
    row = next(row for row in view["legend"] if row["key"] == "attitude:1")
    people = [node["name"] for node in view["nodes"] if "attitude:1" in node["keys"]]
    assert row["count"] == len(people)
    box = rows.filter(has_text=row["label"]).first.locator("input")
    box.uncheck()
    drawn = watched.drawn()
    assert all(drawn[name]["alpha"] < 0.1 for name in people)
    assert watched.query()["hide"] == "attitude:1"
    again = browse().open(page.url).drawn()
    assert all(again[name]["alpha"] < 0.1 for name in people)
    rows.filter(has_text=row["label"]).first.locator("input").check()
    rows.filter(has_text=row["label"]).first.locator("button").click()
    drawn = watched.drawn()
    everybody = [node["name"] for node in view["nodes"] if node["kind"] == "person"]
    others = [name for name in everybody if name not in people]
    assert all(drawn[name]["alpha"] == 1 for name in people)
    assert others
    assert all(drawn[name]["alpha"] < 0.3 for name in others)


def test_a_click_on_a_person_explains_strength_and_rank(site: str, browse: Browse) -> None:
    watched = browse().open(f"{site}{MAP}?opportunity_id=energy-platform")
    page = watched.page
    watched.click_on("Li Guoqiang")
    panel = page.locator("#panel")
    panel.get_by_text("Why this rank").wait_for()
    assert "Li Guoqiang" in panel.locator("h2").inner_text()
    whole = float(panel.locator(".tie-strength").first.inner_text())
    given = _numbers(panel.locator(".tie").first.locator(".evidence .fact-value").all_inner_texts())
    assert sum(given[:-1]) == pytest.approx(whole, abs=1.5)
    why = panel.locator(".fact-section").filter(has_text="Why this rank")
    parts = _numbers(why.locator(".fact-value").all_inner_texts())
    assert sum(parts[:-1]) == pytest.approx(parts[-1], abs=0.6)
    assert watched.complaints == []


SAID = {
    "en": (
        "close but hostile",
        "Starting value of a first contact",
        "Taken over from a predecessor",
        "−12",
    ),
    "zh": ("熟而不和", "初次接触的起始分", "前任移交", "−12"),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_hostile_tie_and_lines_without_a_record_are_said_in_words(
    site: str, browse: Browse, lang: str
) -> None:
    watched = browse(lang=lang)
    lines = [
        {"kind": kind, "id": kind, "points": points, "without": 0.0}
        for kind, points in (("prior", 10.0), ("knows", -12.0))
    ]

    def soured(route: Any) -> None:
        answer = route.fetch()
        body = answer.json()
        body["items"] = [{**tie, "hostile": True, "contributions": lines} for tie in body["items"]]
        route.fulfill(response=answer, json=body)

    watched.page.route("**/strength?*", soured)
    watched.open(f"{site}{MAP}?contact=li-guoqiang")
    tie = watched.page.locator("#panel .tie").first
    tie.wait_for()
    for said in SAID[lang]:
        assert said in tie.inner_text()


def _numbers(texts: list[str]) -> list[float]:
    return [float(text.replace("−", "-").replace("+", "")) for text in texts]


def test_focus_fades_strangers_and_widens(site: str, browse: Browse) -> None:
    watched = browse().open(f"{site}{MAP}?contact=liang-wei")
    page = watched.page
    page.locator("#map").focus()
    page.keyboard.press("f")
    near = sum(place["alpha"] > 0.5 for place in watched.drawn().values())
    page.keyboard.press("+")
    wider = sum(place["alpha"] > 0.5 for place in watched.drawn().values())
    page.keyboard.press("Escape")
    everybody = sum(place["alpha"] > 0.5 for place in watched.drawn().values())
    assert near < wider <= everybody


def test_purchase_and_step_are_asked_for_and_kept(site: str, browse: Browse) -> None:
    watched = browse().open(f"{site}{MAP}")
    page = watched.page
    with page.expect_response(lambda answer: "opportunity_id=energy-platform" in answer.url):
        page.locator("#opportunity").select_option("energy-platform")
    watched.settle()
    assert page.locator("#stage").inner_text()
    with page.expect_response(lambda answer: "step=commit" in answer.url):
        page.locator("#step").select_option("commit")
    watched.settle()
    page.locator("summary", has_text="People").click()
    page.get_by_role("link", name="Org chart").click()
    page.wait_for_selector(".view-org-chart")
    assert watched.query() == {"opportunity_id": "energy-platform", "step": "commit"}
    assert page.locator("#step").input_value() == "commit"


def test_the_chain_has_its_numbers_on_the_map(site: str, browse: Browse) -> None:
    watched = browse().open(f"{site}{MAP}?opportunity_id=energy-platform")
    steps = [edge["chain"] for edge in watched.view()["edges"] if edge["chain"] is not None]
    assert steps
    assert {str(step + 1) for step in steps} <= set(watched.drawn())
    assert watched.page.locator("#panel .disc:not(.start)").count() == len(steps)


def test_the_tables_say_the_same_and_sort(site: str, browse: Browse) -> None:
    watched = browse().open(f"{site}{MAP}")
    page, view = watched.page, watched.view()
    people = page.locator("#table-people tbody tr")
    people.first.wait_for()
    assert people.count() == len(view["tables"]["people"])
    page.locator("#tab-ties").click()
    ties = page.locator("#table-ties tbody tr")
    assert ties.count() == min(200, len(view["tables"]["ties"]))
    page.locator("#tab-people").click()
    page.locator("#table-people").get_by_role("button", name="Strength").click()
    assert page.locator("#table-people [aria-sort=descending]").count() == 1
    shown = page.locator("#table-people tbody tr td:nth-child(8)").all_inner_texts()
    numbers = [float(text) for text in shown if text[0].isdigit()]
    assert numbers == sorted(numbers, reverse=True)
    page.locator("#table-people tbody .person-link").first.click()
    assert watched.query()["contact"]


def test_a_service_that_is_gone_is_said_and_tried_again(site: str, browse: Browse) -> None:
    watched = browse()
    page = watched.page
    page.route("**/api/v1/**", lambda route: route.abort())
    page.goto(f"{site}{MAP}")
    message = page.locator("#map-message")
    message.get_by_role("alert").wait_for()
    assert "cannot be reached" in message.inner_text()
    page.unroute("**/api/v1/**")
    message.get_by_role("button").click()
    page.wait_for_selector("html[data-ready]")
    assert message.is_hidden()
