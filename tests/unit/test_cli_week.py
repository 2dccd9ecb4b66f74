"""graphsvc week at the command line, on the demo."""

from __future__ import annotations

import json
from pathlib import Path

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run


def test_the_key_account_managers_week(demo: str) -> None:
    """Must hold: the list of spare parts is 9 days late, and the man nobody has met is urgent."""
    found = json.loads(run("week", "--member", "lin-lan", "--json", "--store", demo).stdout)
    first = found["items"][0]
    assert (first["duty"], first["days_late"], first["urgency"]) == ("promise", 9, "high")
    urgent = [row["rule"] for row in found["items"] if row["contact_id"] == "liang-wei"]
    assert urgent == ["hidden-unmet"], "said once"
    assert {row["duty"] for row in found["items"]} >= {"promise", "contact", "warm-up", "advice", "confirm"}
    assert "jichuan" in [row["account_id"] for row in found["accounts"]]


def test_the_sponsor_is_told_of_the_windows_and_the_city(demo: str) -> None:
    found = json.loads(run("week", "--member", "qin-song", "--json", "--store", demo).stdout)
    told = {row["rule"] for row in found["items"]}
    assert "same-city" in told
    assert told & {"window-closing", "window-unused"}


def test_a_table_and_csv(demo: str) -> None:
    shown = run("week", "--member", "lin-lan", "--lang", "zh", "--store", demo)
    assert "待回温的关系" in shown.stdout
    table = rows(run("week", "--member", "lin-lan", "--csv", "--store", demo))
    assert table[0]["duty"] == "promise"
    assert [int(row["rank"]) for row in table] == list(range(1, len(table) + 1))


def test_on_a_file_without_a_store() -> None:
    found = run("week", "jichuan", "--member", "lin-lan", "--from", FILE, "--json")
    assert found.exit_code == 0, found.stderr
    answer = json.loads(found.stdout)
    assert answer["items"][0]["duty"] == "promise"
    assert answer["member_id"] == "lin-lan"


def test_wrong_usage(demo: str, tmp_path: Path) -> None:
    assert run("week", "--store", demo).exit_code == 2
    assert run("week", "jichuan", "--member", "lin-lan", "--store", demo).exit_code == 2
    missing = run("week", "--member", "nobody", "--store", demo)
    assert missing.exit_code == 1
    assert "nobody" in missing.stderr
    assert run("week", "--member", "lin-lan", "--at", "2026-01-01", "--store", demo).exit_code == 2
