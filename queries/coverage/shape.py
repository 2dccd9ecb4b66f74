"""The shape of our relations: does all hang on one rung, or do equals meet equals on each?"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["shape"]


def shape(strands: Sequence[float]) -> float | None:
    """0 = bow-tie 蝴蝶结 (one rung has all, or none has any) … 1 = diamond 钻石 (all rungs alike).

    `strands` are the best ties between equals, in points, of each rung where both sides have people:
    (Σ a / max a − 1)/(L − 1) of the L strands. None for fewer than two. O(L).
    The picture is the trade's (McDonald, Millman & Rogers 1996: bow-tie and diamond of key-account
    relations), the index ours.
    """
    if len(strands) < 2:
        return None
    most = max(strands)
    return (sum(strands) / most - 1) / (len(strands) - 1) if most > 0 else 0.0
