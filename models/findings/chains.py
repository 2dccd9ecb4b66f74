"""Decision chains."""

from __future__ import annotations

from datetime import date

from models.enums import Window
from models.findings.base import Answer, Finding


class ChainStep(Finding):
    """One step of a chain and the probability that it carries."""

    edge_id: str
    kind: str
    source_id: str
    target_id: str
    probability: float


class Chain(Finding):
    """One way to a decision maker. `probability` is this path's, `reach` that of any path (± error)."""

    source_id: str
    target_id: str
    rank: int
    probability: float
    reach: float
    reach_error: float
    path: list[str]
    steps: list[ChainStep]
    weakest: list[str]
    blockers: list[str]
    entry_point: str | None
    window: Window | None
    window_since: date | None
    disjoint: bool


class Chains(Answer[Chain]):
    """The best chains to each target; `unreachable` lists pairs (source, target) that no path joins.

    `targets_left_out`: how many more decide than the most influential ones, to whom the chains lead.
    `truncated`: the account is so large that one answer leads to fewer targets than were asked for.
    """

    unreachable: list[tuple[str, str]]
    targets_left_out: int = 0
    truncated: bool = False
