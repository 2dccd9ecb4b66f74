"""Texts that try to become markup or script stay texts, on every page and in every corner."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.hostile import PAYLOADS
from tests.browser.watched import Watched

Browse = Callable[..., Watched]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("view", ["org-chart", "influence"])
def test_nothing_fires_wherever_the_texts_are_shown(site: str, browse: Browse, view: str, lang: str) -> None:
    watched = browse(lang=lang).open(f"{site}/accounts/hostile/{view}?opportunity_id=hostile-deal")
    page = watched.page
    page.locator("#table-people tbody tr").first.wait_for()
    for node in watched.view()["nodes"]:
        place = watched.drawn().get(node["name"])
        if place:
            page.mouse.move(place["x"] + 2, place["y"])
            page.mouse.click(place["x"] + 2, place["y"])
    page.locator("#search").fill("alert")
    assert page.locator("#found .found-name").count() > 0
    page.keyboard.press("Enter")
    page.locator("#tab-ties").click()
    assert page.locator("body img:not([src^='/static/']):not(#paper)").count() == 0
    assert page.locator("body svg[onload]").count() == 0
    assert page.locator("body [onmouseover]").count() == 0
    assert watched.complaints == []


def test_the_texts_are_shown_as_they_are(site: str, browse: Browse) -> None:
    page = browse().open(f"{site}/accounts/hostile/org-chart").page
    page.locator("#table-people tbody tr").first.wait_for()
    said = page.locator("#table-people").inner_text()
    for payload in PAYLOADS[:7]:
        assert payload in said
    assert page.title().startswith("Hostile </script><script>alert(2)</script>")


def test_nor_does_anything_fire_on_a_persons_page_and_in_forms(site: str, browse: Browse) -> None:
    watched = browse()
    page = watched.page
    people = page.request.get(f"{site}/api/v1/contacts?account_id=hostile&limit=3").json()["items"]
    assert people
    for person in people:
        watched.open(f"{site}/accounts/hostile/contacts/{person['id']}")
        assert person["name"] in page.locator("h1").inner_text()
        page.locator(".page-tools [data-edit]").first.click()
        assert page.locator("dialog input[type=text]").first.input_value() == person["name"]
        page.keyboard.press("Escape")
        page.locator("[data-create=influences]").first.click()
        page.locator("dialog [role=combobox]").first.click()
        page.locator(".picker-list [role=option]").first.wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    assert page.locator("body [onmouseover], body svg[onload], body img:not([src^='/static/'])").count() == 0
    assert watched.complaints == []
