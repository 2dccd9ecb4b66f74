"""The page of a purchase in a browser: cells changed in place, and taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.watched import LAPTOP, Watched

Browse = Callable[..., Watched]


@pytest.mark.parametrize(("lang", "undo"), [("en", "Undo"), ("zh", "撤销")])
def test_a_voice_is_changed_in_its_cell_and_taken_back(
    site: str, browse: Browse, lang: str, undo: str
) -> None:
    watched = browse(lang=lang, viewport=LAPTOP)
    page = watched.open(f"{site}/accounts/jichuan/opportunities/smart-line-2").page
    cell = page.locator("select[data-cell$=' voice']").nth(4)
    before = cell.input_value()
    after = "0" if before != "0" else "1"
    with page.expect_response(lambda answer: answer.request.method == "PATCH") as saved:
        cell.select_option(after)
    assert saved.value.ok
    drawn_anew = f"select[data-cell='{cell.get_attribute('data-cell')}'] option[value='{after}'][selected]"
    page.wait_for_selector(drawn_anew, state="attached")
    page.locator(".toast button", has_text=undo).click()
    page.wait_for_selector(drawn_anew, state="detached")
    assert page.locator("select[data-cell$=' voice']").nth(4).input_value() == before
    assert watched.complaints == []
