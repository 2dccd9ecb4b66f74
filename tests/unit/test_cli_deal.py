"""graphsvc deal at the command line, on a store and straight on files."""

from __future__ import annotations

import json

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run

ASKED = ("deal", "jichuan", "--opportunity", "smart-line-2")


def test_it_is_the_same_on_a_store_and_on_files(demo: str) -> None:
    stored = json.loads(run(*ASKED, "--json", "--store", demo).stdout)
    files = json.loads(run(*ASKED, "--json", "--from", FILE).stdout)
    assert stored["vetoes"] == ["liu-zhiyuan"]
    for name in ("items", "milestones", "criteria", "windows", "vetoes"):
        assert files[name] == stored[name]
    assert files["advice"]["items"] == stored["advice"]["items"]


def test_for_people_in_both_languages(demo: str) -> None:
    said = run(*ASKED, "--store", demo).stdout
    assert said.splitlines()[0].endswith(": buyer at Evaluate, we at Bid.")
    for part in ("Criteria: Our idea 3, Competitor's idea 2, Their own 2.", "VETO, Approver", "; shuts on "):
        assert part in said
    said = run("deal", "jichuan", "--opportunity", "energy-platform", "--store", demo, "--lang", "zh").stdout
    assert said.splitlines()[0].endswith("：客户处于“内部酝酿”，我方处于“客户开发”（应为：立项）。")
    for part in ("一票否决、审批者", "窗口开启：line-1，安装实施，预计", "[紧急]"):
        assert part in said


def test_as_csv(demo: str) -> None:
    table = rows(run(*ASKED, "--csv", "--store", demo))
    assert [row["contact_id"] for row in table[:2]] == ["chen-lixin", "liu-zhiyuan"]
    assert table[1]["veto"] == "True"


def test_wrong_questions(demo: str) -> None:
    assert run("deal", "jichuan", "--store", demo).exit_code == 2
    unknown = run("deal", "jichuan", "--opportunity", "nothing", "--store", demo)
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert "nothing" in unknown.stderr
    assert run("deal", "jichuan", "--opportunity", "nothing", "--from", FILE).exit_code == 1
