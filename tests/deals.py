"""Invented accounts with people of ours and reps of a competitor, for the tests of decision chains."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from models.enums import ChainSource, EdgeKind, NodeKind
from models.findings.chains import Chain, Chains
from models.nodes import QUESTIONS
from queries.chains.best import decision_chains
from tests.invented import Invented

TODAY = date(2025, 6, 15)


class Deal(Invented):
    """An invented account and the people who sell to it."""

    def member(self, *ids: str, **fields: Any) -> Self:
        for id_ in ids:
            self._add(NodeKind.MEMBER, id=id_, name=id_.title(), **fields)
        return self

    def product(self, id: str, **fields: Any) -> Self:
        return self._add(NodeKind.PRODUCT, id=id, name=id.title(), **fields)

    def uses(self, place: str, product: str, source_kind: str = "department", **fields: Any) -> Self:
        return self.edge(EdgeKind.USES, place, product, source_kind=source_kind, **fields)

    def knows(self, member: str, contact: str, answer: int) -> Self:
        """A tie whose questionnaire of today has this answer to all questions: 2 + 20 · answer points."""
        self.assessed(member, contact, answer)
        return self.edge(EdgeKind.KNOWS, member, contact)

    def assessed(self, member: str, contact: str, answer: int) -> Self:
        """The questionnaire alone."""
        answers = dict.fromkeys(QUESTIONS, answer)
        ends = {"member_id": member, "contact_id": contact}
        at = f"{TODAY}T09:00:00Z"
        return self._node(NodeKind.ASSESSMENT, f"q-{member[:9]}-{contact}", at=at, answers=answers, **ends)

    def rival(self, id: str) -> Self:
        if (NodeKind.COMPETITOR, {"id": "them", "name": "Them"}) not in self.records:
            self._add(NodeKind.COMPETITOR, id="them", name="Them")
        return self._add(NodeKind.RIVAL, id=id, name=id.title(), competitor_id="them")

    def courts(self, rival: str, contact: str, strength: float) -> Self:
        return self.edge(EdgeKind.COURTS, rival, contact, strength=strength)

    def chains(self, target: str | None = None, source: ChainSource | str = "ours", **asked: Any) -> Chains:
        """The answer on the account of today."""
        targets = None if target is None else [target]
        return decision_chains(self.graph(), on=TODAY, target_ids=targets, source=source, **asked)

    def best(self, target: str, source: ChainSource | str, **asked: Any) -> Chain:
        """The best chain."""
        return self.chains(target, source, **asked).items[0]
