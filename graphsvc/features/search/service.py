"""Search: candidates of the store, exact ones first, put in order by queries/search/ranking.py."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from graphsvc.access.fields import shown
from graphsvc.features.search.schemas import Place, SearchPage, SearchProvenance, SearchQuery
from graphsvc.stores.listing import conditions
from graphsvc.stores.port import GraphStore, Scope
from models.changes import Stored
from models.enums import NodeKind
from models.kinds import NODE_SPECS
from queries.search.asked import asked
from queries.search.candidates import Candidate
from queries.search.ranking import Found, matches, order, ranked
from queries.search.texts import NAMED

MOST_CANDIDATES = 500
"""Candidates of a kind that are put in order; of more, the first by id."""


async def search(
    store: GraphStore, scope: Scope, query: SearchQuery, on: date, after: Place | None = None
) -> tuple[SearchPage, Place | None]:
    """The records that are meant by a text, best first, those `after` a place; and the place of the last one,
    if more follow.

    Whatever is called exactly so is found, however many records begin like this. Where fewer than `limit`
    match, those with a typo and those that sound alike follow. Raises NotFound, InvalidInput.
    """
    words = asked(query.q)
    kinds = (query.kind,) if query.kind else NAMED
    known: set[tuple[str, str]] = set()
    found: list[Found] = []
    truncated = False

    async def take(*ways: Sequence[str]) -> None:
        """Add what these expressions find beside what is known."""
        nonlocal found, truncated
        new = []
        for expressions in ways:
            candidates = await store.search(
                scope, expressions, kinds, on=on, account_id=query.account_id, limit=MOST_CANDIDATES + 1
            )
            seen = Counter[str]()
            for candidate in candidates:
                kind, key = candidate.stored.kind, (candidate.stored.kind, candidate.stored.id)
                seen[kind] += 1
                if seen[kind] <= MOST_CANDIDATES and key not in known:
                    known.add(key)
                    new.append(_as_shown(scope, candidate))
            truncated = truncated or max(seen.values(), default=0) > MOST_CANDIDATES
        found = sorted([*found, *await asyncio.to_thread(ranked, words, new)], key=order)

    if words:
        await take(words.exactly(), words.beginnings())
        if len(found) < query.limit and (nearly := words.nearly()):
            await take(nearly)
    rest = found if after is None else [one for one in found if order(one) > after]
    page = rest[: query.limit]
    parameters = query.model_dump(
        mode="json", include={"q", "kind", "account_id", "limit"}, exclude_none=True
    )
    told = SearchPage(
        items=page, truncated=truncated, provenance=SearchProvenance(parameters=parameters, on=on)
    )
    return told, order(page[-1]) if len(rest) > len(page) else None


async def matching(
    store: GraphStore,
    scope: Scope,
    kind: NodeKind,
    text: str,
    *,
    account_id: str | None,
    where: Mapping[str, str],
    after: str,
    limit: int,
    on: date,
) -> list[Stored]:
    """Records of a kind that match a text, by id, those after `after` first. No typos are looked for.

    Raises NotFound, InvalidInput.
    """
    words, wanted = asked(text), conditions(NODE_SPECS[kind], where)
    account_id = None if NODE_SPECS[kind].firm else account_id
    found: list[Stored] = []
    bound: str | None = after if words else None
    while bound is not None and len(found) < limit:
        streams = [
            await store.search(
                scope, asking, (kind,), on=on, account_id=account_id, after=bound, limit=MOST_CANDIDATES
            )
            for asking in (words.exactly(), words.beginnings())
        ]
        # What lies beyond the end of a stream that goes on may have others before it.
        ends = [stream[-1].stored.id for stream in streams if len(stream) == MOST_CANDIDATES]
        bound = min(ends, default=None)
        candidates = {one.stored.id: _as_shown(scope, one) for stream in streams for one in stream}
        found += [
            candidate.stored
            for id_, candidate in sorted(candidates.items())
            if (bound is None or id_ <= bound)
            and _has(candidate.stored, wanted)
            and matches(words, candidate)
        ]
    return found[:limit]


def _as_shown(scope: Scope, candidate: Candidate) -> Candidate:
    """A candidate without what the scope may not see: nobody finds a record by what he may not read in it."""
    stored = candidate.stored
    body = shown(scope, stored.kind, stored.body)
    return candidate if body is stored.body else replace(candidate, stored=replace(stored, body=dict(body)))


def _has(stored: Stored, wanted: Mapping[str, object]) -> bool:
    return all(stored.body.get(name) == value for name, value in wanted.items())
