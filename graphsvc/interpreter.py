"""How Python itself runs in a process of ours: garbage, turns of threads, memory that was given back."""

from __future__ import annotations

import ctypes
import gc
import sys

__all__ = ["tune"]

_NEW, _YOUNG, _OLD = 100_000, 20, 100
"""So many new containers, rounds of the young, rounds of the middle-aged, before the next look."""
_TURN_S = 0.0005
"""How long a thread goes on while others wait for the interpreter."""
_TRIM, _MMAP, _ARENAS = -1, -3, -8
"""Names of glibc's mallopt (malloc.h)."""
_KEPT, _LARGE, _MOST_ARENAS = 64 << 20, 32 << 20, 4


def tune() -> None:
    """For the whole process, once, after its modules are loaded.

    Garbage: by default a look comes after 700 new containers. An import makes dozens a row, none in circles,
    and spent a third of its processor time on looking. It costs some MB of garbage that lies longer.

    Turns: by default a thread that comes back from a database waits 5 ms for one that computes, and a write
    comes back from SQLite a dozen times.

    Memory: by default an array of some megabytes is fetched from the system and given back each time, and
    each of its pages costs a fault; a fifth of a ranking of 100,000 people was that. So up to 64 MB are kept
    for the next one, in each of four arenas at most. Where the C library is not glibc, all stays as it is.
    """
    gc.freeze()
    gc.set_threshold(_NEW, _YOUNG, _OLD)
    sys.setswitchinterval(_TURN_S)
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        for name, most in ((_TRIM, _KEPT), (_MMAP, _LARGE), (_ARENAS, _MOST_ARENAS)):
            mallopt(name, most)
