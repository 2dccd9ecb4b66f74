"""How Python itself runs in a process of ours: when it looks for garbage, and how soon threads take turns."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["tune", "uncollected"]

_NEW, _YOUNG, _OLD = 100_000, 20, 100
"""So many new containers, rounds of the young, rounds of the middle-aged, before the next look."""
_TURN_S = 0.0005
"""How long a thread goes on while others wait for the interpreter."""


def tune() -> None:
    """For the whole process, once, after its modules are loaded.

    Garbage: by default a look comes after 700 new containers. An import makes dozens a row, none in circles,
    and spent a third of its processor time on looking. It costs some MB of garbage that lies longer.

    Turns: by default a thread that comes back from a database waits 5 ms for one that computes, and a write
    comes back from SQLite a dozen times.
    """
    gc.freeze()
    gc.set_threshold(_NEW, _YOUNG, _OLD)
    sys.setswitchinterval(_TURN_S)


_pauses = 0
_counting = threading.Lock()


@contextmanager
def uncollected() -> Iterator[None]:
    """Work whose many objects all go with it, in a second at most: nobody looks through them meanwhile.

    For the whole process, so that others' garbage waits, too. It may be entered by several at a time.
    """
    _pause(1)
    try:
        yield
    finally:
        _pause(-1)


def _pause(more: int) -> None:
    global _pauses
    with _counting:
        _pauses += more
        (gc.disable if _pauses else gc.enable)()
