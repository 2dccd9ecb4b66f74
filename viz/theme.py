"""The look of every picture: one place for colours, dashes, widths and sizes, light and dark.

Python draws SVG with it and every view carries it to the browser, so neither repeats a colour. Attitudes
differ in colour and sign, ties in colour and dash: the colours stay apart under the three colour-vision
deficiencies, and the dash is needed where they come close.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.enums import BuyingRole

FONT = (
    '"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",'
    "system-ui,sans-serif"
)

CARD_WIDTH, CARD_HEIGHT = 212.0, 98.0
NAME_SIZE, JOB_SIZE, ROLE_SIZE = 22.0, 18.0, 17.0
"""Letters of a label on the influence map, in units of the drawing."""
KEY_PLACES = 5
"""So many first places of the ranking carry a badge."""
CHIP_DROP = 30.0
"""How far the chip of folded people reaches below its card."""
SIDE_RADIUS = 30.0
"""Half the size of the marks of our people and the competitors'."""


def circle_radius(score: float) -> float:
    """Radius of a person on the influence map by influence score 0–100, 20 to 48 units."""
    return 20 + 28 * float((max(score, 0.0) / 100) ** 0.6)


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a kind of tie is drawn; width = `thin` + `gain` × weight 0–1, `arrow` scales the head (0: none)."""

    dashes: tuple[int, ...] = ()
    thin: float = 1.6
    gain: float = 5.0
    opacity: float = 0.85
    arrow: float = 0.6


UNCONFIRMED_OPACITY = 0.4

STROKES: dict[str, Stroke] = {
    "edge:influences:1": Stroke(),
    "edge:influences:0": Stroke(),
    "edge:influences:-1": Stroke(dashes=(10, 6)),
    "edge:bond:1": Stroke(thin=1.4, gain=2.0, opacity=0.6, arrow=0),
    "edge:bond:-1": Stroke(dashes=(10, 6), gain=2.0, arrow=0),
    "edge:messages": Stroke(dashes=(4, 4), thin=1.0, gain=3.0, opacity=0.5, arrow=0),
    "edge:knows": Stroke(dashes=(2, 5), thin=1.4, gain=3.0, opacity=0.7, arrow=0.45),
    "edge:courts": Stroke(dashes=(12, 4, 2, 4), thin=1.4, gain=3.0, opacity=0.75, arrow=0.45),
    "edge:reports_to": Stroke(thin=1.8, gain=0.0, opacity=0.9, arrow=0.5),
    "edge:dotted": Stroke(dashes=(7, 6), thin=1.8, gain=0.0, opacity=1.0, arrow=0),
}

_ROLES: dict[str, list[str]] = {
    BuyingRole.DECISION_MAKER: ["#16202C", "#FFFFFF"],
    BuyingRole.APPROVER: ["#5B3A8C", "#FFFFFF"],
    BuyingRole.EVALUATOR: ["#0B5CAD", "#FFFFFF"],
    BuyingRole.GATEKEEPER: ["#8A5A00", "#FFFFFF"],
    BuyingRole.INFLUENCER: ["#00695C", "#FFFFFF"],
    BuyingRole.CHAMPION: ["#005A8D", "#FFFFFF"],
    BuyingRole.COACH: ["#33691E", "#FFFFFF"],
    BuyingRole.PROCUREMENT: ["#6D4C41", "#FFFFFF"],
    BuyingRole.USER: ["#E3E8EE", "#26313D"],
    "other": ["#E3E8EE", "#26313D"],
}

LIGHT: dict[str, Any] = {
    "ink": "#16202C",
    "muted": "#4A5563",
    "line": "#C3CBD6",
    "wire": "#8794A5",
    "surface": "#FFFFFF",
    "canvas": "#F8FAFC",
    "panel": "#E9EFF7",
    "panel_other": "#EEF3F9",
    "accent": "#0B5CAD",
    "sign": {
        "up": ["#00695C", "#FFFFFF"],
        "down": ["#A8380A", "#FFFFFF"],
        "other": ["#0B5CAD", "#FFFFFF"],
    },
    "shadow": "rgba(20,32,44,.16)",
    "stripe": "#E9EDF2",
    "dashed": "#55606E",
    "stale": "#8A5A00",
    "track": "#E4E8EE",
    "bar": ["#9FB8AE", "#5C8F7B", "#00785A"],
    "badge": ["#F2B705", "#16202C"],
    "chip": ["#E3EEFB", "#084A8D"],
    "owner_fill": "#E8EDF3",
    "chain": "#F2B705",
    "halo": "#FFE08A",
    "hidden": "#FBE3A1",
    "ours": "#00785A",
    "rival": "#8E3A75",
    "attitude": {
        "2": {"fill": "#005A8D", "sign": "#FFFFFF", "rim": "#FFFFFF"},
        "1": {"fill": "#3E97CF", "sign": "#FFFFFF", "rim": "#FFFFFF"},
        "0": {"fill": "#7A828E", "sign": "#FFFFFF", "rim": "#FFFFFF"},
        "-1": {"fill": "#E08A1E", "sign": "#16202C", "rim": "#FFFFFF"},
        "-2": {"fill": "#B3400A", "sign": "#FFFFFF", "rim": "#FFFFFF"},
        "unknown": {"fill": "#FFFFFF", "sign": "#55606E", "rim": "#55606E"},
    },
    "role": _ROLES,
    "edge": {
        "edge:influences:1": "#0072B2",
        "edge:influences:0": "#7A828E",
        "edge:influences:-1": "#C2410C",
        "edge:bond:1": "#7A828E",
        "edge:bond:-1": "#C2410C",
        "edge:messages": "#7A828E",
        "edge:knows": "#00785A",
        "edge:courts": "#8E3A75",
        "edge:reports_to": "#55606E",
        "edge:dotted": "#6B5B95",
    },
}

DARK: dict[str, Any] = {
    **LIGHT,
    "ink": "#EDF1F6",
    "muted": "#B4BECB",
    "line": "#46525F",
    "wire": "#7C8A9B",
    "surface": "#1E2833",
    "canvas": "#121A22",
    "panel": "#1A2530",
    "panel_other": "#172029",
    "accent": "#7FB8EE",
    "shadow": "rgba(0,0,0,.5)",
    "stripe": "#34404C",
    "dashed": "#9AA6B4",
    "stale": "#E0B252",
    "track": "#34404C",
    "bar": ["#5D7A6E", "#4FA587", "#3CC79B"],
    "chip": ["#1D3A57", "#CFE4FA"],
    "owner_fill": "#2B3743",
    "halo": "#6B5414",
    "hidden": "#5A4713",
    "ours": "#1E9E7A",
    "rival": "#B760A0",
    "attitude": {
        **LIGHT["attitude"],
        "2": {"fill": "#1E7FB8", "sign": "#FFFFFF", "rim": "#121A22"},
        "-2": {"fill": "#C9541E", "sign": "#FFFFFF", "rim": "#121A22"},
        "unknown": {"fill": "#1E2833", "sign": "#C3CDD9", "rim": "#9AA6B4"},
    },
    "role": {
        **_ROLES,
        BuyingRole.DECISION_MAKER: ["#EDF1F6", "#16202C"],
        BuyingRole.USER: ["#34404C", "#EDF1F6"],
        "other": ["#34404C", "#EDF1F6"],
    },
    "edge": {
        "edge:influences:1": "#4FB3EC",
        "edge:influences:0": "#A3ACB8",
        "edge:influences:-1": "#F0814A",
        "edge:bond:1": "#A3ACB8",
        "edge:bond:-1": "#F0814A",
        "edge:messages": "#A3ACB8",
        "edge:knows": "#35C79C",
        "edge:courts": "#D489C0",
        "edge:reports_to": "#B4BECB",
        "edge:dotted": "#A99BD0",
    },
}

TONES: dict[str, tuple[str, str]] = {
    "plain": ("#FFFFFF", "#16202C"),
    "soft": ("#EEF3F9", "#16202C"),
    "heat0": ("#F1F4F7", "#16202C"),
    "heat1": ("#DCEBE4", "#16202C"),
    "heat2": ("#B4D6C7", "#16202C"),
    "heat3": ("#6FB096", "#16202C"),
    "heat4": ("#00785A", "#FFFFFF"),
    "good": ("#D7EEDF", "#0B4F2C"),
    "warn": ("#FBE9C6", "#5A3E00"),
    "bad": ("#F8D9CC", "#8A2F05"),
    "ours": ("#00785A", "#FFFFFF"),
    "rival": ("#8E3A75", "#FFFFFF"),
    "accent": ("#0B5CAD", "#FFFFFF"),
    "other": ("#7FA9D6", "#16202C"),
    "mark": ("#F2B705", "#16202C"),
}
"""Fill and ink of the marks of a sheet."""

THEME: dict[str, Any] = {"light": LIGHT, "dark": DARK, "font": FONT}


def bar_colour(strength: float, colours: dict[str, Any]) -> str:
    """The colour of a strength bar by its value in points: below 25, below 50, from 50."""
    place = 2 if strength >= 50 else 1 if strength >= 25 else 0
    return str(colours["bar"][place])
