"""graphsvc users and keys, as somebody at the terminal meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graphsvc.cli import command_line


def run(store: str, *args: str) -> tuple[int, str]:
    words = [*args, "--store", store]
    done = CliRunner().invoke(command_line(words), words)
    return done.exit_code, done.output


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("GRAPHSVC_SECRET", raising=False)
    monkeypatch.chdir(tmp_path)
    return f"sqlite:///{tmp_path / 'graph.db'}"


def test_users_are_added_listed_and_switched_off(store: str) -> None:
    code, said = run(store, "users", "--add", "Ada", "--role", "admin")
    assert code == 0, said
    assert "/set-up/" in said
    assert run(store, "users", "--add", "ada")[0] == 1
    assert run(store, "users", "--off", "ada")[0] == 1, "the last administrator"
    assert "/set-up/" in run(store, "users", "--add", "ben", "--account", "acme", "--lang", "zh")[1]
    code, said = run(store, "users", "--off", "ben", "--json")
    assert [(row["name"], row["role"], row["active"]) for row in json.loads(said)] == [
        ("ada", "admin", True),
        ("ben", "rep", False),
    ]
    assert run(store, "users", "--link", "ben")[0] == 1, "who is off gets no link"
    assert run(store, "users", "--link", "ada", "--off", "ben")[0] == 2


def test_keys_are_made_listed_and_revoked(store: str) -> None:
    run(store, "users", "--add", "ada", "--role", "rep")
    assert run(store, "keys", "--make", "nightly")[0] == 2
    assert run(store, "keys", "--make", "nightly", "--user", "ada", "--role", "admin")[0] == 1
    code, said = run(store, "keys", "--make", "nightly", "--user", "ada", "--json")
    assert code == 0, said
    made = json.loads(said)
    listed = json.loads(run(store, "keys", "--json")[1])
    assert [row["prefix"] for row in listed] == [made["key"][:12]]
    assert made["key"] not in json.dumps(listed)
    assert json.loads(run(store, "keys", "--revoke", made["id"], "--json")[1]) == []
    assert run(store, "keys", "--revoke", made["id"])[0] == 1
