"""Two walks through the product, end to end on each store: a rep before a visit, and a team in its review."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from neo4j import GraphDatabase
from playwright.sync_api import expect

from tests.browser.conftest import DEMO, serving
from tests.browser.watched import LAPTOP, PROJECTOR, Watched

Browse = Callable[..., Watched]
ACCOUNT = "/accounts/jichuan"


@pytest.fixture(scope="module", params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with the demo account over each kind of store."""
    if request.param == "sqlite":
        with serving(f"sqlite:///{tmp_path_factory.mktemp('house') / 'house.db'}", DEMO) as address:
            yield address
        return
    server = request.getfixturevalue("neo4j_server")
    with GraphDatabase.driver(server.url, auth=server.auth) as driver:
        driver.execute_query("MATCH (n) WHERE NOT n:Meta DETACH DELETE n")
    user, password = server.auth
    secrets = {"GRAPHSVC_STORE_USER": user, "GRAPHSVC_STORE_PASSWORD": password}
    with serving(server.url, DEMO, **secrets) as address:
        yield address


def test_a_rep_before_a_visit_finds_reads_and_logs(house: str, browse: Browse) -> None:
    watched = browse(viewport=LAPTOP).open(f"{house}{ACCOUNT}/org-chart?member=gao-yuan")
    page = watched.page
    page.keyboard.press("/")
    page.keyboard.type("lgq")
    expect(page.locator("#found li").first).to_contain_text("Li Guoqiang")
    page.keyboard.press("Enter")
    panel = page.locator("#panel-body")
    expect(panel.locator("h2").first).to_contain_text("Li Guoqiang")
    expect(panel.locator("h3", has_text="Concerns and talking points")).to_be_visible()
    panel.locator(".log-menu summary").click()
    panel.locator(".log-kinds").get_by_role("button", name="Visit").click()
    toast = page.locator(".toast.open")
    expect(toast).to_contain_text("Visit logged")
    watched.settle()
    past = panel.locator("details.past")
    past.locator("summary").click()
    expect(past.locator("li", has_text="Visit").first).to_contain_text("Gao Yuan")
    expect(past.locator("h4", has_text="History")).to_be_visible()
    logged = page.request.get(f"{house}/api/v1/interactions?account_id=jichuan&kind=visit&limit=200").json()
    newest = max(logged["items"], key=lambda one: str(one["created_at"]))
    assert (newest["contact_ids"], newest["member_ids"]) == (["li-guoqiang"], ["gao-yuan"])
    page.get_by_title("All about this person").click()
    expect(page.locator("#spoken")).to_be_visible()
    assert watched.complaints == []


def test_a_team_in_its_review_steps_asks_what_if_saves_exports_and_presents(
    house: str, browse: Browse
) -> None:
    watched = browse(viewport=PROJECTOR, lang="zh").open(
        f"{house}{ACCOUNT}/influence?opportunity_id=energy-platform"
    )
    page = watched.page
    lenses, views, output = (page.locator(".tools summary").nth(place) for place in range(3))
    panel = page.locator("#panel-body")
    lenses.click()
    page.locator("button[data-lens=steps]").click()
    page.locator("#step-slider").focus()
    page.keyboard.press("End")
    expect(panel.locator(".panel-title").first).to_contain_text("安装")
    lenses.click()
    page.locator("button[data-lens=if]").click()
    page.locator(".lens-who").select_option("lin-lan")
    page.locator("#lens .primary").click()
    expect(panel).to_contain_text("推演前 → 推演后")
    expect(panel.locator("section", has=page.locator("h3", has_text="决策链")).first).to_contain_text("→")
    views.click()
    page.locator("#save-view").click()
    page.locator("#view-name").fill("林澜离开之后")
    page.locator("dialog .check input").check()
    page.locator("dialog .primary").click()
    expect(page.locator(".toast.open")).to_contain_text("林澜离开之后")
    output.click()
    with page.expect_download() as download:
        page.locator("#png").click()
    assert download.value.suggested_filename == "jichuan-influence.png"
    views.click()
    expect(page.locator("#saved-views a")).to_contain_text("林澜离开之后")
    page.locator("#present").click()
    expect(page.locator(".caption-said")).to_contain_text("林澜离开之后 · 假设推演")
    page.keyboard.press("Escape")
    expect(page.locator(".toolbar")).to_be_visible()
    saved = page.request.get(f"{house}/api/v1/saved-views?account_id=jichuan").json()["items"]
    assert [(view["name"], view["shared"], view["query"]["if"]) for view in saved] == [
        ("林澜离开之后", True, "leave~lin-lan")
    ]
    assert watched.complaints == []
