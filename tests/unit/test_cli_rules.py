"""graphsvc rules: shown, changed, reset, told; answers on the same store follow."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from queries.rules import DEFAULT_RULES
from tests.unit.test_cli import run


def test_rules_are_changed_and_reset(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'graph.db'}"
    shown = run("rules", "--store", store)
    assert shown.exit_code == 0
    assert "influence.damping" in shown.stdout
    assert DEFAULT_RULES.version in shown.stdout
    changed = run(
        "rules", "--store", store, "--set", "influence.damping=0.5", "--reason", "try", "--lang", "zh"
    )
    assert "原值" in changed.stdout
    after = json.loads(run("rules", "--store", store, "--json").stdout)
    assert after["version"] != DEFAULT_RULES.version
    told = run("rules", "--store", store, "--history")
    assert "influence.damping" in told.stdout
    assert "try" in told.stdout
    run("rules", "--store", store, "--reset", "influence.damping")
    assert json.loads(run("rules", "--store", store, "--json").stdout)["version"] == DEFAULT_RULES.version
    old = json.loads(run("rules", "--store", store, "--json", "--version", after["version"]).stdout)
    assert not old["in_force"]


def copied(demo: str, folder: Path) -> str:
    """A store of one's own with the demo accounts."""
    return f"sqlite:///{shutil.copy(demo.removeprefix('sqlite:///'), folder)}"


def test_answers_of_a_store_follow(demo: str, tmp_path: Path) -> None:
    store = copied(demo, tmp_path)
    run("rules", "--store", store, "--set", "influence.damping=0.2")
    version = json.loads(run("rules", "--store", store, "--json").stdout)["version"]
    for command in ("rank", "coverage", "strength", "advice"):
        answer = json.loads(run(command, "jichuan", "--store", store, "--json").stdout)
        assert answer["provenance"]["rules_version"] == version, command


def test_chains_beyond_the_budget_are_told_in_part(demo: str, tmp_path: Path) -> None:
    store = copied(demo, tmp_path)
    asked = ("chains", "jichuan", "--store", store, "--to", "liu-zhiyuan", "--to", "chen-lixin", "-k", "1")
    assert not json.loads(run(*asked, "--json").stdout)["truncated"]
    run("rules", "--store", store, "--set", "chains.most_steps=1")
    found = json.loads(run(*asked, "--json").stdout)
    assert (found["truncated"], found["targets_left_out"]) == (True, 1)
    assert [chain["target_id"] for chain in found["items"]] == ["liu-zhiyuan"]
    assert "1 more were not reached for" in run(*asked).stderr
    assert "另有 1 位未计算" in run(*asked, "--lang", "zh").stderr


@pytest.mark.parametrize("bad", ["influence.damping", "influence.damping=much", "influence.damping=7"])
def test_a_bad_change_is_told(tmp_path: Path, bad: str) -> None:
    refused = run("rules", "--store", f"sqlite:///{tmp_path / 'graph.db'}", "--set", bad)
    assert refused.exit_code != 0
    assert refused.stderr
