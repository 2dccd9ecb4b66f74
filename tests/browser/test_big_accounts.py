"""A large account on the maps: groups that open and shut, anybody found, "back"; in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from models.enums import Function
from tests.browser.conftest import serving
from tests.browser.test_accessibility import violations
from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]
PEOPLE, UNITS = 2_100, 60
SOUGHT, HOME = "p2099", "~department:u59"
"""Somebody, and the group he stands in."""


def document() -> dict[str, Any]:
    """An account of so many people in departments of 35."""
    functions = [str(function) for function in Function]
    units = [
        {"kind": "department", "id": f"u{unit}", "name": f"部门{unit} Unit {unit}", "account_id": "crowd",
         "function": functions[unit % len(functions)]}
        for unit in range(UNITS)
    ]  # fmt: skip
    people = [
        {"kind": "contact", "id": f"p{place}", "account_id": "crowd", "name": f"Person{place} Doe"}
        for place in range(PEOPLE)
    ]
    jobs = [
        {"kind": "works_in", "id": f"j{place}", "source_id": f"p{place}", "target_id": f"u{place % UNITS}"}
        for place in range(PEOPLE)
    ]
    ties = [
        {
            "kind": "influences",
            "id": f"i{place}",
            "source_id": f"p{place}",
            "target_id": f"p{700 - place}",
        }
        for place in range(300)
    ]
    account = {"kind": "account", "id": "crowd", "name": "人海集团 Crowd Group"}
    ours = {"kind": "member", "id": "ours", "name": "Our Own"}
    knows = {"kind": "knows", "id": "k", "source_id": "ours", "target_id": "p10", "self_strength": 80}
    return {"format": "graphsvc/1", "nodes": [account, ours, *units, *people], "edges": [*jobs, knows, *ties]}


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service with a large account."""
    folder = tmp_path_factory.mktemp("crowded")
    (folder / "crowd.json").write_text(json.dumps(document()), "utf-8")
    store = f"sqlite:///{folder / 'site.db'}"
    with serving(store, folder / "crowd.json", account="crowd") as address:
        yield address


@pytest.mark.parametrize(
    ("name", "lang"), [("org-chart", "en"), ("influence?target_id=p690&unfold=none", "zh")]
)
def test_groups_open_and_people_are_found(crowded: str, browse: Browse, name: str, lang: str) -> None:
    watched = browse(lang=lang, viewport=LAPTOP).open(f"{crowded}/accounts/crowd/{name}")
    page, live = watched.page, watched.page.locator("#live")
    if lang == "zh":  # the chain is lit, and ends at the groups of those who are not drawn
        chain = page.locator("#panel-body ol .person-link").all_inner_texts()
        assert chain == ["Our Own", "Person10 Doe", "Person690 Doe"]
        assert "其中 2 人在未展开的群组中" in (page.locator("#panel-body").text_content() or "")
        assert {"1", "2"} <= set(watched.drawn())
    assert page.locator("#table-groups tbody tr").count() == len(watched.view()["tables"]["groups"])

    page.locator("#map").focus()  # a group opens by its key, and "back" shuts it
    page.keyboard.press("ArrowDown")
    group = next(one for one in watched.view()["nodes"] if one["name"] in live.inner_text())
    with page.expect_response(lambda answer: "/views/" in answer.url):
        page.keyboard.press(" ")
    watched.settle()
    assert watched.query()["unfold"] == group["id"]
    assert len(watched.view()["tables"]["people"]) == group["people"]
    with page.expect_response(lambda answer: "/views/" in answer.url):
        page.go_back()
    watched.settle()
    assert watched.query().get("unfold") in (None, "none")
    assert watched.view()["tables"]["people"] == []

    page.keyboard.press("/")  # somebody in a closed group is found, and the way to him opens
    page.keyboard.type("Person2099")
    page.locator("#found .found-name").filter(has_text="Person2099").wait_for()
    page.keyboard.press("Enter")
    page.locator("#panel .rank-line").wait_for()
    assert page.locator("#panel h2").first.inner_text().startswith("Person2099")
    assert watched.query()["contact"] == SOUGHT
    assert HOME in watched.query()["unfold"].split(",")
    assert any(text.startswith("Person2099") for text in watched.drawn())
    assert violations(watched) == []

    page.reload()  # the address shows the same picture
    page.wait_for_selector("html[data-ready]")
    assert SOUGHT in {row["id"] for row in watched.view()["tables"]["people"]}
    page.locator("#fold-all").click()
    watched.settle()
    assert watched.view()["tables"]["people"] == []
    assert watched.complaints == []


def test_a_group_is_told_of_beside_the_map_and_opened_from_there(crowded: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{crowded}/accounts/crowd/org-chart")
    page = watched.page
    page.locator("#table-groups .person-link").first.click()
    name = page.locator("#panel h2").first.inner_text()
    group = next(one for one in watched.view()["nodes"] if one["name"] == name)
    assert f"{group['people']} people" in page.locator("#panel").inner_text()
    page.locator("#open-group").click()
    page.locator("#open-group").filter(has_text="Close").wait_for()
    assert page.locator("#tab-people .count").inner_text() == str(group["people"])
    page.locator("#open-group").click()
    page.locator("#open-group").filter(has_text="Open").wait_for()

    page.keyboard.press("/")
    page.keyboard.type("Doe")
    page.locator("#live", has_text="More than 100 people found").wait_for()
    page.keyboard.press("Escape")
    page.locator(".tools summary").first.click()
    page.locator("button[data-lens=if]").click()  # what if anybody leaves, drawn or not
    page.locator("#lens [role=combobox]").fill("Person5 ")
    page.locator("#lens [role=option]", has_text="Person5 ").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("#lens").get_by_role("button", name="Add").click()
    page.locator("#panel-body", has_text="Before → after").wait_for()
    assert "Person5 Doe leaves" in page.locator("#assumed li").inner_text()
    watched.settle()
    assert "×1" in watched.drawn()  # at his group
    assert violations(watched) == []
    assert watched.complaints == []
