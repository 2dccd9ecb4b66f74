"""The headline of a forecast, by rule, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from models.findings.forecast import VerdictShare

__all__ = ["headline"]


def headline(room: VerdictShare, vetoes: Sequence[str], lang: str) -> str:
    """How the room divides, and who alone could say no, in "en" or "zh". O(vetoes)."""
    parts = {"for_us": room.for_us, "against": room.against_us, "undecided": room.undecided}
    if not room.weight:
        return "尚无可预测的人员。" if lang == "zh" else "Nobody is known whose opinion could settle."
    if lang == "zh":
        said = "支持我方 {for_us:.0%}，反对 {against:.0%}，未定 {undecided:.0%}。".format(**parts)
        return said + (f"可一票否决：{'、'.join(vetoes)}。" if vetoes else "")
    said = "{for_us:.0%} for us, {against:.0%} against, {undecided:.0%} undecided.".format(**parts)
    return said + (f" Veto: {', '.join(vetoes)}." if vetoes else "")
