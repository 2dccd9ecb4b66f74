"""Candidates from the full-text indexes of terms. The terms are properties of the records themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from neo4j import AsyncManagedTransaction

from graphsvc.stores.facts import Key
from graphsvc.stores.neo4j import facts as answers
from graphsvc.stores.neo4j.properties import TERMS, held_of, properties_of
from graphsvc.stores.neo4j.server import Server, ask, tell
from graphsvc.stores.searching import candidates
from models.enums import NodeKind
from models.kinds import NODE_SPECS, EdgeSpec, Spec, spec_of
from queries.catalog import cypher, label
from queries.search.candidates import Candidate
from queries.search.texts import SEARCHED

SLICE = 5_000
"""Records in one statement."""


async def search(
    transaction: AsyncManagedTransaction,
    expressions: Sequence[str],
    kinds: Sequence[NodeKind],
    accounts: list[str] | None,
    on: date,
    after: str,
    limit: int,
) -> list[Candidate]:
    """The records that may be meant; one that goes away meanwhile is left out."""
    labels = {label(NODE_SPECS[kind]): kind for kind in kinds}
    day = on.isoformat()
    params = {"labels": list(labels), "accounts": accounts, "on": day, "after": after, "limit": limit}
    rows = await ask(transaction, cypher("search"), expressions=list(expressions), **params)
    keys: list[Key] = [(labels[name], id_) for name, ids in rows for id_ in ids]
    found = [held.stored for held in await answers.records(transaction, keys)]
    owners = sorted({stored.account for stored in found if stored.account})
    names = await ask(transaction, cypher("account_names"), accounts=owners)
    people = [id_ for kind, id_ in keys if kind is NodeKind.CONTACT]
    jobs = await ask(transaction, cypher("open_jobs"), contacts=people, on=day)
    return candidates(found, {id_: name for id_, name, _ in names}, jobs)


async def fill(server: Server, deadline_s: float) -> None:
    """Give every record that is there its terms. O(records)."""
    for kind in SEARCHED:
        after: str | None = ""
        while after is not None:
            after = await _fill_slice(server, spec_of(kind), after, deadline_s)


async def _fill_slice(server: Server, spec: Spec, after: str, deadline_s: float) -> str | None:
    """Give the records after an id their terms; the last one's id, None if there were none."""
    find, set_ = ("find_edges", "set_edge_terms") if isinstance(spec, EdgeSpec) else ("find", "set_terms")

    async def work(transaction: AsyncManagedTransaction) -> str | None:
        found = await ask(transaction, cypher(find, spec), after=after, where={}, limit=SLICE)
        held = [held_of(spec.kind, *row) for row in found]
        rows = [{"id": one.stored.id, "terms": properties_of(one)[TERMS]} for one in held]
        await tell(transaction, cypher(set_, spec), rows=rows)
        return held[-1].stored.id if held else None

    return await server.write(work, deadline_s)
