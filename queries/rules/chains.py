"""Parameters of chains and reach (docs/rules.md §3)."""

from __future__ import annotations

from collections.abc import Mapping

from queries.rules.base import Probability, RuleTable


class ChainRules(RuleTable):
    """Decision chains and reach (docs/rules.md §3)."""

    upward: Probability = 0.8
    downward: Probability = 0.9
    dotted: Probability = 0.5
    stated: Probability = 0.85
    derived: Probability = 0.3
    unknown_weight: Probability = 0.15
    messages_scale: float = 20
    attitude: Mapping[int, Probability] = {2: 1.0, 1: 1.0, 0: 1.0, -1: 0.5, -2: 0.1}
    voice: tuple[float, float, float, float] = (0.6, 0.85, 1.0, 1.0)
    window_shut: Probability = 0.6
    most_alternatives: int = 20
    most_targets: int = 10
    extra_hops: int = 6
    exact_edges: int = 20
    least_probability: float = 1 / 320
    draws: Mapping[int, int] = {300: 100_000, 2_000: 20_000}
    """Draws of the reach up to so many people; above, `least_draws`."""
    least_draws: int = 2_048
