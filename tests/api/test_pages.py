"""Pages over HTTP: the navigation, what links keep, and failures as pages in the reader's language."""

from __future__ import annotations

import re

import httpx
import pytest

from graphsvc.pages.table import EVERYWHERE, PAGES

HTML = {"Accept": "text/html"}


def links(page: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', page)]


def address_of(account: str, name: str) -> str:
    return f"/accounts/{account}" if name == "overview" else f"/accounts/{account}/{name}"


async def test_the_navigation_lists_every_page(client: httpx.AsyncClient, account: str) -> None:
    page = (await client.get(f"/accounts/{account}/org-chart")).text
    for name in PAGES:
        assert address_of(account, name) in links(page)


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
    answer = await client.get(f"{address_of(account, name)}?step=bad&lang=zh", headers=HTML)
    assert answer.status_code == 422
    assert "无法显示" in answer.text
    assert "Input should" not in answer.text


@pytest.mark.parametrize("name", sorted(PAGES))
async def test_an_unknown_account_is_not_found(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(address_of("nobody", name), headers=HTML)).status_code == 404


@pytest.mark.parametrize("name", sorted(PAGES))
async def test_empty_fields_of_the_form_say_nothing(
    client: httpx.AsyncClient, account: str, name: str
) -> None:
    answer = await client.get(f"{address_of(account, name)}?opportunity_id=&step=&on=", headers=HTML)
    assert answer.status_code == 200, answer.text


SHOWN = sorted(name for name, page in PAGES.items() if page.show is not None)
ANSWERED = [name for name in SHOWN if name != "history"]
"""Pages of answers; history tells the log."""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ANSWERED)
async def test_an_account_with_nobody_says_what_to_do_next(
    client: httpx.AsyncClient, name: str, lang: str
) -> None:
    rows = [{"put": "account", "record": {"id": "bare", "name": "Bare"}}]
    assert (await client.post("/api/v1/changesets", json={"changes": rows})).status_code == 200
    answer = await client.get(f"{address_of('bare', name)}?lang={lang}", headers=HTML)
    assert answer.status_code == 200, answer.text
    assert 'class="empty"' in answer.text


@pytest.mark.parametrize("name", ANSWERED)
async def test_the_json_and_the_table_of_a_page_are_where_it_says(
    client: httpx.AsyncClient, account: str, name: str
) -> None:
    rows = [{"put": "opportunity", "record": {"id": "deal", "account_id": account, "name": "Press line"}}]
    assert (await client.post("/api/v1/changesets", json={"changes": rows})).status_code == 200
    page = (await client.get(f"{address_of(account, name)}?on=2026-11-20", headers=HTML)).text
    files = [link for link in links(page) if link.startswith("/api/v1/accounts/") or ".csv" in link]
    assert len(files) >= (1 if 'class="empty"' in page else 2), "nothing to take but the answer itself"
    for link in files:
        if "/views/" in link and ".svg" not in link:
            continue  # the same drawing on paper and in points: tests of views make these
        answer = await client.get(link)
        assert answer.status_code == 200, link
        if "/views/" in link:
            assert answer.content.startswith(b"<svg")
        elif ".csv" in link:
            assert answer.content.startswith(b"\xef\xbb\xbf")
            assert "attachment" in answer.headers["content-disposition"]
        elif "on=" in link:
            assert answer.json()["provenance"]["on"] == "2026-11-20"


@pytest.mark.parametrize("name", ANSWERED)
async def test_a_purchase_that_is_not_there_is_told(
    client: httpx.AsyncClient, account: str, name: str
) -> None:
    if "opportunity_id" in PAGES[name].asks:
        answer = await client.get(f"{address_of(account, name)}?opportunity_id=none&lang=zh", headers=HTML)
        assert answer.status_code == 422
        assert "none" in answer.text


async def test_an_unknown_deal_is_not_found(client: httpx.AsyncClient, account: str) -> None:
    path = f"/accounts/{account}/opportunities/none"
    assert (await client.get(path, headers=HTML)).status_code == 404


async def test_the_map_lights_the_chain_it_is_told(client: httpx.AsyncClient, account: str) -> None:
    base = f"/api/v1/accounts/{account}/views/influence"
    lit = (await client.get(f"{base}?target_id=aide&source_id=me&chain=1")).json()["summary"]["chain"]
    assert lit is None or lit["path"][-1] == "aide"
    boss = (await client.get(f"{base}?target_id=boss&source_id=me")).json()["summary"]["chain"]
    assert (boss["path"][0], boss["path"][-1]) == ("me", "boss")
    assert (await client.get(f"{base}?target_id=boss&chain=9")).json()["summary"]["chain"] is None
    assert (await client.get(f"{base}?target_id=nobody")).status_code == 422


