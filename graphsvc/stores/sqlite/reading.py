"""Whole records, the list of accounts and the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import orjson

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
from graphsvc.stores.port import AccountSummary, Touching
from graphsvc.stores.sqlite import facts, snapshot
from graphsvc.stores.sqlite.facts import by_kind, held_rows, json_text, stubs
from graphsvc.stores.sqlite.imports import holds
from graphsvc.stores.sqlite.threads import transaction
from models.changes import LogEntry, Seal, Stored
from models.enums import NodeKind
from models.kinds import FIRM, SPECS, spec_of
from queries.catalog import sql
from queries.introductions.crossing import CrossingTie
from queries.portfolio.lines import PortfolioAccount
from queries.relations.channels import Channels

Sees = Callable[[str | None], bool]
"""Whether who asks may see an account; None stands for the firm."""


def records(connection: sqlite3.Connection, account_id: str) -> list[Stored]:
    """Every record of an account and the firm records it has to do with, in order. O(records)."""
    with transaction(connection, "BEGIN"):
        snapshot.sequences(connection, account_id)
        found = [
            held.stored
            for spec in SPECS
            if spec.kind not in FIRM_KINDS
            for held in held_rows(connection, sql("account_records", spec), spec.kind, account=account_id)
        ]
        wanted = dict.fromkeys(key for stored in found for key in firm_keys(stored))
        have: dict[Key, Held] = {}
        while wanted:
            new = [
                held
                for spec, ids in by_kind(wanted).items()
                for held in held_rows(connection, sql("records", spec), spec.kind, ids=json_text(ids))
            ]
            have.update({(held.stored.kind, held.stored.id): held for held in new})
            wanted = dict.fromkeys(key for held in new for key in firm_keys(held.stored) if key not in have)
    return in_order([*found, *(held.stored for held in have.values())])


def accounts(connection: sqlite3.Connection, wanted: str | None) -> list[AccountSummary]:
    """The list of accounts, or of those of a JSON array of ids."""
    with transaction(connection, "BEGIN"):
        names, counts, deals = (
            orjson.loads(connection.execute(sql(name), {"accounts": wanted}).fetchone()[0])
            for name in ("account_names", "account_counts", "account_deals")
        )
        importing = holds(connection)
    lines = {id_: AccountLine(id_, name, tier, importing=id_ in importing) for id_, name, tier in names}
    for account, kind, number in counts:
        lines[account].counts[kind] = number
    for account, value, currency in deals:
        lines[account].deals.append((value, currency))
    return summaries(lines.values())


def portfolio(connection: sqlite3.Connection, wanted: str | None) -> list[PortfolioAccount]:
    """The accounts as the portfolio shows them, or those of a JSON array of ids."""
    with transaction(connection, "BEGIN"):
        accounts, teams, deals = (
            orjson.loads(connection.execute(sql(name), {"accounts": wanted}).fetchone()[0])
            for name in ("portfolio", "portfolio_teams", "account_deals")
        )
    return portfolio_of(accounts, teams, deals)


def channels(connection: sqlite3.Connection, wanted: str | None) -> Channels:
    """The accounts and the links between them, or those of a JSON array of ids."""
    with transaction(connection, "BEGIN"):
        accounts, ties = (
            orjson.loads(connection.execute(sql(name), {"accounts": wanted}).fetchone()[0])
            for name in ("channel_accounts", "channel_ties")
        )
    return channels_of(accounts, ties)


def crossing_ties(connection: sqlite3.Connection, wanted: str | None) -> list[CrossingTie]:
    """The ties between people of two accounts, or of two of a JSON array of ids. O(such ties)."""
    row = connection.execute(sql("crossing_ties"), {"accounts": wanted}).fetchone()
    return crossing_of(orjson.loads(row[0]))


def log(connection: sqlite3.Connection, account: str, after: int, limit: int) -> list[LogEntry]:
    """Entries of a log after a sequence, oldest first."""
    params = {"account": account, "after": after, "limit": limit}
    return _entries(account, connection.execute(sql("log_entries"), params).fetchone())


def history(
    connection: sqlite3.Connection,
    sees: Sees,
    key: Key,
    start: int | None,
    limit: int,
) -> list[LogEntry]:
    """A record's entries from a sequence (or its last) back, newest first. Raises NotFound. O(limit)."""
    kind, id_ = key
    with transaction(connection, "BEGIN"):
        held = held_rows(connection, sql("records", spec_of(kind)), kind, ids=json_text([id_]))
        place = last_change(held, stubs(connection, (key,)).values())
        if place is None or not sees(None if place[0] == FIRM else place[0]):
            raise NotFound(kind, id_)
        params = {"account": place[0], "kind": kind, "id": id_, "start": start or place[1], "limit": limit}
        return _entries(place[0], connection.execute(sql("record_entries"), params).fetchone())


def touching(connection: sqlite3.Connection, sees: Sees, key: tuple[NodeKind, str]) -> Touching:
    """What hangs on a node. Raises NotFound. O(edges and referrers)."""
    with transaction(connection, "BEGIN"):
        node = facts.records(connection, (key,)).get(key)
        if node is None or not sees(node.stored.account):
            raise NotFound(*key)
        keys = facts.touching(connection, (key,)).get(key, {})
        return hanging(sees, facts.records(connection, keys).values())


def changes(connection: sqlite3.Connection, sees: Sees, change_set: str) -> list[LogEntry]:
    """The entries of a change set, log by log. Raises NoChangeSet. O(entries)."""
    row = connection.execute(sql("applied"), {"id": change_set}).fetchone()
    done = None if row is None else applied_of(change_set, row[1])
    if done is None or not all(sees(None if log == FIRM else log) for log in done.entries):
        raise NoChangeSet(change_set)
    return [
        entry
        for log_, count in done.entries.items()
        for entry in log(connection, log_, done.sequences[log_] - count, count)
    ]


def _entries(account: str, row: tuple[str, ...]) -> list[LogEntry]:
    sequences, told, before, later = (orjson.loads(column) for column in row)
    entries = []
    for sequence, words, body_before, body_after in zip(sequences, told, before, later, strict=True):
        at, actor, change_set, kind, id_, revision, reason, request_id, prior, *seal = words
        entries.append(
            LogEntry(
                account,
                sequence,
                moment_of(at),
                actor,
                change_set,
                kind_of(kind),
                id_,
                body_before,
                body_after,
                revision,
                reason,
                request_id,
                prior,
                Seal(*seal),
            )
        )
    return entries
