"""The rules of the house: short files, one-way imports, no address of this machine, hashes in every lock."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("graphsvc", "viz", "queries", "models")
LONGEST_FILE = 400
LONGEST_FUNCTION = 50

# Written in pieces, so that this file does not name them.
PACKAGE_HOSTS = [
    f"{host}.{end}"
    for end, hosts in {
        "org": ["pypi", "pythonhosted", "registry.npmjs", "maven.apache", "repo1.maven", "deb.debian"],
        "com": ["registry.yarnpkg", "registry.npmmirror", "maven.aliyun", "mirrors.aliyun"],
        "io": ["static.crates", "index.crates", "registry-1.docker"],
    }.items()
    for host in hosts
]
PLACES_OF_ONE_MACHINE = re.compile(r"(?<![\w.\-/$}>])/(?:work|root|home|Users)/\w")


def python_files() -> list[Path]:
    folders = [*PACKAGES, "tests", "benchmarks"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [path for path in files if "node_modules" not in path.parts]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def tracked_texts() -> Iterator[tuple[str, str]]:
    if not (ROOT / ".git").exists():
        pytest.skip("which files belong to the project is read from git: run this in a clone")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    names = [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]
    assert len(names) > 20
    for name in names:
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            yield name, content.decode("utf-8", errors="replace")


def test_every_property_grows_with_the_long_run() -> None:
    counts = [
        (path.relative_to(ROOT), keyword.value)
        for path in python_files()
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "max_examples"
    ]
    assert len(counts) > 5
    fixed = [f"{path}:{value.lineno}" for path, value in counts if isinstance(value, ast.Constant)]
    assert fixed == [], "a number of its own stays as it is in `make test-long`: tests.lengths.cases grows"


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert len(lengths) > 20
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its docstring, which may be as long as a reference page needs."""
    first = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    told = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - told


def test_functions_are_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and code_lines(node) > LONGEST_FUNCTION
    ]
    assert long == []


def test_imports_go_one_way() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert tuple(config["root_packages"]) == PACKAGES
    assert [tuple(contract["layers"]) for contract in config["contracts"]] == [PACKAGES]
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_names_a_package_host() -> None:
    found = [(name, host) for name, text in tracked_texts() for host in PACKAGE_HOSTS if host in text]
    assert found == []


def test_no_file_names_a_place_of_one_machine() -> None:
    found = [
        (name, match.group())
        for name, text in tracked_texts()
        if not name.startswith("viz/static/vendor/")
        for match in PLACES_OF_ONE_MACHINE.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_locks_hold_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    tops = [line for line in text.splitlines() if line[:1].strip(" #")]
    entries = re.findall(r"^(\S+==\S+)(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(entries) > 20
    assert len(entries) == len(tops), "a line that is no exact version"
    assert [name for name, rest in entries if "--hash=sha256:" not in rest] == []
    assert "://" not in text


def test_developers_and_users_get_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / "requirements" / name).read_text("utf-8"), re.MULTILINE))

    assert pins("run.txt") <= pins("dev.txt")


def test_every_query_text_is_asked_for() -> None:
    texts = [path for path in (ROOT / "queries" / "text").iterdir() if path.suffix in {".cypher", ".sql"}]
    assert texts
    words = {
        node.value
        for path in python_files()
        if path.relative_to(ROOT).parts[0] in PACKAGES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [path.name for path in texts if not {path.stem, path.name} & words] == []
