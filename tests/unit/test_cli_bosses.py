"""graphsvc bosses at the command line."""

from __future__ import annotations

import json
from pathlib import Path

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run


def test_probable_bosses_are_the_same_on_a_store_and_on_files(demo: str) -> None:
    stored = json.loads(run("bosses", "jichuan", "--json", "--store", demo).stdout)
    assert [item["contact_id"] for item in stored["items"]] == ["wang-jianguo", "tom-ellery", "helen-marsh"]
    files = json.loads(run("bosses", "jichuan", "--from", FILE, "--json").stdout)
    assert {**files, "provenance": None} == {**stored, "provenance": None}
    table = rows(run("bosses", "jichuan", "--csv", "--store", demo))
    assert [(row["contact_id"], row["boss_id"]) for row in table] == [
        (item["contact_id"], item["boss_id"] or "") for item in stored["items"]
    ]


def test_one_person_may_be_asked_about_alone(demo: str) -> None:
    everybody = json.loads(run("bosses", "jichuan", "--json", "--store", demo).stdout)["items"]
    for place in (["--store", demo], ["--from", FILE]):
        alone = json.loads(run("bosses", "jichuan", "--contact", "tom-ellery", "--json", *place).stdout)
        assert alone["items"] == [item for item in everybody if item["contact_id"] == "tom-ellery"]


def test_for_people_in_both_languages(demo: str) -> None:
    english = run("bosses", "jichuan", "-k", "1", "--store", demo)
    assert "nobody above" in english.stdout.splitlines()[1]
    assert "At the top 56/58" in english.stdout
    assert "somebody else" in english.stdout.splitlines()[-1]
    assert "Sure enough to be confirmed: 1" in english.stderr
    chinese = run("bosses", "jichuan", "-k", "1", "--store", demo, "--lang", "zh")
    assert "无上级" in chinese.stdout.splitlines()[1]
    assert "同部门同级的上级 4/4" in chinese.stdout
    assert "可供确认的有 1 条" in chinese.stderr
    assert len(english.stdout.splitlines()) == len(chinese.stdout.splitlines()) == 6


def test_files_know_their_own_ids_and_get_a_change_set(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "id,name,department,title,rung,manager_id\nNo 1,Ana,Shop,Head,manager,\n"
        "No 2,Bob,Shop,Worker,operator,No 1\n"
        "No 3,Cem,Shop,Worker,operator,\n",
        "utf-8",
    )
    found = json.loads(run("bosses", "--from", people, "--json").stdout)
    assert [item["boss_id"] for item in found["items"] if item["contact_id"] == "No 3"] == ["No 1"]
    (line,) = [put["record"] for put in found["proposal"]["changes"]]
    assert (line["source_id"], line["target_id"]) == ("No 3", "No 1")


def test_what_cannot_be_asked(demo: str) -> None:
    assert run("bosses", "jichuan", "-k", "21", "--store", demo).exit_code == 2
    assert run("bosses", "--store", demo).exit_code == 2
    assert run("bosses", "nobody", "--store", demo).exit_code == 1
