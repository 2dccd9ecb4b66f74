"""How far an import has come, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

from models.enums import Term


class Phase(Term):
    """What an import is doing: reading its files, checking the rules, writing batch after batch."""

    OPENING = "opening", "Opening the files", "打开文件"
    READING = "reading", "Reading rows", "读取各行"
    CHECKING = "checking", "Checking rules", "检查规则"
    WRITING = "writing", "Writing", "写入"


Progress = Callable[[Phase, int, int], None]
"""Told the phase, how much of it is done and how much there is; from any thread, often."""


def silent(phase: Phase, done: int, total: int) -> None:
    """Nobody waits."""
