"""Answers to what a plan needs, each a few set-based questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from neo4j import AsyncManagedTransaction

from graphsvc.stores.codec import moment_of
from graphsvc.stores.facts import ExternalKey, Facts, Held, Key, Link, Needs, Stub
from graphsvc.stores.neo4j import erasures
from graphsvc.stores.neo4j.properties import external_text, held_of, stub_text
from graphsvc.stores.neo4j.server import ask
from models.changes import LogHead
from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import EDGE_SPECS, FIRM, NODE_SPECS, EdgeSpec, Spec, spec_of
from queries.catalog import cypher, relationship_type

_KIND_OF_TYPE = {relationship_type(spec): kind for kind, spec in EDGE_SPECS.items()}
_NODE_KINDS = {str(kind): kind for kind in NODE_SPECS}
_KINDS: Mapping[str, Kind] = {**_NODE_KINDS, **{str(kind): kind for kind in EDGE_SPECS}}


async def fetch(transaction: AsyncManagedTransaction, asked: Needs, facts: Facts) -> None:
    """Answer all that is asked."""
    facts.answer(
        asked,
        records={held.key: held for held in await records(transaction, asked.records)},
        stubs=await stubs(transaction, asked.stubs),
        external=await external(transaction, asked.external),
        touching=await touching(transaction, asked.touching),
        links={
            **await _lines(transaction, asked.lines),
            **await _owned(transaction, asked.owners),
        },
        departments=await _departments(transaction, asked.departments),
        heads={log: head for log, (head, _) in (await heads(transaction, asked.sequences)).items()},
        erasures=asked.erasures and await erasures.key(transaction) is not None,
        erased=await erasures.erased(transaction, asked.identifiers),
    )


def by_kind(keys: Iterable[Key]) -> dict[Spec, list[str]]:
    """Ids by the row of their kind, in the order the kinds first come."""
    found: dict[Kind, list[str]] = {}
    for kind, id_ in keys:
        found.setdefault(kind, []).append(id_)
    return {spec_of(kind): ids for kind, ids in found.items()}


async def records(transaction: AsyncManagedTransaction, keys: Iterable[Key]) -> list[Held]:
    """The records of these kinds and ids that are there."""
    found = []
    for spec, ids in by_kind(keys).items():
        name = "edge_records" if isinstance(spec, EdgeSpec) else "records"
        rows = await ask(transaction, cypher(name, spec), ids=ids)
        found += [held_of(spec.kind, *row) for row in rows]
    return found


async def stubs(transaction: AsyncManagedTransaction, keys: Iterable[Key]) -> dict[Key, Stub]:
    """What the deleted ones of these records left."""
    wanted = {stub_text(key): key for key in keys}
    if not wanted:
        return {}
    rows = await ask(transaction, cypher("stubs"), keys=list(wanted))
    return {wanted[text]: Stub(wanted[text], *rest) for text, *rest in rows}


async def heads(transaction: AsyncManagedTransaction, logs: Iterable[str]) -> dict[str, tuple[LogHead, int]]:
    """How far logs have come, and how many slots their nodes have used."""
    wanted = list(logs)
    rows = await ask(transaction, cypher("sequences"), logs=wanted) if wanted else []
    return heads_of(rows)


def heads_of(rows: Iterable[Any]) -> dict[str, tuple[LogHead, int]]:
    """Heads of logs and their used slots, from rows as sequences.cypher gives them."""
    return {
        log: (LogHead(log, value, hash_, moment_of(at) if at else None), slots)
        for log, value, slots, hash_, at in rows
    }


async def accounts_of(transaction: AsyncManagedTransaction, keys: Iterable[Key]) -> set[str]:
    """The logs of the records of these kinds and ids that are there."""
    found: set[str | None] = set()
    for spec, ids in by_kind(keys).items():
        if isinstance(spec, EdgeSpec):
            found.update(await ask(transaction, cypher("accounts_of_edges", spec), ids=ids))
        elif spec.firm:
            found.add(FIRM)
        else:
            found.update(await ask(transaction, cypher("accounts_of_nodes", spec), ids=ids))
    return {account for account in found if account}


async def external(
    transaction: AsyncManagedTransaction, wanted: Iterable[ExternalKey]
) -> dict[ExternalKey, str]:
    """Who has these ids in other systems."""
    keys = {external_text(key): key for key in wanted}
    if not keys:
        return {}
    rows = await ask(transaction, cypher("external_ids"), keys=list(keys))
    return {keys[text]: id_ for text, id_ in rows}


async def touching(transaction: AsyncManagedTransaction, nodes: Iterable[Key]) -> dict[Key, list[Key]]:
    """The edges at these nodes and the records that refer to them, in order."""
    found: dict[Key, dict[Key, None]] = {}
    for spec, ids in by_kind(nodes).items():
        for node, name, id_ in await ask(transaction, cypher("edges_at", spec), ids=ids):
            found.setdefault((spec.kind, node), {})[_KIND_OF_TYPE[name], id_] = None
        for node, name, id_ in await ask(transaction, cypher("referrers", spec), ids=ids):
            found.setdefault((spec.kind, node), {})[_KINDS[name], id_] = None
        if spec.kind is NodeKind.ACCOUNT:
            for other in (row for row in NODE_SPECS.values() if not row.firm and row is not spec):
                for node, id_ in await ask(transaction, cypher("belongings", other), ids=ids):
                    found.setdefault((spec.kind, node), {})[other.kind, id_] = None
    return {node: sorted(keys) for node, keys in found.items()}


async def _lines(transaction: AsyncManagedTransaction, contacts: tuple[str, ...]) -> dict[Key, Link]:
    rows = await ask(transaction, cypher("solid_lines"), contacts=contacts) if contacts else []
    return {link.key: link for link in (Link(EdgeKind.REPORTS_TO, *row) for row in rows)}


async def _owned(transaction: AsyncManagedTransaction, accounts: tuple[str, ...]) -> dict[Key, Link]:
    rows = await ask(transaction, cypher("owned"), accounts=accounts) if accounts else []
    return {link.key: link for link in (Link(EdgeKind.CHANNEL, *row) for row in rows)}


async def _departments(
    transaction: AsyncManagedTransaction, accounts: tuple[str, ...]
) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    if accounts:
        for account, id_, parent in await ask(transaction, cypher("department_parents"), accounts=accounts):
            found.setdefault(account, {})[id_] = parent
    return found
