"""graphsvc trust and coverage at the command line, on a store and straight on files."""

from __future__ import annotations

import json

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run


def test_trust_is_the_same_on_a_store_and_on_files(demo: str) -> None:
    stored = json.loads(run("trust", "jichuan", "--json", "--store", demo).stdout)
    files = json.loads(run("trust", "jichuan", "--from", FILE, "--json").stdout)
    assert stored["weakest"] == "finance_manager"
    assert {name: files[name] for name in ("items", "trust", "levels")} == {
        name: stored[name] for name in ("items", "trust", "levels")
    }


def test_trust_for_people_in_both_languages(demo: str) -> None:
    said = run("trust", "jichuan", "--store", demo)
    assert "Finance-department managers" in said.stdout
    assert "sceptical or against us" in said.stdout
    assert said.stderr.startswith("Trust ")
    said = run("trust", "jichuan", "--opportunity", "energy-platform", "--store", demo, "--lang", "zh")
    assert "财务部门管理层" in said.stdout
    assert "45%" in said.stdout
    assert "信任度" in said.stderr


def test_trust_as_csv(demo: str) -> None:
    table = rows(run("trust", "jichuan", "--step", "commit", "--csv", "--store", demo))
    assert [row["weight"] for row in table] == ["0.4", "0.1", "0.05", "0.35", "0.05", "0.05"]
    assert table[3]["contact_id"] == "feng-lihua"


def test_wrong_questions_about_trust(demo: str) -> None:
    assert run("trust", "--store", demo).exit_code == 2
    assert run("trust", "jichuan", "--step", "soon", "--store", demo).exit_code == 2
    unknown = run("trust", "jichuan", "--opportunity", "nothing", "--store", demo, "--lang", "zh")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert "此处没有" in unknown.stderr


def test_coverage_is_the_same_on_a_store_and_on_files(demo: str) -> None:
    stored = json.loads(run("coverage", "jichuan", "--json", "--store", demo).stdout)
    files = json.loads(run("coverage", "jichuan", "--from", FILE, "--json").stdout)
    assert stored["shape"] < 0.5
    stored.pop("provenance")
    assert {name: files[name] for name in stored} == stored


def test_coverage_for_people_in_both_languages(demo: str) -> None:
    said = run("coverage", "jichuan", "--store", demo).stdout
    assert said.splitlines()[0].split()[:3] == ["rung", "ours", "theirs"]
    assert "Shape 0.39 (0 bow-tie, 1 diamond)." in said
    assert "Access to 陈立新 hangs on lin-lan" in said
    assert "Next: he-miao – feng-lihua (Manager), from 24 to 50" in said
    said = run(
        "coverage", "jichuan", "--opportunity", "energy-platform", "--store", demo, "--lang", "zh"
    ).stdout
    assert "形状 0.39（0 蝴蝶结，1 钻石）。" in said
    assert "尚未拿下：财务部门管理层" in said


def test_coverage_as_csv(demo: str) -> None:
    table = rows(run("coverage", "jichuan", "--limit", "3", "--csv", "--store", demo))
    assert [row["contact_id"] for row in table] == ["li-guoqiang", "chen-lixin", "song-jia"]
    assert [row["discount"] for row in table] == ["", "", "voiceless"]


def test_wrong_questions_about_coverage(demo: str) -> None:
    assert run("coverage", "--store", demo).exit_code == 2
    assert run("coverage", "jichuan", "--limit", "0", "--store", demo).exit_code == 2
    assert run("coverage", "nobody", "--store", demo).exit_code == 1
    assert run("coverage", "jichuan", "--opportunity", "nothing", "--store", demo).exit_code == 1
