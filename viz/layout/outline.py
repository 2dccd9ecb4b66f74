"""The outline of a drawn block: how far it reaches to the left and right at each height."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from viz.layout.boxes import Box


class Strip(NamedTuple):
    """From height y0 to y1 the block reaches from `left` to `right`."""

    y0: float
    y1: float
    left: float
    right: float


class Outline(NamedTuple):
    """Strips from top to bottom that do not overlap; heights between them are free."""

    strips: tuple[Strip, ...] = ()

    @classmethod
    def of(cls, box: Box) -> Outline:
        """The outline of one box."""
        return cls((Strip(box.y0, box.y1, box.x0, box.x1),))

    @property
    def box(self) -> Box:
        """The smallest box around it; it must not be empty."""
        left, right = min(strip.left for strip in self.strips), max(strip.right for strip in self.strips)
        return Box(left, self.strips[0].y0, right, self.strips[-1].y1)

    def moved(self, dx: float, dy: float = 0.0) -> Outline:
        """The same outline elsewhere. O(strips)."""
        return Outline(
            tuple(Strip(y0 + dy, y1 + dy, left + dx, right + dx) for y0, y1, left, right in self.strips)
        )

    def boxes(self, dx: float = 0.0, dy: float = 0.0) -> list[Box]:
        """Its strips as boxes, moved."""
        return [Box(left + dx, y0 + dy, right + dx, y1 + dy) for y0, y1, left, right in self.strips]

    def with_box(self, box: Box) -> Outline:
        """The outline of this and a box. O(strips)."""
        return self.merged(Outline.of(box))

    def merged(self, other: Outline) -> Outline:
        """The outline of both together. O(strips of both)."""
        mine, theirs = self.strips, other.strips
        if not mine or not theirs:
            return self if mine else other
        if mine[-1].y1 <= theirs[0].y0:
            return Outline(mine + theirs)
        if theirs[-1].y1 <= mine[0].y0:
            return Outline(theirs + mine)
        heights = sorted({height for strip in (*mine, *theirs) for height in strip[:2]})
        strips: list[Strip] = []
        i = j = 0
        for y0, y1 in pairwise(heights):
            while i < len(mine) and mine[i].y1 <= y0:
                i += 1
            while j < len(theirs) and theirs[j].y1 <= y0:
                j += 1
            across = [s[k] for s, k in ((mine, i), (theirs, j)) if k < len(s) and s[k].y0 <= y0]
            if not across:
                continue
            left, right = min(strip.left for strip in across), max(strip.right for strip in across)
            last = strips[-1] if strips else None
            if last and last.y1 == y0 and last.left == left and last.right == right:
                strips[-1] = Strip(last.y0, y1, left, right)
            else:
                strips.append(Strip(y0, y1, left, right))
        return Outline(tuple(strips))

    def shift_beside(self, other: Outline, gap_x: float, gap_y: float) -> float:
        """How far `other` must move right to stand clear of this one, `gap` apart. O(strips of both)."""
        shift, start = 0.0, 0
        mine = self.strips
        for y0, y1, left, _ in other.strips:
            while start < len(mine) and mine[start].y1 + gap_y <= y0:
                start += 1
            place = start
            while place < len(mine) and mine[place].y0 - gap_y < y1:
                shift = max(shift, mine[place].right + gap_x - left)
                place += 1
        return shift
