"""Groups within groups: cards in a grid, opened groups as panels below them, as wide as suits the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from viz.layout.boxes import Box, around, fit_scale
from viz.theme import CARD_HEIGHT, CARD_WIDTH, CHIP_DROP

ACROSS, DOWN = CARD_WIDTH + 30.0, CARD_HEIGHT + CHIP_DROP + 22.0
"""From card to card; below each there is room for its chip, above it for the cards behind it."""
SIDE, HEAD, FOOT, GAP = 18.0, 50.0, 18.0, 34.0


@dataclass(frozen=True, slots=True)
class Nest:
    """What an opened group shows: `cards` by id, `nests` of the groups that stand open in it, and a picture
    of its people, `content`, by its size."""

    key: str
    cards: Sequence[str] = ()
    nests: Sequence[Nest] = ()
    content: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class NestPanel:
    """The panel of an opened group; `depth` counts those around it, `content` is where its people begin."""

    key: str
    box: Box
    depth: int
    content: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Nested:
    """Cards by id and the panels, outer ones first; the drawing begins at the origin."""

    cards: Mapping[str, Box]
    panels: tuple[NestPanel, ...]
    bounds: Box


@dataclass(slots=True)
class _Block:
    """A nest in its own coordinates."""

    width: float
    height: float
    cards: dict[str, tuple[float, float]] = field(default_factory=dict)
    parts: list[tuple[Nest, _Block, float, float]] = field(default_factory=list)
    content: tuple[float, float] | None = None


def lay_nests(whole: Nest) -> Nested:
    """Places everything of `whole`, which has no panel itself. Nothing overlaps. O(cards² + nests²)."""
    block = _best(whole, framed=False)
    cards: dict[str, Box] = {}
    panels: list[NestPanel] = []
    todo = [(whole, block, 0.0, 0.0, -1)]
    for nest, at, x, y, depth in todo:
        for id_, (dx, dy) in at.cards.items():
            cards[id_] = Box(x + dx, y + dy, x + dx + CARD_WIDTH, y + dy + CARD_HEIGHT)
        if depth >= 0:
            begin = at.content and (x + at.content[0], y + at.content[1])
            panels.append(NestPanel(nest.key, Box(x, y, x + at.width, y + at.height), depth, begin))
        todo += [(part, inner, x + dx, y + dy, depth + 1) for part, inner, dx, dy in at.parts]
    bounds = around([*cards.values(), *(panel.box for panel in panels)]).grown(SIDE)
    return Nested(cards, tuple(panels), bounds)


def _best(nest: Nest, *, framed: bool) -> _Block:
    """The nest with as many columns of cards as let it be drawn largest, of equal ones the fewest."""
    parts = [(part, _best(part, framed=True)) for part in nest.nests]
    widest = max([block.width for _, block in parts], default=0.0)
    tried = [_laid(nest, parts, wide, framed) for wide in sorted(set(_widths(nest, parts, widest)))]
    return max(tried, key=lambda block: fit_scale(block.width, block.height))


def _widths(nest: Nest, parts: Sequence[tuple[Nest, _Block]], widest: float) -> Iterator[float]:
    """Widths to try: of every number of columns of cards, of panels side by side, of the people."""
    least = max(widest, nest.content[0] if nest.content else 0.0, CARD_WIDTH)
    for columns in range(1, len(nest.cards) + 1):
        yield max(least, columns * ACROSS - (ACROSS - CARD_WIDTH))
    wide = -GAP
    for _, block in parts:
        wide += block.width + GAP
        yield max(least, wide)
    yield least


def _laid(nest: Nest, parts: Sequence[tuple[Nest, _Block]], wide: float, framed: bool) -> _Block:
    left, y = (SIDE, HEAD) if framed else (0.0, 0.0)
    block = _Block(0.0, 0.0)
    columns = int((wide + ACROSS - CARD_WIDTH + 0.5) // ACROSS)
    for place, id_ in enumerate(nest.cards):
        block.cards[id_] = (left + place % columns * ACROSS, y + place // columns * DOWN)
    if nest.cards:
        y += -(-len(nest.cards) // columns) * DOWN
    if nest.content is not None:
        block.content = (left, y)
        y += nest.content[1] + (GAP if parts else 0.0)
    x, deep = left, 0.0
    for part, inner in parts:
        if x > left and x + inner.width > left + wide + 0.5:
            x, y, deep = left, y + deep + GAP, 0.0
        block.parts.append((part, inner, x, y))
        x, deep = x + inner.width + GAP, max(deep, inner.height)
    block.width = wide + (2 * SIDE if framed else 0.0)
    block.height = y + deep + (FOOT if framed else 0.0)
    return block
