"""graphsvc verify at the command line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.unit.test_cli import run, written


def test_a_log_is_verified_and_an_edit_is_named(tmp_path: Path) -> None:
    people = written(tmp_path, "people.csv", "id,name,manager_id\n1,Ana,\n2,Bob,1\n")
    store = f"sqlite:///{tmp_path / 'cli.db'}"
    assert run("import", people, "--account", "Acme", "--store", store).exit_code == 0
    whole = run("verify", "--store", store, "--json")
    assert whole.exit_code == 0
    items = json.loads(whole.stdout)["items"]
    log = max(items, key=lambda row: int(row["entries"]))
    assert [row["first_bad"] for row in items] == [None] * len(items)

    anchor = f"{log['entries']}:{log['hash']}"
    assert run("verify", "--account", log["log"], "--anchor", anchor, "--store", store).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "cli.db", isolation_level=None)) as connection:
        connection.execute("UPDATE log SET after = replace(after, 'Bob', 'Eve') WHERE kind = 'contact'")
        (bad,) = connection.execute("SELECT sequence FROM log WHERE after LIKE '%Eve%'").fetchone()
        connection.execute("UPDATE log SET after = replace(after, 'Eve', 'Bob') WHERE kind = 'contact'")
        connection.execute("UPDATE node SET body = replace(body, 'Ana', 'Eva') WHERE kind = 'contact'")
    changed = run("verify", "--store", store)
    assert changed.exit_code == 1
    assert "Contact" in changed.stderr
    assert "is not as its log left it" in changed.stderr
    told = json.loads(run("verify", "--store", store, "--json").stdout)["items"]
    assert [row["unlike"]["kind"] for row in told if row["unlike"]] == ["contact"]
    with closing(sqlite3.connect(tmp_path / "cli.db", isolation_level=None)) as connection:
        connection.execute("UPDATE log SET after = replace(after, 'Bob', 'Eve') WHERE kind = 'contact'")
    edited = run("verify", "--store", store)
    assert edited.exit_code == 1
    assert f"Entry {bad} of log {log['log']}" in edited.stderr


def test_an_anchor_needs_its_log_and_its_form(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'cli.db'}"
    assert run("verify", "--anchor", "1:ab", "--store", store).exit_code == 2
    assert run("verify", "--account", "a", "--anchor", "ab", "--store", store).exit_code == 2