@pytest.mark.parametrize(("path", "said"), [("/", "graphsvc demo"), ("/week", "Nobody of ours is noted yet")])
async def test_an_empty_store_says_what_to_do_next(client: httpx.AsyncClient, path: str, said: str) -> None:
    answer = await client.get(path, headers=HTML)
    assert answer.status_code == 200, answer.text
    assert said in answer.text


async def test_the_portfolio_shows_all_accounts_or_those_somebody_serves(
    client: httpx.AsyncClient, account: str
) -> None:
    everybody = (await client.get("/", headers=HTML)).text
    assert f"/accounts/{account}" in links(everybody)
    assert "Mia Ours" in everybody
    hers = (await client.get("/?member=me", headers=HTML)).text
    assert "No account is served here" in hers
    edge = {"id": "s1", "source_id": "me", "target_id": account, "role": "owner"}
    rows = [{"put": "serves", "record": edge}]
    assert (await client.post("/api/v1/changesets", json={"changes": rows})).status_code == 200
    hers = (await client.get("/?member=me", headers=HTML)).text
    assert f"/accounts/{account}?member=me" in links(hers)


async def test_the_week_asks_whose_it_is_and_then_tells_it(client: httpx.AsyncClient, account: str) -> None:
    asking = await client.get("/week", headers=HTML)
    assert "/week?member=me" in "".join(links(asking.text)) or "?member=me" in links(asking.text)
    hers = await client.get("/week?member=me", headers=HTML)
    assert hers.status_code == 200
    assert "Nothing is due this week" in hers.text
    assert (await client.get("/week?member=nobody", headers=HTML)).status_code == 422


@pytest.mark.parametrize("name", sorted(name for name, page in EVERYWHERE.items() if page.asks))
async def test_tables_over_accounts_are_files(client: httpx.AsyncClient, account: str, name: str) -> None:
    answer = await client.get(f"/{name}.csv?member=me")
    assert answer.status_code == 200
    assert answer.text.startswith("\ufeff")
    assert (await client.get("/nothing.csv")).status_code == 404


async def test_parts_of_a_page_are_files_of_their_own(client: httpx.AsyncClient, account: str) -> None:
    for part, column in {"trust": "category", "advice": "rule", "overdue": "contact_id"}.items():
        table = await client.get(f"/accounts/{account}/overview.csv?part={part}")
        assert column in table.text.splitlines()[0]
    assert (await client.get(f"/accounts/{account}/overview.csv?part=none")).status_code == 404
    assert (await client.get(f"/accounts/{account}/org-chart.csv")).status_code == 404


async def test_a_persons_page_and_brief(client: httpx.AsyncClient, account: str) -> None:
    place = f"/accounts/{account}/contacts/boss"
    page = await client.get(place, headers=HTML)
    assert page.status_code == 200
    assert f"{place}/brief" in links(page.text)
    assert (await client.get(f"{place}/brief", headers=HTML)).status_code == 200
    table = await client.get(f"{place}/contact.csv?part=approach")
    assert table.headers["content-type"].startswith("text/csv")
    for missing in (f"{place}/nothing", f"{place}/nothing.csv", f"/accounts/{account}/contacts/nobody"):
        assert (await client.get(missing, headers=HTML)).status_code == 404


async def test_a_form_and_what_its_fields_may_name(client: httpx.AsyncClient, account: str) -> None:
    form = (await client.get("/forms/influences?lang=zh")).json()
    assert form["title"] == "影响"
    assert (await client.get("/forms/nothing")).status_code == 404
    place = f"/accounts/{account}/choices"
    everybody = (await client.get(f"{place}/contacts")).json()["items"]
    assert {row["id"] for row in everybody} == {"boss", "aide", "user"}
    assert [row["id"] for row in (await client.get(f"{place}/contacts?q=uli")).json()["items"]] == ["user"]
    assert (await client.get(f"{place}/contacts?q=%3F")).json()["items"] == []
    named = (await client.get(f"{place}/contacts?id=boss&id=nobody")).json()["items"]
    assert [row["id"] for row in named] == ["boss"]
    assert (await client.get(f"{place}/dossiers")).status_code == 404


@pytest.mark.parametrize("path", ["", "/chains", "/contacts/user", "/contacts/user/brief"])
async def test_the_menu_of_accounts_leads_to_pages_that_are_there(
    client: httpx.AsyncClient, account: str, path: str
) -> None:
    page = (await client.get(f"/accounts/{account}{path}", headers=HTML)).text
    menu = page.partition('class="menu accounts-menu"')[2].partition("</details>")[0]
    found = links(menu)
    assert found
    for link in found:
        assert (await client.get(link, headers=HTML)).status_code == 200, link
