"""How much memory this process and those it starts take."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

MB = 1 << 20
_LOOK_AGAIN_S = 0.1


def memory(pid: int | str = "self") -> int:
    """The resident memory of a process, in bytes."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


class Peak:
    """The most memory this process takes while it is entered, alone and with the processes it starts then."""

    def __init__(self) -> None:
        self.own = self.all = 0
        self._before: set[str] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Peak:
        self._before = set(_children())
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_LOOK_AGAIN_S):
            own = memory()
            self.own = max(self.own, own)
            new = (pid for pid in _children() if pid not in self._before)
            self.all = max(self.all, own + sum(map(memory, new)))


def _children() -> list[str]:
    return [pid for task in Path("/proc/self/task").iterdir() for pid in _started_by(task)]


def _started_by(task: Path) -> list[str]:
    """The processes that a thread started: none if it has ended since it was listed."""
    try:
        return (task / "children").read_text().split()
    except FileNotFoundError:
        return []
