"""What an installed wheel holds: every package, and every file that the code reads beside itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("graphsvc", "models", "queries", "viz")
FOLDERS = {**{package: package for package in PACKAGES}, "examples": "graphsvc/examples"}
"""Folders of the checkout and what they are called in a wheel."""
TEXTS = {".cypher", ".sql", ".json", ".md", ".txt", ".po", ".mo"}
DATA = TEXTS | {".csv", ".html", ".j2", ".js", ".css", ".svg", ".png", ".ico"}
ASSETS = ROOT / "viz" / "assets"


def ignore(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name in {"node_modules", "__pycache__"} or Path(folder, name) == ASSETS}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing an earlier build left behind gets in."""
    source = tmp_path_factory.mktemp("source")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, source / folder, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    out = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(source))
    return next(out.glob("graphsvc-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip("install", "--no-deps", "--no-index", "--target", str(target), str(wheel))
    return target


def pip(*words: str) -> None:
    run(sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *words)


def run(*command: str, **environment: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def run_installed(target: Path, *words: str) -> str:
    """Run Python on the wheel and this environment's packages; -S keeps the editable install out."""
    places = dict.fromkeys([str(target), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    return run(sys.executable, "-S", "-P", *words, PYTHONPATH=os.pathsep.join(places))


def test_every_package_is_listed() -> None:
    found = {
        ".".join((Path(name) / path.parent.relative_to(ROOT / folder)).parts)
        for folder, name in FOLDERS.items()
        for path in (ROOT / folder).rglob("__init__.py")
        if "node_modules" not in path.parts
    }
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert sorted(found) == config["tool"]["setuptools"]["packages"]


def test_no_module_lies_outside_a_package() -> None:
    lost = [
        path
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        if not (path.parent / "__init__.py").exists() and "node_modules" not in path.parts
    ]
    assert lost == []


def test_the_wheel_holds_every_module_and_data_file(wheel: Path) -> None:
    wanted = {
        (Path(name) / path.relative_to(ROOT / folder)).as_posix()
        for folder, name in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if path.suffix in DATA | {".py"} and ASSETS not in path.parents and "__pycache__" not in path.parts
    }
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {"viz/static/vendor/vis-network.js", "graphsvc/examples/demo.json"} <= held
    assert wanted <= held, sorted(wanted - held)
    assert not any("node_modules" in name or name.startswith(("viz/assets/", "tests/")) for name in held)


def test_the_wheel_brings_the_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert any(name.endswith("vendor/LICENSES.txt") and ".dist-info/" in name for name in names)


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_imports_from_the_installed_wheel(package: str, installed: Path) -> None:
    place = run_installed(installed, "-c", f"import {package}; print({package}.__file__)")
    assert Path(place.strip()) == installed / package / "__init__.py"


def test_the_command_runs_from_the_installed_wheel(installed: Path) -> None:
    text = run_installed(installed, str(installed / "bin" / "graphsvc"), "--help")
    assert "serve" in text
    assert "demo" in text


def test_the_installed_demo_finds_its_account(installed: Path) -> None:
    code = "from graphsvc.samples import DEMO, sample; print(sample(DEMO))"
    place = Path(run_installed(installed, "-c", code).strip())
    assert place == installed / "graphsvc" / "examples" / "demo.json"
    assert place.read_bytes() == (ROOT / "examples" / "demo.json").read_bytes()
