"""Whole records, the list of accounts and the log, read inside one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from neo4j import AsyncManagedTransaction

from graphsvc.errors import NoChangeSet, NotFound
from graphsvc.stores.codec import applied_of, kind_of, moment_of
from graphsvc.stores.facts import Held, Key, last_change
from graphsvc.stores.firm import FIRM_KINDS, firm_keys
from graphsvc.stores.listing import (
    AccountLine,
    channels_of,
    crossing_of,
    hanging,
    in_order,
    portfolio_of,
    summaries,
)
from graphsvc.stores.neo4j import facts as answers
from graphsvc.stores.neo4j.imports import holds
from graphsvc.stores.neo4j.properties import held_of
from graphsvc.stores.neo4j.server import ask
from graphsvc.stores.neo4j.writing import PACK
from graphsvc.stores.port import AccountSummary, Touching
from models.changes import LogEntry, Seal, Stored
from models.enums import Kind, NodeKind
from models.kinds import FIRM, NODE_SPECS, SPECS, EdgeSpec
from queries.catalog import CypherText, cypher
from queries.introductions.crossing import CrossingTie
from queries.portfolio.lines import PortfolioAccount
from queries.relations.channels import Channels

RECORDS = 20_000
"""Whole records in one answer."""


async def _of_kind(
    transaction: AsyncManagedTransaction, text: CypherText, kind: Kind, **params: Any
) -> list[Stored]:
    """Records of a kind, in slices by id."""
    found: list[Stored] = []
    while True:
        after = found[-1].id if found else ""
        rows = await ask(transaction, text, after=after, limit=RECORDS, **params)
        found += [held_of(kind, *row).stored for row in rows]
        if len(rows) < RECORDS:
            return found


async def of_log(transaction: AsyncManagedTransaction, log: str) -> list[Stored]:
    """Every record whose changes stand in a log: of an account, or of the firm. O(records)."""
    found: list[Stored] = []
    for spec in SPECS:
        if spec.kind not in FIRM_KINDS:
            name = "account_edge_records" if isinstance(spec, EdgeSpec) else "account_records"
            if log != FIRM:
                found += await _of_kind(transaction, cypher(name, spec), spec.kind, account=log)
        elif log == FIRM:
            found += await _of_kind(transaction, cypher("find", spec), spec.kind, where={})
    return found


async def records(transaction: AsyncManagedTransaction, account_id: str) -> list[Stored]:
    """Every record of an account and the firm records it has to do with, in order. O(records)."""
    found = await of_log(transaction, account_id)
    wanted = dict.fromkeys(key for stored in found for key in firm_keys(stored))
    have: dict[Key, Held] = {}
    while wanted:
        new = await answers.records(transaction, wanted)
        have.update({held.key: held for held in new})
        wanted = dict.fromkeys(key for held in new for key in firm_keys(held.stored) if key not in have)
    return in_order([*found, *(held.stored for held in have.values())])


async def accounts(transaction: AsyncManagedTransaction, wanted: list[str] | None) -> list[AccountSummary]:
    """The list of accounts, or of some of them."""
    names = await ask(transaction, cypher("account_names"), accounts=wanted)
    importing = await holds(transaction)
    lines = {id_: AccountLine(id_, name, tier, importing=id_ in importing) for id_, name, tier in names}
    for kind in (NodeKind.CONTACT, NodeKind.DEPARTMENT):
        rows = await ask(transaction, cypher("account_counts", NODE_SPECS[kind]), accounts=wanted)
        for account, number in rows:
            if account in lines:
                lines[account].counts[kind] = number
    for account, value, currency in await ask(transaction, cypher("account_deals"), accounts=wanted):
        if account in lines:
            lines[account].deals.append((value, currency))
    return summaries(lines.values())


async def portfolio(transaction: AsyncManagedTransaction, wanted: list[str] | None) -> list[PortfolioAccount]:
    """The accounts as the portfolio shows them, or some of them."""
    texts = ("portfolio", "portfolio_teams", "account_deals")
    accounts, teams, deals = [await ask(transaction, cypher(name), accounts=wanted) for name in texts]
    return portfolio_of(accounts, teams, deals)


async def channels(transaction: AsyncManagedTransaction, wanted: list[str] | None) -> Channels:
    """The accounts and the links between them, or between some of them."""
    texts = ("channel_accounts", "channel_ties")
    accounts, ties = [await ask(transaction, cypher(name), accounts=wanted) for name in texts]
    return channels_of(accounts, ties)


async def crossing_ties(transaction: AsyncManagedTransaction, wanted: list[str] | None) -> list[CrossingTie]:
    """The ties between people of two accounts, or of two of some. O(ties)."""
    return crossing_of(await ask(transaction, cypher("crossing_ties"), accounts=wanted))


async def log(transaction: AsyncManagedTransaction, account: str, after: int, limit: int) -> list[LogEntry]:
    """Entries of a log after a sequence, oldest first."""
    params = {"account": account, "after": after, "until": after + limit, "pack": PACK}
    packs = await ask(transaction, cypher("log_entries"), **params)
    return await asyncio.to_thread(_within, packs, after, after + limit)


def _within(packs: list[Mapping[str, Any]], after: int, until: int) -> list[LogEntry]:
    return [
        entry
        for pack in sorted(packs, key=lambda pack: int(pack["first"]))
        for entry in entries_of(pack)
        if after < entry.sequence <= until
    ]


def entries_of(pack: Mapping[str, Any]) -> list[LogEntry]:
    """The entries of a pack."""
    return [
        LogEntry(
            pack["account"],
            pack["first"] + place,
            moment_of(pack["at"]),
            pack["actor"],
            pack["change_set"],
            kind_of(kind),
            id_,
            before,
            after,
            revision,
            pack.get("reason"),
            pack.get("request_id"),
            prior,
            Seal(*seal),
        )
        for place, ((kind, id_, revision, prior, before, after), seal) in enumerate(
            zip(orjson.loads(pack["entries"]), orjson.loads(pack["seals"]), strict=True)
        )
    ]


async def history(
    transaction: AsyncManagedTransaction,
    sees: Callable[[str | None], bool],
    key: Key,
    start: int | None,
    limit: int,
) -> list[LogEntry]:
    """A record's entries from a sequence (or its last) back, newest first. Raises NotFound."""
    held = await answers.records(transaction, [key])
    place = last_change(held, (await answers.stubs(transaction, [key])).values())
    if place is None or not sees(None if place[0] == FIRM else place[0]):
        raise NotFound(*key)
    found: list[LogEntry] = []
    pack: list[LogEntry] = []
    sequence = start or place[1]
    while sequence > 0 and len(found) < limit:
        if not pack or sequence < pack[0].sequence:
            row = await ask(transaction, cypher("log_pack"), account=place[0], sequence=sequence, pack=PACK)
            pack = entries_of(row) if row is not None else []
        entry = pack[sequence - pack[0].sequence] if pack else None
        if entry is None or (entry.kind, entry.id) != key:
            break
        found.append(entry)
        sequence = entry.prior
    return found


async def touching(
    transaction: AsyncManagedTransaction, sees: Callable[[str | None], bool], key: tuple[NodeKind, str]
) -> Touching:
    """What hangs on a node. Raises NotFound. O(edges and referrers)."""
    node = await answers.records(transaction, (key,))
    if not node or not sees(node[0].stored.account):
        raise NotFound(*key)
    keys = (await answers.touching(transaction, (key,))).get(key, [])
    return hanging(sees, await answers.records(transaction, keys))


async def changes(
    transaction: AsyncManagedTransaction, sees: Callable[[str | None], bool], change_set: str
) -> list[LogEntry]:
    """The entries of a change set, log by log. Raises NoChangeSet. O(entries)."""
    row = await ask(transaction, cypher("applied"), id=change_set)
    done = None if row is None else applied_of(change_set, row[1])
    if done is None or not all(sees(None if log == FIRM else log) for log in done.entries):
        raise NoChangeSet(change_set)
    found: list[LogEntry] = []
    for log_, count in done.entries.items():
        found += await log(transaction, log_, done.sequences[log_] - count, count)
    return found
