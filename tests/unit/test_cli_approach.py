"""graphsvc approach at the command line: from a store and from files, for people and for programs."""

from __future__ import annotations

import json

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run


def test_an_approach_is_the_same_on_a_store_and_on_files(demo: str) -> None:
    asked = ("approach", "jichuan", "--contact", "wang-jianguo", "--opportunity", "energy-platform")
    stored = json.loads(run(*asked, "--json", "--store", demo).stdout)
    files = json.loads(run(*asked, "--json", "--from", FILE).stdout)
    assert files["items"] == stored["items"]
    assert stored["items"][0]["rule"] == "spin.return.situation"
    assert "Energy per ton down by 8 %" in stored["items"][2]["text"], "his goal, from the dossier"
    table = rows(run(*asked, "--csv", "--store", demo))
    assert [row["text"] for row in table] == [item["text"] for item in stored["items"]]


def test_an_approach_for_people_in_chinese() -> None:
    said = run("approach", "jichuan", "--contact", "wu-xiaodong", "--from", FILE, "--lang", "zh")
    assert said.exit_code == 0
    lines = said.stdout.splitlines()
    assert lines[0].split() == ["类别", "内容", "提问", "话术"]
    assert lines[1].split()[:3] == ["关注点", "资质", "情境性"]
    assert any(line.startswith("已装产品") and "只打了 2 分" in line for line in lines)


def test_some_are_refused() -> None:
    asked = ("approach", "jichuan", "--from", FILE)
    unnamed = run(*asked, "--contact", "audit-head")
    assert (unnamed.exit_code, unnamed.stdout) == (1, "")
    assert "find out the name first" in unnamed.stderr
    assert run(*asked, "--contact", "nobody").exit_code == 1
    assert run(*asked).exit_code == 2
    assert run(*asked, "--contact", "wu-xiaodong", "--opportunity", "a b").exit_code == 2
