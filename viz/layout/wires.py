"""The ways of dotted lines on the org chart."""

from __future__ import annotations

from viz.layout.boxes import Box, Point

_OUT, _UNDER, _ASIDE, _LOW = 30.0, 9.0, 7.0, 22.0


def dotted_line(boss: Box, person: Box) -> tuple[Point, ...]:
    """From the foot of a second boss, above the solid lines, down the free strip right of the person.

    It enters the person's card from the right, below its middle.
    """
    start = boss.centre[0] + _OUT
    across, aside = boss.y1 + _UNDER, person.x1 + _ASIDE
    at = person.centre[1] + _LOW
    return (start, boss.y1), (start, across), (aside, across), (aside, at), (person.x1, at)
