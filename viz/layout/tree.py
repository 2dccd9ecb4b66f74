"""The org chart: a tidy tree above, people without reports hanging in columns, assistants beside.

The tree is packed by outlines (E. M. Reingold and J. S. Tilford, Tidier drawings of trees, IEEE
Transactions on Software Engineering 7(2), 1981) with blocks of several heights. Whole departments become
rectangles, so that their panels hold nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from viz.layout.boxes import Box, Point
from viz.layout.outline import Outline
from viz.theme import CARD_HEIGHT, CARD_WIDTH, CHIP_DROP

ROW_GAP = 84.0
LEAF_GAP = 14.0
HANG_GAP = 36.0
INDENT = 22.0
COLUMN = CARD_WIDTH + INDENT + 10
BESIDE = 44.0
BLOCK_GAP = 26.0
BUS = 18.0
SPINE, SPINE_IN = 13.0, 9.0
"""Spines run left of their column; that of a single column under a head, inside its left edge."""
PANEL_SIDE, PANEL_TOP, PANEL_FOOT = 10.0, 42.0, 14.0
ASSISTANTS = 2

Group = Sequence[tuple["Seat", int]]
Line = tuple[str, tuple[Point, ...]]
"""The way from a boss to the person named, corner by corner."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A card to place: its boss among the cards (None: a root), department, place among its siblings.

    `whole` is the department that all people under the card belong to with it, folded ones too, if there is
    one. `chip`: folded people hang on it; it stays in the row of the bosses and has room for their chip.
    """

    id: str
    boss: str | None
    unit: str | None
    whole: str | None
    order: tuple[Any, ...]
    chip: bool = False

    @property
    def height(self) -> float:
        """Of the card with its chip."""
        return CARD_HEIGHT + (CHIP_DROP if self.chip else 0.0)


@dataclass(slots=True)
class Block:
    """A part of the drawing in its own coordinates.

    `head` is the seat a line from above comes down to at x = `anchor`; None in a stack, whose cards are
    reached from a spine at `anchor`. `whole`: the department all its people belong to, if there is one.
    """

    head: Seat | None
    whole: str | None
    anchor: float
    seats: list[tuple[Seat, float, float]]
    """Own cards with their left top corners."""
    parts: list[tuple[Block, float, float]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    panel: Box | None = None

    def frame(self) -> None:
        """Puts a panel around a block that is one department; its outline becomes a rectangle."""
        if self.whole is not None:
            x0, y0, x1, y1 = self.outline.box
            self.panel = Box(x0 - PANEL_SIDE, y0 - PANEL_TOP, x1 + PANEL_SIDE, y1 + PANEL_FOOT)
            self.outline = Outline.of(self.panel)


def columns_of(seats: Sequence[Seat], rows: int) -> list[Sequence[Seat]]:
    """`seats` in as few columns of at most `rows` as needed, the columns about equally long."""
    count = -(-len(seats) // rows)
    length = -(-len(seats) // count)
    return [seats[start : start + length] for start in range(0, len(seats), length)]


def _in_columns(
    seats: Sequence[Seat], rows: int, left: float, top: float
) -> tuple[list[tuple[Seat, float, float]], Box]:
    """Cards in columns with their corners, and the one box around them, so that stacks never interlock."""
    placed, foot = [], top
    for place, column in enumerate(columns_of(seats, rows)):
        y = top
        for seat in column:
            placed.append((seat, left + place * COLUMN, y))
            y += seat.height + LEAF_GAP
        foot = max(foot, y - LEAF_GAP)
    return placed, Box(left, top, placed[-1][1] + CARD_WIDTH, foot)


def alone(head: Seat, whole: str | None) -> Block:
    """A card by itself: a head whose people are all folded away, or a single person without reports."""
    outline = Outline.of(Box(0.0, 0.0, CARD_WIDTH, head.height))
    return Block(head, whole, CARD_WIDTH / 2, [(head, 0.0, 0.0)], outline=outline)


def hanging(head: Seat, groups: Sequence[Group], rows: int) -> Block:
    """A head with its people hanging below it in one column or several.

    A group is a report and everybody under it, each person with the number of steps it is indented; groups
    are not broken between columns.
    """
    columns = _group_columns(groups, rows)
    top = head.height + HANG_GAP
    placed: list[tuple[Seat, float, float]] = []
    lines: list[Line] = []
    left, foot = INDENT, top
    bus = head.height + BUS if len(columns) > 1 else None
    for column in columns:
        y = top
        spine = left - SPINE
        for seat, depth in column:
            placed.append((seat, left + depth * INDENT, y))
            y += seat.height + LEAF_GAP
        foot = max(foot, y - LEAF_GAP)
        lines += _hung_lines(column, placed[-len(column) :], spine)
        left += CARD_WIDTH + INDENT * (1 + max(depth for _, depth in column)) + 10
    right = max(x for _, x, _ in placed) + CARD_WIDTH
    at = 0.0 if bus is None else (right - CARD_WIDTH) / 2
    start = at + (SPINE_IN if bus is None else CARD_WIDTH / 2)
    first: tuple[Point, ...] = (
        ((start, CARD_HEIGHT),) if bus is None else ((start, CARD_HEIGHT), (start, bus))
    )
    direct = {group[0][0].id for group in groups}
    whole_lines = [
        (id_, (*first, *_turned(points, bus)) if id_ in direct else points) for id_, points in lines
    ]
    outline = Outline.of(Box(0.0 if bus is None else INDENT - SPINE, 0.0, right, foot))
    seats = [(head, at, 0.0), *placed]
    return Block(head, head.whole, at + CARD_WIDTH / 2, seats, lines=whole_lines, outline=outline)


def _turned(points: tuple[Point, ...], bus: float | None) -> tuple[Point, ...]:
    """The way of a direct report from its spine on, from the bus if there are several columns."""
    (spine, at), end = points
    return ((spine, at), end) if bus is None else ((spine, bus), (spine, at), end)


def _hung_lines(column: Group, placed: Sequence[tuple[Seat, float, float]], spine: float) -> list[Line]:
    """Lines within a column: from the spine for direct reports, else from the foot of the boss's card."""
    where = {seat.id: (x, y) for seat, x, y in placed}
    lines: list[Line] = []
    for seat, depth in column:
        x, y = where[seat.id]
        at = y + CARD_HEIGHT / 2
        if depth == 0:
            lines.append((seat.id, ((spine, at), (x, at))))
        elif seat.boss is not None:
            boss_x, boss_y = where[seat.boss]
            down = boss_x + SPINE_IN
            lines.append((seat.id, ((down, boss_y + CARD_HEIGHT), (down, at), (x, at))))
    return lines


