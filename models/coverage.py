"""The words of coverage and trust: why a tie counts for less than its strength."""

from __future__ import annotations

from models.terms import Term


class Discount(Term):
    """Why a tie of ours is worth less than its strength where we count whom we can rely on."""

    OPPOSED = "opposed", "Sceptical or against us", "有疑虑或反对"
    SOUR = "sour", "The relation is sour", "关系不和"
    VOICELESS = "voiceless", "No voice", "没有话语权"
