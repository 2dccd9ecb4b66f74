"""What joins accounts: ties between their people and channels; which accounts lie near one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.columns import is_within
from models.enums import EdgeKind
from queries.relations.channels import ChannelTie

__all__ = ["CrossingTie", "holding", "nearest_accounts"]


@dataclass(frozen=True, slots=True)
class CrossingTie:
    """A tie between people of two accounts; since and until are days (ISO; empty is open)."""

    id: str
    kind: EdgeKind
    source_id: str
    source_account: str
    target_id: str
    target_account: str
    weight: float | None
    stated: bool | None
    polarity: int | None
    line: str | None
    opportunity_id: str | None
    since: str | None
    until: str | None


def holding(
    ties: Iterable[CrossingTie], links: Iterable[ChannelTie], on: date
) -> tuple[list[CrossingTie], list[ChannelTie]]:
    """The ties and channels that hold on a day. O(n)."""
    day = on.isoformat()
    return (
        [tie for tie in ties if is_within(day, tie.since, tie.until)],
        [link for link in links if is_within(day, link.since, link.until)],
    )


def nearest_accounts(
    account_id: str, ties: Sequence[CrossingTie], links: Sequence[ChannelTie], most: int
) -> tuple[list[str], int]:
    """The account and those joined to it over any number of others, nearest first, of equals by id.

    At most `most` of them, and how many more there are. O(ties log ties).
    """
    near: dict[str, set[str]] = {}
    ends = [(tie.source_account, tie.target_account) for tie in ties]
    ends += [(link.source_id, link.target_id) for link in links]
    for one, other in ends:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    found, ring = {account_id: None}, [account_id]
    while ring:
        ring = sorted({other for one in ring for other in near.get(one, ()) if other not in found})
        found |= dict.fromkeys(ring)
    return list(found)[:most], max(0, len(found) - most)