def _group_columns(groups: Sequence[Group], rows: int) -> list[list[tuple[Seat, int]]]:
    """Groups one below the other, in no more columns of `rows` people than needed, the longest the least."""
    total = sum(map(len, groups))
    count = -(-total // rows)
    length = max(-(-total // count), *map(len, groups)) if len(groups) > 1 else total
    while len(columns := _filled(groups, length)) > count:
        length += 1
    return columns


def _filled(groups: Sequence[Group], length: int) -> list[list[tuple[Seat, int]]]:
    columns: list[list[tuple[Seat, int]]] = [[]]
    for group in groups:
        if columns[-1] and len(columns[-1]) + len(group) > length:
            columns.append([])
        columns[-1].extend(group)
    return columns


def stack(leaves: Sequence[Seat], rows: int) -> Block:
    """People of one department without reports whose boss has other reports, or who have no boss."""
    placed, extent = _in_columns(leaves, rows, 0.0, 0.0)
    return Block(None, leaves[0].unit, 0.0, placed, outline=Outline.of(extent))


def over(head: Seat, parts: Sequence[Block], beside: Sequence[Seat]) -> Block:
    """A head above its reports' blocks (bosses and stacks), with up to two assistants at its sides."""
    top = CARD_HEIGHT + ROW_GAP
    taken, placed = Outline(), []
    for part in parts:
        if head.whole is None and part.whole != head.unit:
            part.frame()
        if part.head is None:
            box = part.outline.box
            part.anchor = box.x0 - SPINE
            part.outline = Outline.of(Box(part.anchor, box.y0, box.x1, box.y1))
        dx = taken.shift_beside(part.outline, BLOCK_GAP, LEAF_GAP)
        taken = taken.merged(part.outline.moved(dx))
        placed.append((part, dx, top))
    anchors = [part.anchor + dx for part, dx, _ in placed]
    centre = _above(anchors)
    seats, lines = _with_assistants(head, beside, centre - CARD_WIDTH / 2)
    for part, dx, _ in placed:
        lines += _lines_down(part, dx, top, centre)
    outline = taken.moved(0.0, top).with_box(Box(min(anchors), CARD_HEIGHT, max(anchors), top))
    row = Box(min(x for _, x, _ in seats), 0.0, max(x for _, x, _ in seats) + CARD_WIDTH, head.height)
    outline = outline.with_box(row)
    return Block(head, head.whole, centre, seats, placed, lines, outline)


def _above(anchors: Sequence[float]) -> float:
    """The middle above a row, or straight above a block that is near the middle: no small jogs."""
    middle = (anchors[0] + anchors[-1]) / 2
    nearest = min(anchors, key=lambda anchor: (abs(anchor - middle), anchor))
    return nearest if abs(nearest - middle) <= CARD_WIDTH / 2 else middle


def _with_assistants(
    head: Seat, beside: Sequence[Seat], left: float
) -> tuple[list[tuple[Seat, float, float]], list[Line]]:
    """The head's card and the first assistant's at its right, the second's at its left."""
    seats, middle = [(head, left, 0.0)], CARD_HEIGHT / 2
    lines: list[Line] = []
    for place, seat in enumerate(beside):
        right = place == 0
        x = left + CARD_WIDTH + BESIDE if right else left - BESIDE - CARD_WIDTH
        ends = (left + CARD_WIDTH, x) if right else (left, x + CARD_WIDTH)
        seats.append((seat, x, 0.0))
        lines.append((seat.id, ((ends[0], middle), (ends[1], middle))))
    return seats, lines


def _lines_down(part: Block, dx: float, top: float, centre: float) -> list[Line]:
    """Elbows from a head's foot to a block below it: to the block's head, or to each card of a stack."""
    bus, anchor = CARD_HEIGHT + BUS, part.anchor + dx
    down = ((centre, CARD_HEIGHT), (centre, bus), (anchor, bus))
    if part.head is not None:
        end = top if part.panel is None else top + part.panel.y0  # a panel's name stays clear of the line
        return [(part.head.id, (*down, (anchor, end)))]
    lines: list[Line] = []
    first = part.seats[0][1]
    for seat, x, y in part.seats:
        left, at = x + dx, top + y + CARD_HEIGHT / 2
        spine = anchor if x == first else left - SPINE
        across: tuple[Point, ...] = () if x == first else ((anchor, top - 7), (spine, top - 7))
        lines.append((seat.id, (*down, *across, (spine, at), (left, at))))
    return lines
