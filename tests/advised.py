"""Invented accounts for the tests of advice, and what one rule says of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from models.enums import EdgeKind, NodeKind
from models.findings.warnings import Warned
from models.records import Body
from queries.advice.answer import advice
from tests.deals import TODAY, Deal


class Account(Deal):
    """An account with what passed between us, days as so many days ago."""

    def met(self, member: str, contact: str, ago: int, kind: str = "meeting", **fields: Any) -> Self:
        """Something that passed; without more, a meeting, so contact both ways."""
        ends = {"member_ids": [member], "contact_ids": [contact]}
        id_ = f"{kind}-{member}-{contact}-{ago}"
        return self._node(NodeKind.INTERACTION, id_, at=f"{back(ago)}T10:00:00Z", kind=kind, **ends, **fields)

    def often(self, member: str, contact: str, first: int, last: int, **fields: Any) -> Self:
        """A meeting a week, from so many days ago to so many."""
        for ago in range(first, last - 1, -7):
            self.met(member, contact, ago, **fields)
        return self

    def action(self, id: str, **fields: Any) -> Self:
        return self._node(NodeKind.ACTION, id, **{"kind": "next_step", "text": id.title(), **fields})

    def serves(self, member: str, role: str) -> Self:
        return self.edge(EdgeKind.SERVES, member, self.account_id, role=role, id=f"{role}-{member}")

    def courts(self, rival: str, contact: str, strength: float) -> Self:
        return self.rival(rival).edge(EdgeKind.COURTS, rival, contact, strength=strength)

    def tier(self, tier: str) -> Self:
        """The same account in a tier."""
        self.records[0] = (NodeKind.ACCOUNT, {**self.records[0][1], "tier": tier})
        return self

    def staff(self, **fields: Any) -> Self:
        """One of ours with more than a name."""
        return self._add(NodeKind.MEMBER, name=str(fields["id"]).title(), **fields)


def back(ago: int) -> str:
    """The day so many days before today."""
    return (TODAY - timedelta(days=ago)).isoformat()


def fired(account: Deal, rule: str, on: date = TODAY, **asked: Any) -> list[Warned]:
    """What one rule says of an account."""
    return [item for item in advice(account.graph(), on=on, **asked).items if item.rule == rule]


def texts(account: Deal, rule: str, on: date = TODAY, **asked: Any) -> list[str]:
    return [item.text for item in fired(account, rule, on, **asked)]


def dossier(contact: str, expires: str = "2030-01-01", **fields: Any) -> Body:
    """A dossier; texts and trips become items that are kept until a day."""
    kept = {"basis": "consent", "source": "told us", "expires_on": expires}

    def item(value: Any) -> Any:
        if isinstance(value, list):
            return [item(each) for each in value]
        return {**(value if isinstance(value, dict) else {"text": value}), **kept}

    body = {name: item(value) for name, value in fields.items()}
    return {"id": f"dossier-{contact}", "account_id": "acme", "contact_id": contact, **body}
