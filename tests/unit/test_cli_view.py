"""graphsvc view: pictures of a store and straight of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples.make_demo import FILE
from tests.unit.test_cli import run

ASKED = ("view", "jichuan", "influence", "--on", "2026-03-02", "--lang", "en")


def test_the_same_picture_of_a_store_and_of_files(demo: str, tmp_path: Path) -> None:
    stored, files = tmp_path / "stored.svg", tmp_path / "files.svg"
    more = ("--opportunity", "energy-platform", "--step", "evaluate")
    assert run(*ASKED, *more, "-o", str(stored), "--store", demo).exit_code == 0
    assert run(*ASKED, *more, "-o", str(files), "--from", FILE).exit_code == 0
    assert stored.read_text("utf-8") == files.read_text("utf-8")
    assert "Influence map" in stored.read_text("utf-8")


@pytest.mark.parametrize(("ending", "begins"), [("PDF", b"%PDF-"), ("png", b"\x89PNG")])
def test_the_ending_says_which_file(demo: str, tmp_path: Path, ending: str, begins: bytes) -> None:
    file = tmp_path / f"map.{ending}"
    done = run(*ASKED, "-o", str(file), "--store", demo, "--paper", "A4")
    assert done.exit_code == 0, done.output
    assert str(file) in done.stdout
    assert file.read_bytes().startswith(begins)


def test_the_only_account_of_files_needs_no_name(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name,manager\nboss,Bo Boss,\naide,Al Aide,boss\n", "utf-8")
    file = tmp_path / "chart.svg"
    done = run("view", "-", "org-chart", "--from", str(people), "-o", str(file), "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "Al Aide" in file.read_text("utf-8")


def test_another_ending_is_wrong_usage(demo: str, tmp_path: Path) -> None:
    done = run(*ASKED, "-o", str(tmp_path / "map.gif"), "--store", demo)
    assert done.exit_code == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["diff", "channel-map"])
def test_what_files_do_not_hold_is_not_drawn_of_them(tmp_path: Path, name: str) -> None:
    done = run("view", "jichuan", name, "--from", FILE, "-o", str(tmp_path / "it.svg"))
    assert done.exit_code == 2
    assert not list(tmp_path.iterdir())
