"""graphsvc forecast at the command line, on a store and straight on files."""

from __future__ import annotations

import json

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run


def test_it_is_the_same_on_a_store_and_on_files(demo: str) -> None:
    asked = ("forecast", "jichuan", "--opportunity", "smart-line-2", "--json")
    stored = json.loads(run(*asked, "--store", demo).stdout)
    files = json.loads(run(*asked, "--from", FILE).stdout)
    assert stored["vetoes"] == ["liu-zhiyuan"]
    assert {name: files[name] for name in ("items", "levers", "room")} == {
        name: stored[name] for name in ("items", "levers", "room")
    }


def test_for_people_in_both_languages(demo: str) -> None:
    said = run("forecast", "jichuan", "--opportunity", "smart-line-2", "--store", demo)
    assert "veto" in said.stdout
    assert "win over" in said.stdout
    assert "Veto: 刘志远." in said.stderr
    assert "not a promise" in said.stderr
    said = run("forecast", "jichuan", "--opportunity", "smart-line-2", "--store", demo, "--lang", "zh")
    assert "一票否决" in said.stdout
    assert "不是承诺" in said.stderr


def test_as_csv(demo: str) -> None:
    table = rows(run("forecast", "jichuan", "--opportunity", "smart-line-2", "--csv", "--store", demo))
    assert [row["contact_id"] for row in table if row["decider"].lower() == "true"] == [
        "chen-lixin", "liu-zhiyuan", "audit-head"
    ]  # fmt: skip


def test_wrong_questions(demo: str) -> None:
    assert run("forecast", "--store", demo).exit_code == 2
    assert run("forecast", "jichuan", "--step", "soon", "--store", demo).exit_code == 2
    assert run("forecast", "jichuan", "--opportunity", "nothing", "--store", demo).exit_code != 0
