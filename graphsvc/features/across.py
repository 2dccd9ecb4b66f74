"""What answers over many accounts rest on: asked of the store in one go, of the past read from the logs.

Of the past every account's log is gone through, one account after the other: O(entries up to then). It is
that of the accounts that are there now; those deleted since are left out.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime

from graphsvc.errors import NotFound
from graphsvc.stores.listing import channels_of, crossing_of, portfolio_of
from graphsvc.stores.port import GraphStore, Scope, Sequences
from models.changes import Stored
from models.enums import EdgeKind, Kind, NodeKind, OpportunityStatus
from models.kinds import FIRM
from models.records import Body
from queries.introductions.crossing import CrossingTie
from queries.portfolio.lines import PortfolioAccount
from queries.relations.channels import Channels

_CROSSING = (EdgeKind.BOND, EdgeKind.INFLUENCES, EdgeKind.REPORTS_TO)


async def sequences_across(store: GraphStore, scope: Scope, as_of: datetime | None) -> Sequences:
    """The sum of the sequences of all accounts of the scope, and the firm's.

    Read them before anything else: what is written in between makes a cursor too old, never too new.
    Raises StoreUnavailable.
    """
    if as_of is None:
        heads = {head.account: head.sequence for head in await store.heads(scope)}
        firm = heads.pop(FIRM, 0)
        return Sequences(sum(heads.values()), firm)
    found = [at async for at in _sequences_then(store, scope, as_of)]
    return Sequences(sum(at.account for at in found), max((at.firm for at in found), default=0))


async def channels_known(store: GraphStore, scope: Scope, as_of: datetime | None) -> Channels:
    """The accounts of the scope and the channels between them, now or then. Raises StoreUnavailable."""
    if as_of is None:
        return await store.channels(scope)
    then = _records_then(store, scope, as_of, NodeKind.ACCOUNT, EdgeKind.CHANNEL)
    return channels_among([(row.kind, row.body) async for row in then])


def channels_among(records: Iterable[tuple[Kind, Body]]) -> Channels:
    """The accounts among records, and the channels between two of them. O(n log n)."""
    accounts, links = dict[str, Body](), dict[str, Body]()
    for kind, body in records:
        if kind in (NodeKind.ACCOUNT, EdgeKind.CHANNEL):
            (accounts if kind is NodeKind.ACCOUNT else links)[body["id"]] = body
    return channels_of(
        (_values(body, "id", "name", "status", "tier", "channel_role") for body in accounts.values()),
        (
            _values(body, "id", "source_id", "target_id", "kind", "share", "since", "until")
            for body in links.values()
            if {body["source_id"], body["target_id"]} <= accounts.keys()
        ),
    )


async def crossing_ties_known(
    store: GraphStore, scope: Scope, as_of: datetime | None
) -> Sequence[CrossingTie]:
    """The ties between people of two accounts of the scope, now or then. Raises StoreUnavailable."""
    if as_of is None:
        return await store.crossing_ties(scope)
    home, ties = dict[str, str](), dict[tuple[Kind, str], Body]()
    async for row in _records_then(store, scope, as_of, NodeKind.CONTACT, *_CROSSING):
        if row.kind is NodeKind.CONTACT:
            home[row.id] = row.body["account_id"]
        else:
            ties[row.kind, row.id] = row.body
    rows = []
    for (kind, id_), body in ties.items():
        source, target = body["source_id"], body["target_id"]
        if source in home and target in home and home[source] != home[target]:
            ends = [source, home[source], target, home[target]]
            told = ("weight", "stated", "polarity", "line", "opportunity_id", "since", "until")
            rows.append([id_, str(kind), *ends, *_values(body, *told)])
    return crossing_of(rows)


async def portfolio_known(
    store: GraphStore, scope: Scope, as_of: datetime | None
) -> Sequence[PortfolioAccount]:
    """The accounts of the scope with sales, teams, open purchases, now or then. Raises StoreUnavailable."""
    if as_of is None:
        return await store.portfolio(scope)
    kinds = (NodeKind.ACCOUNT, EdgeKind.SERVES, NodeKind.OPPORTUNITY)
    found: dict[Kind, list[Body]] = {kind: [] for kind in kinds}
    async for row in _records_then(store, scope, as_of, *kinds):
        found[row.kind].append(row.body)
    sold = ("id", "name", "status", "tier", "tier_reason", "annual_volume", "currency")
    return portfolio_of(
        (_values(body, *sold) for body in found[NodeKind.ACCOUNT]),
        (_values(body, "target_id", "role", "since", "until") for body in found[EdgeKind.SERVES]),
        (
            _values(body, "account_id", "value", "currency")
            for body in found[NodeKind.OPPORTUNITY]
            if body["status"] == OpportunityStatus.OPEN
        ),
    )


def _values(body: Body, *names: str) -> list[object]:
    return [body.get(name) for name in names]


async def _records_then(
    store: GraphStore, scope: Scope, as_of: datetime, *kinds: Kind
) -> AsyncIterator[Stored]:
    for account in await store.accounts(scope):
        try:
            records = await store.records(scope, account.id, as_of)
        except NotFound:  # not there yet at the time asked for, or no longer
            continue
        for row in records:
            if row.kind in kinds:
                yield row


async def _sequences_then(store: GraphStore, scope: Scope, as_of: datetime) -> AsyncIterator[Sequences]:
    for account in await store.accounts(scope):
        try:
            yield await store.sequences(scope, account.id, as_of)
        except NotFound:
            continue
