"""What the packages import is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("models", "queries", "viz", "graphsvc")
NOT_IMPORTED = {"neo4j-rust-ext", "python-multipart"}
"""Work inside another package."""
ALSO_BROUGHT = {"starlette": "fastapi"}
"""A module that is part of the promise of a declared package."""


def declared() -> set[str]:
    """The names of the dependencies that users install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {re.split(r"[<>=!~\[; ]", line)[0].lower() for line in project["dependencies"]}


def imported() -> Iterator[str]:
    """The top-level modules of others that our code imports."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    yield from (alias.name.split(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node.module.split(".")[0]


def test_imports_and_dependencies_agree() -> None:
    modules = {name for name in imported() if name not in sys.stdlib_module_names} - {*PACKAGES, "examples"}
    homes = packages_distributions()
    used = {
        ALSO_BROUGHT.get(module)
        or next(iter(sorted({home.lower().replace("_", "-") for home in homes[module]})))
        for module in modules
    }
    assert used - declared() == set()
    assert declared() - used - NOT_IMPORTED == set()
