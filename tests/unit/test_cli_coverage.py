"""graphsvc trust at the command line, on a store and straight on files."""

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
    assert "不存在" in unknown.stderr
