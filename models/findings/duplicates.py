"""Who is probably entered twice."""

from __future__ import annotations

from pydantic import computed_field

from models.doubles import LikenessRule
from models.findings.base import Answer, Finding


class Likeness(Finding):
    """What speaks for (points above 0) or against two contacts being one person, and what it rests on."""

    rule: LikenessRule
    value: str | None
    points: float


class Duplicate(Finding):
    """Two contacts that may be one person, the smaller id first. `score` 0–1; `reasons` add up to it."""

    contact_id: str
    other_id: str
    name: str
    other_name: str
    account_id: str
    other_account_id: str
    score: float
    reasons: list[Likeness]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def contact_ids(self) -> list[str]:
        """Both ids."""
        return [self.contact_id, self.other_id]


class Duplicates(Answer[Duplicate]):
    """Probable duplicates, best first, among so many `people`, of whom so many pairs were `compared`.

    `split_blocks` counts the groups that were too large to compare everybody in them with everybody.
    """

    people: int
    compared: int
    split_blocks: int
