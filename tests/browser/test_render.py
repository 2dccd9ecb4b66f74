"""Pages as text, without a browser: escaping, data blocks, nothing inline, empty and error states."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from graphsvc.stores.port import AccountSummary
from tests.browser.hostile import PAYLOADS
from viz.navigation import address
from viz.pages import render

VIZ = Path(__file__).parents[2] / "viz"
OWN_SCRIPTS = sorted((VIZ / "static").glob("*.js"))
NAME = "霁川联合能源集团 Jichuan United Energy Group"


def summary(id_: str = "jichuan", name: str = NAME, **more: Any) -> AccountSummary:
    given = {"tier": "A", "people": 61, "departments": 8, "open_opportunities": 2, "open_values": (), **more}
    return AccountSummary(id=id_, name=name, **given)


def map_page(name: str = NAME, lang: str = "en", view: str = "influence", **query: str) -> str:
    deal = {"id": "d", "account_id": "jichuan", "name": PAYLOADS[1], "step": "brew", "stage": "develop"}
    context = {"account": {"id": "jichuan", "name": name}, "accounts": {"jichuan": summary(name=name)}}
    return render(f"{view}.html", lang, opportunities=[deal], query=query, **context)


class Tags(HTMLParser):
    """Every start tag with its attributes, and what stands inside scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag == "script"
        if self._inside:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data


@pytest.mark.parametrize("view", ["influence", "org_chart"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_names_stay_text(view: str, payload: str) -> None:
    plain = [tag for tag, _ in Tags(map_page("plain", view=view)).tags]
    page = Tags(map_page(payload, view=view, opportunity_id=payload, on=payload))
    assert [tag for tag, _ in page.tags] == plain
    blocks = [json.loads(text) for text in page.scripts if text]
    assert blocks[0]["account"]["name"] == payload


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_inline(lang: str) -> None:
    pages = [
        render("error.html", lang, status=404, title="t", detail="d", request_id="r", again=None),
        map_page(lang=lang),
    ]
    for page in pages:
        tags = Tags(page)
        for tag, attributes in tags.tags:
            assert tag != "style"
            assert not [name for name in attributes if name == "style" or name.startswith("on")]
            if tag == "script":
                assert attributes.get("src") or attributes["type"] == "application/json"
            for name in ("src", "href", "action"):
                assert (attributes.get(name) or "/").startswith(("/", "#", "?"))


@pytest.mark.parametrize("path", OWN_SCRIPTS, ids=lambda path: path.name)
def test_scripts_make_no_markup_from_text(path: Path) -> None:
    unsafe = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|cssText"
    assert re.findall(unsafe, path.read_text(encoding="utf-8")) == []


def test_the_data_blocks_of_a_map() -> None:
    page, texts, words = (json.loads(text) for text in Tags(map_page(lang="zh")).scripts if text)
    assert page["account"] == {"id": "jichuan", "name": "霁川联合能源集团"}
    assert page["people"] == 61
    assert page["opportunities"] == [{"id": "d", "step": "brew", "stage": "develop"}]
    assert texts["Why this rank"] == "排名缘由"
    assert words["attitude"]["-1"] == "疑虑"
    assert words["role"]["gatekeeper"] == "把关者"


def test_an_error_page_names_what_is_wrong() -> None:
    page = render(
        "error.html",
        "en",
        status=404,
        title="Not here",
        detail="No <such> account",
        request_id="r-7",
        again=None,
    )
    assert "No &lt;such&gt; account" in page
    assert "r-7" in page


def test_what_a_template_needs_must_be_given() -> None:
    with pytest.raises(UndefinedError):
        render("error.html", "en", status=404)


@pytest.mark.parametrize(
    ("query", "changes", "link"),
    [
        ({}, {}, "?"),
        ({"step": "brew"}, {"lang": "zh"}, "?step=brew&lang=zh"),
        ({"step": "brew"}, {"step": None}, "?"),
        ({"on": "a&b=<"}, {"path": "/x"}, "/x?on=a%26b%3D%3C"),
    ],
)
def test_links_keep_the_query(query: dict[str, str], changes: dict[str, str], link: str) -> None:
    assert address(query, **changes) == link
