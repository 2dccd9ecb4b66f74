"""The sentence that says why somebody moved in a ranking, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from models.enums import Category
from models.fields import Label

__all__ = ["Cause", "told"]

_MOST = 2
"""Causes of a kind that a sentence names."""
_OWN = Label("own seat", "自身职位")
_SAME = Label("Still at {rank}", "名次不变，仍为第 {rank}")
_UP = Label("Up from {before} to {rank}", "由第 {before} 升至第 {rank}")
_DOWN = Label("Down from {before} to {rank}", "由第 {before} 降至第 {rank}")
_SHARE = Label("share {old:.1f} % → {new:.1f} %", "份额 {old:.1f}% → {new:.1f}%")
_BY = Label("{what} {change:+.1f}", "{what} {change:+.1f}")
_WEIGHED = Label(
    "{what} weigh {now:.0f} % instead of {before:.0f} % ({change:+.1f})",
    "{what}权重由 {before:.0f}% 变为 {now:.0f}%（{change:+.1f}）",
)


@dataclass(frozen=True, slots=True)
class Cause:
    """What changes a share by `change`; a category's total weight goes from `before` to `now`."""

    what: Label
    change: float
    before: float = 0.0
    now: float = 0.0

    @classmethod
    def own(cls, change: float) -> Self:
        """What the own seat weighs."""
        return cls(_OWN, change)

    @classmethod
    def heard(cls, name: str, change: float) -> Self:
        """What a listener passes on."""
        return cls(Label(f"heard by {name}", f"{name}听其意见"), change)

    @classmethod
    def category(cls, category: Category, change: float, before: float, now: float) -> Self:
        """What a buyer category weighs."""
        return cls(Label(category.en.lower(), category.zh), change, before, now)

    def told(self, text: Label, lang: str) -> str:
        """The cause in words; changes in percentage points."""
        what = _in(self.what, lang)
        numbers = {"change": 100 * self.change, "before": 100 * self.before, "now": 100 * self.now}
        return _in(text, lang).format(what=what, **numbers)


def told(
    before: int,
    rank: int,
    old: float,
    new: float,
    passed_on: Sequence[Cause],
    weighed: Sequence[Cause],
    lang: str,
) -> str:
    """Where somebody comes from, who passes the difference on, and which categories weigh otherwise.

    Of each kind the two that work most in the direction of the move, else the two largest.
    """
    moved = _SAME if rank == before else _UP if rank < before else _DOWN
    head = _in(moved, lang).format(before=before, rank=rank)
    share = _in(_SHARE, lang).format(old=100 * old, new=100 * new)
    comma, stop, colon = ("，", "；", "：") if lang == "zh" else (", ", "; ", ": ")
    parts = [
        [cause.told(text, lang) for cause in _chosen(causes, new - old)]
        for causes, text in ((passed_on, _BY), (weighed, _WEIGHED))
    ]
    tail = stop.join(("、" if lang == "zh" else ", ").join(part) for part in parts if part)
    return f"{head}{comma}{share}" + (f"{colon}{tail}" if tail else "")


def _chosen(causes: Sequence[Cause], change: float) -> list[Cause]:
    along = [cause for cause in causes if cause.change * change > 0] or list(causes)
    return sorted(along, key=lambda cause: -abs(cause.change))[:_MOST]


def _in(text: Label, lang: str) -> str:
    return text.zh if lang == "zh" else text.en
