"""The headline of a forecast, by rule, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from models.findings.forecast import VerdictShare

__all__ = ["headline"]


def headline(room: VerdictShare, vetoes: Sequence[str], lang: str) -> str:
    """How the room divides, and who alone could say no, in "en" or "zh". O(vetoes)."""
    if not room.weight:
        return "尚无可预测的人员。" if lang == "zh" else "Nobody is known whose opinion could settle."
    for_us, against, undecided = _percent(room.for_us, room.against_us, room.undecided)
    if lang == "zh":
        said = f"支持我方 {for_us}%，反对 {against}%，未定 {undecided}%。"
        return said + (f"可一票否决：{'、'.join(vetoes)}。" if vetoes else "")
    said = f"{for_us}% for us, {against}% against, {undecided}% undecided."
    return said + (f" Veto: {', '.join(vetoes)}." if vetoes else "")


def _percent(*shares: float) -> list[int]:
    """Shares of a whole in whole percents that add up to 100: the largest remainders are rounded up."""
    exact = [round(100 * share, 6) for share in shares]
    whole = [int(share) for share in exact]
    short = 100 - sum(whole)
    for place in sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])[:short]:
        whole[place] += 1
    return whole
