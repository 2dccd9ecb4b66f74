"""How often Python looks for circles of garbage: seldom, for here the many live objects are records."""

from __future__ import annotations

import gc

__all__ = ["collect_seldom"]

_NEW, _YOUNG, _OLD = 100_000, 20, 100
"""So many new containers, rounds of the young, rounds of the middle-aged, before the next look."""


def collect_seldom() -> None:
    """For the whole process, once, after its modules are loaded.

    By default a look comes after 700 new containers. An import makes dozens a row, none in circles, and
    spent a third of its processor time on looking. It costs some MB of garbage that lies longer.
    """
    gc.freeze()
    gc.set_threshold(_NEW, _YOUNG, _OLD)
