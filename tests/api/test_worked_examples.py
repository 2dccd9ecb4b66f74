"""The examples of docs/api, run as they stand against a served demo; what spreadsheets ask is asked too."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from graphsvc.access.desk import Desk
from graphsvc.access.keys import NewKey, make_key
from graphsvc.access.users import UserFields, add_user
from graphsvc.app import create_app
from graphsvc.commands.common import OWNER
from graphsvc.features.imports.batch import ImportOptions
from graphsvc.features.imports.service import import_files
from graphsvc.features.imports.tables import SourceFile
from graphsvc.samples import DEMO, sample
from models.access import Role
from tests.faults.test_serving import address_of, environment
from tests.stores import settings_of, sqlite_store

DOCS = Path(__file__).parents[2] / "docs" / "api"
_FENCE = re.compile(r"^```(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str, *languages: str) -> list[tuple[str, str]]:
    """Language and text of the blocks of a page, those of some languages or all."""
    found = _FENCE.findall((DOCS / name).read_text("utf-8"))
    return [block for block in found if not languages or block[0] in languages]


@dataclass(frozen=True, slots=True)
class Served:
    """A demo that is served, to whoever has the key."""

    address: str
    key: str

    def client(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.address, headers=headers, timeout=60)

    def known(self) -> httpx.Client:
        return self.client(Authorization=f"Bearer {self.key}")

    def run(self, folder: Path, *command: str, given: str) -> str:
        """What a program prints that is told address and key in its environment."""
        done = subprocess.run(
            command,
            input=given,
            cwd=folder,
            env={**os.environ, "GRAPHSVC": self.address, "KEY": self.key, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


async def _filled(folder: Path) -> str:
    """The demo and a user in the store that is served; gives a key of hers."""
    async with sqlite_store(folder) as store:
        path = sample(DEMO)
        await import_files(store, OWNER, [SourceFile(path.name, path.read_bytes())], ImportOptions())
        desk = Desk(store)
        mia = await add_user(store, "mia", UserFields(role=Role.REP, all_accounts=True), desk.clock())
        return (await make_key(desk, mia, NewKey(name="examples")))[1]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    key = asyncio.run(_filled(folder))
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "graphsvc.cli",
            "serve",
            "--port",
            "0",
            "--store",
            f"sqlite:///{folder / 'graph.db'}",
        ],
        cwd=folder,
        env={**environment(folder), "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Served(address_of(process), key)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("page", ["README", "spreadsheets"])
def test_the_chinese_page_has_the_same_blocks_headings_and_tables(page: str) -> None:
    english, chinese = (DOCS / f"{page}{language}.md" for language in ("", ".zh"))
    assert blocks(english.name) == blocks(chinese.name) != []
    shape = re.compile(r"^(#+|\|)", re.MULTILINE)
    assert shape.findall(english.read_text("utf-8")) == shape.findall(chinese.read_text("utf-8"))
    assert re.search("[\u4e00-\u9fff]{20}", chinese.read_text("utf-8"))


@pytest.mark.skipif(shutil.which("curl") is None, reason="running the examples needs curl")
@pytest.mark.parametrize("page", ["README.md", "spreadsheets.md"])
def test_the_shell_blocks_print_what_the_page_shows(served: Served, tmp_path: Path, page: str) -> None:
    script, wanted = ["set -euo pipefail"], []
    for language, text in blocks(page, "sh", "output"):
        if language == "sh":
            script += [text, "echo; echo '=== end ==='"]
            wanted.append("")
        else:
            wanted[-1] = text.strip()
    printed = served.run(tmp_path, "bash", "-s", given="\n".join(script)).split("=== end ===")
    assert len(wanted) == len(printed) - 1 > 0
    for told, shown in zip(printed, wanted, strict=False):
        pattern = re.escape(shown).replace("…", ".*").replace("\\\n", "\n")
        lines = told.strip().replace("\r", "")
        assert re.fullmatch(pattern, lines), f"{shown}\n---\n{lines}"
    if page == "README.md":
        pages = [
            json.loads(line)["items"] for line in (tmp_path / "pages.ndjson").read_text("utf-8").splitlines()
        ]
        read = [row["id"] for items in pages for row in items]
        assert len(pages) > 1
        assert read == sorted(set(read))
        with served.known() as client:
            listed = client.get("/api/v1/contacts?account_id=jichuan&limit=200").json()["items"]
        assert set(read) == {
            row["id"] for row in listed if not row["name"].startswith(("许诺", "苏木", "白芷"))
        }
    else:
        table = (tmp_path / "rankings.csv").read_text("utf-8-sig").splitlines()
        assert table[0].startswith("rank,contact_id,name,score")
    assert (tmp_path / "graphsvc.curl").stat().st_mode & 0o077 == 0


def test_the_python_blocks_run_and_go_on_where_they_stopped(served: Served, tmp_path: Path) -> None:
    program = "\n\n".join(text for _, text in blocks("README.md", "python"))

    def run() -> list[str]:
        return served.run(tmp_path, sys.executable, "-I", "-", given=program).splitlines()

    first = run()
    people = [line.split("\t") for line in first if "\t" in line]
    changes = [line.split() for line in first if line.startswith("change ")]
    assert any(len(row) == 3 and row[2].isdigit() for row in people)
    assert "Bai Zhi" in first
    assert len(changes) > 500
    assert len({(line[1], line[2]) for line in changes}) == len(changes), "each once"
    with served.known() as client:
        made = client.post("/api/v1/members", json={"id": "new-one", "name": "New One"})
        assert made.status_code == 201
    later = [line for line in run() if line.startswith("change ")]
    assert [line.split()[3:5] for line in later] == [["member", "new-one"]]


def _contents(text: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """Path, query and headers that the Web.Contents of a query sends; the key as it stands in the text."""
    path = re.search(r'RelativePath = "([^"]+)"', text)
    query, headers = (re.search(rf"{name} = \[([^\]]*)\]", text) for name in ("Query", "Headers"))
    assert path
    assert query
    assert headers
    pair = re.compile(r'(\w+) = ("Bearer " & GraphsvcKey|"[^"]*")')
    sent = {
        name: value.replace('" & GraphsvcKey', "KEY").strip('"') for name, value in pair.findall(headers[1])
    }
    return path[1], {name: value.strip('"') for name, value in pair.findall(query[1])}, sent


def _asked(served: Served, text: str, **more: str) -> httpx.Response:
    path, query, headers = _contents(text)
    assert headers.pop("Authorization") == "Bearer KEY"
    with served.known() as client:
        answer = client.get(f"/{path}", params={**query, **more}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def test_power_query_gets_the_columns_it_names(served: Served) -> None:
    text, pages = (text for _, text in blocks("spreadsheets.md", "m"))
    for query in (text, pages):
        assert all(query.count(left) == query.count(right) for left, right in ("[]", "()", "{}"))
        assert query.startswith("let\n")
        names = re.findall(r"^    (\w+) = ", query, re.MULTILINE)
        assert re.search(r"\nin\n    (\w+)\n$", query)[1] == names[-1]  # type: ignore[index]
    answer = _asked(served, text)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8", "65001"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    typed = dict(re.findall(r'\{"(\w+)", type (\w+)\}', text))
    assert typed == {"strength": "number", "next_due": "date"}
    assert rows
    for row in rows:
        assert 0 <= float(row["strength"]) <= 100
        assert re.fullmatch(r"\d{4}-\d\d-\d\d|", row["next_due"])

    listed, cursor, count = [], "", 0
    fields = re.search(r"Table\.FromRecords\(Items, \{([^}]*)\}", pages)
    assert fields
    while count == 0 or cursor:
        page = _asked(served, pages, **({"cursor": cursor} if cursor else {})).json()
        listed += page["items"]
        cursor, count = page["next_cursor"], count + 1
    assert count > 1
    assert {name.strip(' "') for name in fields[1].split(",")} <= set(listed[0])
    assert "wang-jianguo" in {row["id"] for row in listed}


def test_a_script_of_google_sheets_gets_a_table(served: Served) -> None:
    ((_, script),), ((_, formula),) = (
        blocks("spreadsheets.md", "javascript"),
        blocks("spreadsheets.md", "formula-script"),
    )
    assert 'headers: { Authorization: "Bearer " + set.getProperty("KEY"), Accept: "text/csv" }' in script
    path = re.search(r'=GRAPHSVC\("([^"]+)"\)', formula)
    assert path
    with served.known() as client:
        answer = client.get(path[1], headers={"Accept": "text/csv"})
    assert answer.status_code == 200
    assert next(csv.reader(io.StringIO(answer.text)))[:3] == ["rank", "contact_id", "name"]


def test_an_address_with_a_key_in_it_is_refused(served: Served) -> None:
    ((_, text),) = blocks("spreadsheets.md", "formula-refused")
    addresses = re.findall(r'=IMPORTDATA\("([^"]+)"\)', text)
    assert len(addresses) == 3
    with served.client() as client:
        for address in addresses:
            parts = urlsplit(address.replace("gsk_…", served.key))
            answer = client.get(f"{parts.path}?{parts.query}")
            assert answer.status_code == 401, address


async def test_the_formula_works_behind_an_open_door(tmp_path: Path) -> None:
    await _filled(tmp_path)
    ((_, text),) = blocks("spreadsheets.md", "formula")
    address = re.search(r'=WEBSERVICE\("([^"]+)"\)', text)
    assert address
    async with sqlite_store(tmp_path) as store:
        transport = httpx.ASGITransport(create_app(settings_of(), store))
        async with httpx.AsyncClient(transport=transport) as client:
            answer = await client.get(address[1])
    assert answer.status_code == 200
    assert answer.text.startswith("\ufeffrank,contact_id,name,score")
    assert len(answer.text) < 32_767
