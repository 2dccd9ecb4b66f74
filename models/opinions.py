"""The words of a forecast: where an opinion ends, and where it was known from."""

from __future__ import annotations

from models.terms import Term


class Verdict(Term):
    """What a settled opinion comes to."""

    FOR = "for", "For us", "支持我方"
    UNDECIDED = "undecided", "Undecided", "未定"
    AGAINST = "against", "Against us", "反对我方"


class OpinionSource(Term):
    """Where the opinion that somebody begins with is known from."""

    STATED = "stated", "Entered", "已填写"
    GUESSED = "guessed", "Guessed from ties", "据关系推测"
