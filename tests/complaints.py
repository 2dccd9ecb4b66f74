"""Invented accounts with complaints, surveys and installed products."""

from __future__ import annotations

from typing import Any, Self

from models.enums import EdgeKind, NodeKind
from tests.deals import Deal
from tests.tie_records import ago


class Plaint(Deal):
    """An invented account that is not content."""

    def complaint(self, id: str, days: int, member: str | None, *contacts: str, **fields: Any) -> Self:
        """A complaint of so many days ago to one of ours, or to nobody in particular."""
        return self._happened(id, "complaint", days, [member] if member else [], contacts, **fields)

    def survey(self, id: str, days: int, score: int | None, *contacts: str) -> Self:
        """A survey of so many days ago."""
        return self._happened(id, "survey", days, [], contacts, score=score)

    def met(self, id: str, days: int, member: str, contact: str, sentiment: int) -> Self:
        """A meeting."""
        return self._happened(id, "meeting", days, [member], [contact], sentiment=sentiment)

    def installed(self, product: str, department: str, satisfaction: int | None, **fields: Any) -> Self:
        """A product of ours, or of a competitor, in a department."""
        self._add(NodeKind.PRODUCT, id=product, name=product.title(), **fields)
        return self.edge(
            EdgeKind.USES, department, product, source_kind="department", satisfaction=satisfaction
        )

    def _happened(self, id: str, kind: str, days: int, members: Any, contacts: Any, **fields: Any) -> Self:
        people = {"member_ids": members, "contact_ids": list(contacts)}
        at = f"{ago(days)}T09:00:00Z"
        return self._node(NodeKind.INTERACTION, id, at=at, kind=kind, **people, **fields)
