"""Pages over HTTP: the navigation, what links keep, and failures as pages in the reader's language."""

from __future__ import annotations

import re

import httpx
import pytest

from graphsvc.pages.table import PAGES

HTML = {"Accept": "text/html"}


def links(page: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', page)]


async def test_the_navigation_lists_every_page(client: httpx.AsyncClient, account: str) -> None:
    page = (await client.get(f"/accounts/{account}/org-chart")).text
    for name in PAGES:
        address = f"/accounts/{account}" if name == "overview" else f"/accounts/{account}/{name}"
        assert address in links(page)


async def test_links_between_pages_keep_what_is_looked_at(client: httpx.AsyncClient, account: str) -> None:
    asked = "step=brew&on=2026-11-20&as_of=2099-01-01T00%3A00%3A00Z&lang=zh"
    page = (await client.get(f"/accounts/{account}/influence?{asked}&contact=boss&unfold=all")).text
    assert f"/accounts/{account}/org-chart?{asked}" in links(page)
    assert "人员" in page


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "There is nothing under this address."), ("zh", "该地址下没有内容。")]
)
async def test_an_unknown_page_is_a_page_of_its_own(
    client: httpx.AsyncClient, account: str, lang: str, said: str
) -> None:
    answer = await client.get(f"/accounts/{account}/nothing?lang={lang}", headers=HTML)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert said in answer.text


@pytest.mark.parametrize("name", sorted(PAGES))
async def test_a_bad_step_is_told_in_the_readers_language(
    client: httpx.AsyncClient, account: str, name: str
) -> None:
    answer = await client.get(f"/accounts/{account}/{name}?step=bad&lang=zh", headers=HTML)
    assert answer.status_code == 422
    assert "无法显示" in answer.text
    assert "Input should" not in answer.text


@pytest.mark.parametrize("name", sorted(PAGES))
async def test_an_unknown_account_is_not_found(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/accounts/nobody/{name}", headers=HTML)).status_code == 404


@pytest.mark.parametrize("name", sorted(PAGES))
async def test_empty_fields_of_the_form_say_nothing(
    client: httpx.AsyncClient, account: str, name: str
) -> None:
    answer = await client.get(f"/accounts/{account}/{name}?opportunity_id=&step=&on=", headers=HTML)
    assert answer.status_code == 200, answer.text
