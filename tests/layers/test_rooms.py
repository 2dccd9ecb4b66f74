"""Who may import whom inside graphsvc: services and stores know no HTTP, and nothing below knows features."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HTTP = ("graphsvc.web", "fastapi", "starlette", "uvicorn")
FEATURES = ("graphsvc.features", "graphsvc.commands", "graphsvc.app")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize(
    ("room", "leave_out", "forbidden"),
    [
        ("features", {"router.py"}, HTTP),
        ("stores", set(), (*HTTP, *FEATURES)),
        ("access", set(), (*HTTP, *FEATURES)),
        ("web", set(), FEATURES),
        ("commands", {"serving.py"}, HTTP),
    ],
)
def test_a_room_does_not_know_the_rooms_above(
    room: str, leave_out: set[str], forbidden: tuple[str, ...]
) -> None:
    files = [path for path in (ROOT / "graphsvc" / room).rglob("*.py") if path.name not in leave_out]
    assert len(files) > 3
    found = [
        (str(path.relative_to(ROOT)), name)
        for path in files
        for name in imports(path)
        if any(name == top or name.startswith(f"{top}.") for top in forbidden)
    ]
    assert found == []
