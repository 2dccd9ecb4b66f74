"""The dossier: the private side of one contact, with a right and a retention of its own.

Every item says on what basis it is kept, where it is known from and when it goes.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from models.enums import NodeKind
from models.fields import Id, OnDelete, Ref, Text, field
from models.nodes import BUSINESS, AccountId, Node, Part, Trip
from models.privacy import LegalBasis

MOST_ITEMS = 100


class Kept(Part):
    """Why something private is kept, and until when."""

    basis: LegalBasis = field("Basis for keeping it", "保存依据", ...)
    source: Text = field("Known from", "信息来源", ..., min_length=1)
    expires_on: date = field("Kept until", "保存期限", ...)


class Item(Kept):
    """One private fact in words."""

    text: Text = field("What is known", "内容", ..., min_length=1)


class Journey(Trip, Kept):
    """A trip of the contact."""


class Dossier(Node):
    account_id: AccountId = field("Account", "大客户", ..., klass=BUSINESS)
    contact_id: Annotated[Id, Ref(NodeKind.CONTACT, OnDelete.CASCADE)] = field(
        "Contact", "联系人", ..., klass=BUSINESS
    )
    family: Item | None = field("Family", "家庭情况")
    hometown: Item | None = field("Hometown", "籍贯")
    university: Item | None = field("University", "毕业院校")
    former_employers: list[Item] = field("Former employers", "曾任职单位", list, max_length=MOST_ITEMS)
    hobbies: list[Item] = field("Hobbies", "爱好", list, max_length=MOST_ITEMS)
    sports: list[Item] = field("Sports", "运动", list, max_length=MOST_ITEMS)
    food: list[Item] = field("Restaurants and food", "餐饮偏好", list, max_length=MOST_ITEMS)
    pets: list[Item] = field("Pets", "宠物", list, max_length=MOST_ITEMS)
    books: list[Item] = field("Books", "书籍", list, max_length=MOST_ITEMS)
    last_holiday: Item | None = field("Last holiday", "上次假期")
    next_holiday: Item | None = field("Next holiday", "下次假期")
    itinerary: list[Journey] = field("Itinerary", "行程", list, max_length=MOST_ITEMS)
    goals: Item | None = field("Goals this year", "今年目标")
    ambitions: Item | None = field("Ambitions", "志向")
    career: Item | None = field("Career", "职业经历")
