"""graphsvc what-if at the command line, on a store and straight on files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run

LEAVES = ("what-if", "jichuan", "--opportunity", "smart-line-2", "--change", "leave member_id=lin-lan")


def test_it_is_the_same_on_a_store_and_on_files(demo: str) -> None:
    stored = json.loads(run(*LEAVES, "--json", "--store", demo).stdout)
    files = json.loads(run(*LEAVES, "--json", "--from", FILE).stdout)
    assert files["moved"] == stored["moved"]
    assert stored["moved"]


def test_for_people_in_both_languages(demo: str) -> None:
    said = run(*LEAVES, "--answer", "departure", "--answer", "trust", "--store", demo).stdout
    assert "If 林澜 leaves, the way to 陈立新 loses most" in said
    tie = "tie member_id=gao-yuan contact_id=liang-wei grade=trusted"
    asked = ("what-if", "jichuan", "--opportunity", "smart-line-2", "--change", tie, "--answer", "forecast")
    said = run(*asked, "--store", demo, "--lang", "zh").stdout
    assert "假设：gao-yuan – liang-wei 的关系强度为 50.3（期望 50）。" in said
    assert said.count("可一票否决：刘志远") == 2
    assert any(line.startswith("预测") and "梁伟" in line for line in said.splitlines())


def test_as_csv(demo: str) -> None:
    table = rows(run(*LEAVES, "--answer", "chains", "--csv", "--store", demo))
    assert (table[0]["ids"], table[0]["names"]) == ("chen-lixin", "陈立新")
    assert float(table[0]["change"]) < 0


def test_changes_from_a_file(demo: str, tmp_path: Path) -> None:
    file = tmp_path / "changes.json"
    edge = {"kind": "edge", "edge": "influences", "source_id": "liang-wei", "target_id": "liu-zhiyuan"}
    file.write_text(json.dumps({"changes": [{**edge, "fields": {"weight": 1.0}}]}))
    said = ("what-if", "jichuan", "--answer", "chains", "--store", demo, "--json")
    from_file = json.loads(run(*said, "--changes", file).stdout)
    line = "edge edge=influences source_id=liang-wei target_id=liu-zhiyuan weight=1.0"
    assert json.loads(run(*said, "--change", line).stdout)["moved"] == from_file["moved"]


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        ((), 1, "changes"),
        (("--change", "leave"), 1, "/changes/0"),
        (("--change", "leave nobody"), 2, "leave nobody"),
        (("--change", "vanish member_id=x"), 1, "/changes/0/kind"),
        (("--change", "leave member_id=nobody"), 1, "/changes/0/member_id"),
        (("--change", "leave member_id=lin-lan", "--answer", "weather"), 2, "weather"),
    ],
)
def test_wrong_questions(demo: str, options: tuple[str, ...], status: int, said: str) -> None:
    answer = run("what-if", "jichuan", *options, "--store", demo)
    assert (answer.exit_code, answer.stdout) == (status, "")
    assert said in answer.stderr
