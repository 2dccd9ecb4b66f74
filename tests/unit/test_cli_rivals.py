"""graphsvc threats, positions, overdue, confirm and complaints at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run


def test_threats_are_the_same_on_a_store_and_on_files(demo: str) -> None:
    stored = json.loads(run("threats", "jichuan", "--json", "--store", demo).stdout)
    assert [item["contact_id"] for item in stored["items"][:2]] == ["zhou-min", "wu-xiaodong"]
    files = json.loads(run("threats", "jichuan", "--from", FILE, "--json").stdout)
    assert {**files, "provenance": None} == {**stored, "provenance": None}


def test_threats_as_a_table(demo: str) -> None:
    table = rows(run("threats", "jichuan", "--opportunity", "smart-line-2", "--csv", "--store", demo))
    assert [(row["rank"], row["contact_id"], row["rival_id"]) for row in table[:2]] == [
        ("1", "zhou-min", "bai-qiming"),
        ("2", "wu-xiaodong", "fang-zhe"),
    ]


def test_threats_for_people_in_both_languages(demo: str) -> None:
    said = run("threats", "jichuan", "--store", demo).stdout
    assert "threat 30.3, leads at 3 (deciders: zhou-min)" in said
    assert "satisfaction 2/5" in said
    chinese = run("threats", "jichuan", "--store", demo, "--lang", "zh").stdout
    assert "领先于 3 人（其中决策者：zhou-min）" in chinese
    assert "  它们的劣势：" in chinese


@pytest.mark.parametrize("command", ["overdue", "confirm", "positions", "complaints"])
def test_answers_are_the_same_on_a_store_and_on_files(demo: str, command: str) -> None:
    stored = json.loads(run(command, "jichuan", "--json", "--store", demo).stdout)
    assert len(stored["items"]) >= (1 if command == "complaints" else 10)
    files = json.loads(run(command, "jichuan", "--from", FILE, "--json").stdout)
    assert {**files, "provenance": None} == {**stored, "provenance": None}
    table = rows(run(command, "jichuan", "--csv", "--store", demo))
    key = "contact_id" if command == "positions" else "rank"
    assert [row[key] for row in table] == [str(row[key]) for row in stored["items"]]


def test_the_week_for_people_in_both_languages(demo: str) -> None:
    english, chinese = (
        [
            run(command, "jichuan", "--store", demo, "--lang", lang).stdout
            for command in ("overdue", "confirm")
        ]
        for lang in ("en", "zh")
    )
    assert "never" in english[0].splitlines()[1]
    assert "To be assessed in" in english[1]
    assert "(Courts)" in english[1]
    assert "从未" in chinese[0].splitlines()[1]
    assert "周待测评" in chinese[1]
    assert "(竞争者关系)" in chinese[1]


def test_positions_and_a_trail_for_people_in_both_languages(demo: str) -> None:
    english = run("positions", "jichuan", "--store", demo).stdout
    assert "Supplier first, personal side lagging" in english
    assert "Finance-department managers" in english
    assert "先做供应商，个人关系滞后" in run("positions", "jichuan", "--store", demo, "--lang", "zh").stdout
    walked = run("positions", "jichuan", "--contact", "li-guoqiang", "--store", demo)
    assert "Outsider → Friend → Partner (Friend first)" in walked.stderr
    assert walked.stdout.splitlines()[1].split()[-1] == "Outsider"
    chinese = run("positions", "jichuan", "--contact", "li-guoqiang", "--store", demo, "--lang", "zh")
    assert "局外人 → 朋友 → 合作伙伴（先做朋友）" in chinese.stderr


def test_a_trail_is_the_same_on_a_store_and_on_files(demo: str) -> None:
    words = ("positions", "jichuan", "--contact", "sun-haitao")
    stored = json.loads(run(*words, "--json", "--store", demo).stdout)
    files = json.loads(run(*words, "--json", "--from", FILE).stdout)
    assert {**files, "provenance": None} == {**stored, "provenance": None}
    table = rows(run(*words, "--csv", "--store", demo))
    assert [row["on"] for row in table] == [point["on"] for point in stored["items"]]
    for where in (("--store", demo), ("--from", str(FILE))):
        unknown = run("positions", "jichuan", "--contact", "nobody", *where)
        assert (unknown.exit_code, unknown.stdout) == (1, "")
        assert "nobody" in unknown.stderr


def test_complaints_for_people_in_both_languages(demo: str) -> None:
    english = run("complaints", "jichuan", "--store", demo).stdout
    assert english.splitlines()[0].endswith("on the way to")
    assert "(competitor's, 2/5)" in english
    chinese = run("complaints", "jichuan", "--store", demo, "--lang", "zh").stdout
    assert "触达率损失" in chinese
    assert "（我方，4/5）" in chinese
    table = rows(run("complaints", "jichuan", "--csv", "--store", demo))
    assert [(row["contact_ids"], row["decider_id"]) for row in table] == [("cao-wenjing", "chen-lixin")]
    assert "Nothing to show" in run("complaints", "lanshan", "--store", demo).stderr


def test_files_know_their_own_ids(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name,manager_id\nNo 1,Ana,\nNo 2,Bob,No 1\n", "utf-8")
    assert [row["contact_id"] for row in rows(run("overdue", "--from", people, "--csv"))] == ["No 1", "No 2"]
    assert {row["target_id"] for row in rows(run("confirm", "--from", people, "--csv"))} == {"No 1", "No 2"}


def test_what_cannot_be_asked(demo: str) -> None:
    unknown = run("threats", "jichuan", "--opportunity", "nothing", "--store", demo)
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert "There is no" in unknown.stderr
    assert run("threats", "--store", demo).exit_code == 2
    assert run("threats", "nobody", "--store", demo).exit_code == 1
