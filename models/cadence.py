"""The words of the weekly list: why it matters that a record is still true."""

from __future__ import annotations

from models.terms import Term


class Matter(Term):
    """What hangs on a record."""

    INFLUENCE = "influence", "People are listened to over it", "影响力由此传递"
    CLOSENESS = "closeness", "How close somebody is to who matters", "与关键人的亲疏"
    CHAIN = "chain", "Our best chain runs over it", "最佳决策链经过此处"
