"""graphsvc threats at the command line."""

from __future__ import annotations

import json

import pytest

from examples.make_demo import FILE
from tests.unit.test_cli import rows, run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the demo accounts."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cli') / 'demo.db'}"
    assert run("import", FILE, "--store", url).exit_code == 0
    return url


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


def test_what_cannot_be_asked(demo: str) -> None:
    unknown = run("threats", "jichuan", "--opportunity", "nothing", "--store", demo)
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert "There is no" in unknown.stderr
    assert run("threats", "--store", demo).exit_code == 2
    assert run("threats", "nobody", "--store", demo).exit_code == 1
