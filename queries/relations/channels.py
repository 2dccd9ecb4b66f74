"""The channel map: how goods pass from account to account, from supplier to user."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import networkx as nx

from models.columns import is_within
from models.enums import AccountStatus, ChannelLink, ChannelRole, EdgeKind, Tier
from models.findings.base import Evidence
from models.findings.channels import ChannelStep, ChannelStop

__all__ = ["VERSION", "ChannelAccount", "ChannelTie", "Channels", "channel_steps", "channel_stops"]

VERSION = "1"
_GOODS = frozenset((ChannelLink.SUPPLIES, ChannelLink.DISTRIBUTES))
_ROLES = tuple(ChannelRole)


@dataclass(frozen=True, slots=True)
class ChannelAccount:
    """What a store knows of an account for the channel map."""

    id: str
    name: str
    status: AccountStatus
    tier: Tier | None
    role: ChannelRole | None


@dataclass(frozen=True, slots=True)
class ChannelTie:
    """A `channel` record: what one account does for another, since and until days (ISO; empty is open)."""

    id: str
    source_id: str
    target_id: str
    kind: ChannelLink
    share: float | None
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Channels:
    """The accounts of a scope and the links between two of them, each by id."""

    accounts: tuple[ChannelAccount, ...]
    ties: tuple[ChannelTie, ...]


def channel_steps(known: Channels, *, on: date) -> list[ChannelStep]:
    """The links that hold on a day, in the order goods pass them: by depth of the source, then by ids.

    Those that carry no goods (partners, owners) come last. A link is `against` where it leads from a role
    to one that comes before it (supplier, manufacturer, distributor, retailer, end user). O(n log n).
    """
    day = on.isoformat()
    held = [tie for tie in known.ties if is_within(day, tie.since, tie.until)]
    role = {account.id: account.role for account in known.accounts}
    depth = _depths(held)
    ranked = sorted(
        held,
        key=lambda tie: (
            tie.kind not in _GOODS,
            depth.get(tie.source_id, 0),
            tie.source_id,
            tie.target_id,
            tie.id,
        ),
    )
    return [
        ChannelStep(
            source_id=tie.source_id,
            target_id=tie.target_id,
            kind=tie.kind,
            share=tie.share,
            goods=tie.kind in _GOODS,
            against=tie.kind in _GOODS and _goes_back(role[tie.source_id], role[tie.target_id]),
            edge_id=tie.id,
            evidence=[Evidence(kind=EdgeKind.CHANNEL, id=tie.id)],
        )
        for tie in ranked
    ]


def channel_stops(known: Channels, steps: Sequence[ChannelStep]) -> list[ChannelStop]:
    """The accounts that steps join, as goods reach them: by depth, then role, then id; others last."""
    depth = _depths(steps)
    ends = {end for step in steps for end in (step.source_id, step.target_id)}
    stops = [
        ChannelStop(
            account_id=account.id,
            name=account.name,
            status=account.status,
            tier=account.tier,
            role=account.role,
            depth=depth.get(account.id),
        )
        for account in known.accounts
        if account.id in ends
    ]
    return sorted(
        stops,
        key=lambda stop: (
            stop.depth is None,
            stop.depth or 0,
            len(_ROLES) if stop.role is None else _ROLES.index(stop.role),
            stop.account_id,
        ),
    )


def _goes_back(one: ChannelRole | None, other: ChannelRole | None) -> bool:
    return one is not None and other is not None and _ROLES.index(one) > _ROLES.index(other)


def _depths(ties: Iterable[ChannelTie | ChannelStep]) -> dict[str, int]:
    """The most links goods pass before each account; those in a circle count as one. O(accounts + links)."""
    goods: nx.DiGraph[str] = nx.DiGraph((tie.source_id, tie.target_id) for tie in ties if tie.kind in _GOODS)
    circles = nx.condensation(goods)
    depth: dict[int, int] = {}
    for circle in nx.topological_sort(circles):
        depth[circle] = max((depth[before] + 1 for before in circles.predecessors(circle)), default=0)
    return {id_: depth[circle] for id_, circle in circles.graph["mapping"].items()}
