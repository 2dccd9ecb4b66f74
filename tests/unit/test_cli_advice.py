"""graphsvc advice and the tiers of graphsvc accounts at the command line."""

from __future__ import annotations

import json
from pathlib import Path

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run


def test_advice_is_the_same_on_a_store_and_on_files(demo: str) -> None:
    stored = json.loads(run("advice", "jichuan", "--json", "--store", demo).stdout)
    first = ["action-overdue", "complaint-open", "same-city"]
    assert [item["rule"] for item in stored["items"][:3]] == first
    files = json.loads(run("advice", "jichuan", "--from", FILE, "--json").stdout)
    assert files["items"] == stored["items"]


def test_advice_about_one_purchase(demo: str) -> None:
    table = rows(run("advice", "jichuan", "--opportunity", "energy-platform", "--csv", "--store", demo))
    assert {(row["severity"], row["rule"]) for row in table} >= {
        ("high", "complaint-open"),
        ("medium", "stage-step-mismatch"),
        ("low", "role-unplaced"),
    }
    assert {row["opportunity_id"] for row in table} == {"", "energy-platform"}
    (sour,) = [row for row in table if row["rule"] == "complaint-open"]
    assert sour["next_step"] == "Settle the complaint of 曹文静; then ask for a referral."
    unknown = run("advice", "jichuan", "--opportunity", "nothing", "--store", demo)
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert "There is no" in unknown.stderr


def test_advice_for_people_in_chinese(demo: str) -> None:
    said = run("advice", "jichuan", "--store", demo, "--lang", "zh")
    assert said.exit_code == 0
    assert "承诺已逾期 9 天" in said.stdout
    assert said.stdout.splitlines()[1].startswith("紧急")
    assert "办结曹文静的投诉，满意后请其推荐。" in said.stdout
    assert "contact-overdue 8" in said.stderr, "what is left off is counted"


def test_advice_needs_an_account(demo: str) -> None:
    assert run("advice", "--store", demo).exit_code == 2
    assert run("advice", "nobody", "--store", demo).exit_code == 1
    assert run("advice", "jichuan", "--on", "soon", "--store", demo).exit_code == 2


def test_accounts_show_a_suggestion_only_where_it_differs(demo: str) -> None:
    table = {row["id"]: row for row in rows(run("accounts", "--csv", "--store", demo))}
    assert {id_: (row["tier"], row["suggested_tier"]) for id_, row in table.items()} == {
        "jichuan": ("A", "A"),
        "xinqiao": ("A", "A"),
        "huize": ("B", "B"),
        "dongbu": ("C", "C"),
        "jichuan-logistics": ("", ""),
        "lanshan": ("", ""),
    }
    small = Path(demo.removeprefix("sqlite:///")).with_name("two.json")
    nodes = [
        {"kind": "account", "id": id_, "name": id_, "annual_volume": volume, "tier": "B"}
        for id_, volume in (("big", 9.0), ("next", 1.0))
    ]
    nodes += [
        {
            "kind": "opportunity",
            "id": f"deal-{money}",
            "account_id": "big",
            "name": money,
            "value": 5e6,
            "currency": money,
        }
        for money in ("CNY", "EUR")
    ]
    small.write_text(json.dumps({"format": "graphsvc/1", "nodes": nodes, "edges": []}), "utf-8")
    url = f"sqlite:///{small.with_suffix('.db')}"
    assert run("import", small, "--store", url).exit_code == 0
    lines = [line.split() for line in run("accounts", "--store", url).stdout.splitlines()]
    assert lines[0][:4] == ["id", "name", "tier", "suggested"]
    (big, _) = rows(run("accounts", "--csv", "--store", url))
    assert (big["open_value"], big["open_values"]) == ("", "5000000.0 CNY; 5000000.0 EUR"), "never added up"
    assert [line[:4] for line in lines[1:]] == [["big", "big", "B", "A"], ["next", "next", "B", "–"]]
