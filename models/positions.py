"""The words of positions 关系定位: where we stand with a contact, and on which road we came there."""

from __future__ import annotations

from models.terms import Term


class Position(Term):
    """Which of a contact's two interests are met: none, the personal, the institutional, both."""

    OUTSIDER = "outsider", "Outsider", "局外人"
    FRIEND = "friend", "Friend", "朋友"
    SUPPLIER = "supplier", "Supplier", "供应商"
    PARTNER = "partner", "Partner", "合作伙伴"


class Road(Term):
    """Which interest was met first."""

    FRIEND_FIRST = "friend_first", "Friend first", "先做朋友"
    SUPPLIER_FIRST = "supplier_first", "Supplier first", "先做供应商"
