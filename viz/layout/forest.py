"""A whole org chart: trees, people without a boss and a tray of unplaced people, on shelves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viz.layout.boxes import SCREEN, Box, Point, around, fit_scale
from viz.layout.outline import Outline
from viz.layout.tree import ASSISTANTS, Block, Seat, alone, hanging, over, stack
from viz.theme import CARD_HEIGHT, CARD_WIDTH

MARGIN = 40.0
SHELF_GAP = 70.0
TRAY = "unplaced"
_ROWS = (2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 28, 40)
_FEW_ROWS = (5, 10, 20, 40)
_MANY = 300
"""Numbers of rows tried for hanging people, few above so many people; the one that lets the chart be drawn
largest is taken."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A department's rectangle; `unit` is its id, or "unplaced" for the tray."""

    unit: str
    box: Box


@dataclass(frozen=True, slots=True)
class OrgLayout:
    """Cards by contact id, elbows from bosses by the report's id, panels, and what holds all of it."""

    cards: Mapping[str, Box]
    lines: Mapping[str, tuple[Point, ...]]
    panels: tuple[Panel, ...]
    bounds: Box


def lay_out(seats: Sequence[Seat], tray: Sequence[Seat] = ()) -> OrgLayout:
    """The org chart of `seats` (every boss among them, no cycles) and a tray of people not in it.

    O(s) for s people per number of rows tried. Siblings stand by their `order`.
    """
    tree = _Tree(seats)
    most = max((len(tree.leaves[seat.id]) for seat in seats), default=0)
    most = max(most, tree.most_loners)
    choices = _ROWS if len(seats) <= _MANY else _FEW_ROWS
    tried = [rows for rows in choices if rows < most] + [min(max(most, 1), _ROWS[-1])]
    drawn = [_shelved(tree.blocks(rows), tray) for rows in tried]
    best = max(range(len(drawn)), key=lambda place: (fit_scale(drawn[place][1], drawn[place][2]), place))
    return _absolute(drawn[best][0])


class _Tree:
    """Seats by boss, in drawing order: bosses before their reports."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        self.reports: dict[str, list[Seat]] = {seat.id: [] for seat in seats}
        roots: list[Seat] = []
        for seat in sorted(seats, key=lambda seat: (seat.order, seat.id)):
            (roots if seat.boss is None else self.reports[seat.boss]).append(seat)
        self.leaves = {
            boss: [seat for seat in below if self._is_leaf(seat)] for boss, below in self.reports.items()
        }
        self.order = list(roots)
        for seat in self.order:
            self.order.extend(self.reports[seat.id])
        self.roots = [seat for seat in roots if not self._is_leaf(seat)]
        self.loners: dict[str | None, list[Seat]] = {}
        for seat in roots:
            if self._is_leaf(seat):
                self.loners.setdefault(seat.unit, []).append(seat)
        self.most_loners = max(map(len, self.loners.values()), default=0)

    def _is_leaf(self, seat: Seat) -> bool:
        return not self.reports[seat.id] and not seat.chip

    def blocks(self, rows: int) -> list[Block]:
        """One block per tree and one per department of people without a boss, framed where one department."""
        done: dict[str, Block] = {}
        for seat in reversed(self.order):
            if not self._is_leaf(seat):
                done[seat.id] = self._block(seat, done, rows)
        blocks = [done[seat.id] for seat in self.roots] + [
            stack(group, rows) for group in self.loners.values()
        ]
        for block in blocks:
            block.frame()
        return blocks

    def _block(self, head: Seat, done: dict[str, Block], rows: int) -> Block:
        below, leaves = self.reports[head.id], self.leaves[head.id]
        if not below:
            return alone(head)
        one_unit = all(seat.unit == leaves[0].unit for seat in leaves)
        if len(leaves) == len(below) and (head.whole is not None or (one_unit and leaves[0].unit is None)):
            return hanging(head, leaves, rows)
        own = [seat for seat in leaves if seat.unit == head.unit]
        beside = own if len(own) <= ASSISTANTS and len(own) < len(below) else []
        stacks: dict[str | None, list[Seat]] = {}
        for seat in leaves:
            if seat not in beside:
                stacks.setdefault(None if head.whole else seat.unit, []).append(seat)
        parts = [(seat.order, seat.id, done[seat.id]) for seat in below if seat.id in done]
        parts += [(group[0].order, group[0].id, stack(group, rows)) for group in stacks.values()]
        return over(head, [part for _, _, part in sorted(parts, key=lambda part: part[:2])], beside)


def _shelved(
    blocks: Sequence[Block], tray: Sequence[Seat]
) -> tuple[list[tuple[Block, float, float]], float, float]:
    """Blocks on shelves about as wide as the screen's shape asks, the tray below; and the size of it all."""
    boxes = [block.outline.box for block in blocks]
    area = sum((box.width + SHELF_GAP) * (box.height + SHELF_GAP) for box in boxes)
    ideal = (area * SCREEN[0] / SCREEN[1]) ** 0.5
    wide = max([ideal, *(box.width for box in boxes)], default=0.0) + 1
    placed: list[tuple[Block, float, float]] = []
    x = y = deep = reach = 0.0
    for block, box in zip(blocks, boxes, strict=True):
        if x > 0 and x + box.width > wide:
            x, y, deep = 0.0, y + deep + SHELF_GAP, 0.0
        placed.append((block, x - box.x0, y - box.y0))
        x, deep = x + box.width + SHELF_GAP, max(deep, box.height)
        reach = max(reach, x - SHELF_GAP)
    if tray:
        block = _tray(tray, max(reach, CARD_WIDTH * 4))
        box = block.outline.box
        y += (deep + SHELF_GAP) if blocks else 0.0
        placed.append((block, -box.x0, y - box.y0))
        deep, reach = box.height, max(reach, box.width)
    return placed, reach + 2 * MARGIN, y + deep + 2 * MARGIN


def _tray(seats: Sequence[Seat], width: float) -> Block:
    """People in rows across the width given."""
    pitch_x, pitch_y = CARD_WIDTH + 16, CARD_HEIGHT + 16
    across = max(1, min(len(seats), int((width + 16) // pitch_x)))
    placed = [
        (seat, (place % across) * pitch_x, (place // across) * pitch_y) for place, seat in enumerate(seats)
    ]
    boxes = [Box(x, y, x + CARD_WIDTH, y + CARD_HEIGHT) for _, x, y in placed]
    block = Block(None, TRAY, 0.0, placed, outline=Outline.of(around(boxes)))
    block.frame()
    return block


def _absolute(placed: Sequence[tuple[Block, float, float]]) -> OrgLayout:
    """All blocks moved to their places; the drawing begins at the origin."""
    cards: dict[str, Box] = {}
    lines: dict[str, tuple[Point, ...]] = {}
    panels: list[Panel] = []
    todo = list(placed)
    while todo:
        block, dx, dy = todo.pop()
        for seat, x, y in block.seats:
            cards[seat.id] = Box(x + dx, y + dy, x + dx + CARD_WIDTH, y + dy + CARD_HEIGHT)
        for person, points in block.lines:
            lines[person] = tuple((x + dx, y + dy) for x, y in points)
        if block.panel is not None and block.whole is not None:
            panels.append(Panel(block.whole, block.panel.moved(dx, dy)))
        todo += [(part, dx + x, dy + y) for part, x, y in block.parts]
    bounds = around([*cards.values(), *(panel.box for panel in panels)]).grown(MARGIN)
    panels.sort(key=lambda panel: (panel.box.y0, panel.box.x0))
    return OrgLayout(cards, lines, tuple(panels), bounds)
