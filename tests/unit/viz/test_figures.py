"""Numbers as pages write them."""

from __future__ import annotations

import pytest

from viz.figures import percent


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, "–"),
        (0.0, "0%"),
        (0.0042, "0.4%"),
        (0.05, "5%"),
        (0.0996, "10%"),
        (0.5, "50%"),
        (0.99, "99%"),
        (0.9968, "99.7%"),
        (0.99999, "99.9%"),
        (1.0, "100%"),
        (-0.25, "−25%"),
    ],
)
def test_a_share_is_said_in_percent(share: float | None, said: str) -> None:
    assert percent(share) == said
