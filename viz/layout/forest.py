"""A whole org chart: trees, people without a boss and a tray of unplaced people, on shelves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from viz.layout.boxes import SCREEN, Box, Point, around, fit_scale
from viz.layout.outline import Outline
from viz.layout.tree import ASSISTANTS, Block, Group, Seat, alone, hanging, over, stack
from viz.theme import CARD_HEIGHT, CARD_WIDTH

Placed = list[tuple[Block, float, float]]
"""Blocks and how far each is moved."""
MARGIN = 40.0
SHELF_GAP = 70.0
TRAY = "unplaced"
_CORNER_TRAY = 6
_LEVELS = 3
"""So many levels hang indented below a head within a department."""
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
    lists = [sum(map(len, groups)) for groups in tree.hung.values()]
    most = max([tree.most_loners, *map(len, tree.reports.values()), *lists])
    choices = _ROWS if len(seats) <= _MANY else _FEW_ROWS
    tried = [rows for rows in choices if rows < most] + [min(max(most, 1), _ROWS[-1])]
    ways = (True,) if len(seats) > _MANY else (False, True)
    drawn = [_shelved(*tree.blocks(rows, indented), tray) for indented in ways for rows in tried]
    best = max(range(len(drawn)), key=lambda place: (fit_scale(*_size(drawn[place])), place))
    return _absolute(drawn[best])


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
        self.inside: set[str] = set()
        """Everybody in the list of a head."""
        self.hung = self._hung()

    def _is_leaf(self, seat: Seat) -> bool:
        return not self.reports[seat.id] and not seat.chip

    def _hung(self) -> dict[str, list[Group]]:
        """The heads whose people may hang as an indented list, and that list.

        They are heads within one department (or of people without any) who have a boss themselves and three
        levels at most below them; the highest such heads count.
        """
        depth: dict[str, int] = {}
        plain: dict[str, bool] = {}
        for seat in reversed(self.order):
            below = self.reports[seat.id]
            depth[seat.id] = max((1 + depth[report.id] for report in below), default=0)
            plain[seat.id] = seat.unit is None and all(plain[report.id] for report in below)
        hung: dict[str, list[Group]] = {}
        for seat in self.order:
            if seat.boss in hung or seat.boss in self.inside:
                self.inside.add(seat.id)
            elif seat.boss and 2 <= depth[seat.id] <= _LEVELS and (seat.whole or plain[seat.id]):
                hung[seat.id] = [list(self._listed(report, 0)) for report in self.reports[seat.id]]
        return hung

    def _listed(self, seat: Seat, depth: int) -> Iterator[tuple[Seat, int]]:
        yield seat, depth
        for report in self.reports[seat.id]:
            yield from self._listed(report, depth + 1)

    def blocks(self, rows: int, indented: bool) -> tuple[list[Block], list[Block]]:
        """A block per tree and one per department of people without a boss, framed if one department.

        `indented`: bosses within a department hang in its columns instead of standing side by side.
        """
        done: dict[str, Block] = {}
        hung = self.hung if indented else {}
        for seat in reversed(self.order):
            if seat.id in hung:
                done[seat.id] = hanging(seat, hung[seat.id], rows)
            elif not self._is_leaf(seat) and not (indented and seat.id in self.inside):
                done[seat.id] = self._block(seat, done, rows)
        trees = [done[seat.id] for seat in self.roots]
        lone = [stack(group, rows) for group in self.loners.values()]
        for block in (*trees, *lone):
            block.frame()
        return trees, lone

    def _block(self, head: Seat, done: dict[str, Block], rows: int) -> Block:
        below, leaves = self.reports[head.id], self.leaves[head.id]
        if not below:
            return alone(head, head.whole)
        one_unit = all(seat.unit == leaves[0].unit for seat in leaves)
        if len(leaves) == len(below) and (head.whole is not None or (one_unit and leaves[0].unit is None)):
            return hanging(head, [[(seat, 0)] for seat in leaves], rows)
        own = [seat for seat in leaves if seat.unit == head.unit]
        beside = own if len(own) <= ASSISTANTS and len(own) < len(below) else []
        stacks: dict[str | None, list[Seat]] = {}
        for seat in leaves:
            if seat not in beside:
                stacks.setdefault(None if head.whole else seat.unit, []).append(seat)
        parts = [(seat.order, seat.id, done[seat.id]) for seat in below if seat.id in done]
        for group in stacks.values():
            block = stack(group, rows) if len(group) > 1 else alone(group[0], None)
            parts.append((group[0].order, group[0].id, block))
        return over(head, [part for _, _, part in sorted(parts, key=lambda part: part[:2])], beside)


def _shelved(trees: Sequence[Block], lone: Sequence[Block], tray: Sequence[Seat]) -> Placed:
    """Blocks on shelves about as wide as the screen's shape asks.

    Groups without a tree and the tray go into a free upper corner if there is one, else on a shelf.
    """
    boxes = [block.outline.box for block in (*trees, *lone)]
    area = sum((box.width + SHELF_GAP) * (box.height + SHELF_GAP) for box in boxes)
    ideal = (area * SCREEN[0] / SCREEN[1]) ** 0.5
    shelves = _Shelves(max([ideal, *(box.width for box in boxes)], default=0.0) + 1)
    for block in trees:
        shelves.add(block)
    for block in lone:
        if not shelves.add_in_corner(block):
            shelves.add(block)
    if tray:
        narrow = _tray(tray, CARD_WIDTH * 2.2)
        if len(tray) > _CORNER_TRAY or not shelves.add_in_corner(narrow):
            shelves.add_below(_tray(tray, max(shelves.reach, CARD_WIDTH * 4)))
    return shelves.placed


class _Shelves:
    """Blocks placed from left to right on shelves from top to bottom, each shelf `wide` at most."""

    def __init__(self, wide: float) -> None:
        self.wide = wide
        self.x = self.y = self.deep = self.reach = 0.0
        self.placed: list[tuple[Block, float, float]] = []

    def add(self, block: Block) -> None:
        box = block.outline.box
        if self.x > 0 and self.x + box.width > self.wide:
            self.x, self.y, self.deep = 0.0, self.y + self.deep + SHELF_GAP, 0.0
        self.placed.append((block, self.x - box.x0, self.y - box.y0))
        self.x, self.deep = self.x + box.width + SHELF_GAP, max(self.deep, box.height)
        self.reach = max(self.reach, self.x - SHELF_GAP)

    def add_below(self, block: Block) -> None:
        if self.placed:
            self.x, self.y, self.deep = 0.0, self.y + self.deep + SHELF_GAP, 0.0
        self.add(block)

    def add_in_corner(self, block: Block) -> bool:
        """Puts the block into the upper right or left corner if nothing stands there."""
        box = block.outline.box
        for left in (self.reach - box.width, 0.0):
            dx, dy = left - box.x0, -box.y0
            room = box.moved(dx, dy).grown(SHELF_GAP / 2)
            taken = (strip for other, x, y in self.placed for strip in other.outline.boxes(x, y))
            if left >= 0 and self.placed and not any(room.overlaps(strip) for strip in taken):
                self.placed.append((block, dx, dy))
                return True
        return False


def _size(placed: Placed) -> tuple[float, float]:
    """Width and height of what was placed, with its margin."""
    box = around(block.outline.box.moved(dx, dy) for block, dx, dy in placed).grown(MARGIN)
    return box.width, box.height


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


def _absolute(placed: Placed) -> OrgLayout:
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
