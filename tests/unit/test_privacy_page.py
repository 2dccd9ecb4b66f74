"""The commands of docs/privacy.md, run as they stand; and what the commands ask, print and refuse."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.anonymous import ERASED_NAME
from tests.contract.writing import EVERYTHING, N, acme, put, write
from tests.erasures import ITEM_OF_2031, NAME
from tests.stores import sqlite_store
from tests.unit.test_cli import run

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"


def commands() -> list[list[str]]:
    """The words of every command of the page, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store that knows ana, in the folder where the commands are run."""
    monkeypatch.chdir(tmp_path)

    async def fill() -> None:
        async with sqlite_store(tmp_path) as opened:
            await acme(opened)
            await write(opened, put(N.CONTACT, "ana", name=NAME), put(N.DOSSIER, "d", hobbies=[ITEM_OF_2031]))
            both = put(N.INTERACTION, "both", note=f"{NAME} and Ben", contact_ids=["ana", "ben"])
            await write(opened, both)

    asyncio.run(fill())
    return f"sqlite:///{tmp_path / 'graph.db'}"


def held(url: str) -> str:
    return run("export", "--store", url).stdout


def test_every_command_of_the_page_does_what_it_says(store: str) -> None:
    ran = 0
    for program, *words in commands():
        assert program == "graphsvc"
        given = [word.replace("$STORE", store) for word in words]
        done = run(*given)
        assert done.exit_code == 0, (given, done.stderr)
        if given[0] == "erase" and "--dry-run" in given:
            assert NAME in held(store)
        ran += 1
    assert ran >= 12
    for name in (store, "sqlite:///fresh.db", "sqlite:///again.db"):
        assert NAME not in held(name)
        assert ERASED_NAME in held(name)
    left = {name: Path(name).read_bytes() for name in os.listdir()}
    assert [name for name, data in left.items() if NAME.encode() in data] == []


def test_it_says_what_it_will_do_and_asks_in_both_languages(store: str) -> None:
    en = run("erase", "ana", "--store", store, stdin="n\n")
    assert en.exit_code == 1
    assert "Would erase ana: 1 records lose their words, 1 dossiers go" in en.stdout
    assert "interaction:both  /note" in en.stderr
    assert "Erase?" in en.stderr
    zh = run("erase", "ana", "--store", store, "--lang", "zh", stdin="n\n")
    assert "将清除 ana：1 条记录去除文字，删除 1 份个人资料" in zh.stdout
    assert "此操作无法撤销。确定清除吗？" in zh.stderr
    assert NAME in held(store)
    done = run("erase", "ana", "--store", store, stdin="y\n")
    assert done.exit_code == 0, done.stderr
    assert "Nothing of it is left in the store's files." in done.stdout


def test_json_says_what_was_done_and_the_file_of_erasures_is_kept(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("backup", "old", "--store", store).exit_code == 0
    monkeypatch.setenv("GRAPHSVC_ERASURES", str(tmp_path / "erasures.json"))
    done = run("erase", "ana", "--yes", "--json", "--also", "interaction:both", "--store", store)
    told: dict[str, Any] = json.loads(done.stdout)
    assert (told["records"], told["dossiers"], told["files"], told["ledger"]) == (2, 1, "clean", "written")
    assert told["mentions"] == []
    listed = json.loads(run("erasures", "--json", "--store", store).stdout)
    assert [row["contact_id"] for row in listed["items"]] == ["ana"]
    back = json.loads(run("restore", "old", "--store", "sqlite:///back.db", "--json").stdout)
    assert back["erased_again"] == ["ana"]
    assert NAME not in held("sqlite:///back.db")
    assert NAME.encode() not in (tmp_path / "back.db").read_bytes()
    (tmp_path / "people.csv").write_text(f"id,name\nx,Eve\ny,{NAME}\n", "utf-8")
    refused = run("import", "people.csv", "--account", "acme", "--store", "sqlite:///back.db")
    assert refused.exit_code == 1
    assert "people.csv row 3 column name: This name is of somebody who was erased." in refused.stderr
    allowed = run("allow", "--account", "acme", "--name", NAME, "--store", "sqlite:///back.db")
    assert allowed.stdout == "Lifted: 1\n"
    taken = run("import", "people.csv", "--account", "acme", "--store", "sqlite:///back.db")
    assert taken.exit_code == 0, taken.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["erase", "nobody", "--yes"], 1, "There is no contact nobody."),
        (["erase", "ana", "--json"], 2, "--json needs --yes or --dry-run"),
        (["erase", "ana", "--yes", "--also", "both"], 2, "--also is KIND:ID"),
        (["erase", "ana", "--yes", "--also", "dossier:d"], 1, "There is no kind dossier"),
        (["erase", "ana", "--yes", "--also", "interaction:no"], 1, "There is no interaction no."),
        (["restrict", "nobody", "--reason", "x"], 1, "There is no contact nobody."),
        (["allow", "--account", "acme"], 2, "Say what he is known by"),
        (["export", "--contact", "nobody"], 1, "There is no contact nobody."),
        (["export", "--contact", "ana", "--account", "acme"], 2, "--contact stands alone"),
    ],
)
def test_what_cannot_be_done_is_said(store: str, words: list[str], status: int, said: str) -> None:
    done = run(*words, "--store", store)
    assert done.exit_code == status
    assert said in done.stderr
    assert NAME in held(store)


def test_a_restriction_is_told(store: str) -> None:
    said = [
        run("restrict", "ana", "--reason", "r", *more, "--store", store).stdout.strip()
        for more in ([], [], ["--lift", "--lang", "zh"])
    ]
    assert said == ["ana is left out of analysis.", "ana was so already.", "ana 恢复参与分析。"]


def test_retention_deletes_what_is_past_its_day(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphsvc.commands.retention.today", lambda: date(2032, 1, 1))
    monkeypatch.setenv("GRAPHSVC_KEEP_NOTES_DAYS", "365")

    def rows(*words: str) -> list[tuple[str, str]]:
        found = json.loads(run("retention", "--json", *words, "--store", store).stdout)
        return [(row["id"], row["rule"]) for row in found["items"]]

    expected = [("both", "notes"), ("d", "dossier")]
    assert rows("--dry-run") == expected
    assert rows() == expected
    assert rows() == []
    said = run("retention", "--store", store, "--lang", "zh")
    assert "没有可显示的结果" in said.stderr

    async def left() -> Any:
        async with sqlite_store(tmp_path) as opened:
            return (await opened.get(EVERYTHING, N.DOSSIER, "d")).body["hobbies"]

    assert asyncio.run(left()) == []
