"""All rules of advice, in the order in which they are told within one urgency."""

from __future__ import annotations

from queries.advice.words.account import AccountRule
from queries.advice.words.base import Rule
from queries.advice.words.duties import DutyRule
from queries.advice.words.people import PeopleRule
from queries.advice.words.private import PrivateRule
from queries.advice.words.purchase import PurchaseRule
from queries.advice.words.rivals import RivalRule
from queries.advice.words.ties import TieRule

RULES: tuple[Rule, ...] = (
    *DutyRule,
    *PrivateRule,
    *PurchaseRule,
    *PeopleRule,
    *TieRule,
    *RivalRule,
    *AccountRule,
)
