"""The history of an account in a browser: a change taken back, a slider that opens the map as it was."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]


def test_a_change_is_taken_back_and_the_slider_goes_back(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP)
    page = watched.open(f"{site}/accounts/jichuan/history").page
    contacts = page.request.get(f"{site}/api/v1/contacts?account_id=jichuan&limit=1").json()["items"]
    address = f"{site}/api/v1/contacts/{contacts[0]['id']}"
    record = page.request.get(address)
    done = page.request.patch(
        address,
        data={"personality": "amiable"},
        headers={"If-Match": record.headers["etag"], "Content-Type": "application/json"},
    )
    assert done.ok
    page.reload()
    with page.expect_response(lambda answer: answer.url.endswith("/undo")) as undone:
        page.locator("button[data-undo]").first.click()
    assert undone.value.ok
    page.locator(".log > li.undone").first.wait_for()
    slider = page.locator("[data-slider=as_of] input")
    slider.focus()
    page.keyboard.press("Home")
    link = page.locator("[data-slider=as_of] a", has_text="Influence map")
    assert "as_of=" in (link.get_attribute("href") or "")
    link.click()
    page.wait_for_selector("html[data-ready]")
    assert "as_of=" in page.url
    assert watched.complaints == []
