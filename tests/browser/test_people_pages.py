"""Signing in, users, keys and one's own account in a browser, from the first start on."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import GRAPHSVC
from tests.browser.test_accessibility import violations
from tests.browser.watched import LAPTOP, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Page

Browse = Callable[..., Watched]
UNDO = """document.querySelector("script[src$='/menus.js']").src.replace("menus", "undo")"""
PASSWORD, NEXT = "correct horse battery", "another long password"


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[str]:
    """The one-time link of a service in which nobody can sign in yet."""
    store = f"sqlite:///{tmp_path / 'guarded.db'}"
    command = [*GRAPHSVC, "serve", "--store", store, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        for line in service.stdout:
            if link := re.search(r"http://\S+/set-up/\S+", line):
                break
        else:
            pytest.fail("no link was printed")
        yield link[0]
        service.terminate()
        service.wait(timeout=30)


def sign_in(page: Page, site: str, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{site}/sign-in")
    page.locator("#name").fill(name)
    page.locator("#password").fill(password)
    page.locator(".sign .button").first.click()
    page.locator(".caller").wait_for()


def test_people_come_in_are_let_in_and_go(guarded: str, browse: Browse) -> None:
    site = guarded.partition("/set-up/")[0]
    watched = browse(viewport=LAPTOP)
    page = watched.open(guarded).page
    page.locator("#name").fill("ada")
    page.locator("#password").fill(PASSWORD)
    page.locator(".sign .button").click()
    page.wait_for_url("**/sign-in?as=ada")
    assert page.get_by_role("status").inner_text() == "The password is set. Sign in with it."
    assert page.locator("#name").input_value() == "ada"
    sign_in(page, site, "ada")

    link = add_user(page, site)
    assert link.startswith(f"{site}/set-up/")
    row = page.locator("tbody tr").filter(has_text="ben")
    assert "no password yet" in row.inner_text()
    assert violations(watched) == []

    key = make_key(page, site)
    answer = page.request.get(f"{site}/api/v1/users", headers={"Authorization": f"Bearer {key}"})
    assert answer.status == 403, "it is a viewer's"
    page.get_by_role("button", name="Revoke nightly").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Revoke", exact=True).click()
    assert "There is no key yet" in page.locator("main").inner_text()

    page.goto(f"{site}/account")
    page.locator("[name=current]").fill(PASSWORD)
    page.locator("[name=password]").fill(NEXT)
    page.get_by_role("button", name="Change the password").click()
    assert "is changed" in page.locator(".notice").inner_text()
    assert violations(watched) == []

    leave_something_to_take_back(page, site)
    page.locator(".caller summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate("JSON.stringify([sessionStorage, localStorage])") == "[{},{}]"
    sign_in(page, site, "ada", NEXT)
    assert watched.complaints == []


def add_user(page: Page, site: str) -> str:
    """Adds ben by the keyboard alone, and gives his link."""
    page.goto(f"{site}/users")
    page.locator("#add-user").focus()
    page.keyboard.press("Enter")
    page.locator("dialog").wait_for()
    page.keyboard.type("ben")
    page.get_by_role("radio", name="Sales rep").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    box = page.locator(".once input")
    box.wait_for()
    link = box.input_value()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    return link


def make_key(page: Page, site: str) -> str:
    """Makes a viewer's key, and gives its text."""
    page.goto(f"{site}/keys")
    page.get_by_role("button", name="Make a key").click()
    page.keyboard.type("nightly")
    page.locator("dialog").get_by_text("Viewer").click()
    page.locator("dialog .primary").click()
    box = page.locator(".once input")
    box.wait_for()
    text = box.input_value()
    assert text.startswith("gsk_")
    with page.expect_navigation():
        page.locator("dialog .primary").click()
    assert text not in page.content()
    return text


def leave_something_to_take_back(page: Page, site: str) -> None:
    """Does what a saved change leaves in the browser: an entry of the stack, and who of ours sat here."""
    page.goto(f"{site}/keys")
    page.evaluate(f"import({UNDO}).then((undo) => undo.done('x', 'Wang: saved', {{}}))")
    page.evaluate("localStorage.setItem('member', 'mia')")
    assert "Wang" in page.evaluate("sessionStorage.getItem('done')")


def test_another_session_takes_nothing_back(site: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP)
    page = watched.open(f"{site}/accounts/jichuan").page
    page.evaluate(f"import({UNDO}).then((undo) => undo.done('x', 'Wang: saved', {{}}))")
    page.reload()
    assert "Wang" in page.evaluate("sessionStorage.getItem('done')"), "it outlives the page"
    page.evaluate("sessionStorage.setItem('session', 'somebody else')")
    page.reload()
    page.evaluate(f"import({UNDO}).then(() => {{}})")
    assert page.evaluate("sessionStorage.getItem('done')") is None
    assert watched.complaints == []
