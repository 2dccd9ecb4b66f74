"""The look: complete in light and dark, and readable."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from models.enums import Attitude, BuyingRole
from viz.theme import DARK, LIGHT, STROKES, THEME, bar_colour, circle_radius
from viz.views.frame import legend_labels

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@BOTH
def test_every_tie_attitude_and_role_has_its_colour(colours: dict[str, Any]) -> None:
    ties = {key for key in legend_labels("en") if key.startswith("edge:")}
    assert colours["edge"].keys() == STROKES.keys() == ties
    assert colours["attitude"].keys() == {*(str(value.value) for value in Attitude), "unknown"}
    assert colours["role"].keys() == {*BuyingRole, "other"}
    assert colours.keys() == LIGHT.keys()


@BOTH
def test_words_stand_out(colours: dict[str, Any]) -> None:
    grounds = ("surface", "canvas", "panel", "panel_other")
    assert min(contrast(colours["ink"], colours[ground]) for ground in grounds) >= 7
    assert min(contrast(colours["muted"], colours[ground]) for ground in grounds) >= 4.5
    pairs = [*colours["role"].values(), colours["badge"], colours["chip"]]
    assert min(contrast(*pair) for pair in pairs) >= 4.5


@BOTH
def test_ties_and_signs_stand_out(colours: dict[str, Any]) -> None:
    for colour in colours["edge"].values():
        assert contrast(colour, colours["panel"]) >= 3
    for look in colours["attitude"].values():
        assert contrast(look["fill"], look["sign"]) >= 3


def test_ties_of_near_colours_differ_in_their_dashes() -> None:
    looks = {
        key: (LIGHT["edge"][key], stroke.dashes, stroke.arrow > 0, stroke.thin)
        for key, stroke in STROKES.items()
    }
    assert all(looks[one] != looks[other] for one, other in combinations(looks, 2))


def test_sizes_and_bars() -> None:
    assert [circle_radius(score) for score in (0, 100)] == [20, 48]
    assert [bar_colour(points, LIGHT) for points in (0, 24.9, 25, 50)] == [
        LIGHT["bar"][i] for i in (0, 0, 1, 2)
    ]
    assert THEME["light"] is LIGHT
