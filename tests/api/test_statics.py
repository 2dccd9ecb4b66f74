"""Scripts and styles over HTTP: kept for good by the name of their revision, packed, and nothing else."""

from __future__ import annotations

import re

import httpx
import pytest

from viz.statics import address_of, contents, imported_by, revision

_ANY_IMPORT = re.compile(r'\bfrom "\./([\w./-]+\.js)"|^import "\./([\w./-]+\.js)"', re.MULTILINE)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (address_of("map.js"), "public, max-age=31536000, immutable"),
        (f"/static/{'0' * 16}/map.js", "no-cache"),
        ("/static/map.js", "no-cache"),
    ],
    ids=["of today", "of another revision", "of no revision"],
)
async def test_a_file_is_kept_for_good_only_by_todays_name(
    client: httpx.AsyncClient, address: str, kept: str
) -> None:
    answer = await client.get(address)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, kept)
    assert answer.content == contents()["map.js"]
    assert answer.headers["content-type"].startswith("text/javascript")


async def test_a_file_comes_packed_to_who_can_unpack_it(client: httpx.AsyncClient) -> None:
    address = address_of("vendor/vis-network.js")
    packed = await client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = await client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.content == plain.content == contents()["vendor/vis-network.js"]
    assert 3 * int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]


async def test_who_has_a_file_gets_it_no_second_time(client: httpx.AsyncClient) -> None:
    first = await client.get("/static/base.css")
    again = await client.get("/static/base.css", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await client.get("/static/map.css", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("name", ["nothing.js", "../pages.py", "%2e%2e/pages.py", "", "vendor", "vendor/"])
async def test_nothing_else_is_served(client: httpx.AsyncClient, name: str) -> None:
    for place in ("/static/", f"/static/{revision()}/"):
        answer = await client.get(f"{place}{name}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


async def test_files_are_only_read(client: httpx.AsyncClient) -> None:
    answer = await client.post(address_of("map.js"))
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    head = await client.head(address_of("map.js"))
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 0


async def test_a_page_fetches_all_its_scripts_at_once(client: httpx.AsyncClient, account: str) -> None:
    text = (await client.get(f"/accounts/{account}/influence")).text
    named = set(re.findall(rf'"/static/{revision()}/([\w./-]+\.js)"', text))
    needed = {"map.js", "output.js", "menus.js", "dates.js"}
    while more := {found for name in needed for found in imports_of(name)} - needed:
        needed |= more
    assert named == needed
    assert len(needed) > 30


def imports_of(name: str) -> set[str]:
    folder = name.rpartition("/")[0]
    found = _ANY_IMPORT.findall(contents()[name].decode())
    return {f"{folder}/{first or second}".removeprefix("/") for first, second in found}


@pytest.mark.parametrize("name", sorted(name for name in contents() if name.endswith(".js")))
def test_every_import_of_a_script_is_found(name: str) -> None:
    if name.startswith("vendor/"):
        assert imported_by(name) == ()
    else:
        assert imports_of(name) - {name} <= set(imported_by(name))


def test_no_address_is_made_of_what_is_not_there() -> None:
    with pytest.raises(KeyError, match=r"nothing\.js"):
        address_of("nothing.js")
