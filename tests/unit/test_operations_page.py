"""The commands of docs/operations.md, run as they stand; and what they refuse."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
from pathlib import Path

import pytest

from graphsvc.stores.open import open_store
from tests.contract.writing import N, put, write
from tests.stores import settings_of
from tests.unit.test_cli import run

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"


def commands() -> list[list[str]]:
    """The words of every command of the page, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with two people, in the folder where the commands are run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text("id,name,manager_id\n1,Ana,\n2,Bob,1\n", "utf-8")
    url = f"sqlite:///{tmp_path / 'graph.db'}"
    done = run("import", "people.csv", "--store", url, "--account", "acme")
    assert done.exit_code == 0, done.stderr
    return url


def accounts(url: str) -> object:
    return json.loads(run("accounts", "--store", url, "--json").stdout)


def test_every_command_of_the_page_does_what_it_says(store: str) -> None:
    assert run("users", "--add", "ada", "--role", "admin", "--store", store).exit_code == 0
    ran = 0
    for program, *words in commands():
        assert program == "graphsvc"
        done = run(*(word.replace("$STORE", store) for word in words))
        assert done.exit_code == 0, (words, done.stderr)
        ran += 1
    assert ran >= 8
    for name in ("restored.db", "moved.db"):
        assert accounts(f"sqlite:///{name}") == accounts(store)
    assert not [name for name in os.listdir() if "unfinished" in name or "restoring" in name]


def test_json_says_what_was_done(store: str) -> None:
    made = json.loads(run("backup", "b", "--store", store, "--json").stdout)
    assert (made["path"], made["logical"]) == ("b", False)
    found = json.loads(run("verify", "b", "--json").stdout)
    assert found["flaws"] == []
    assert {row["log"]: row["entries"] for row in found["items"]} == made["heads"]
    back = json.loads(run("restore", "b", "--store", "sqlite:///r.db", "--json").stdout)
    assert back["heads"] == made["heads"]
    migrated = json.loads(run("migrate", "--store", store, "--json").stdout)
    assert migrated == {"from": migrated["to"], "to": migrated["to"], "backup": None}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["backup", "people.csv"], "people.csv exists already"),
        (["backup", "b", "--store", "sqlite:///none.db"], "There is no file"),
        (["restore", "people.csv", "--store", "sqlite:///r.db"], "people.csv"),
        (["verify", "people.csv"], "is not a graphsvc database"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(store: str, words: list[str], said: str) -> None:
    given = [*words] if "--store" in words or words[0] == "verify" else [*words, "--store", store]
    done = run(*given)
    assert done.exit_code == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not Path("r.db").exists()


def test_a_backup_is_verified_whole(store: str) -> None:
    assert run("backup", "b", "--store", store).exit_code == 0
    done = run("verify", "b", "--store", store)
    assert done.exit_code == 2
    assert "without a store" in done.stderr


async def test_a_store_that_a_service_has_can_be_backed_up_and_verified(store: str) -> None:
    service = await open_store(store, settings_of())
    try:
        for words in (["backup", "b"], ["backup", "l", "--logical"], ["verify"]):
            done = await asyncio.to_thread(run, *words, "--store", store)
            assert done.exit_code == 0, done.stderr
        held = await asyncio.to_thread(run, "migrate", "--store", store)
        assert held.exit_code == 1
        assert f"in use by process {os.getpid()}" in held.stderr
        assert (await write(service, put(N.CONTACT, "eve"))).put == 1
    finally:
        await service.close()
    for name in ("b", "l"):
        back = await asyncio.to_thread(run, "restore", name, "--store", f"sqlite:///{name}.db")
        assert back.exit_code == 0, back.stderr
